"""What the keys for editing do, wherever a record is under the cursor: each opens a form, or asks and then writes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ropa.records.errors import RopaError
from ropa.records.kinds import KINDS, ROOTS
from ropa.services.editing.additions import Addition, additions
from ropa.services.editing.choices import made
from ropa.services.editing.mending import VENDOR, Mend, mend, of_crossing
from ropa.services.editing.records import Saved, duplicate
from ropa.services.editing.removal import Removal, Removed, planned, remove
from ropa.services.editing.removal_words import removal_words
from ropa.services.editing.sheets import RecordSheet, Sheet
from ropa.services.editing.undoing import undo
from ropa.services.editing.vendor_sheet import VendorSheet
from ropa.services.loading import user
from ropa.services.subjects import finding_of, split, title_of
from ropa.tui.dialogs.ask import AskScreen
from ropa.tui.editing.picker import Picker
from ropa.tui.editing.sheet import SheetScreen

if TYPE_CHECKING:
    from ropa.services.workspace import View
    from ropa.tui.app import RopaApp

UNDO = "z undoes it."

Batch = tuple[str, int]
"""An organisation, and the number of a batch of its history."""


class Editor:
    """The editing of the open register. Every method returns at once; what it asks for comes on screens of its own."""

    def __init__(self, app: RopaApp) -> None:
        self.app = app
        self._done: list[Batch] = []
        self._undone: list[Batch] = []

    @property
    def _view(self) -> View | None:
        return self.app.view

    def edit(self, subject: str, done: Callable[[str], None] | None = None) -> None:
        """The form of a record; of a finding, the form that mends it."""
        kind, key = split(subject)
        view = self._view
        if view is None:
            return
        if kind == "finding":
            self._mend(view, key)
        elif kind == "crossing":
            self._open(self._sheet(view, of_crossing(view, key)), done=done)
        elif kind in KINDS:
            self._open(self._sheet(view, Mend(kind, key)), done=done)
        else:
            self.app.say("This follows from what is recorded; go to its record (g) to change that.")

    def _mend(self, view: View, key: str) -> None:
        finding = finding_of(view, key)
        found = None if finding is None else mend(view, finding)
        if finding is None or found is None:
            self.app.say("No single record is the place to mend this; its reasons say what to do.")
            return
        said = f"{finding.symbol} {finding.title}. {finding.remedy}"
        self._open(self._sheet(view, found), first=found.field, said=said)

    def accept(self, subject: str) -> None:
        """The form by which the risk of a finding is accepted: who, why, until when."""
        view = self._view
        finding = finding_of(view, split(subject)[1]) if view is not None else None
        if view is None or finding is None:
            return
        texts = {
            "rule": finding.rule,
            "subject": finding.subject,
            "detail": finding.detail,
            "who": user(),
            "on": view.on.isoformat(),
        }
        said = f"{finding.symbol} {finding.title}. An accepted risk stands beside the finding and never removes it."
        self._open(self._sheet(view, Mend("acknowledgement", texts=texts)), first="reason", said=said)

    def add(self, subject: str) -> None:
        """Ask what to add at a record, then its form."""
        view = self._view
        if view is None:
            self.new("organisation")
            return
        kind, key = split(subject)
        if kind == "crossing":  # what is added is a safeguard of its transfer, which may have to be recorded first
            record = of_crossing(view, key)
            if record.key is None:
                self._open(self._sheet(view, record), done=self._go_to(record.kind))
                return
            subject = f"{record.kind}/{record.key}"
        found = additions(subject)
        if not found:
            self.app.say("Nothing stands inside this record; n on a list adds another one.")
            return
        title = f"Add to {title_of(view, subject)}"
        self._choose(title, found, lambda each: self._add(each))

    def _add(self, found: Addition) -> None:
        if self._view is not None:
            self._open(self._sheet(self._view, Mend(found.kind, None, found.parent, texts=found.texts)))

    def new(self, kind: str, done: Callable[[str], None] | None = None) -> None:
        """The form of a new record of a kind that stands by itself."""
        if kind == "organisation":
            sheet = RecordSheet(self.app.workspace, "", kind)
            self._open(sheet, done=done or self.app.open_organisation)
        elif self._view is not None and kind in ROOTS:
            self._open(self._sheet(self._view, Mend(kind)), done=done or self._go_to(kind))
        else:
            self.app.say("Records of this list follow from others; nothing is added here.")

    def _go_to(self, kind: str) -> Callable[[str], None]:
        """What is new is shown, so that one can go on with what stands inside it."""
        return lambda key: self.app.go(f"{kind}/{key}")

    def vendor(self, activity: str) -> None:
        """The one form by which a vendor comes to work for an activity."""
        if self._view is not None:
            self._open(self._sheet(self._view, Mend(VENDOR, parent=activity)))

    def _sheet(self, view: View, found: Mend) -> Sheet:
        workspace, organisation = self.app.workspace, view.register.organisation.key
        if found.kind == VENDOR:
            return VendorSheet(workspace, organisation, found.parent or "")
        return RecordSheet(workspace, organisation, found.kind, found.key, found.parent, found.texts)

    def _open(
        self, sheet: Sheet, *, first: str = "", said: str = "", done: Callable[[str], None] | None = None
    ) -> None:
        self.app.push_screen(SheetScreen(sheet, first=first, said=said, done=done))

    def resume(self, sheet: Sheet) -> None:
        """A form that was left with something typed into it; what is new is shown once it is saved."""
        done = self.app.open_organisation if isinstance(sheet, RecordSheet) and sheet.kind == "organisation" else None
        self.app.hush()
        self._open(sheet, done=done)

    def _choose(self, title: str, found: tuple[Addition, ...], then: Callable[[Addition], None]) -> None:
        by_label = {each.label: each for each in found}

        def chosen(values: tuple[str, ...] | None) -> None:
            if values:
                then(by_label[values[0]])

        self.app.push_screen(Picker(title, lambda: made([each.choice for each in found])), chosen)

    # -- copies, removals ----------------------------------------------------------------------------------

    def duplicate(self, subject: str) -> None:
        """A copy of a record, with what is written inside it, and then the form of the copy."""
        kind, key = split(subject)
        view = self._view
        if view is None or kind not in KINDS or kind == "organisation":
            self.app.say("Only a record can be duplicated, and an organisation is more than one.")
            return
        workspace, organisation = self.app.workspace, view.register.organisation.key

        def copied(saved: Saved) -> None:
            self.remember(saved.batch)
            self.app.say(f"Duplicated; this is the copy. {UNDO}")
            sheet = RecordSheet(workspace, organisation, kind, saved.key)
            self.app.once_read(lambda: self.app.push_screen(SheetScreen(sheet)))
            self.app.reload_with(organisation, saved)

        work = partial(duplicate, workspace, organisation, kind, key, who=user())
        self.app.write(work, copied, self.app.say, reload=False)

    def remove(self, subject: str, done: Callable[[], None] | None = None) -> None:
        """Show what depends on a record, ask, and remove it."""
        kind, key = split(subject)
        view = self._view
        if view is None or kind not in KINDS:
            self.app.say("This follows from what is recorded; go to its record (g) to remove that.")
            return
        try:
            plan = planned(view.register, kind, key)
        except RopaError as error:
            self.app.say(str(error))
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._remove(view, plan, done)

        title = "Remove this?" if not plan.blocks else "This cannot be removed yet"
        self.app.push_screen(AskScreen(title, removal_words(view, plan), possible=not plan.blocks), answered)

    def _remove(self, view: View, plan: Removal, done: Callable[[], None] | None) -> None:
        workspace, organisation = self.app.workspace, view.register.organisation.key

        def work() -> Removed:
            return remove(workspace, organisation, plan.kind, plan.key, who=user(), with_dependants=True, shown=plan)

        def removed(found: Removed) -> None:
            self.remember(found.batch)
            self.app.say(f"Removed. {UNDO}")
            if done is not None:
                done()

        self.app.write(work, removed, self.app.say)

    # -- undo ----------------------------------------------------------------------------------------------

    def remember(self, batch: int, organisation: str = "") -> None:
        """What was written last, so that it can be undone; what was undone before can no longer be done again.

        Without an organisation it was written to the open register.
        """
        if not organisation and self._view is not None:
            organisation = self._view.register.organisation.key
        if batch and organisation:
            self._done.append((organisation, batch))
            self._undone.clear()

    def undo(self) -> None:
        """Write the reverse of what was last written from here."""
        self._reverse(self._done, self._undone, "Undone. Z does it again.", "Nothing was written from here yet.")

    def redo(self) -> None:
        """Write the reverse of what was last undone."""
        self._reverse(self._undone, self._done, f"Done again. {UNDO}", "Nothing was undone.")

    def _reverse(self, source: list[Batch], target: list[Batch], said: str, none: str) -> None:
        if not source:
            self.app.say(none)
            return
        organisation, batch = source[-1]
        workspace = self.app.workspace

        def reversed_(made: int) -> None:
            source.pop()
            target.append((organisation, made))
            self.app.say(said)

        self.app.write(lambda: undo(workspace, organisation, batch, who=user()), reversed_, self.app.say)
