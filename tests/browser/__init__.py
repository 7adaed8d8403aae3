"""Tests of the published page in a browser."""
