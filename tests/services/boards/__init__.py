"""Tests of ropa.services.boards."""
