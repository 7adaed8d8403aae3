"""What people look through: lists, one subject in full, search, the overview, the map of flows."""
