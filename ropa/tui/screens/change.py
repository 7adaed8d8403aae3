"""One change: where it stands and what is recorded of it, and its customers with their clocks."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from ropa.records.errors import NotFoundError
from ropa.services.boards.board import CLOCK_COLUMNS, STATE_COLUMN, clocks
from ropa.services.boards.detail import change_detail
from ropa.services.browsing.browse import Item
from ropa.services.browsing.details import Detail
from ropa.services.changes.statuses import ChangeStatus, known_change, status_of
from ropa.services.subjects import split
from ropa.services.workspace import View
from ropa.tui.keys import Scope
from ropa.tui.screens.base import READING
from ropa.tui.screens.deeds import DeedScreen
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table

_NOBODY = "No customer is recorded whose data this change reaches."


class ChangeScreen(DeedScreen):
    """The facts above, the customers below."""

    scopes: ClassVar[tuple[Scope, ...]] = ("lines", "change", "everywhere")
    about: ClassVar[str] = (
        "One change of subprocessor in full, and below it each customer with its clock. Enter on a customer shows the "
        "reasons: why it is told, what its contract says, how each date was counted."
    )
    AUTO_FOCUS = "#clocks"

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.status: ChangeStatus | None = None

    @property
    def place(self) -> str:
        """Where this is, for going back there."""
        return f"record/change/{self.key}"

    def compose(self) -> ComposeResult:
        """The document, then the customers."""
        yield TopBar()
        yield Document(id="facts", message=READING)
        yield Heading(id="whose")
        yield Table(id="clocks", whole=(STATE_COLUMN,))
        yield KeyBar(("change", "lines", "everywhere"))

    def show(self, view: View) -> None:
        """Work out the change in a thread."""

        def work() -> tuple[ChangeStatus, Detail, tuple[Item, ...]]:
            change = view.register.changes.get(self.key)
            if change is None:
                raise NotFoundError(f"{view.register.organisation.name} has no change {self.key!r} any more")
            status = status_of(view.register, known_change(view.register, change, view.on), view.on)
            return status, change_detail(view, status), clocks(view, status)

        self.read("change", work, self._shown)

    def failed(self, message: str) -> None:
        """Say what went wrong where the facts would stand."""
        self.status = None
        self.query_one(Document).show(None, message)
        self.query_one(Table).show((), ())
        self.told_of(None)

    def _shown(self, found: tuple[ChangeStatus, Detail, tuple[Item, ...]]) -> None:
        self.status, detail, rows = found
        table = self.query_one(Table)
        self.query_one(Document).show(detail)
        table.show(CLOCK_COLUMNS, rows, _NOBODY, table.current)
        self.query_one("#whose", Heading).show("Customers", str(len(rows)))
        self.told_of(self.status)

    def chosen(self) -> ChangeStatus | None:
        """The change."""
        return self.status

    def customer(self) -> str:
        """The customer under the cursor, where the customers have the keys."""
        table = self.query_one(Table)
        return split(table.current)[1] if table.has_focus else ""

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Go where a line of the facts leads, or open the clock of a customer."""
        if event.lines.id == "facts":
            self.ropa.go(event.subject)
        elif self.status is not None:
            self.clock_of(self.status, split(event.subject)[1])
