"""What every screen has on which a record is under the cursor: the keys that edit it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from ropa.services.subjects import activity_of, split
from ropa.services.workspace import View
from ropa.tui.keys import bindings
from ropa.tui.screens.base import RegisterScreen


class RecordScreen(RegisterScreen):
    """A screen with a record under its cursor; `here` says which, as kind/key."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("record")

    def here(self) -> str:
        """The subject that the keys are for; empty where there is none."""
        raise NotImplementedError

    def show(self, view: View) -> None:
        """Ask for what this screen shows of a view."""
        raise NotImplementedError

    def action_edit(self) -> None:
        """Its form; of a finding the form that mends it."""
        if subject := self.here():
            self.ropa.editor.edit(subject)

    def action_add(self) -> None:
        """Something inside it, or beside it."""
        if subject := self.here():
            self.ropa.editor.add(subject)

    def action_vendor(self) -> None:
        """A vendor for the activity that it is, or belongs to."""
        activity = self._activity()
        if activity:
            self.ropa.editor.vendor(activity)
        else:
            self.ropa.say("A vendor works for an activity: go to one first (a).")

    def action_duplicate(self) -> None:
        """A copy."""
        if subject := self.here():
            self.ropa.editor.duplicate(subject)

    def action_remove(self) -> None:
        """Remove it, after a look at what depends on it."""
        if subject := self.here():
            self.ropa.editor.remove(subject, self.removed)

    def removed(self) -> None:
        """What to do once it is gone."""

    def action_map(self) -> None:
        """The flows of the activity that it is, or belongs to."""
        activity = self._activity()
        if activity:
            self.ropa.map(activity)
        else:
            self.ropa.say("The map shows the flows of an activity: go to one first (a).")

    def _activity(self) -> str:
        view = self.ropa.view
        subject = self.here()
        return "" if view is None or not subject else activity_of(view, split(subject)[0], split(subject)[1])
