"""The verbs: the only thing that a front end calls."""
