"""The fields that regulators' templates ask for, and the log of breaches."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the statements beside this module, one at a time so that they stay in the one transaction."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    body = "\n".join(line for line in script.splitlines() if not line.startswith("--"))
    for statement in body.split(";\n"):
        if statement.strip():
            op.execute(statement)
