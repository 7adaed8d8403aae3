"""Tests of ropa.tui."""
