"""What every screen of a register has: its keys, its place in the help, and the view that it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.screen import Screen

from ropa.services.workspace import View
from ropa.tui.keys import Scope
from ropa.tui.widgets.chrome import TopBar

if TYPE_CHECKING:
    from ropa.tui.app import RopaApp

T = TypeVar("T")

READING = "Reading the register …"
NO_REGISTER = (
    "There is no register in this database yet. n makes the first organisation, I brings a spreadsheet in; "
    "Esc goes back."
)

WIDE = 100
"""From this width on, a list and its detail stand side by side."""

HIGH = 32
"""From this height on, the overview takes more lines for each part."""

_WIDTHS = [(0, "-narrow"), (WIDE, "-wide")]
_HEIGHTS = [(0, "-low"), (HIGH, "-high")]


class RegisterScreen(Screen[None]):
    """A screen that shows one view. It is told when the view changes, and reads what it shows in a thread."""

    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    scopes: ClassVar[tuple[Scope, ...]] = ("lines", "everywhere")
    about: ClassVar[str] = ""
    """What the screen is for, as the help says it."""

    at_once: ClassVar[bool] = True
    """Whether it shows what was saved before the whole register has been read again."""

    @property
    def ropa(self) -> RopaApp:
        """The application, with its own type."""
        return cast("RopaApp", self.app)

    def on_mount(self) -> None:
        """Show the view that is open, or that there is none; before the database is read, nothing."""
        if self.ropa.opened:
            self.take(self.ropa.view)

    def take(self, view: View | None) -> None:
        """Show another view; None where the database holds no register."""
        for bar in self.query(TopBar):
            bar.show(view, several=len(self.ropa.organisations) > 1)
        if view is not None:
            self.show(view)
        else:
            self.nothing()

    @property
    def place(self) -> str:
        """Where this is, as `ropa.tui.trail` names places; empty for what one does not come back to."""
        return ""

    def nothing(self) -> None:
        """Say that there is no register, and what to do about it."""
        self.failed(NO_REGISTER)

    def show(self, view: View) -> None:
        """Ask for what this screen shows of a view."""
        raise NotImplementedError

    def failed(self, message: str) -> None:
        """Say in place of the contents that they could not be read."""

    def read(self, what: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` in a thread and hand its result to `done`, unless the screen is gone or has asked anew."""

        def arrived(result: T) -> None:
            if self.is_attached:
                done(result)

        self.ropa.read(f"{what} {id(self)}", work, arrived)
