"""Vendors' announcements; what a change's life, an override and the proof of a notice need."""

from __future__ import annotations

from ropa.store.migrations.statements import run_beside

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the statements beside this module."""
    run_beside(__file__)
