"""Running the SQL that stands beside a revision."""

from __future__ import annotations

from pathlib import Path

from alembic import op


def run_beside(module: str) -> None:
    """Run the statements of the .sql file beside a revision's module, one at a time, in the one transaction."""
    script = Path(module).with_suffix(".sql").read_text(encoding="utf-8")
    body = "\n".join(line for line in script.splitlines() if not line.startswith("--"))
    for statement in body.split(";\n"):
        if statement.strip():
            op.execute(statement)
