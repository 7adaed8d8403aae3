"""Tests of ropa.services.record."""
