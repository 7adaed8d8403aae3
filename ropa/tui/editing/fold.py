"""A group of a form: its title, which opens and closes it, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import AwaitMount, Widget

from ropa.services.editing.groups import Group
from ropa.tui.keys import bindings
from ropa.tui.text import clean, fitted


class Fold(Widget, can_focus=True):
    """The title of a group. Closed, it says what is inside; Enter opens it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("fold")

    class Turned(Message):
        """The group is to be opened or closed."""

        def __init__(self, fold: Fold, *, opened: bool) -> None:
            super().__init__()
            self.fold = fold
            self.opened = opened

    def __init__(self, group: Group, *, opened: bool) -> None:
        super().__init__()
        self.group = group
        self.opened = opened

    def turn(self, opened: bool) -> None:
        """Show it as open or closed."""
        self.opened = opened
        self.refresh()

    def render(self) -> Content:
        """One line."""
        title = clean(self.group.title)
        inside = ", ".join(field.title for _, field in self.group.fields)
        rest = fitted(f"  {inside}", max(0, self.size.width - len(title) - 2)) if not self.opened else ""
        return Content.assemble(("▾ " if self.opened else "▸ "), (title, "bold"), (rest, "$look-label"))

    def action_turn(self) -> None:
        """Open it, or close it."""
        self.post_message(self.Turned(self, opened=not self.opened))

    def action_open(self, opened: bool) -> None:
        """Open it (→) or close it (←)."""
        if opened is not self.opened:
            self.post_message(self.Turned(self, opened=opened))

    def on_click(self) -> None:
        """A click does what Enter does."""
        self.action_turn()


class Folded(Vertical):
    """The rows of a group, below its title; they are made when the group is opened for the first time."""

    def __init__(self, fold: Fold, rows: Callable[[], Iterable[Widget]]) -> None:
        super().__init__(classes="folded")
        self.fold = fold
        self._rows = rows
        self._made: AwaitMount | None = None
        self.inside = Vertical(classes="inside")
        self.inside.display = fold.opened

    def on_mount(self) -> None:
        """Make the rows of a group that is open from the beginning."""
        if self.fold.opened:
            self.made()

    def made(self) -> AwaitMount:
        """Make the rows, once; to be awaited by whoever needs them."""
        if self._made is None:
            self._made = self.inside.mount(*self._rows())
        return self._made

    def compose(self) -> ComposeResult:
        """The title, then the rows."""
        yield self.fold
        yield self.inside

    def turn(self, opened: bool) -> None:
        """Open or close the group."""
        self.fold.turn(opened)
        self.inside.display = opened
        if opened:
            self.made()
