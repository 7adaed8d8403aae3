"""The terminal application: one open database, one view of one organisation, and the screens on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState, get_current_worker

from ropa.records.errors import RopaError
from ropa.services.form_choices import made
from ropa.services.search import Hit, Index, index
from ropa.services.subjects import split
from ropa.services.workspace import View, Workspace, nothing_yet
from ropa.tui.dialogs.load import load_form
from ropa.tui.editing.actions import Editor
from ropa.tui.editing.picker import Picker
from ropa.tui.keys import bindings
from ropa.tui.palette import commands, scopes_of
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.screens.calendar import CalendarScreen
from ropa.tui.screens.change import ChangeScreen
from ropa.tui.screens.changes import BoardScreen
from ropa.tui.screens.detail import DetailScreen
from ropa.tui.screens.flow_map import FlowMapScreen
from ropa.tui.screens.help import HelpScreen, about
from ropa.tui.screens.listing import FindingsScreen, ListScreen
from ropa.tui.screens.organisations import OrganisationsScreen
from ropa.tui.screens.overview import OverviewScreen
from ropa.tui.screens.search import SearchScreen
from ropa.tui.screens.subprocessors import SubprocessorsScreen
from ropa.tui.text import clean
from ropa.tui.themes import DARK, LIGHT
from ropa.tui.trail import Trail

T = TypeVar("T")
_LONG = 12
_SCREENS: Mapping[str, type[RegisterScreen]] = {
    "finding": FindingsScreen,
    "change": BoardScreen,
    "due": CalendarScreen,
    "subprocessor": SubprocessorsScreen,
}
"""The lists that have a screen of their own."""


class RopaApp(App[None]):
    """The register of a database, to read and to keep."""

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
        self.opened = False
        self.trail = Trail()
        self._wanted: str | None = None
        self._waiting: list[Callable[[], object]] = []
        self.editor = Editor(self)
        self._index: tuple[View, Index] | None = None
        self._writes: dict[Worker[Any], tuple[Callable[[Any], None], Callable[[str], None]]] = {}
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
        if it had been posted. What goes wrong in `work` is shown as a message.
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
        """Show a message for a while, on top of whatever is shown."""
        self.notify("\n".join(map(clean, message.splitlines())), timeout=_LONG, markup=False)

    def _words(self, error: BaseException) -> str:
        """What the program foresaw in its own words, anything else as a fault of ours."""
        if isinstance(error, RopaError):
            return str(error)
        return f"ropa failed ({type(error).__name__}: {error}). Nothing was changed. Please report it."

    def _reading_failed(self, message: str) -> None:
        """Show it as a message, and where the contents would stand."""
        self.notify(clean(message), severity="error", timeout=_LONG, markup=False)
        for screen in self._register_screens():
            screen.failed(message)

    def action_reload(self) -> None:
        """Read the database again; the organisation stays."""
        self._open(self._wanted)

    def _open(self, wanted: str | None) -> None:
        self._wanted = wanted  # a second read takes the place of this one, and must not forget what was asked for

        def work() -> tuple[dict[str, str], View | None]:
            names = self.workspace.organisations()
            key = wanted if wanted in names else next(iter(names), None)
            return names, None if key is None else self.workspace.view(key)

        self.read("view", work, self._opened)

    def _opened(self, found: tuple[dict[str, str], View | None]) -> None:
        self.organisations, self.view = found
        self.opened = True
        self.trail.renumbered()
        self._wanted = self.view.register.organisation.key if self.view else None
        for screen in self._register_screens():
            screen.take(self.view)
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def once_read(self, then: Callable[[], object]) -> None:
        """Do something when the view has been read again, and holds what was written a moment ago."""
        self._waiting.append(then)

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

    @property
    def no_register(self) -> View:
        """A view of nothing, for the form of the first organisation."""
        return nothing_yet(self.workspace.on)

    # -- going about ---------------------------------------------------------------------------------------

    def go(self, subject: str) -> None:
        """Show a record on top of what is shown; Esc comes back."""
        self.visit(f"record/{subject}")

    def map(self, activity: str) -> None:
        """The map of an activity."""
        self.visit(f"map/{activity}")

    def visit(self, place: str) -> None:
        """Show a place, as `ropa.tui.trail` names them, on top of what is shown."""
        self.trail.went(place)
        self._show(place)

    def _show(self, place: str) -> None:
        sort, _, rest = place.partition("/")
        kind, key = split(rest)
        if sort == "record":
            self.push_screen(ChangeScreen(key) if kind == "change" else DetailScreen(rest))
        elif sort == "map":
            self.push_screen(FlowMapScreen(rest))
        elif sort == "search":
            self.push_screen(SearchScreen(rest))
        elif kind == "finding":
            self.push_screen(FindingsScreen(rule=key))
        elif sort == "list":
            self.push_screen(_SCREENS[kind]() if kind in _SCREENS else ListScreen(kind))

    def action_jump(self, kind: str) -> None:
        """To one of the lists, or to the overview, from anywhere; Esc then leads to the overview."""
        here = self.screen
        own = _SCREENS.get(kind)
        if (isinstance(here, ListScreen) and here.kind == kind) or (own is not None and isinstance(here, own)):
            return
        self._to_overview()
        self.visit(kind if kind == "overview" else f"list/{kind}")

    def action_forward(self) -> None:
        """Forward again to what Esc came back from."""
        if place := self.trail.forward():
            self._show(place)
        else:
            self.say("There is nothing further on: this is where you went last.")

    def action_been(self) -> None:
        """Choose one of the places where one has been."""
        view = self.view
        if view is None:
            return

        def chosen(values: tuple[str, ...] | None) -> None:
            if values:
                self._to_overview()
                self.visit(values[0])

        self.push_screen(Picker("Where you have been", lambda: made(self.trail.choices(view))), chosen)

    def action_kinds(self) -> None:
        """Choose the list of any kind of record."""
        self.editor.choose_list(self.action_jump)

    def action_new(self) -> None:
        """Add a record of any kind; where there is no register, an organisation."""
        self.editor.choose_new()

    def action_undo(self) -> None:
        """Undo what was last written from here."""
        self.editor.undo()

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.editor.redo()

    def open_organisation(self, key: str) -> None:
        """Show the register of an organisation from its overview."""
        self.trail.forget()
        self._to_overview()
        self._open(key)

    def _to_overview(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_back(self) -> None:  # type: ignore[override]  # Textual's own is a coroutine that does the same
        """One step back; on the overview there is none."""
        here = self.screen
        if isinstance(here, ListScreen) and here.back():
            return
        if len(self.screen_stack) > 1:
            if isinstance(here, RegisterScreen):
                self.trail.left(here.place)
            self.pop_screen()

    def action_search(self) -> None:
        """Search everything."""
        if not isinstance(self.screen, SearchScreen):
            self.visit("search/")

    def action_organisations(self) -> None:
        """Choose the organisation."""
        if isinstance(self.screen, ModalScreen) or not self.opened:
            return
        current = self.view.register.organisation.key if self.view else ""
        self.push_screen(OrganisationsScreen(self.organisations, current), self._chosen)

    def _chosen(self, key: str | None) -> None:
        if key is not None and (self.view is None or key != self.view.register.organisation.key):
            self.open_organisation(key)

    def action_help(self) -> None:
        """The keys of the screen or dialog that is shown; a second time closes them."""
        here = self.screen
        if isinstance(here, HelpScreen):
            here.action_close()
        elif scopes := scopes_of(here):
            self.push_screen(HelpScreen(about(here, scopes), scopes))

    def action_load(self) -> None:
        """Ask for register files, and load them into this database."""
        self.push_screen(load_form(self.workspace), self._loaded)

    def _loaded(self, said: str | None) -> None:
        if said:
            self.say(said)

    def wrote(self, path: Path | None) -> None:
        """Say where a file was written; None where it was not."""
        if path is not None:
            self.say(f"wrote {path}")

    def action_theme(self) -> None:
        """Light or dark."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def action_press(self, action: str) -> None:
        """Do what a key of the bar does in the part that has the keys."""
        if self.screen.focused is not None:
            await self.run_action(action, self.screen.focused)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers."""
        return commands(self, screen)


def run(workspace: Workspace) -> None:
    """Open the terminal application on a database and return when its user leaves."""
    RopaApp(workspace).run()
