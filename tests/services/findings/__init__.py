"""Tests of ropa.services.findings."""
