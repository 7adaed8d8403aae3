"""What the board and the screen of one change share: the keys by which something is done with the change."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.binding import BindingType

from ropa.services.boards.deeds import DEEDS, Deed, choices
from ropa.services.boards.detail import clock_detail
from ropa.services.browsing.details import Detail
from ropa.services.changes.statuses import ChangeStatus
from ropa.tui.dialogs.change_forms import form_for
from ropa.tui.dialogs.change_subject import Result, Subject
from ropa.tui.dialogs.proposal import proposal
from ropa.tui.dialogs.reading import ReadingScreen
from ropa.tui.keys import bindings
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.widgets.chrome import KeyBar


class DeedScreen(RegisterScreen):
    """A screen with a change under its cursor. The bar shows the keys that can do something with it now."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("change")

    def chosen(self) -> ChangeStatus | None:
        """The change under the cursor, or None."""
        raise NotImplementedError

    def customer(self) -> str:
        """The key of the customer under the cursor; empty where the cursor is not among customers."""
        return ""

    def follow(self, change: str) -> None:
        """Put the cursor on a change once it is shown: where it went, or the one that was proposed."""

    def told_of(self, status: ChangeStatus | None) -> None:
        """Leave the keys that cannot do anything now out of the bar; pressed all the same, they say why."""
        view = self.ropa.view
        possible = [] if view is None or status is None else choices(view.register, status).values()
        able = {each.deed for each in possible if each.possible}
        self.query_one(KeyBar).hide(f"deed('{deed}')" for deed in DEEDS if deed not in able)

    def action_deed(self, name: str) -> None:
        """Ask what has to be known, or say why it cannot be done."""
        view, status = self.ropa.view, self.chosen()
        if view is None or status is None:
            self.ropa.say("There is no change here to do that with.")
            return
        choice = choices(view.register, status)[cast("Deed", name)]
        if choice.against:
            self.ropa.say(f"{status.change.name}: {' '.join(choice.against)}")
            return
        self.app.clear_notifications()
        subject = Subject(self.ropa.workspace, view, status, self.customer())
        self.app.push_screen(form_for(subject, choice), self.done)

    def done(self, result: Result | None) -> None:
        """Say what was done, and what must be known besides; show what there is to read."""
        if isinstance(result, Detail):
            self.app.push_screen(ReadingScreen("Written", result), self._led)
        elif result is not None:
            self.follow(result.key)
            self.ropa.say("\n".join((result.words, *result.remarks)))

    def clock_of(self, status: ChangeStatus, customer: str) -> None:
        """Show the clock of a customer with every reason; a line of it may lead to a record."""
        view = self.ropa.view
        if view is None:
            return

        def shown(found: Detail) -> None:
            self.app.push_screen(ReadingScreen("One customer", found), self._led)

        self.read("clock", lambda: clock_detail(view, status, customer), shown)

    def _led(self, subject: str | None) -> None:
        if subject:
            self.ropa.go(subject)

    def action_propose(self) -> None:
        """Propose a new change; a register and somebody for it to be about come first."""
        view = self.ropa.view
        if view is None:
            self.ropa.editor.new("organisation")
        elif not view.register.parties:
            self.ropa.say("A change is about a vendor, and no party is recorded yet: p, then n adds one.")
        else:
            self.app.push_screen(proposal(self.ropa.workspace, view), self.done)
