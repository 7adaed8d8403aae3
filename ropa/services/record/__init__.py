"""The record of Article 30, in plain words and in the layouts that regulators publish."""
