"""Tests of ropa.services.reporting."""
