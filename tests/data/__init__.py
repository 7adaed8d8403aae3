"""Tests of the sample registers in data/."""
