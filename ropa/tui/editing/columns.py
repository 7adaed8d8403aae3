"""Which column of a spreadsheet goes to which field: each with a value of the sheet, to look at and to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ropa.exchange.sheet_grid import Grid
from ropa.services.browsing.browse import Item
from ropa.services.browsing.details import Detail, Line, Part
from ropa.services.editing.choices import Choice, made, word_label
from ropa.services.sheets.choosing import (
    Sample,
    field_offer,
    mapped,
    role_offer,
    samples,
    with_field,
    with_mapping,
    with_role,
)
from ropa.services.sheets.fields import IGNORE, NOTE
from ropa.services.sheets.importing import Reading
from ropa.services.sheets.mapping import SheetMapping
from ropa.services.wording import counted
from ropa.services.workspace import View
from ropa.tui.dialogs.intake import Asked, keep_form
from ropa.tui.editing.picker import Picker
from ropa.tui.keys import Scope, bindings
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table


class ColumnsScreen(RegisterScreen):
    """A mapping to confirm. `go_on` is given the reading as it was confirmed, `another` the name of another sheet."""

    scopes: ClassVar[tuple[Scope, ...]] = ("columns", "lines")
    about: ClassVar[str] = (
        "Which column of the sheet goes to which field, as its heading says. Enter chooses another field. Below stands "
        "what the choice rests on. Ctrl+S shows what would be written; nothing is written before you say so there."
    )
    AUTO_FOCUS = "#columns"
    BINDINGS: ClassVar[list[BindingType]] = bindings("columns")

    def __init__(
        self, reading: Reading, asked: Asked, go_on: Callable[[Reading], None], another: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.reading = reading
        self.asked = asked
        self.go_on = go_on
        self.another = another
        self._samples: tuple[Sample, ...] = ()

    @property
    def is_modal(self) -> bool:
        """What works on lists of the register does not work here."""
        return True

    def compose(self) -> ComposeResult:
        """The columns; below, the one under the cursor in full."""
        yield TopBar()
        yield Heading("Columns")
        yield Table(id="columns", whole=(0, 3))
        yield Document(id="detail")
        yield KeyBar(self.scopes)

    def on_mount(self) -> None:
        """Fill the list. (Textual calls the base class's handler by itself.)"""
        self._fill()

    def show(self, view: View) -> None:
        """It is about a file, and stays as it is."""

    def nothing(self) -> None:
        """A register may begin with the file."""

    @property
    def _table(self) -> tuple[Grid, SheetMapping]:
        found = mapped(self.reading)
        return found if found is not None else self.reading.chosen[0]

    def _fill(self) -> None:
        grid, mapping = self._table
        table = self.query_one(Table)
        self._samples = samples(grid, mapping)
        items = [
            Item(
                str(each.column.column) if each.letters else f"label {number}",
                _mark(each.column.field),
                (each.letters, each.heading, each.value, each.title),
            )
            for number, each in enumerate(self._samples)
        ]
        table.show(("", "Heading", "First value", "Goes to"), items, select=table.current, near=True)
        role = f"role: {word_label(mapping.role)}" if mapping.role else "role not said"
        rows = " and ".join(map(str, mapping.headings))
        where = " · ".join(filter(None, (grid.sheet, f"headings in row {rows}" if rows else "", mapping.name)))
        self.query_one(Heading).show(f"Columns · {where}", f"{role}   {counted(len(items), 'column')}")

    def _sample(self, subject: str) -> Sample | None:
        return next((each for each in self._samples if str(each.column.column) == subject), None)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """The column under the cursor in full."""
        event.stop()
        found = self._sample(event.subject)
        self.query_one("#detail", Document).show(None if found is None else _detail(found))

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter, or the mouse."""
        event.stop()
        self.action_field()

    # -- keys ----------------------------------------------------------------------------------------------

    def action_field(self) -> None:
        """Choose the field of the column under the cursor."""
        if mapped(self.reading) is None:
            self.ropa.say("These labels are of a known sheet, and cannot go elsewhere.")
            return
        found = self._sample(self.query_one(Table).current)
        if found is None:
            return
        column = found.column

        def chosen(values: tuple[str, ...] | None) -> None:
            if values is None:
                return
            mapping, said = with_field(self._table[1], column.column, values[0] if values else NOTE)
            self._take(mapping)
            if said:
                self.ropa.say(said)

        title = f"{found.letters}  {found.heading}"
        self.ropa.push_screen(Picker(title, field_offer, (column.field,)), chosen)

    def action_role(self) -> None:
        """Choose the role of all activities."""
        if mapped(self.reading) is None:
            return
        mapping = self._table[1]

        def chosen(values: tuple[str, ...] | None) -> None:
            if values is not None:
                self._take(with_role(mapping, values[0] if values else ""))

        title = "What is the organisation in these activities?"
        self.ropa.push_screen(Picker(title, role_offer, tuple(filter(None, (mapping.role,)))), chosen)

    def _take(self, mapping: SheetMapping) -> None:
        self.reading = with_mapping(self.reading, mapping)
        self._fill()

    def action_sheet(self) -> None:
        """Read another sheet."""
        others = [grid.sheet for grid, _ in self.reading.left if grid.sheet]
        if not others:
            self.ropa.say("There is no other sheet in this file.")
            return

        def chosen(values: tuple[str, ...] | None) -> None:
            if values:
                self.dismiss(None)
                self.another(values[0])

        why = {grid.sheet: words for grid, words in self.reading.left}
        choices = [Choice(each, each, why[each]) for each in others]
        self.ropa.push_screen(Picker("Sheets", lambda: made(choices)), chosen)

    def action_keep(self) -> None:
        """Keep the mapping as a file."""
        if mapped(self.reading) is None:
            self.ropa.say("This sheet is known: there is no mapping to keep.")
            return
        self.ropa.push_screen(keep_form(self.ropa.workspace, self.asked, self._table[1]), self.ropa.wrote)

    def action_go_on(self) -> None:
        """See what would be written."""
        self.go_on(self.reading)

    def action_close(self) -> None:
        """Leave; nothing is written."""
        self.dismiss(None)


def _mark(field: str) -> str:
    return {NOTE: "?", IGNORE: ""}.get(field, "✓")


def _detail(found: Sample) -> Detail:
    title = f"{found.letters}  {found.heading}" if found.letters else found.heading
    parts = (
        Part("Goes to", (Line(f"{found.title} ({found.column.field})", _mark(found.column.field)),)),
        *([Part("Because", (Line(found.column.why),))] if found.column.why else []),
        *([Part("Says", (Line(found.value),))] if found.value else []),
        Part("Filled", (Line(counted(found.filled, "cell")),)),
    )
    return Detail("column", str(found.column.column), title, "", parts)
