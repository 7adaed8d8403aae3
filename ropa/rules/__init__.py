"""What follows from the law and the facts: pure functions that take the date."""
