"""Benchmarks: each says its time as a ratio to a floor that is measured in the same run."""
