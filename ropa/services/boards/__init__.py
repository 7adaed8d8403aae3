"""Changes of subprocessor for people: the board, one change in full, what may be done now, and in words."""
