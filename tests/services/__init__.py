"""Tests of ropa.services."""
