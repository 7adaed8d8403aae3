"""Every step that a person takes with a change, a notice or an announcement: checked, written once, told."""
