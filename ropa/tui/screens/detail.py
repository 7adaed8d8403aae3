"""One record on a screen of its own, reached by following a line that leads to it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ropa.records.kinds import KINDS
from ropa.services.browsing.details import Detail, detail
from ropa.services.subjects import same_in, split
from ropa.services.workspace import View
from ropa.tui.keys import Scope, bindings
from ropa.tui.screens.base import READING
from ropa.tui.screens.record import RecordScreen
from ropa.tui.widgets.chrome import KeyBar, TopBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines

_GONE = "By what is recorded now, this is not found any more. Esc goes back."


class DetailScreen(RecordScreen):
    """A detail; lines that end in › lead on, and Esc goes back the same way."""

    scopes: ClassVar[tuple[Scope, ...]] = ("lines", "record", "detail", "everywhere")
    about: ClassVar[str] = (
        "One record in full. Lines that end in › lead on; Esc goes back the way you came. e edits it, n adds something "
        "to it."
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("detail")

    def __init__(self, subject: str) -> None:
        super().__init__()
        self.subject = subject
        self._of: View | None = None
        self._gone = False

    @property
    def place(self) -> str:
        """Where this is, for going back there."""
        return "" if self._gone else f"record/{self.subject}"

    def compose(self) -> ComposeResult:
        """The document alone."""
        yield TopBar()
        yield Document(id="detail", message=READING)
        yield KeyBar(self.scopes)

    def show(self, view: View) -> None:
        """Work out the detail in a thread."""
        before, subject = self._of, self.subject

        def work() -> tuple[str, Detail | None]:
            # What has a number for a name has another one once something was written.
            numbered = before is not None and split(subject)[0] not in KINDS
            now = same_in(before, subject, view) if numbered and before is not None else subject
            return now, detail(view, now) if now else None

        def arrived(found: tuple[str, Detail | None]) -> None:
            now, made = found
            self._gone = not now
            if now:
                self.subject, self._of = now, view
            self.query_one(Document).show(made, _GONE)

        self.read("detail", work, arrived)

    def failed(self, message: str) -> None:
        """Say what went wrong where the detail would stand."""
        self.query_one(Document).show(None, message)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Go where the line leads."""
        self.ropa.go(event.subject)

    def here(self) -> str:
        """The record in full."""
        return "" if self._gone else self.subject

    def removed(self) -> None:
        """Back to where it was reached from."""
        if self.is_current:
            self.ropa.action_back()

    def action_subject(self) -> None:
        """Go to the record that this is about, where it is about another one."""
        found = self.query_one(Document).detail
        if found is not None and found.about and found.about != self.subject:
            self.ropa.go(found.about)
