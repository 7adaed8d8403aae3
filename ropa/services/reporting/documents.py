"""The table reports as files: the one way from a front end to any of them."""

from __future__ import annotations

from collections.abc import Callable

from ropa.reports.tables import Report, TablesFormat, document
from ropa.services.workspace import View

__all__ = ["Report", "TablesFormat", "table_report"]


def table_report(view: View, make: Callable[[View], Report], fmt: TablesFormat) -> bytes:
    """What `make` says of a register, as the content of a file.

    Raises NotFoundError as `make` does, and StoreError where the format needs a library that is missing.
    """
    return document(make(view), fmt)
