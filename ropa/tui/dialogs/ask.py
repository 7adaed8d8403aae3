"""A question that needs reading first: what would happen stands above it, and y does it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from ropa.services.browsing.details import Detail
from ropa.tui.keys import bindings
from ropa.tui.text import plain
from ropa.tui.widgets.chrome import KeyBar
from ropa.tui.widgets.document import Document


class AskScreen(ModalScreen[bool]):
    """Gives True for yes. Where `possible` is False there is only something to read."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("question")

    def __init__(self, title: str, detail: Detail, *, possible: bool = True) -> None:
        super().__init__()
        self.named = title
        self.detail = detail
        self.possible = possible

    def compose(self) -> ComposeResult:
        """What would happen, and the keys that answer."""
        with Vertical(id="dialog"):
            yield Document(id="read")
            yield KeyBar(("question",) if self.possible else ("dialog",))

    def on_mount(self) -> None:
        """Show it."""
        self.query_one("#dialog").border_title = plain(self.named)
        document = self.query_one(Document)
        document.show(self.detail)
        document.focus()

    def action_yes(self) -> None:
        """Do it."""
        if self.possible:
            self.dismiss(True)

    def action_close(self) -> None:
        """Leave it."""
        self.dismiss(False)
