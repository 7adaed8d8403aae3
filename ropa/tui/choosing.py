"""What can be chosen from anywhere: one of the lists, what to add, and where one has been."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ropa.records.kinds import KINDS
from ropa.services.additions import ROOTS
from ropa.services.form_choices import Choice, made
from ropa.services.lists import ALL_LISTS, list_title
from ropa.tui.editing.picker import Picker

if TYPE_CHECKING:
    from ropa.tui.app import RopaApp


def choose_list(app: RopaApp, then: Callable[[str], None]) -> None:
    """Ask for one of the lists."""
    _choose(app, "Lists", lambda: [Choice(name, list_title(name)) for name in ALL_LISTS], then)


def choose_new(app: RopaApp) -> None:
    """Ask what to add, then its form; where there is no register, the form of an organisation."""
    if app.view is None:
        app.editor.new("organisation")
        return
    kinds = ("organisation", *ROOTS)
    found = [Choice(name, KINDS[name].title, (KINDS[name].fields.__doc__ or "").split("\n")[0]) for name in kinds]
    _choose(app, "Add", lambda: found, app.editor.new)


def choose_place(app: RopaApp, then: Callable[[str], None]) -> None:
    """Ask for one of the places where one has been."""
    if (view := app.view) is not None:
        _choose(app, "Where you have been", lambda: app.trail.choices(view), then)


def _choose(app: RopaApp, title: str, found: Callable[[], Sequence[Choice]], then: Callable[[str], None]) -> None:
    def chosen(values: tuple[str, ...] | None) -> None:
        if values:
            then(values[0])

    app.push_screen(Picker(title, lambda: made(found())), chosen)
