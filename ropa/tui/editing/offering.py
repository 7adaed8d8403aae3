"""The choices for a field of a form; what is missing among them is made from there, in a form of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ropa.services.form_fields import form
from ropa.services.sheets import RecordSheet, Sheet
from ropa.tui.editing.controls import Pick
from ropa.tui.editing.picker import Picker
from ropa.tui.screens.base import RegisterScreen

Done = Callable[[str], None]


def offer(
    screen: RegisterScreen,
    sheet: Sheet,
    event: Pick.Asked,
    texts: Mapping[str, object],
    open_form: Callable[[Sheet, Done], None],
) -> None:
    """Show what can be chosen for a field; `open_form` opens the form of a record that is missing."""
    app, pick = screen.ropa, event.pick

    def chosen(values: tuple[str, ...] | None) -> None:
        pick.choosing(None)
        if values is not None:
            pick.choose(values, [sheet.label(app.view, pick.path, each) for each in values])

    picker = Picker(
        pick.field.title,
        lambda: sheet.offer(app.view or app.no_register, pick.path, texts),
        pick.chosen,
        several=pick.field.several,
        typed=event.typed,
        create=_creator(screen, pick.field.kind_of_reference, open_form),
    )
    pick.choosing(picker)
    app.push_screen(picker, chosen)


def _creator(
    screen: RegisterScreen, kind: str, open_form: Callable[[Sheet, Done], None]
) -> Callable[[str, Done], None] | None:
    app, view = screen.ropa, screen.ropa.view
    if not kind or view is None:
        return None

    def create(typed: str, done: Done) -> None:
        named = typed and any(each.name == "name" for each in form(kind).fields)
        given = {"name": typed} if named else {}
        open_form(RecordSheet(app.workspace, view.register.organisation.key, kind, given=given), done)

    return create
