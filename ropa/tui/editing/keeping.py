"""The keeping of what is typed into a form and not saved: soon while one types, at once when the form is left."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from ropa.records.errors import RopaError
from ropa.services.editing.sheets import Sheet
from ropa.tui.screens.base import RegisterScreen


class Keeping:
    """The draft of the form on a screen. `texts` reads what stands there; each state of it has a turn, so that an
    older one, written late by its thread, never takes the place of a newer one.
    """

    def __init__(self, screen: RegisterScreen, sheet: Sheet, texts: Callable[[], dict[str, object]]) -> None:
        self._screen = screen
        self._sheet = sheet
        self._texts = texts
        self._timer: Timer | None = None
        self._turn = 0

    def soon(self, pause: float) -> None:
        """Keep what stands there after a pause in seconds, unless a pause is running: it is never put off."""
        if self._timer is None:
            self._timer = self._screen.set_timer(pause, self._write)

    def stop(self) -> None:
        """Not after the pause that is running: it is being saved, or thrown away."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def start_over(self) -> Callable[[], None]:
        """What forgets all that was kept. To be called in a thread."""
        self.stop()
        turn, sheet = self._next(), self._sheet
        return lambda: sheet.start_over(turn)

    def now(self) -> None:
        """Keep what stands there before anything else happens."""
        try:
            self._work()()
        except RopaError as error:
            self._screen.ropa.say(str(error))

    def _write(self) -> None:
        self._timer = None
        self._screen.ropa.write(self._work(), lambda _: None, self._screen.ropa.say, reload=False)

    def _work(self) -> Callable[[], None]:
        turn, texts, sheet = self._next(), self._texts(), self._sheet
        return lambda: sheet.keep(texts, turn)

    def _next(self) -> int:
        self._turn += 1
        return self._turn
