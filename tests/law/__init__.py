"""Tests of ropa.law."""
