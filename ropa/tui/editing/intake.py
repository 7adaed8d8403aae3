"""What a file would write, cell by cell, what to look at first; nothing is written before it is confirmed here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from ropa.services.sheets.importing import SheetPlan
from ropa.services.sheets.preview import Preview
from ropa.services.sheets.report import report_csv
from ropa.services.sheets.vendors import VendorPlan
from ropa.services.workspace import View
from ropa.services.writing import write_text
from ropa.tui.dialogs.export import export_form
from ropa.tui.keys import Scope, bindings
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.text import plain
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table

_WRITING = "Writing …"
_ALL_THERE = "The register has all of it already; there is nothing to write."


class IntakeScreen(RegisterScreen):
    """A plan to confirm. `write` carries it out; `look` shows the columns, if there are any."""

    scopes: ClassVar[tuple[Scope, ...]] = ("intake", "lines")
    about: ClassVar[str] = (
        "What the file would write, cell by cell or row by row. First comes what somebody should look at: what is not "
        "understood is kept as text, what the register has already is left as it is. Ctrl+S writes all of it."
    )
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = bindings("intake")

    def __init__(
        self,
        plan: SheetPlan | VendorPlan,
        found: Preview,
        write: Callable[[IntakeScreen], None],
        look: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.plan = plan
        self.found = found
        self.write = write
        self.look = look
        self.writing = False

    @property
    def is_modal(self) -> bool:
        """What works on lists of the register does not work here."""
        return True

    def compose(self) -> ComposeResult:
        """What there is in all, the rows, the one under the cursor in full."""
        yield TopBar()
        yield Heading("What would be written")
        yield Static(id="said", markup=False)
        yield Table(id="rows", whole=(0,))
        yield Document(id="detail")
        yield KeyBar(self.scopes)

    def on_mount(self) -> None:
        """Fill the list. (Textual calls the base class's handler by itself.)"""
        self.query_one(Heading).show("What would be written", Path(self.plan.file).name)
        self.tell("" if self.found.writes else _ALL_THERE)
        idle = [*(() if self.found.writes else ("write",)), *(() if self.look is not None else ("mapping",))]
        idle += [] if isinstance(self.plan, SheetPlan) else ["export"]
        self.query_one(KeyBar).hide(idle)
        self.query_one(Table).show(self.found.columns, self.found.items, grouped=True)

    def tell(self, message: str) -> None:
        """Say above the rows how it goes; else what there is in all."""
        words = message or f"{self.found.said} Ctrl+S writes it."
        self.query_one("#said", Static).update(plain(words))

    def show(self, view: View) -> None:
        """It is about a file, and stays as it is."""

    def nothing(self) -> None:
        """A register may begin with the file."""

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """The cell under the cursor in full."""
        event.stop()
        self.query_one("#detail", Document).show(self.found.full(event.subject) if event.subject else None)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Give the keys to what stands in full, to read on."""
        event.stop()
        self.query_one("#detail").focus()

    # -- keys ----------------------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Write it, once."""
        if self.found.writes and not self.writing:
            self.writing = True
            self.tell(_WRITING)
            self.write(self)

    def refused(self, message: str) -> None:
        """It could not be written."""
        self.writing = False
        if self.is_attached:
            self.tell(f"✖ {message}")

    def action_mapping(self) -> None:
        """See the columns."""
        if self.look is not None and not self.writing:
            self.look()

    def action_export(self) -> None:
        """Write what becomes of every cell to a file."""
        plan = self.plan
        if isinstance(plan, SheetPlan):
            path = Path(plan.file)
            suggested = path.with_name(f"{path.stem}-cells.csv")
            form = export_form(
                "Write what becomes of every cell",
                suggested,
                lambda file: write_text(file, report_csv(plan)),
                today=self.ropa.workspace.on,
            )
            self.ropa.push_screen(form, self.ropa.wrote)

    def action_close(self) -> None:
        """Back; nothing is written. While it is being written, nothing happens."""
        if not self.writing:
            self.dismiss(None)
