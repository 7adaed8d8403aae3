"""The choices for a field of a form; what is missing among them is made from there, in a form of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ropa.records.kinds import NODE_KINDS
from ropa.services.editing.additions import kind_choices
from ropa.services.editing.choices import made
from ropa.services.editing.fields import Field, form, reference_kinds
from ropa.services.editing.sheets import RecordSheet, Sheet
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
        create=_creator(screen, pick.field, open_form),
    )
    pick.choosing(picker)
    app.push_screen(picker, chosen)


def _creator(
    screen: RegisterScreen, field: Field, open_form: Callable[[Sheet, Done], None]
) -> Callable[[str, Done], None] | None:
    app, view, kinds = screen.ropa, screen.ropa.view, reference_kinds(field)
    if not kinds or view is None:
        return None

    def make(kind: str, typed: str, done: Done) -> None:
        named = typed and any(each.name == "name" for each in form(kind).fields)
        given = {"name": typed} if named else {}
        open_form(RecordSheet(app.workspace, view.register.organisation.key, kind, given=given), done)

    def create(typed: str, done: Done) -> None:
        if len(kinds) == 1:
            make(kinds[0], typed, done)
            return
        words = {kind: word for word, kind in NODE_KINDS.items()}

        def chosen(values: tuple[str, ...] | None) -> None:
            if values:
                make(values[0], typed, lambda key: done(f"{words[values[0]]}/{key}"))

        app.push_screen(Picker("New", lambda: made(kind_choices(kinds))), chosen)

    return create
