"""Tests of ropa.flows."""
