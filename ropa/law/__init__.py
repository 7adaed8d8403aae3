"""What the law says, by date: packaged data files and the look-up over them."""
