"""Tests of ropa.store."""
