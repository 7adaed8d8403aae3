"""Tests of ropa.services.steps."""
