"""Search over everything: results as one types, by kind; Enter goes there."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from ropa.services.browsing.browse import Item
from ropa.services.browsing.search import LIMIT, Hit
from ropa.services.workspace import View
from ropa.tui.keys import Scope, bindings
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.lines import Lines
from ropa.tui.widgets.table import Table

_NONE = "Nothing holds all of “{}”. Fewer letters find more; Esc goes back."
_ASK = "Type names, countries, kinds of data, words of a note; every word must be there."


class SearchScreen(RegisterScreen):
    """One field and its results."""

    scopes: ClassVar[tuple[Scope, ...]] = ("search", "lines", "everywhere")
    about: ClassVar[str] = (
        "Finds every record and finding that holds all the words that you type, in names, aliases, countries, "
        "categories and notes. Enter goes to the first result; the arrow down goes into the list."
    )
    AUTO_FOCUS = "#words"
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.words = words
        self._found: str | None = None

    @property
    def place(self) -> str:
        """Where this is, for going back there."""
        return f"search/{self.query_one('#words', Input).value.strip()}"

    def compose(self) -> ComposeResult:
        """Field, results."""
        yield TopBar()
        yield Heading("Search")
        yield Input(value=self.words, placeholder="search everything", id="words", select_on_focus=False)
        yield Table(id="results", message=_ASK)
        yield KeyBar(("search",))

    def failed(self, message: str) -> None:
        """Say what went wrong where the results would stand."""
        self.query_one(Table).show((), (), message)

    def show(self, view: View) -> None:  # noqa: ARG002 the application holds the view's index
        """Search again in another view."""
        self._search()

    def _search(self) -> None:
        words = self.query_one("#words", Input).value
        self.read("search", lambda: self.ropa.search(words), self._shown)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types."""
        event.stop()
        self._search()

    def _shown(self, hits: tuple[Hit, ...]) -> None:
        words = self.query_one("#words", Input).value.strip()
        items = [Item(hit.subject, "", (hit.kind_title, hit.title, hit.where)) for hit in hits]
        message = _NONE.format(words) if words else _ASK
        table = self.query_one(Table)
        again = self._found == words  # read again, as after a save: the cursor stays
        self._found = words
        table.show(("Kind", "Name", "Found in"), items, message, table.current if again else "", near=again)
        many = f"the first {LIMIT}" if len(hits) >= LIMIT else str(len(hits))
        self.query_one(Heading).show("Search", many if words else "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field goes to the first result."""
        event.stop()
        self.action_first()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Go to the result."""
        self.ropa.go(event.subject)

    def action_first(self) -> None:
        """Open the result under the cursor, which is the first unless it was moved."""
        self.query_one(Table).action_choose()

    def action_results(self) -> None:
        """From the field into the results."""
        if self.query_one(Table).items:
            self.query_one(Table).focus()
