"""Tests of ropa.services.browsing."""
