"""Help for a screen, made from the table of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen

from ropa.services.browsing.details import Detail, Line, Part
from ropa.services.wording import MARKS
from ropa.tui.keys import Key, Scope, bindings, keys_of
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.text import fitted
from ropa.tui.widgets.chrome import KeyBar
from ropa.tui.widgets.document import Document

_KEY = 9
"""The cells for a key."""
_TITLES = {
    "lines": "Moving",
    "list": "In this list",
    "findings": "In this list",
    "detail": "Here",
    "record": "The record",
    "sheet": "In the form",
    "map": "The map",
    "board": "Moving",
    "change": "The change",
    "search": "Here",
    "form": "In the form",
    "pick": "Choosing",
    "picker": "Choosing",
    "making": "Choosing",
    "conflict": "Here",
    "columns": "The columns",
    "intake": "Here",
    "waiting": "Here",
    "question": "Here",
    "dialog": "Here",
    "everywhere": "Everywhere",
}
_ABOUT: dict[Scope, str] = {
    "form": "A form of a few questions. What is wrong stands below its input. Nothing is written before Ctrl+S.",
    "picker": "What fits here. Typing finds it, in any case and without accents; the explanation stands below.",
    "conflict": "Somebody else saved this record while you were at it. Choose for each field whose words stay.",
    "question": "What would happen stands above. Nothing happens without y.",
    "waiting": "A file is being read. Nothing is written yet, and Esc stops it.",
    "dialog": "Something to read or to choose from. Esc closes it; a line that ends in › leads on.",
}
"""What a dialog is for, by the scopes of its keys."""


def about(screen: Screen[object], scopes: Sequence[Scope]) -> str:
    """What a screen or dialog is for."""
    if isinstance(screen, RegisterScreen):
        return screen.about
    return next((_ABOUT[scope] for scope in scopes if scope in _ABOUT), "")


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
            yield Document(id="help", hang=_KEY + 1)
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
    return Line(f"{fitted(key.shown, _KEY)} {key.explain}")
