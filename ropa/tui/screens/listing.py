"""A list with the detail of the row under the cursor: beside it where there is room, else in its place."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from ropa.services.browsing.browse import EARLY, Browse, browse
from ropa.services.browsing.lists import list_of, list_title
from ropa.services.browsing.order import Order, arranged
from ropa.services.browsing.subprocessors import SUBPROCESSOR
from ropa.services.subjects import same_in
from ropa.services.workspace import View
from ropa.tui.dialogs.export import rows_form
from ropa.tui.keys import Scope, bindings
from ropa.tui.screens.base import READING, WIDE
from ropa.tui.screens.beside import Beside
from ropa.tui.screens.record import RecordScreen
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table

JUDGING = "The rules are at work …"
_OF_ACTIVITIES = ("activity", "transfer", "finding")
"""The lists whose rows are activities or belong to one: a vendor can be added, a map be drawn."""
_IDLE = {"finding": ("add",), SUBPROCESSOR: ("add",), "history": ("add", "edit")}
"""What cannot be done with rows that follow from others: pressed all the same, the keys say why."""
_SOON = 0.25  # seconds; a list that comes sooner is not shown twice


class ListScreen(RecordScreen):
    """One of the lists of `ropa.services.browsing.browse`."""

    scopes: ClassVar[tuple[Scope, ...]] = ("lines", "record", "list", "everywhere")
    about: ClassVar[str] = (
        "A list; the sign in front is the worst that the rules found about the row and what belongs to it. Enter opens "
        "the row, Esc goes back. b, or a click on a heading, sorts; l limits it to what you type; X "
        "writes it to a file. … behind the headings: there are more columns than fit, and the detail says them all."
    )
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    def __init__(self, kind: str, *, rule: str = "") -> None:
        super().__init__()
        self.kind = kind
        self.rule = rule
        self.severity = ""
        self.order = Order()
        self.found: Browse | None = None
        self._of: View | None = None
        self._beside = Beside(self)

    @property
    def place(self) -> str:
        """Where this is, for going back there."""
        return f"list/{self.kind}/{self.rule}".rstrip("/")

    def compose(self) -> ComposeResult:
        """Heading, the field that limits the list (hidden until it is asked for), list and detail."""
        yield TopBar()
        yield Heading(list_title(self.kind))
        yield Input(placeholder="show rows with these words", id="limit")
        with Horizontal(id="panes"):
            yield Table(id="list", message=READING)
            yield Document(id="detail")
        yield KeyBar(self.scopes)

    def on_mount(self) -> None:
        """Keep keys out of the bar that have nothing to do here. (Textual calls the base class's handler by itself.)"""
        idle = [*(() if self.kind in _OF_ACTIVITIES else ("vendor", "map")), *_IDLE.get(self.kind, ())]
        self.query_one(KeyBar).hide(idle)

    def show(self, view: View) -> None:
        """Work out the rows in a thread; where the rules take their time, show soon what is recorded alone."""
        self._read_rows(view)
        if self.kind in EARLY and not view.judged:
            self.set_timer(_SOON, lambda: self._early(view))

    def _read_rows(self, view: View) -> None:
        order, before, subject = self.order, self._of, self.query_one("#list", Table).current

        def work() -> Browse:
            found = arranged(list_of(view, self.kind), order)
            if before is not None:
                same_in(before, subject, view)  # works out what finding the row again needs
            return found

        self.read("list", work, lambda found: self._shown(found, view))

    def _early(self, view: View) -> None:
        def arrived(found: Browse) -> None:
            if self._awaits(view):
                self._shown(found, view)
                self.query_one("#detail", Document).show(None, JUDGING)

        if self._awaits(view):
            self.read("early list", lambda: browse(view, self.kind, judged=False), arrived)

    def _awaits(self, view: View) -> bool:
        return view is self.ropa.view and not view.judged

    def failed(self, message: str) -> None:
        """Say what went wrong where the rows would stand."""
        self._beside.anew()
        self.query_one(Table).show((), (), message)

    def _shown(self, found: Browse, view: View) -> None:
        before, subject = self._of, self.query_one("#list", Table).current
        self.found, self._of = found, view
        if self.rule not in found.rules:
            self.rule = ""
        if subject and before is not None and before is not view:
            subject = same_in(before, subject, view)
            if not subject and self.has_class("-opened"):
                self._close()  # another row's detail in its place would be taken for the one that is gone
        self._beside.anew()
        self._fill(subject, near=True)

    def _fill(self, subject: str = "", *, near: bool = False) -> None:
        """Show the rows that the limits let through, with the cursor where it was if that row is still there."""
        if self.found is None:
            return
        table, words = self.query_one("#list", Table), self.query_one("#limit", Input).value
        items = self.found.narrowed(words, (self.severity, self.rule))
        limits = " · ".join(filter(None, (self.severity, self.rule, f"“{words}”" if words else "")))
        total = len(self.found.items)
        message = self.found.empty if not total else "No row is left. Esc shows them all again."
        at = subject if near else table.current
        grouped = bool(self.found.under) and self.order.column < 0
        columns = self.found.under if grouped else self.order.headings(self.found.columns)
        table.show(columns, items, message, at, near=near, grouped=grouped)
        shown = f"limited to {limits}   {len(items)} of {total}" if limits else str(total)
        shown = "   ".join(filter(None, (self.order.words(self.found.columns), shown)))
        self.query_one(Heading).show(self.found.title, shown if self.found.judged else f"{JUDGING}   {shown}")
        if not items:
            self._beside.nothing()

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

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Whichever pane has the keys is the one that stays where the screen becomes too narrow for both."""
        if event.widget.id in ("list", "limit", "detail"):
            self.set_class(event.widget.id == "detail", "-opened")

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Open the row, or go where a line of the detail leads."""
        if event.lines.id == "list":
            self.chosen_row(event.subject)
        else:
            self.ropa.go(event.subject)

    def chosen_row(self, subject: str) -> None:
        """What Enter on a row does. Textual calls the handler above of every class: subclasses override this."""
        self.open_row(subject)

    def open_row(self, subject: str) -> None:
        """Show the detail of a row, and give it the keys."""
        self.add_class("-opened")
        self._detail_of(subject)
        self.query_one("#detail").focus()

    def _detail_of(self, subject: str) -> None:
        """Show the detail of a row."""
        self._beside.show(subject)

    def here(self) -> str:
        """The row under the cursor of the list."""
        return self.query_one("#list", Table).current

    def action_add(self) -> None:
        """Another row of this list, or something inside the one that is open; without a register an organisation."""
        if self.query_one("#detail").has_focus:
            super().action_add()
            return
        self.ropa.editor.new(self.kind if self.ropa.view is not None else "organisation")

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

    def action_sort(self) -> None:
        """By the next column, then by the same one falling, and at last in the list's own order."""
        if self.found is not None:
            self._sort(self.order.next(len(self.found.columns)))

    def on_table_headed(self, event: Table.Headed) -> None:
        """A click on a heading sorts by it, a second one the other way round."""
        if event.table.id == "list" and self.found is not None:
            # Under the headings of groups stand the last of the columns.
            aside = len(self.found.columns) - len(event.table.columns)
            self._sort(self.order.by(event.column + aside))

    def _sort(self, order: Order) -> None:
        self.order = order
        if self.ropa.view is not None:
            self._read_rows(self.ropa.view)

    def action_export(self) -> None:
        """Ask for a file, and write the rows there that are shown."""
        view, found = self.ropa.view, self.found
        if view is None or found is None:
            return
        items = self.query_one("#list", Table).items
        self.app.push_screen(rows_form(self.ropa.workspace, view, self.kind, found.columns, items), self.ropa.wrote)

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
            self._close()
            return True
        if self.has_class("-limited") or self.severity or self.rule:
            self.remove_class("-limited")
            self.severity = self.rule = ""
            field.value = ""
            self.query_one("#list").focus()
            self._fill()
            return True
        return False

    def _close(self) -> None:
        """Out of the detail, back to the list."""
        self.remove_class("-opened")
        self.query_one("#list").focus()
