"""The first screen: what needs somebody, what is coming up, how much there is, where the data goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from ropa.services.browsing.browse import Item, prepare
from ropa.services.browsing.details import Detail, Line, Part
from ropa.services.browsing.overview import Overview, overview
from ropa.services.wording import away, counted
from ropa.services.workspace import View
from ropa.tui.keys import Scope
from ropa.tui.pace import smooth
from ropa.tui.screens.base import READING, RegisterScreen
from ropa.tui.widgets.bars import Bars
from ropa.tui.widgets.chrome import KeyBar, TopBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table

EMPTY = Detail(
    "empty",
    "",
    "There is no register in this database yet.",
    "",
    (
        Part(
            "Start with", (Line("n   makes the first organisation, whose register this is", target="new/organisation"),)
        ),
        Part(
            "Or bring in",
            (
                Line("I   reads a record that is kept in a spreadsheet", target="bring/spreadsheet"),
                Line("V   reads a published list of vendors", target="bring/vendors"),
            ),
        ),
        Part(
            "Or load",
            (
                Line("L   reads a register file (YAML) that you have", target="load/"),
                Line("or, outside of ropa:   ropa load FILE"),
            ),
        ),
        Part("Or look at", (Line("the samples: leave with q, then make demo loads five registers and opens them"),)),
        Part("Then", (Line("? shows the keys, Ctrl+P finds any command by its words"),)),
    ),
)


class OverviewScreen(RegisterScreen):
    """Four parts; Enter on a line opens what it is about."""

    AUTO_FOCUS = "#needs"
    at_once: ClassVar[bool] = False  # it takes as long to work out as the reading that follows

    scopes: ClassVar[tuple[Scope, ...]] = ("everywhere", "lines")
    about: ClassVar[str] = (
        "What the rules found, grouped; the dates that are coming up; how much is recorded; and in which territories "
        "the data ends. Enter opens what a line is about."
    )

    def compose(self) -> ComposeResult:
        """The parts from top to bottom."""
        yield TopBar()
        yield Document(id="empty")
        yield Table(id="needs", headings=False, message=READING)
        with Horizontal(id="middle"):
            yield Table(id="coming", headings=False, message=READING)
            yield Table(id="counts", headings=False, message=READING)
        yield Static("Where the data goes", id="where", markup=False)
        yield Bars(id="bars")
        yield KeyBar(self.scopes)

    def on_mount(self) -> None:
        """Name the parts; the names are this program's own. (Textual calls the base class's handler by itself.)"""
        smooth()
        for part, title in (("needs", "Needs you"), ("coming", "Coming up"), ("counts", "Register")):
            self.query_one(f"#{part}").border_title = title

    def take(self, view: View | None) -> None:
        """Show a view, or how to begin where there is none."""
        self.set_class(view is None, "-empty")
        if view is None:
            self.query_one("#empty", Document).show(EMPTY)
            self.query_one("#empty").focus()
        super().take(view)

    def show(self, view: View) -> None:
        """Work out the overview in a thread, and then the lists that people go to from it."""

        def arrived(found: Overview) -> None:
            self._shown(found)
            self.read("lists", lambda: prepare(view), lambda _: None)

        self.read("overview", lambda: overview(view), arrived)

    @property
    def place(self) -> str:
        """Where this is, for going back there."""
        return "overview"

    def nothing(self) -> None:
        """How to begin stands there already."""

    def failed(self, message: str) -> None:
        """Say what went wrong where the findings would stand."""
        for part in self.query(Table):
            part.show((), (), message)

    def _shown(self, found: Overview) -> None:
        needs = [
            Item(f"rule/{need.mark}/{need.rule}", need.mark, (str(need.count), need.text, need.hint))
            for need in found.needs
        ]
        coming = [Item(due.subject, due.mark, (away(due.days), due.text)) for due in found.coming]
        counts = [Item(f"list/{count.kind}", "", (count.text, count.hint)) for count in found.counts]
        nothing = "The rules found nothing in what is recorded. They cannot see what is not."
        total = sum(need.count for need in found.needs)
        groups = f" · {total} in {counted(len(needs), 'group')}" if needs else ""
        self.query_one("#needs", Table).border_title = f"Needs you{groups}"
        self._fill("needs", ("", "", ""), needs, nothing)
        self._fill("coming", ("", ""), coming, "Nothing is due within half a year.")
        self._fill("counts", ("", ""), counts)
        self.query_one(Bars).show(found.places)

    def _fill(self, part: str, columns: tuple[str, ...], items: Sequence[Item], message: str = "") -> None:
        table = self.query_one(f"#{part}", Table)
        table.show(columns, items, message, table.current, near=True)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Open what a line is about: the findings of a rule, a list, a record, a first step."""
        kind, _, rest = event.subject.partition("/")
        if kind == "rule":
            self.ropa.visit(f"list/finding/{rest.partition('/')[2]}")
        elif kind == "list":
            self.ropa.action_jump(rest if rest != "crossing" else "transfer")
        elif kind == "new":
            self.ropa.editor.new(rest)
        elif kind == "bring":
            self.ropa.action_bring(rest)
        elif kind == "load":
            self.ropa.action_load()
        else:
            self.ropa.go(event.subject)
