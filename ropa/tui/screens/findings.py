"""The list of what the rules found: each row leads to the form that mends it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from ropa.rules.finding import SEVERITIES
from ropa.tui.keys import Scope, bindings
from ropa.tui.screens.listing import ListScreen
from ropa.tui.widgets.document import Document
from ropa.tui.widgets.table import Table


class FindingsScreen(ListScreen):
    """The list of findings, which can be limited to one severity and one rule."""

    scopes: ClassVar[tuple[Scope, ...]] = ("findings", "lines", "record", "list", "everywhere")
    about: ClassVar[str] = (
        "What the rules found: ✖ wrong, ! doubtful, ? not recorded; worst first. Enter opens the form that mends it, "
        "i shows the reasons and what to do, g goes to the record that it is about."
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("findings")

    def __init__(self, *, rule: str = "") -> None:
        super().__init__("finding", rule=rule)

    def chosen_row(self, subject: str) -> None:
        """Open the form that mends the finding."""
        self.ropa.editor.edit(subject)

    def action_mend(self) -> None:
        """Open the form that mends the finding."""
        if self.query_one("#list", Table).has_focus:
            self.action_edit()
        else:
            self.query_one("#detail", Document).action_choose()

    def action_reasons(self) -> None:
        """The reasons of the finding, and what to do."""
        if subject := self.here():
            self.open_row(subject)

    def action_accept(self) -> None:
        """The form by which the risk is accepted."""
        if subject := self.here():
            self.ropa.editor.accept(subject)

    def action_severity(self) -> None:
        """The next severity, then all."""
        order = ("", *SEVERITIES)
        self.severity = order[(order.index(self.severity) + 1) % len(order)]
        self._fill()

    def action_rule(self) -> None:
        """The next rule of which the other limits leave a finding, then all."""
        found = self.found
        if found is None:
            return
        words = self.query_one("#limit", Input).value
        further = found.rules[found.rules.index(self.rule) + 1 :] if self.rule in found.rules else found.rules
        self.rule = next((rule for rule in further if found.narrowed(words, (self.severity, rule))), "")
        self._fill()
