"""The terminal application: one open database, one view of one organisation, and the screens on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen

from ropa.services.browsing.lists import list_of
from ropa.services.browsing.search import Hit, Index, index
from ropa.services.editing.at_once import saved_in
from ropa.services.editing.records import Saved
from ropa.services.workspace import View, Workspace, nothing_yet
from ropa.tui.bringing import Bringing
from ropa.tui.choosing import choose_list, choose_new, choose_place, choose_unsaved, tell_unsaved
from ropa.tui.dialogs.load import load_form
from ropa.tui.editing.actions import Editor
from ropa.tui.keys import bindings
from ropa.tui.palette import commands, scopes_of
from ropa.tui.places import screen_of, shows_list
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.screens.help import HelpScreen, about
from ropa.tui.screens.listing import ListScreen
from ropa.tui.screens.organisations import OrganisationsScreen
from ropa.tui.screens.overview import OverviewScreen
from ropa.tui.screens.search import SearchScreen
from ropa.tui.themes import DARK, LIGHT
from ropa.tui.threads import ThreadedApp
from ropa.tui.trail import Trail


class RopaApp(ThreadedApp):
    """The register of a database, to read and to keep."""

    TITLE = "ropa"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")

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

    def failed(self, message: str) -> None:
        """Say where the contents would stand that they could not be read."""
        for screen in self._register_screens():
            screen.failed(message)

    def action_reload(self) -> None:
        """Read the database again; the organisation stays."""
        self._open(self._wanted)

    def _open(self, wanted: str | None, *, judged: bool = False) -> None:
        """Read a register; with `judged`, show it only when the rules are done, as what is shown meanwhile is."""
        self._wanted = wanted  # a second read takes the place of this one, and must not forget what was asked for

        def work() -> tuple[dict[str, str], View | None]:
            names = self.workspace.organisations()
            key = wanted if wanted in names else next(iter(names), None)
            found = None if key is None else self.workspace.view(key)
            if judged and found is not None:
                found.judge()
            return names, found

        self.read("view", work, self._opened)

    def _opened(self, found: tuple[dict[str, str], View | None]) -> None:
        self.organisations, self.view = found
        first, self.opened = not self.opened, True
        self._wanted = self.view.register.organisation.key if self.view else None
        self._taken(self._register_screens())
        if first:
            tell_unsaved(self)

    def _taken(self, screens: Iterable[RegisterScreen]) -> None:
        self.trail.renumbered()
        for screen in screens:
            screen.take(self.view)
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def reload_with(self, organisation: str, saved: Saved) -> None:
        """Show what was just saved, then read the database again, which is what counts."""
        view = self.view
        if view is None or not saved.batch or view.register.organisation.key != organisation:
            self.action_reload()
            return

        lists = [each.kind for each in self._register_screens() if isinstance(each, ListScreen)]

        def work() -> View | None:
            try:
                found = saved_in(self.workspace, view, saved.records)
                if found is not None:
                    for kind in lists:  # now, since the whole reading that follows will want the machine for itself
                        list_of(found, kind)
                return found
            except Exception:  # whatever is wrong here, the reading that follows shows or tells it
                return None

        def done(found: View | None) -> None:
            shown = found is not None and view is self.view
            if shown:
                self.view = found
                self._taken(each for each in self._register_screens() if each.at_once)
            self._open(self._wanted, judged=shown)

        self.read("view", work, done)

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
        if screen := screen_of(place):
            self.push_screen(screen)

    def action_jump(self, kind: str) -> None:
        """To one of the lists, or to the overview, from anywhere; Esc then leads to the overview."""
        if shows_list(self.screen, kind):
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

        def chosen(place: str) -> None:
            self._to_overview()
            self.visit(place)

        choose_place(self, chosen)

    def action_kinds(self) -> None:
        """Choose the list of any kind of record."""
        choose_list(self, self.action_jump)

    def action_new(self) -> None:
        """Add a record of any kind; where there is no register, an organisation."""
        choose_new(self)

    def action_unsaved(self) -> None:
        """Go on with what was typed and not saved."""
        choose_unsaved(self)

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

    def action_bring(self, what: str) -> None:
        """Bring a spreadsheet or a vendor list in."""
        if self.opened:
            Bringing(self).begin(what)

    def brought(self, organisation: str, kind: str) -> None:
        """Show the list that something was brought into, once it is read."""
        self._to_overview()
        if organisation != self._wanted:
            self.trail.forget()
        self._wanted = organisation
        self.once_read(lambda: self.action_jump(kind))

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
