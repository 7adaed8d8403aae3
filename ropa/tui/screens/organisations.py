"""The organisations of a database, to choose one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from ropa.services.browsing.browse import Item
from ropa.tui.keys import bindings
from ropa.tui.widgets.chrome import KeyBar
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table

_MOST = 14


class OrganisationsScreen(ModalScreen[str | None]):
    """A dialog that gives the key of the organisation that was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")

    def __init__(self, organisations: Mapping[str, str], current: str) -> None:
        super().__init__()
        self.organisations = organisations
        self.chosen = current

    def compose(self) -> ComposeResult:
        """The names and keys."""
        with Vertical(id="dialog"):
            yield Table(id="organisations")
            yield KeyBar(("lines", "dialog"))

    def on_mount(self) -> None:
        """Fill the list, with the cursor on the one that is open."""
        self.query_one("#dialog").border_title = "Organisations"
        items = [
            Item(key, "", (name, key, "open now" if key == self.chosen else ""))
            for key, name in self.organisations.items()
        ]
        table = self.query_one(Table)
        table.show(("Organisation", "Key", ""), items, "There is none yet.", self.chosen)
        table.styles.height = min(len(items), _MOST) + 1
        table.focus()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Give the key that was chosen."""
        self.dismiss(event.subject)

    def action_close(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
