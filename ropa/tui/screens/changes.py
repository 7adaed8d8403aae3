"""The board: every change by where it stands, and the clock of each customer of the one under the cursor."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from ropa.services.boards.board import CLOCK_COLUMNS, STATE_COLUMN, Board, board, clocks, described
from ropa.services.changes.statuses import ChangeStatus
from ropa.services.subjects import split
from ropa.services.workspace import View
from ropa.tui.keys import Scope
from ropa.tui.screens.base import READING
from ropa.tui.screens.deeds import DeedScreen
from ropa.tui.widgets.cards import Cards
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table

_EMPTY = "No change of a subprocessor is recorded. n proposes one."
_NOBODY = "No customer is recorded whose data this change reaches."


class BoardScreen(DeedScreen):
    """Cards above, the customers of the chosen change below."""

    scopes: ClassVar[tuple[Scope, ...]] = ("lines", "change", "board", "everywhere")
    about: ClassVar[str] = (
        "Every change of subprocessor by where it stands, and below it what each customer is owed: until when it must "
        "be told, when it was, how long it may object. Enter opens a change or a customer; Tab goes to the customers."
    )
    AUTO_FOCUS = "#cards"

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self._followed = ""

    @property
    def place(self) -> str:
        """Where this is, for going back there."""
        return "list/change"

    def compose(self) -> ComposeResult:
        """The board, then the customers."""
        yield TopBar()
        yield Heading("Subprocessor changes")
        yield Cards(id="cards", message=READING)
        yield Heading(id="whose")
        yield Table(id="clocks", whole=(STATE_COLUMN,))
        yield KeyBar(("change", "lines", "everywhere"))

    def show(self, view: View) -> None:
        """Work out the board in a thread."""
        self.read("board", lambda: board(view), self._shown)

    def failed(self, message: str) -> None:
        """Say what went wrong where the cards would stand."""
        self.board = None
        self.query_one(Cards).show((), message=message)
        self._customers_of(None)

    def _shown(self, found: Board) -> None:
        self.board = found
        cards = self.query_one(Cards)
        self.query_one(Heading).show("Subprocessor changes", found.summary)
        cards.show(found.columns, self._followed or cards.current, _EMPTY)
        self._followed = ""
        self._customers_of(self.chosen())

    def chosen(self) -> ChangeStatus | None:
        """The change of the card under the cursor."""
        current = self.query_one(Cards).current
        return self.board.statuses.get(split(current)[1]) if self.board is not None and current else None

    def follow(self, change: str) -> None:
        """The view is being read again: then the cursor goes there."""
        self._followed = f"change/{change}"

    def customer(self) -> str:
        """The customer under the cursor, where the customers have the keys."""
        table = self.query_one(Table)
        return split(table.current)[1] if table.has_focus else ""

    def _customers_of(self, status: ChangeStatus | None) -> None:
        view, table = self.ropa.view, self.query_one(Table)
        self.told_of(status)
        if view is None or status is None:
            table.show((), ())
            self.query_one("#whose", Heading).show("", "")
            return
        table.show(CLOCK_COLUMNS, clocks(view, status), _NOBODY, table.current)
        self.query_one("#whose", Heading).show(status.change.name, described(status))

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Follow the cursor of the board with the customers."""
        if event.lines.id == "cards":
            self._customers_of(self.chosen())

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Open the change, or the clock of a customer."""
        status = self.chosen()
        if event.lines.id == "cards":
            self.ropa.go(event.subject)
        elif status is not None:
            self.clock_of(status, split(event.subject)[1])
