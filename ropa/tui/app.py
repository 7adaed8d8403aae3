"""The terminal application: one open database, one view of one organisation, and the screens on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState, get_current_worker

from ropa.records.errors import RopaError
from ropa.services.search import Hit, Index, index
from ropa.services.workspace import View, Workspace
from ropa.tui.keys import bindings, keys_of
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.screens.detail import DetailScreen
from ropa.tui.screens.help import HelpScreen
from ropa.tui.screens.listing import FindingsScreen, ListScreen
from ropa.tui.screens.organisations import OrganisationsScreen
from ropa.tui.screens.overview import OverviewScreen
from ropa.tui.screens.search import SearchScreen
from ropa.tui.text import clean
from ropa.tui.themes import DARK, LIGHT

T = TypeVar("T")
_LONG = 12


class RopaApp(App[None]):
    """The register of a database, to read."""

    TITLE = "ropa"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")

    class Delivery(Message):
        """What a thread has read, on its way to the screen that asked."""

        def __init__(self, worker: Worker[None], deliver: Callable[[], None]) -> None:
            super().__init__()
            self.worker = worker
            self.deliver = deliver

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.organisations: dict[str, str] = {}
        self.view: View | None = None
        self._index: tuple[View, Index] | None = None
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that the looks use, for a moment in which another theme is set."""
        return DARK.variables

    def get_default_screen(self) -> Screen[None]:
        """The overview is the screen below all others."""
        return OverviewScreen()

    def on_mount(self) -> None:
        """Read the database."""
        self.action_reload()

    # -- reading -------------------------------------------------------------------------------------------

    def read(self, group: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` in a thread, then `done` with its result on the event loop.

        A second read of the same group takes the place of the first, whose result is then thrown away, even
        if it had been posted. What goes wrong in `work` ends in `failed`.
        """

        def run() -> None:
            worker = get_current_worker()
            result = work()
            if not worker.is_cancelled:
                self.post_message(self.Delivery(worker, lambda: done(result)))

        self.run_worker(run, group=group, thread=True, exclusive=True, exit_on_error=False)

    def on_ropa_app_delivery(self, event: Delivery) -> None:
        """Hand over what was read, unless somebody has asked anew meanwhile."""
        if not event.worker.is_cancelled:
            event.deliver()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Every error of every thread comes here."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.failed(event.worker.error)

    def failed(self, error: BaseException) -> None:
        """Show an error as a message: what the program foresaw in its own words, anything else as a fault of ours."""
        message = str(error)
        if not isinstance(error, RopaError):
            message = f"ropa failed ({type(error).__name__}: {error}). Nothing was changed. Please report it."
        self.notify(clean(message), severity="error", timeout=_LONG, markup=False)
        for screen in self._register_screens():
            screen.failed(message)

    def action_reload(self) -> None:
        """Read the database again; the organisation stays."""
        self._open(self.view.register.organisation.key if self.view else None)

    def _open(self, wanted: str | None) -> None:
        def work() -> tuple[dict[str, str], View | None]:
            names = self.workspace.organisations()
            key = wanted if wanted in names else next(iter(names), None)
            return names, None if key is None else self.workspace.view(key)

        self.read("view", work, self._opened)

    def _opened(self, found: tuple[dict[str, str], View | None]) -> None:
        self.organisations, self.view = found
        for screen in self._register_screens():
            screen.take(self.view)

    def _register_screens(self) -> list[RegisterScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, RegisterScreen) and screen.is_mounted]

    def search(self, words: str) -> tuple[Hit, ...]:
        """What holds all these words in the open view. Called in a thread."""
        view = self.view
        if view is None:
            return ()
        if self._index is None or self._index[0] is not view:
            self._index = (view, index(view))
        return self._index[1].find(words)

    # -- going about ---------------------------------------------------------------------------------------

    def go(self, subject: str) -> None:
        """Show a record on top of what is shown; Esc comes back."""
        self.push_screen(DetailScreen(subject))

    def action_jump(self, kind: str) -> None:
        """To one of the lists, or to the overview, from anywhere; Esc then leads to the overview."""
        here = self.screen
        if isinstance(here, ListScreen) and here.kind == kind:
            return
        self._to_overview()
        if kind == "finding":
            self.push_screen(FindingsScreen())
        elif kind != "overview":
            self.push_screen(ListScreen(kind))

    def _to_overview(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_back(self) -> None:  # type: ignore[override]  # Textual's own is a coroutine that does the same
        """One step back; on the overview there is none."""
        here = self.screen
        if isinstance(here, ListScreen) and here.back():
            return
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def action_search(self) -> None:
        """Search everything."""
        if not isinstance(self.screen, SearchScreen):
            self.push_screen(SearchScreen())

    def action_organisations(self) -> None:
        """Choose the organisation."""
        if isinstance(self.screen, ModalScreen):
            return
        current = self.view.register.organisation.key if self.view else ""
        self.push_screen(OrganisationsScreen(self.organisations, current), self._chosen)

    def _chosen(self, key: str | None) -> None:
        if key is not None and (self.view is None or key != self.view.register.organisation.key):
            self._to_overview()
            self._open(key)

    def action_help(self) -> None:
        """The keys of the screen that is shown."""
        here = self.screen
        if isinstance(here, RegisterScreen):
            self.push_screen(HelpScreen(here.about, here.scopes))

    def action_theme(self) -> None:
        """Light or dark."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def action_press(self, action: str) -> None:
        """Do what a key of the bar does in the part that has the keys."""
        if self.screen.focused is not None:
            await self.run_action(action, self.screen.focused)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The command palette: every key that works everywhere, by its words."""
        del screen
        for key in keys_of(("everywhere",)):
            yield SystemCommand(f"{key.label.capitalize()} ({key.shown})", key.explain, self._command(key.action))

    def _command(self, action: str) -> Callable[[], None]:
        def run() -> None:
            self.call_later(self.run_action, action)

        return run


def run(workspace: Workspace) -> None:
    """Open the terminal application on a database and return when its user leaves."""
    RopaApp(workspace).run()
