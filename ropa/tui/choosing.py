"""What can be chosen from anywhere: one of the lists, what to add, and where one has been."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ropa.services.browsing.lists import ALL_LISTS, list_title
from ropa.services.editing.additions import new_choices
from ropa.services.editing.choices import Choice, made
from ropa.services.editing.unsaved_sheets import Kept, kept, sheet_of
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
    _choose(app, "Add", new_choices, app.editor.new)


def choose_unsaved(app: RopaApp) -> None:
    """Ask which of the forms to go on with that were left with something typed into them."""

    def ask(found: Kept) -> None:
        if not found:
            app.say("Nothing that you typed waits to be saved.")
            return
        drafts = {choice.value: draft for choice, draft in found}
        choices = [choice for choice, _ in found]
        _choose(
            app, "Not saved yet", lambda: choices, lambda each: app.editor.resume(sheet_of(app.workspace, drafts[each]))
        )

    app.read("unsaved", lambda: kept(app.workspace, app.view), ask)


def tell_unsaved(app: RopaApp) -> None:
    """Say at the start what waits to be saved."""

    def tell(found: Kept) -> None:
        if found:
            first, more = found[0][0].label, len(found) - 1
            app.say(f"Not saved yet: {first}{f' and {more} more' if more else ''}. U goes on with it.")

    app.read("unsaved", lambda: kept(app.workspace, app.view), tell)


def choose_place(app: RopaApp, then: Callable[[str], None]) -> None:
    """Ask for one of the places where one has been."""
    if (view := app.view) is not None:
        _choose(app, "Where you have been", lambda: app.trail.choices(view), then)


def _choose(app: RopaApp, title: str, found: Callable[[], Sequence[Choice]], then: Callable[[str], None]) -> None:
    def chosen(values: tuple[str, ...] | None) -> None:
        if values:
            then(values[0])

    app.push_screen(Picker(title, lambda: made(found())), chosen)
