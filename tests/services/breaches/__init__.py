"""Tests of ropa.services.breaches.verbs."""
