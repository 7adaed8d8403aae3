"""Help for a screen, made from the table of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from ropa.services.details import Detail, Line, Part
from ropa.services.wording import MARKS
from ropa.tui.keys import Key, Scope, bindings, keys_of
from ropa.tui.text import fitted
from ropa.tui.widgets.chrome import KeyBar
from ropa.tui.widgets.document import Document

_TITLES = {
    "lines": "Moving",
    "list": "In this list",
    "findings": "In this list",
    "detail": "Here",
    "search": "Here",
    "everywhere": "Everywhere",
}


class HelpScreen(ModalScreen[None]):
    """What the screen is for, its keys, and what the signs mean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding("question_mark,f1,q", "close", "close this", show=False),
    ]

    def __init__(self, about: str, scopes: Sequence[Scope]) -> None:
        super().__init__()
        self.about = about
        self.scopes = tuple(scopes)

    def compose(self) -> ComposeResult:
        """A document."""
        with Vertical(id="dialog"):
            yield Document(id="help")
            yield KeyBar(("dialog",))

    def on_mount(self) -> None:
        """Write the document from the table of keys."""
        self.query_one("#dialog").border_title = "Help"
        groups: dict[str, list[Key]] = {}
        for key in keys_of(self.scopes):
            groups.setdefault(_TITLES[key.scope], []).append(key)
        parts = [Part(title, tuple(_line(key) for key in keys)) for title, keys in groups.items()]
        signs = tuple(Line(meaning, sign) for sign, meaning in MARKS.items())
        document = self.query_one(Document)
        document.show(Detail("help", "", self.about, "", (*parts, Part("Signs", signs))))
        document.focus()

    def action_close(self) -> None:
        """Back to the screen."""
        self.dismiss(None)


def _line(key: Key) -> Line:
    return Line(f"{fitted(key.shown, 7)} {key.explain}")
