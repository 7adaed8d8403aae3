"""Tests of ropa.services.editing.records."""
