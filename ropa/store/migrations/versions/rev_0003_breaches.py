"""The fields that regulators' templates ask for, and the log of breaches."""

from __future__ import annotations

from ropa.store.migrations.statements import run_beside

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the statements beside this module."""
    run_beside(__file__)
