"""Tests of ropa.reports."""
