"""The first schema: every kind of record, its lists of references, the history."""

from __future__ import annotations

from ropa.store.migrations.statements import run_beside

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the statements beside this module."""
    run_beside(__file__)
