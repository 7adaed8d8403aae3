"""Tests of ropa.services.editing.sheets."""
