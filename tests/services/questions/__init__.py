"""Tests of ropa.services.questions."""
