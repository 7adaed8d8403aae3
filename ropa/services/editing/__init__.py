"""Editing: forms made from the fields' declarations, saved in one transaction, shown before and undone after."""
