"""Spreadsheets and published lists into a register, with an account of every cell."""
