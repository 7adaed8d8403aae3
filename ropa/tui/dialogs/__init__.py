"""Dialogs that any screen may ask: forms, questions, something to read."""
