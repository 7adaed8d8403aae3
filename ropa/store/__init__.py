"""Where the register is kept: one SQLite file, its history and its migrations."""
