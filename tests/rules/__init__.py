"""Tests of ropa.rules."""
