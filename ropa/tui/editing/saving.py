"""The saving of a form: written, refused with reasons, or put to its user where somebody else wrote meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from ropa.services.editing.conflicts import Conflict
from ropa.services.editing.records import Outcome, Refused, Saved
from ropa.services.editing.sheets import RecordSheet, Sheet
from ropa.services.loading import user
from ropa.tui.editing.conflict import ConflictScreen
from ropa.tui.screens.base import RegisterScreen


class Saving:
    """What becomes of a form on a screen: once it is saved the screen is left, and `done` is told the key.

    `told` is given what is not right, field by field. While `running`, nothing that is typed counts.
    """

    def __init__(
        self,
        screen: RegisterScreen,
        sheet: Sheet,
        told: Callable[[Mapping[str, str]], None],
        done: Callable[[str], None] | None,
    ) -> None:
        self._screen = screen
        self._sheet = sheet
        self._told = told
        self._done = done
        self.running = False

    def save(self, texts: Mapping[str, object]) -> None:
        """Save what stands in the form."""
        self._write(lambda: self._sheet.save(texts, user()))

    def _write(self, work: Callable[[], Outcome]) -> None:
        self.running = True
        self._screen.ropa.write(work, self._written, self._refused, reload=False)

    def _written(self, outcome: Outcome) -> None:
        self.running = False
        screen, app = self._screen, self._screen.ropa
        if isinstance(outcome, Saved):
            app.reload_with(self._sheet.organisation, outcome)
        else:
            app.action_reload()
        if not screen.is_attached:
            return
        if isinstance(outcome, Refused):
            self._told(outcome.problems)
        elif isinstance(outcome, Conflict):
            dialog = ConflictScreen(outcome, lambda path, value: self._sheet.label(app.view, path, value))
            app.push_screen(dialog, lambda chosen: self._settle(outcome, chosen))
        else:
            app.editor.remember(outcome.batch)
            within = sum(each.is_modal for each in app.screen_stack) > 1  # where z is a letter
            saved = "Saved, and chosen." if within else "Saved. z undoes it."
            app.say(saved if outcome.batch else "Nothing was changed.")
            screen.dismiss()
            if self._done is not None:
                app.once_read(partial(self._done, outcome.key))

    def _settle(self, conflict: Conflict, chosen: Mapping[str, object] | None) -> None:
        sheet = self._sheet
        if chosen is not None and isinstance(sheet, RecordSheet):
            self._write(lambda: sheet.settle(conflict, chosen, user()))

    def _refused(self, message: str) -> None:
        self.running = False
        self._screen.ropa.say(message)
