"""`python -m ropa.tui FILE`: the terminal UI on one database."""

from __future__ import annotations

import sys

from ropa.records.errors import RopaError
from ropa.services.workspace import Workspace, database_path
from ropa.tui.app import run


def main() -> int:
    """Open the database named first, or the one that `ROPA_DB` names."""
    try:
        run(Workspace.open(database_path(sys.argv[1] if len(sys.argv) > 1 else None)))
    except RopaError as error:
        print(error, file=sys.stderr)  # noqa: T201 the only thing that this command says
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
