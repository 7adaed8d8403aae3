"""Bringing a file in, step by step: the file, its columns, what would be written, and then the writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ropa.services.loading import user
from ropa.services.sheets import vendors
from ropa.services.sheets.importing import Reading, SheetPlan, carry_out, names_said, plan, read_file
from ropa.services.sheets.preview import Preview, preview
from ropa.services.sheets.vendors import VendorPlan, plan_vendors
from ropa.services.wording import counted
from ropa.tui.dialogs.intake import Asked, begin_form, spreadsheet_form, vendors_form, with_sheet
from ropa.tui.dialogs.waiting import WaitingScreen, Watch
from ropa.tui.editing.actions import UNDO
from ropa.tui.editing.columns import ColumnsScreen
from ropa.tui.editing.intake import IntakeScreen

if TYPE_CHECKING:
    from ropa.services.sheets.beginning import Owner
    from ropa.tui.app import RopaApp

_SHEET, _LIST = "Bring a spreadsheet in", "Bring a vendor list in"


class Bringing:
    """The steps. Each method returns at once; what it asks for comes on screens of its own."""

    def __init__(self, app: RopaApp) -> None:
        self.app = app

    def begin(self, what: str, before: Asked | None = None) -> None:
        """Ask for the file; `before` is what was asked for the last time, where that could not be done."""
        form = spreadsheet_form if what == "spreadsheet" else vendors_form
        then = self._read if what == "spreadsheet" else self._list

        def asked(found: Asked | None) -> None:
            if found is not None:
                then(found)

        self.app.push_screen(form(self.app.workspace, self.app.view, self.app.organisations, before), asked)

    # -- a spreadsheet ---------------------------------------------------------------------------------------

    def _read(self, asked: Asked) -> None:
        def read(found: Reading | None) -> None:
            if found is None:
                self.begin("spreadsheet", asked)
            elif asked.owner.key or asked.owner.name:
                self._columns(found, asked)
            else:
                named = dict.fromkeys(name for name, _ in names_said(found))
                said = next(iter(named)) if len(named) == 1 else ""
                self._owner(said, asked, lambda more: self._columns(found, more), "spreadsheet")

        def work(_: Watch) -> Reading:
            return read_file(asked.path, asked.layout, asked.sheet, draft=True)

        self.app.push_screen(WaitingScreen(_SHEET, work), read)

    def _columns(self, reading: Reading, asked: Asked) -> None:
        """The columns, where they are only proposed."""
        if reading.proposed:
            self.app.push_screen(self._columns_of(reading, asked))
        else:
            self._plan(reading, asked)

    def _columns_of(self, reading: Reading, asked: Asked) -> ColumnsScreen:
        return ColumnsScreen(
            reading,
            asked,
            lambda confirmed: self._plan(confirmed, asked, back=True),
            lambda sheet: self._read(with_sheet(asked, sheet)),
        )

    def _plan(self, reading: Reading, asked: Asked, *, back: bool = False) -> None:
        """What would be written; with `back`, the columns lie below it."""
        workspace = self.app.workspace

        def work(watch: Watch) -> tuple[SheetPlan, Preview]:
            made = plan(workspace.store, asked.owner, reading, update=asked.update, on=workspace.on, watch=watch)
            return made, preview(made)

        def planned(found: tuple[SheetPlan, Preview] | None) -> None:
            if found is not None:
                self.app.push_screen(IntakeScreen(*found, self._write, lambda: self._look(reading, asked, back=back)))
            elif not back:
                self.begin("spreadsheet", asked)

        self.app.push_screen(WaitingScreen(_SHEET, work), planned)

    def _look(self, reading: Reading, asked: Asked, *, back: bool) -> None:
        """The columns, also of a sheet that is known; what is chosen there makes the preview anew."""
        self.app.pop_screen()
        if not back:
            self.app.push_screen(self._columns_of(reading, asked))

    # -- a list of vendors -----------------------------------------------------------------------------------

    def _list(self, asked: Asked) -> None:
        if not asked.owner.key and not asked.owner.name:
            self._owner("", asked, self._list, "vendors")
            return
        store = self.app.workspace.store

        def work(_: Watch) -> tuple[VendorPlan, Preview]:
            made = plan_vendors(store, asked.owner, asked.path, activity=asked.activity or None, update=asked.update)
            return made, preview(made)

        def planned(found: tuple[VendorPlan, Preview] | None) -> None:
            if found is not None:
                self.app.push_screen(IntakeScreen(*found, self._write))
            else:
                self.begin("vendors", replace(asked, owner=replace(asked.owner, name="")))

        self.app.push_screen(WaitingScreen(_LIST, work), planned)

    # -- both ------------------------------------------------------------------------------------------------

    def _owner(self, said: str, asked: Asked, then: Callable[[Asked], None], what: str) -> None:
        """Ask what a new register is called."""

        def named(owner: Owner | None) -> None:
            if owner is None:
                self.begin(what, asked)
            else:
                then(replace(asked, owner=owner))

        self.app.push_screen(begin_form(self.app.workspace, self.app.organisations, said), named)

    def _write(self, screen: IntakeScreen) -> None:
        made, store = screen.plan, self.app.workspace.store

        def work() -> int:
            if isinstance(made, SheetPlan):
                return carry_out(store, made, who=user())
            return vendors.carry_out(store, made, who=user())

        def written(batch: int) -> None:
            self.app.editor.remember(batch, made.organisation)
            self.app.brought(made.organisation, "activity" if isinstance(made, SheetPlan) else "party")
            self.app.say(f"Written: {counted(len(made.writes), 'record')}. {UNDO}")

        self.app.write(work, written, screen.refused)
