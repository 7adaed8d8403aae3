"""One entry of the history in words: who wrote what, when and why, and what was there before."""

from __future__ import annotations

from ropa.records.kinds import KINDS
from ropa.services.browsing.detail_parts import Detail, Line, part
from ropa.services.subjects import record_of, title_of
from ropa.services.workspace import View
from ropa.store.history import Entry

_ACTIONS = {"add": "added", "change": "changed", "remove": "removed"}
_INNER = frozenset({"id", "organisation", "key", "version", "position", "owner"})


def history_detail(view: View, entry: Entry) -> Detail:
    """The detail of a history entry; the record that it is about is named if it is still there."""
    kind = entry.kind.partition("__")[0]
    subject = f"{kind}/{entry.key}"
    there = record_of(view, subject) is not None
    title = title_of(view, subject) if there else entry.key
    words = KINDS[kind].title if kind in KINDS else kind
    gone = [Line(f"{subject}, which is no longer there")] if kind in KINDS else []
    parts = [
        *part("When", [Line(f"{entry.at.replace('T', ' ').rstrip('Z')} UTC")]),
        *part("Who", [Line(entry.who)]),
        *part("Why", [Line(entry.why)] if entry.why else []),
        *part("What", _fields(entry), ask=False),
        *part("Record", [Line(title, target=subject)] if there else gone, ask=False),
    ]
    subtitle = f"{words} · {_ACTIONS.get(entry.action, entry.action)}"
    return Detail("history", str(entry.id), title, subtitle, tuple(parts), subject if there else "")


def _fields(entry: Entry) -> list[Line]:
    before, after = entry.before or {}, entry.after or {}
    found = []
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if name in _INNER or old == new:
            continue
        word = name.replace("_", " ")
        if entry.action == "change":
            found.append(Line(f"{word}: {_shown(old)} → {_shown(new)}"))
        else:
            found.append(Line(f"{word}: {_shown(old if entry.action == 'remove' else new)}"))
    return found


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or "empty"
    return "empty" if value is None else str(value)
