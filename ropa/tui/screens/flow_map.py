"""The map of one activity: its flows as a tree of text, flagged hops marked, the reasons below."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from ropa.services.browsing.details import Detail
from ropa.services.browsing.flow_map import FlowMap, flow_map
from ropa.services.browsing.flow_map_detail import hop_words, map_notes, map_summary
from ropa.services.diagrams import write_diagram
from ropa.services.workspace import View
from ropa.services.writing import write_text
from ropa.tui.browser import open_in_browser
from ropa.tui.dialogs.export import export_form
from ropa.tui.keys import Scope, bindings
from ropa.tui.screens.base import READING, RegisterScreen
from ropa.tui.text import plain
from ropa.tui.widgets.branches import Branches
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.lines import Lines

_LEAST = 3
_NOTHING = "No flow is recorded for this activity. Esc, then v adds a vendor, n a flow of your own."


class FlowMapScreen(RegisterScreen):
    """The tree; below it the hop under the cursor in full, and what is said about the flagged ones."""

    scopes: ClassVar[tuple[Scope, ...]] = ("map", "lines", "everywhere")
    about: ClassVar[str] = (
        "Where the data of an activity goes: ─▶ stays at home, ═▶ leaves the territory, and a sign with a number flags "
        "what is wrong there; the reasons stand below. Enter goes to the node, e to the record that states the flow."
    )
    AUTO_FOCUS = "#tree"
    BINDINGS: ClassVar[list[BindingType]] = bindings("map")

    def __init__(self, activity: str) -> None:
        super().__init__()
        self.activity = activity
        self.map: FlowMap | None = None
        self._hops: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The tree, the hop in full, the reasons."""
        yield TopBar()
        yield Heading("Flows")
        yield Branches(id="tree", message=READING)
        yield Static(id="hop", markup=False)
        yield Document(id="notes")
        yield KeyBar(self.scopes)

    @property
    def place(self) -> str:
        """Where this is, for going back there."""
        return f"map/{self.activity}"

    def show(self, view: View) -> None:
        """Draw in a thread."""

        def work() -> tuple[FlowMap, Detail | None, tuple[str, ...]]:
            made = flow_map(view, self.activity)
            return made, map_notes(made), tuple(hop_words(view, each) for each in made.lines)

        self.read("map", work, self._shown)

    def failed(self, message: str) -> None:
        """Say what went wrong where the map would stand."""
        self.map = None
        self.query_one(Branches).show((), message)

    def _shown(self, found: tuple[FlowMap, Detail | None, tuple[str, ...]]) -> None:
        self.map, notes, self._hops = found
        self.query_one(Heading).show(self.map.title, map_summary(self.map))
        document = self.query_one(Document)
        document.display = notes is not None
        document.show(notes)
        tree = self.query_one(Branches)
        tree.styles.max_height = max(_LEAST, len(self.map.lines)) if notes is not None else None
        tree.show(self.map.lines, _NOTHING)
        self._explain()

    def _explain(self) -> None:
        place = self.query_one(Branches).cursor
        self.query_one("#hop", Static).update(plain(self._hops[place] if place < len(self._hops) else ""))

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Say in full what the line under the cursor had to cut."""
        if event.lines.id == "tree":
            self._explain()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Go to the node."""
        self.ropa.go(event.subject)

    def action_edit(self) -> None:
        """The form of the record that states the flow under the cursor, else of the node."""
        hop = self.query_one(Branches).hop
        if hop is not None and (hop.via or hop.target):
            self.ropa.editor.edit(hop.via or hop.target)

    def action_draw(self) -> None:
        """Write the drawing beside the database, and show it in the browser."""
        view = self.ropa.view
        if view is None:
            return
        path = self._path(view, "svg")

        def work() -> bool:
            write_diagram(view, path, self.activity)
            return open_in_browser(path)

        def written(opened: bool) -> None:
            self.ropa.say(f"wrote {path}" if opened else f"wrote {path}\nNo browser was found here; open it yourself.")

        self.ropa.write(work, written, self.ropa.say, reload=False)

    def action_export(self) -> None:
        """Ask for a file, and write the map there as text."""
        view, made = self.ropa.view, self.map
        if view is None or made is None:
            return
        form = export_form(
            "Write the map", self._path(view, "txt"), lambda path: write_text(path, made.as_text()), today=view.on
        )
        self.app.push_screen(form, self.ropa.wrote)

    def _path(self, view: View, suffix: str) -> Path:
        # Keys are slugs, so that they are file names everywhere.
        return self.ropa.workspace.path.with_name(f"{view.register.organisation.key}-{self.activity}.{suffix}")
