"""Tests of ropa.services.detection.differences."""
