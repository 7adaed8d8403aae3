"""What each row of a notice is called, in the order in which they stand: by the kind of change, before it and after."""

from __future__ import annotations

from ropa.records.change import ChangeKind

_LABELS = {
    "subprocessor": "Subprocessor",
    "legal_name": "Legal name",
    "address": "Address",
    "contact": "Contact",
    "replaces": "Instead of",
    "engaged_by": "Engaged by",
    "location_before": "Where the data is kept now",
    "location": "Where it processes the data",
    "service": "What it does for us",
    "activities": "Which of your processing",
    "data": "Personal data concerned",
    "safeguard": "Transfer to another country",
    "start": "Planned start",
    "contract": "Contract",
}
_START = {
    (False, False): "Planned start",
    (False, True): "Planned end",
    (True, False): "In effect since",
    (True, True): "Ended",
}
"""What the date is called: by whether it took effect, and whether the party leaves."""
_MOVES = {
    False: {"location": "Where the data will be kept"},
    True: {"location_before": "Where the data was kept before", "location": "Where the data is kept now"},
}
"""What the places are called where they are what changes: by whether it took effect."""


def row_labels(kind: ChangeKind, *, done: bool) -> dict[str, str]:
    """The label of each value that has a row of its own; `done` once the change took effect."""
    moved = _MOVES[done] if kind == "new-location" else {}
    return _LABELS | {"start": _START[done, kind == "remove"]} | moved
