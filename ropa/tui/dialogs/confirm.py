"""A question with two answers; Esc and Enter are the careful one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from ropa.tui.keys import bindings
from ropa.tui.text import plain
from ropa.tui.widgets.chrome import KeyBar


class ConfirmScreen(ModalScreen[bool]):
    """Gives True for yes. `question` says what yes would do."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("question")

    def __init__(self, title: str, question: str) -> None:
        super().__init__()
        self.asked = title
        self.question = question

    def compose(self) -> ComposeResult:
        """The question and the keys that answer it."""
        with Vertical(id="dialog"):
            yield Static(plain(self.question), classes="said")
            yield KeyBar(("question",))

    def on_mount(self) -> None:
        """Name the dialog."""
        self.query_one("#dialog").border_title = plain(self.asked)

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(True)

    def action_close(self) -> None:
        """No."""
        self.dismiss(False)
