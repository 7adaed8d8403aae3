"""Two states of a list of subprocessors compared, and what was found, as changes to propose."""
