"""The detail of the row under the cursor of a list, read while the cursor moves on."""

from __future__ import annotations

from ropa.services.browsing.details import Detail, detail
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.widgets.document import Document


class Beside:
    """One detail is read at a time: rows that the cursor only passed meanwhile are left out."""

    def __init__(self, screen: RegisterScreen) -> None:
        self._screen = screen
        self._wanted = ""
        self._reading = False

    def show(self, subject: str) -> None:
        """Show the detail of a row, unless it is shown or being read."""
        if subject != self._wanted:
            self._wanted = subject
            if not self._reading:
                self._read()

    def anew(self) -> None:
        """The rows are others: whatever is asked for next is read."""
        self._wanted, self._reading = "", False

    def nothing(self) -> None:
        """No row is left."""
        self._wanted = ""
        self._screen.query_one("#detail", Document).show(None)

    def _read(self) -> None:
        view, subject = self._screen.ropa.view, self._wanted
        if view is None or not subject:
            return

        def arrived(found: Detail) -> None:
            self._reading = False
            if subject == self._wanted:
                self._screen.query_one("#detail", Document).show(found)
            else:
                self._read()

        self._reading = True
        self._screen.read("detail", lambda: detail(view, subject), arrived)
