"""A list with the detail of the row under the cursor: beside it where there is room, else in its place."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from ropa.rules.finding import SEVERITIES
from ropa.services.browse import Browse, browse
from ropa.services.details import Detail, detail
from ropa.services.workspace import View
from ropa.tui.keys import Scope, bindings
from ropa.tui.screens.base import READING, WIDE, RegisterScreen
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table


class ListScreen(RegisterScreen):
    """One of the lists of `ropa.services.browse`."""

    scopes: ClassVar[tuple[Scope, ...]] = ("lines", "list", "everywhere")
    about: ClassVar[str] = (
        "A list; the sign in front is the worst that the rules found about the row and what belongs to it. Enter opens "
        "the row, Esc goes back."
    )
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    def __init__(self, kind: str, *, rule: str = "") -> None:
        super().__init__()
        self.kind = kind
        self.rule = rule
        self.severity = ""
        self.found: Browse | None = None
        self._wanted = ""
        self._reading = False

    def compose(self) -> ComposeResult:
        """Heading, the field that limits the list (hidden until it is asked for), list and detail."""
        yield TopBar()
        yield Heading()
        yield Input(placeholder="show rows with these words", id="limit")
        with Horizontal(id="panes"):
            yield Table(id="list", message=READING)
            yield Document(id="detail")
        yield KeyBar(self.scopes)

    def show(self, view: View) -> None:
        """Work out the rows in a thread."""
        self.read("list", lambda: browse(view, self.kind), self._shown)

    def failed(self, message: str) -> None:
        """Say what went wrong where the rows would stand."""
        self._wanted, self._reading = "", False
        self.query_one(Table).show((), (), message)

    def _shown(self, found: Browse) -> None:
        self.found = found
        if self.rule not in found.rules:
            self.rule = ""
        self._wanted, self._reading = "", False
        self._fill()

    def _fill(self) -> None:
        """Show the rows that the limits let through, with the cursor where it was if that row is still there."""
        if self.found is None:
            return
        table, words = self.query_one("#list", Table), self.query_one("#limit", Input).value
        items = self.found.narrowed(words, (self.severity, self.rule))
        limits = " · ".join(filter(None, (self.severity, self.rule, f"“{words}”" if words else "")))
        total = len(self.found.items)
        message = self.found.empty if not total else "No row is left. Esc shows them all again."
        table.show(self.found.columns, items, message, table.current)
        self.query_one(Heading).show(
            self.found.title, f"limited to {limits}   {len(items)} of {total}" if limits else str(total)
        )
        if not items:
            self._wanted = ""
            self.query_one("#detail", Document).show(None)

    # -- the detail ----------------------------------------------------------------------------------------

    @property
    def wide(self) -> bool:
        """Whether there is room for both panes."""
        return self.size.width >= WIDE

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Follow the cursor of the list with the detail, where the detail can be seen."""
        if event.lines.id == "list" and (self.wide or self.has_class("-opened")):
            self._detail_of(event.subject)

    def on_resize(self, _event: events.Resize) -> None:
        """Where there is room for both panes now, fill the second one."""
        if self.wide and (subject := self.query_one("#list", Table).current):
            self._detail_of(subject)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Open the row, or go where a line of the detail leads."""
        if event.lines.id == "list":
            self.add_class("-opened")
            self._detail_of(event.subject)
            self.query_one("#detail").focus()
        else:
            self.ropa.go(event.subject)

    def _detail_of(self, subject: str) -> None:
        """Show the detail of a row. Rows that the cursor only passed while another was being read are left out."""
        if subject != self._wanted:
            self._wanted = subject
            if not self._reading:
                self._read_detail()

    def _read_detail(self) -> None:
        view, subject = self.ropa.view, self._wanted
        if view is None or not subject:
            return

        def arrived(found: Detail) -> None:
            self._reading = False
            if subject == self._wanted:
                self.query_one("#detail", Document).show(found)
            else:
                self._read_detail()

        self._reading = True
        self.read("detail", lambda: detail(view, subject), arrived)

    # -- keys ----------------------------------------------------------------------------------------------

    def action_subject(self) -> None:
        """Go to the record that the row is about."""
        document = self.query_one("#detail", Document)
        current = self.query_one("#list", Table).current
        shown = document.detail
        about = shown.about if shown is not None and f"{shown.kind}/{shown.key}" == current else ""
        if about or current:
            self.ropa.go(about or current)

    def action_limit(self) -> None:
        """Show the field that limits the list."""
        self.remove_class("-opened")
        self.add_class("-limited")
        self.query_one("#limit").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Limit the list as one types."""
        event.stop()
        self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the list with what was typed."""
        event.stop()
        self.query_one("#list").focus()

    def back(self) -> bool:
        """One step back within the screen: out of the detail, out of the limits. False where there is none."""
        field, detail_pane = self.query_one("#limit", Input), self.query_one("#detail")
        if self.has_class("-opened") or detail_pane.has_focus:
            self.remove_class("-opened")
            self.query_one("#list").focus()
            return True
        if self.has_class("-limited") or self.severity or self.rule:
            self.remove_class("-limited")
            self.severity = self.rule = ""
            field.value = ""
            self.query_one("#list").focus()
            self._fill()
            return True
        return False


class FindingsScreen(ListScreen):
    """The list of findings, which can be limited to one severity and one rule."""

    scopes: ClassVar[tuple[Scope, ...]] = ("lines", "findings", "list", "everywhere")
    about: ClassVar[str] = (
        "What the rules found: ✖ wrong, ! doubtful, ? not recorded; worst first. Enter shows the reasons and what "
        "to do, g goes to the record that it is about."
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("findings")

    def __init__(self, *, rule: str = "") -> None:
        super().__init__("finding", rule=rule)

    def action_severity(self) -> None:
        """The next severity, then all."""
        order = ("", *SEVERITIES)
        self.severity = order[(order.index(self.severity) + 1) % len(order)]
        self._fill()

    def action_rule(self) -> None:
        """The next rule among the findings, then all."""
        order = ("", *(self.found.rules if self.found else ()))
        self.rule = order[(order.index(self.rule) + 1) % len(order)] if self.rule in order else ""
        self._fill()
