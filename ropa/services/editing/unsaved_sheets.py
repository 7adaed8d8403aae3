"""What was typed and not saved, to go on with: named in words, and opened again as the form that it was."""

from __future__ import annotations

import json

from ropa.services.editing.choices import Choice
from ropa.services.editing.sheets import RecordSheet, Sheet
from ropa.services.editing.unsaved import Draft, Unsaved
from ropa.services.editing.vendor_sheet import VendorSheet
from ropa.services.workspace import View, Workspace

Kept = tuple[tuple[Choice, Draft], ...]


def kept(workspace: Workspace, view: View | None) -> Kept:
    """What was kept for the open organisation, newest first, and for one that is not recorded yet. Reads files."""
    mine = ("", "" if view is None else view.register.organisation.key)
    drafts = [each for each in Unsaved.of(workspace.path).kept() if each.organisation in mine]
    return tuple((_choice(workspace, view, number, each), each) for number, each in enumerate(drafts))


def sheet_of(workspace: Workspace, draft: Draft) -> Sheet:
    """The form in which it was typed."""
    if draft.form:
        return VendorSheet(workspace, draft.organisation, draft.parent)
    given = json.loads(draft.about) if draft.about else None
    return RecordSheet(workspace, draft.organisation, draft.kind, draft.key or None, draft.parent or None, given)


def _choice(workspace: Workspace, view: View | None, number: int, draft: Draft) -> Choice:
    title = sheet_of(workspace, draft).title(view)
    name = draft.texts.get("name")
    if not draft.key and isinstance(name, str) and name.strip():
        title = f"{title}: {name.strip()}"
    return Choice(str(number), title, draft.said)
