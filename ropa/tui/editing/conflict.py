"""Two people with one record open: the second to save sees what the first did, field by field, and chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from ropa.services.browsing.browse import Item
from ropa.services.editing.conflicts import Conflict, Side, side_words, sides
from ropa.services.wording import listed
from ropa.tui.keys import bindings
from ropa.tui.text import plain
from ropa.tui.widgets.chrome import KeyBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.table import Table

_WHAT = {
    "changed": "changed this record while you had it open",
    "removed": "removed this record while you had it open",
    "added": "added a record of the same key meanwhile",
}


class ConflictScreen(ModalScreen[Mapping[str, object] | None]):
    """Gives the texts to save, or None to leave theirs and go on with the form.

    `label` gives the words for a value of a field.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("conflict")

    def __init__(self, conflict: Conflict, label: Callable[[str, str], str]) -> None:
        super().__init__()
        self.conflict = conflict
        self.label = label
        self.chosen: dict[str, Side] = {
            each.field: "mine" if each.touched == "both" else each.touched for each in conflict.fields
        }

    def compose(self) -> ComposeResult:
        """Who did what, the fields, the keys."""
        with Vertical(id="dialog"):
            yield Static(plain(self._said()), classes="said")
            yield Table(id="clashes", message="No field differs.")
            yield Document(id="sides")
            yield KeyBar(("conflict",))

    def on_mount(self) -> None:
        """Show the fields that differ."""
        self.query_one("#dialog").border_title = "Somebody was faster"
        table = self.query_one(Table)
        table.display = self.query_one(Document).display = bool(self.conflict.fields)
        self._fill()
        table.focus()

    def _said(self) -> str:
        who = listed([f"{each.who} ({each.at:%Y-%m-%d %H:%M} UTC)" for each in self.conflict.by]) or "Somebody"
        words = f"{who} {_WHAT[self.conflict.what]}. Nothing was overwritten."
        if self.conflict.what == "removed":
            return f"{words} Ctrl+S adds it again as you have it."
        if self.conflict.what == "added":
            return f"{words} Ctrl+S adds yours beside it."
        return f"{words} Enter chooses yours or theirs, field by field; Ctrl+S saves what is chosen."

    def _fill(self) -> None:
        rows = [
            Item(
                each.field,
                "",
                (
                    each.title,
                    _mark(self.chosen[each.field]),
                    self._words(each.field, each.mine),
                    self._words(each.field, each.theirs),
                ),
            )
            for each in self.conflict.fields
        ]
        table = self.query_one(Table)
        table.show(("Field", "Save", "Yours", "Theirs"), rows, select=table.current)

    def _words(self, field: str, value: object) -> str:
        return side_words(self.conflict.kind, field, value, self.label)

    def on_lines_moved(self, event: Table.Moved) -> None:
        """Both sides of the field under the cursor in full: a row has no room for where they differ."""
        event.stop()
        clash = next((each for each in self.conflict.fields if each.field == event.subject), None)
        if clash is not None:
            self.query_one(Document).show(sides(self.conflict.kind, clash, self.label))

    def on_lines_chosen(self, event: Table.Chosen) -> None:
        """The other side for this field."""
        event.stop()
        self.chosen[event.subject] = "theirs" if self.chosen[event.subject] == "mine" else "mine"
        self._fill()

    def action_mine(self) -> None:
        """Yours everywhere."""
        self.chosen = dict.fromkeys(self.chosen, "mine")
        self._fill()

    def action_theirs(self) -> None:
        """Theirs everywhere."""
        self.chosen = dict.fromkeys(self.chosen, "theirs")
        self._fill()

    def action_save(self) -> None:
        """Save what is chosen."""
        self.dismiss(self.conflict.texts(self.chosen))

    def action_close(self) -> None:
        """Back to the form; nothing is saved."""
        self.dismiss(None)


def _mark(side: Side) -> str:
    return "yours" if side == "mine" else "theirs"
