"""Tests of ropa.exchange."""
