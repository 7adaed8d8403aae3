"""A published privacy policy against the register, subject by subject."""
