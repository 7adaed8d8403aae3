"""Tests of ropa.cli."""
