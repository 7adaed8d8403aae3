"""Drafts to send about a change: mail, calendar and change sheet for each customer. Nothing is sent."""
