"""Work that may take its time: how far it is, and Esc, which ends it before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from ropa.records.errors import RopaError
from ropa.tui.keys import bindings
from ropa.tui.text import plain
from ropa.tui.widgets.chrome import KeyBar

if TYPE_CHECKING:
    from ropa.tui.app import RopaApp

T = TypeVar("T")
Watch = Callable[[int, int], None]
_OFTEN = 0.2  # seconds
_MOST = 8
"""Problems that are shown of a file."""


class StoppedError(RopaError):
    """Whoever waited has left."""


class WaitingScreen(ModalScreen[T | None], Generic[T]):
    """Gives what `work` made in a thread, or None where it was stopped or could not be done.

    `work` is given what to tell how far it is: so many rows of so many. It must write nothing, since it is let run to
    its end where nothing listens any more.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("waiting")

    def __init__(self, title: str, work: Callable[[Watch], T]) -> None:
        super().__init__()
        self.named = title
        self.work = work
        self._left = Event()
        self._far = (0, 0)
        self._refused = False

    def compose(self) -> ComposeResult:
        """How far it is."""
        with Vertical(id="dialog"):
            yield Static(plain("Reading the file …"), id="far", classes="said", markup=False)
            yield KeyBar(("waiting",))

    def on_mount(self) -> None:
        """Begin."""
        self.query_one("#dialog").border_title = plain(self.named)
        self.set_interval(_OFTEN, self._tell)
        cast("RopaApp", self.app).write(lambda: self.work(self._watch), self._done, self._failed, reload=False)

    def _watch(self, done: int, total: int) -> None:
        """How far it is. Called in the thread."""
        if self._left.is_set():
            raise StoppedError("stopped")
        self._far = (done, total)

    def _tell(self) -> None:
        done, total = self._far
        if total and not self._refused:
            self.query_one("#far", Static).update(plain(f"{done:,} of {total:,} rows read"))

    def _done(self, found: T) -> None:
        if not self._left.is_set() and self.is_attached:
            self.dismiss(found)

    def _failed(self, message: str) -> None:
        if not self._left.is_set() and self.is_attached:
            self._refused = True
            said = message.splitlines()
            lines = [plain(f"✖ {line}") for line in said[:_MOST]]
            lines += [plain(f"… and {len(said) - _MOST:,} more")] if len(said) > _MOST else []
            self.query_one("#far", Static).update(Content("\n").join(lines))

    def action_close(self) -> None:
        """Stop."""
        self._left.set()
        self.dismiss(None)
