"""Tests of ropa.records."""
