"""The rules by subject: what each asks, how much it weighs, where the law says so, and what mends it."""
