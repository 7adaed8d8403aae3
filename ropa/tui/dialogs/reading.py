"""Something to read on top of a screen; a line that leads on gives its subject."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from ropa.services.browsing.details import Detail
from ropa.tui.keys import bindings
from ropa.tui.widgets.chrome import KeyBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines


class ReadingScreen(ModalScreen[str | None]):
    """Shows a detail. Gives the subject of the line that was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")

    def __init__(self, title: str, detail: Detail) -> None:
        super().__init__()
        self.named = title
        self.detail = detail

    def compose(self) -> ComposeResult:
        """The document."""
        with Vertical(id="dialog"):
            yield Document(id="read")
            leads = any(line.target for part in self.detail.parts for line in part.lines)
            yield KeyBar(("lines", "dialog") if leads else ("dialog",))

    def on_mount(self) -> None:
        """Show the detail."""
        self.query_one("#dialog").border_title = self.named
        document = self.query_one(Document)
        document.show(self.detail)
        document.focus()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Give the subject of the line."""
        self.dismiss(event.subject)

    def action_close(self) -> None:
        """Nothing was chosen."""
        self.dismiss(None)
