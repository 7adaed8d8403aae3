"""What is recorded: the fields of each kind of record, its table, and the read-only register."""
