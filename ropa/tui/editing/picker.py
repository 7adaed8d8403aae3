"""Choosing by typing: what answers the words so far, each choice explained; what is missing can be made on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from ropa.services.editing.choices import Choice, Offer
from ropa.tui.keys import bindings
from ropa.tui.text import fitted, plain
from ropa.tui.widgets.chrome import KeyBar
from ropa.tui.widgets.lines import Lines, Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from ropa.tui.app import RopaApp

_NOTHING = "Nothing answers that."
_MAKE = "Nothing answers that. Ctrl+N makes it."


class Choices(Lines):
    """The choices that answer what was typed, those that are chosen marked."""

    def __init__(self, *, several: bool, nothing: str) -> None:
        super().__init__(id="choices", message="Reading …")
        self.several = several
        self.nothing = nothing
        self.found: Sequence[Choice] = ()
        self.chosen: list[str] = []

    def show(self, found: Sequence[Choice]) -> None:
        """Show these choices, the cursor on the first that is chosen, else on the first."""
        self.found, self.message = found, self.nothing
        place = next((n for n, each in enumerate(found) if each.value in self.chosen and not self.several), 0)
        self.set_reactive(Lines.cursor, place)
        self.changed(keep=True)
        self.tell()

    def item_count(self) -> int:
        """One item for each choice."""
        return len(self.found)

    def subject_of(self, item: int) -> str:
        """The value of a choice."""
        return self.found[item].value

    def line(self, line: int, width: int) -> list[Piece]:
        """The mark of a choice, and its words."""
        choice = self.found[line]
        mark = "✓ " if choice.value in self.chosen else "  "
        return [(mark, "done"), (fitted(choice.label, max(0, width - 2)), "")]


class Picker(ModalScreen[tuple[str, ...] | None]):
    """Gives the values that were chosen (none: cleared), or None where it was left as it was.

    `read` makes the offer, in a thread. `create` opens the form of a new record and is given what to call with its
    key; without it nothing can be made here.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("picker", "making")

    def __init__(
        self,
        title: str,
        read: Callable[[], Offer],
        chosen: Sequence[str] = (),
        *,
        several: bool = False,
        typed: str = "",
        create: Callable[[str, Callable[[str], None]], None] | None = None,
    ) -> None:
        super().__init__()
        self.named = title
        self.read = read
        self.several = several
        self.typed = typed
        self.create = create
        self.offer: Offer | None = None
        self.before = tuple(chosen)
        self.chosen = list(chosen)
        self._hasty = False
        self._looked = False

    def compose(self) -> ComposeResult:
        """What is typed, the choices, the explanation of the one under the cursor, the keys."""
        with Vertical(id="dialog"):
            yield Input(value=self.typed, placeholder="type to find", id="typed", compact=True, select_on_focus=False)
            yield Choices(several=self.several, nothing=_NOTHING if self.create is None else _MAKE)
            yield Static(id="explained", markup=False)
            yield KeyBar(("picker",) if self.create is None else ("picker", "making"))

    def on_mount(self) -> None:
        """Name the dialog and read what there is to choose."""
        self.query_one("#dialog").border_title = plain(self.named)
        self._choices.chosen = self.chosen
        self._read()

    @property
    def _choices(self) -> Choices:
        return self.query_one(Choices)

    def _read(self) -> None:
        cast("RopaApp", self.app).read("offer", self.read, self._offered)

    def _offered(self, offer: Offer) -> None:
        if self.is_attached:
            self.offer = offer
            self._find()
            if self._hasty:
                self._hasty = False
                self.action_take()

    def _find(self) -> None:
        if self.offer is not None:
            self._choices.show(self.offer.find(self.query_one("#typed", Input).value))
            if not self._choices.item_count():
                self._explain("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as one types."""
        event.stop()
        self._find()

    def on_key(self, event: events.Key) -> None:
        """A letter that comes before the line for it has the keys, or while the choices have them."""
        if event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self.type(event.character)

    def type(self, text: str) -> None:
        """Add to what is typed."""
        line = next(iter(self.query("#typed").results(Input)), None)
        if line is None:
            self.typed += text
        else:
            line.value += text
            line.cursor_position = len(line.value)
            line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the choice under the cursor."""
        event.stop()
        self.action_take()

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Explain the choice under the cursor."""
        event.stop()
        found = next((each for each in self._choices.found if each.value == event.subject), None)
        self._explain("" if found is None else found.explain)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """A click on the choice under the cursor takes it."""
        event.stop()
        self.action_take()

    def _explain(self, text: str) -> None:
        said = self.query_one("#explained", Static)
        said.display = bool(text)
        said.update(plain(text) if text else Content(""))

    # -- keys ----------------------------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """The cursor of the choices, while the keys stay with what is typed."""
        self._looked = True
        self._choices.action_move(step)

    def action_page(self, step: int) -> None:
        """A page of choices."""
        self._looked = True
        self._choices.action_page(step)

    def action_take(self) -> None:
        """Take the choice under the cursor: of one, and leave; of several, mark it or take the mark away."""
        if self.offer is None:
            self._hasty = bool(self.query_one("#typed", Input).value)  # taken once it is known what answers
            return
        value = self._choices.current
        if not value:
            return
        if not self.several:
            self.dismiss((value,))
            return
        if value in self.chosen:
            self.chosen.remove(value)
        else:
            self.chosen.append(value)
        self._choices.refresh()
        self.query_one("#typed", Input).action_home(select=False)
        self.query_one("#typed", Input).action_end(select=True)

    def action_done(self) -> None:
        """Leave with what is marked; with the one under the cursor where nothing is, or where only one fits.

        Where only one fits and nobody typed or went to any, none is chosen: Tab alone states no fact.
        """
        if not self.several:
            if self._looked or self.query_one("#typed", Input).value:
                self.action_take()
            else:
                self.action_close()
            return
        if not self.chosen and not self.before and self.query_one("#typed", Input).value:
            self.action_take()  # who typed a name and leaves has chosen it
        self.dismiss(tuple(self.chosen))

    def action_clear(self) -> None:
        """Leave with nothing chosen."""
        self.dismiss(())

    def action_make(self) -> None:
        """Make a record that is missing; it comes back chosen."""
        if self.create is not None:
            self.create(self.query_one("#typed", Input).value.strip(), self._made)

    def _made(self, key: str) -> None:
        if not self.several:
            self.dismiss((key,))
            return
        self.chosen.append(key)
        self.query_one("#typed", Input).value = ""
        self._read()

    def action_close(self) -> None:
        """Leave it as it was; of several, what is marked by now is not taken."""
        self.dismiss(None)
