"""What would follow from saving a form: worked out in a thread when somebody stops typing."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from ropa.services.browsing.detail_parts import Detail
from ropa.tui.screens.base import RegisterScreen

Work = Callable[[], Detail]


class Following:
    """One answer at a time, since a thread cannot be stopped; what was typed meanwhile is asked after it.

    `ask` gives the work for what stands in the form now, None where there is no form; `shown` is told each answer.
    """

    def __init__(self, screen: RegisterScreen, ask: Callable[[], Work | None], shown: Callable[[Detail], None]) -> None:
        self._screen = screen
        self._ask = ask
        self._shown = shown
        self._timer: Timer | None = None
        self._running = self._again = False

    def soon(self, pause: float) -> None:
        """After a pause in seconds that each key begins anew."""
        self.stop()
        self._timer = self._screen.set_timer(pause, self.now)

    def stop(self) -> None:
        """Not after the pause that is running."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def now(self) -> None:
        """At once, or after the answer that is being worked out."""
        work = self._ask()
        if work is None:
            return
        if self._running:
            self._again = True
            return
        self._running = True
        self._screen.read("follows", work, self._arrived)

    def failed(self) -> None:
        """No answer will come."""
        self._running = False

    def _arrived(self, found: Detail) -> None:
        self._running = False
        self._shown(found)
        if self._again:
            self._again = False
            self.now()
