"""An application that reads and writes in threads, and hears of every end and every error in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from textual.app import App
from textual.message import Message
from textual.worker import Worker, WorkerState, get_current_worker

from ropa.records.errors import RopaError
from ropa.tui.text import clean

T = TypeVar("T")
_LONG = 12
"""Seconds for which a message stands there."""


class ThreadedApp(App[None]):
    """The reads, of which only the newest of each group counts; the writes, none of which is ended early."""

    class Delivery(Message):
        """What a thread has read, on its way to the screen that asked."""

        def __init__(self, worker: Worker[None], deliver: Callable[[], None]) -> None:
            super().__init__()
            self.worker = worker
            self.deliver = deliver

    def __init__(self) -> None:
        super().__init__()
        self._writes: dict[Worker[Any], tuple[Callable[[Any], None], Callable[[str], None]]] = {}

    def action_reload(self) -> None:
        """Read anew what is shown."""
        raise NotImplementedError

    def failed(self, message: str) -> None:
        """Say where the contents would stand that they could not be read."""
        raise NotImplementedError

    def read(self, group: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` in a thread, then `done` with its result on the event loop.

        A second read of the same group takes the place of the first, whose result is then thrown away, even
        if it had been posted. What goes wrong in `work` is shown as a message.
        """

        def run() -> None:
            worker = get_current_worker()
            result = work()
            if not worker.is_cancelled:
                self.post_message(self.Delivery(worker, lambda: done(result)))

        self.run_worker(run, group=group, thread=True, exclusive=True, exit_on_error=False)

    def on_threaded_app_delivery(self, event: Delivery) -> None:
        """Hand over what was read, unless somebody has asked anew meanwhile."""
        if not event.worker.is_cancelled:
            event.deliver()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Every error of every thread comes here, and the end of every write."""
        if event.state in (WorkerState.PENDING, WorkerState.RUNNING):
            return  # by the event: a quick worker has finished before anybody hears that it runs
        done, refused = self._writes.pop(event.worker, (None, self._reading_failed))
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            refused(self._words(event.worker.error))
        elif event.state is WorkerState.SUCCESS and done is not None:
            done(event.worker.result)

    def write(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        refused: Callable[[str], None],
        *,
        reload: bool = True,
    ) -> None:
        """Run `work`, which writes, in a thread that nothing ends early; then `done` with its result.

        Then the view is read again, unless what was written is no part of it. What goes wrong ends in `refused`, in
        words; both are called on the event loop.
        """

        def finished(result: T) -> None:
            done(result)
            if reload:
                self.action_reload()

        worker = self.run_worker(work, group="write", thread=True, exclusive=False, exit_on_error=False)
        self._writes[worker] = (finished, refused)

    def say(self, message: str) -> None:
        """Show a message for a while, on top of whatever is shown, in place of the one before."""
        self.hush()
        self.notify("\n".join(map(clean, message.splitlines())), timeout=_LONG, markup=False)

    def hush(self) -> None:
        """Take away the messages that stand there."""
        self.clear_notifications()
        self.screen.query("ToastHolder").remove()  # Textual leaves the room of what it takes away

    def _words(self, error: BaseException) -> str:
        """What the program foresaw in its own words, anything else as a fault of ours."""
        if isinstance(error, RopaError):
            return str(error)
        return f"ropa failed ({type(error).__name__}: {error}). Nothing was changed. Please report it."

    def _reading_failed(self, message: str) -> None:
        """Show it as a message, and where the contents would stand."""
        self.notify(clean(message), severity="error", timeout=_LONG, markup=False)
        self.failed(message)
