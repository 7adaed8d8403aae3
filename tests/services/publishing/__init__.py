"""Tests of ropa.services.publishing.folder."""
