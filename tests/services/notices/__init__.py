"""Tests of ropa.services.changes.due."""
