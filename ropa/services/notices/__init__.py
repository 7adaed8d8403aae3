"""The report on notices: gathered once, written in every format, with the evidence of what went out."""
