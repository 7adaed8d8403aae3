"""What is due, by date: late first, then today, this week, and month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from ropa.rules.dates import long_date
from ropa.services.browsing.details import Detail, Line, Part
from ropa.services.browsing.due_calendar import Group, due_calendar
from ropa.services.wording import counted
from ropa.services.workspace import View
from ropa.tui.keys import Scope
from ropa.tui.screens.base import READING, RegisterScreen
from ropa.tui.text import fitted
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines

_NOTHING = (
    "Nothing that is recorded is due within a year. Dates stand here once they are recorded: the review of a document, "
    "the end of an agreement or a safeguard, a change of subprocessor. i opens the list of any kind, n adds a record."
)
_DAY, _AWAY = 15, 9
"""The cells for a date and for how far off it is."""


class CalendarScreen(RegisterScreen):
    """Every date that somebody must look at; Enter opens the record that it is about."""

    scopes: ClassVar[tuple[Scope, ...]] = ("lines", "everywhere")
    about: ClassVar[str] = (
        "Every date that is recorded or follows from what is recorded, late ones first, a year ahead: customers to be "
        "told, windows that close, reviews, what expires. Enter opens what it is about."
    )

    @property
    def place(self) -> str:
        """Where this is, for going back there."""
        return "list/due"

    def compose(self) -> ComposeResult:
        """The dates."""
        yield TopBar()
        yield Heading("What is due")
        yield Document(id="due", message=READING, hang=_DAY + _AWAY + 2)
        yield KeyBar(self.scopes)

    def show(self, view: View) -> None:
        """Work out the dates in a thread."""
        title = f"A year ahead from {long_date(view.on)}"
        self.read("due", lambda: due_calendar(view), lambda groups: self._shown(title, groups))

    def failed(self, message: str) -> None:
        """Say what went wrong where the dates would stand."""
        self.query_one(Document).show(None, message)

    def _shown(self, title: str, groups: Sequence[Group]) -> None:
        parts = tuple(Part(group.title, tuple(_lines(group))) for group in groups)
        many = sum(len(group.entries) for group in groups)
        late = sum(each.mark == "✖" for group in groups for each in group.entries)
        words = [counted(many, "date"), *([f"{late} late ✖"] if late else [])]
        self.query_one(Heading).show("What is due", ", ".join(words))
        self.query_one(Document).show(Detail("due", "", title, "", parts) if parts else None, _NOTHING)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Open the record."""
        self.ropa.go(event.subject)


def _lines(group: Group) -> list[Line]:
    return [
        Line(f"{fitted(each.day, _DAY)} {fitted(each.away, _AWAY)} {each.text}", each.mark or " ", each.subject)
        for each in group.entries
    ]
