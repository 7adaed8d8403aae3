"""Tests of ropa.services.policy."""
