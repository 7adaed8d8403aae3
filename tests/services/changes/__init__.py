"""Tests of ropa.services.changes.statuses."""
