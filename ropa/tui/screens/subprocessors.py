"""The board of subprocessors: each in one line across the screen, the one under the cursor in full below."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input

from ropa.services.browsing.lists import list_title
from ropa.services.browsing.subprocessors import FACT, SUBPROCESSOR, facts
from ropa.tui.screens.base import READING
from ropa.tui.screens.listing import ListScreen
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table


class SubprocessorsScreen(ListScreen):
    """Who, what for, where, since when, under which safeguard, what comes next; Enter opens the party."""

    about: ClassVar[str] = (
        "Who processes customers' data behind the organisation, as the flows say: nobody types this list in. Below the "
        "list stands the one under the cursor in full. Enter opens the party, c the changes that are coming."
    )

    def __init__(self) -> None:
        super().__init__(SUBPROCESSOR)

    def compose(self) -> ComposeResult:
        """The list across the screen, the facts below."""
        yield TopBar()
        yield Heading(list_title(self.kind))
        yield Input(placeholder="show rows with these words", id="limit")
        yield Table(id="list", message=READING)
        yield Document(id="detail", hang=FACT)
        yield KeyBar(self.scopes)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """The facts of the row under the cursor."""
        if event.lines.id == "list":
            self._detail_of(event.subject)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Open the party."""
        self.ropa.go(event.subject)

    def _detail_of(self, subject: str) -> None:
        items = self.found.items if self.found is not None else ()
        item = next((each for each in items if each.subject == subject), None)
        self.query_one("#detail", Document).show(None if item is None else facts(item))
