"""Any list by its name: the lists with columns of their own, the subprocessors, and every kind of record."""

from __future__ import annotations

from ropa.records.kinds import KINDS, ROOTS
from ropa.services.browsing.browse import LISTS, Browse, browse
from ropa.services.browsing.records import records_list
from ropa.services.browsing.subprocessors import SUBPROCESSOR, subprocessors_list
from ropa.services.workspace import View

ALL_LISTS: tuple[str, ...] = tuple(dict.fromkeys((*LISTS, SUBPROCESSOR, *ROOTS)))
"""The name of every list."""


def list_title(kind: str) -> str:
    """What people call a list."""
    own = {"finding": "Findings", "history": "History", "due": "What is due", SUBPROCESSOR: "Subprocessors"}
    return own.get(kind) or KINDS[kind].title


def list_of(view: View, kind: str) -> Browse:
    """A list by its name. Raises NotFoundError for a name that is none. Call it off the event loop."""
    if kind == SUBPROCESSOR:
        return subprocessors_list(view)
    return browse(view, kind) if kind in LISTS else records_list(view, kind)
