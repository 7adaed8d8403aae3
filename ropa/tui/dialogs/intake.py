"""The forms that ask for a file to bring in: which, for whose register, and how that is called if it is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ropa.exchange.sheet_read import SUFFIXES as SHEETS
from ropa.exchange.vendor_list import SUFFIXES as LISTS
from ropa.records.errors import InputError, Problem
from ropa.services.browsing.details import Line
from ropa.services.editing.fields import NO, YES
from ropa.services.editing.readers import typed_place
from ropa.services.input_file import typed_path, wrong_with
from ropa.services.sheets.beginning import Owner
from ropa.services.sheets.choosing import keep
from ropa.services.sheets.importing import AUTO, MAPPINGS
from ropa.services.sheets.mapping import SheetMapping
from ropa.services.workspace import View, Workspace
from ropa.tui.dialogs.export import export_form
from ropa.tui.dialogs.form import FormScreen
from ropa.tui.dialogs.questions import Answers, Question

NOTHING_YET = (Line("Nothing is written yet: you see first what would be, and confirm it there."),)
_NEW = "(new)"
"""No key of an organisation has brackets."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: a file, for whose register (without a key: a new one), and how it is taken."""

    file: str
    owner: Owner
    layout: str = AUTO
    sheet: str | None = None
    activity: str = ""
    update: bool = False

    @property
    def path(self) -> Path:
        """Where the file is."""
        return typed_path(self.file)


def spreadsheet_form(
    workspace: Workspace, view: View | None, names: Mapping[str, str], before: Asked | None = None
) -> FormScreen[Asked]:
    """Asks for a spreadsheet, and for a mapping that was kept."""
    asked = before or Asked("", Owner())
    layout = "" if asked.layout == AUTO else asked.layout
    more = Question(
        "layout", "Mapping", value=layout, hint="a mapping file that you kept (.yaml); empty: it is proposed",
        check=lambda text: wrong_with(text, MAPPINGS),
    )  # fmt: skip
    return _form("Bring a spreadsheet in", (_file(asked, SHEETS), more), workspace, view, names, asked)


def vendors_form(
    workspace: Workspace, view: View | None, names: Mapping[str, str], before: Asked | None = None
) -> FormScreen[Asked]:
    """Asks for a published list, and for an activity in which its vendors work."""
    asked = before or Asked("", Owner())
    questions = [_file(asked, LISTS)]
    if view is not None and view.register.activities:
        own = view.register.organisation.key
        activities = tuple((key, each.name) for key, each in view.register.activities.items())
        questions.append(
            Question(
                "activity",
                "Engage in",
                "choice",
                asked.activity,
                choices=activities,
                hint="an activity in which each of them is a processor; empty: none",
                asked=lambda answers: answers.text("register") == own,
            )
        )
    return _form("Bring a vendor list in", tuple(questions), workspace, view, names, asked)


def _file(asked: Asked, suffixes: tuple[str, ...]) -> Question:
    hint = f"with its folder; {', '.join(suffixes)}"
    return Question(
        "file", "File", value=asked.file, required=True, hint=hint, check=lambda text: wrong_with(text, suffixes)
    )


def _form(
    title: str,
    questions: tuple[Question, ...],
    workspace: Workspace,
    view: View | None,
    names: Mapping[str, str],
    before: Asked,
) -> FormScreen[Asked]:
    if view is not None:
        registers = (*names.items(), (_NEW, "a new register, of another organisation"))
        chosen = before.owner.key or (_NEW if before.file else view.register.organisation.key)
        differs = "where the register says something else: no leaves it, and shows it; yes takes the file's"
        questions += (
            Question("register", "Into", "choice", chosen, required=True, choices=registers),
            Question("update", "Overwrite", "yes/no", YES if before.update else NO, required=True, hint=differs),
        )

    def taken(answers: Answers) -> Asked:
        key = answers.text("register")
        return Asked(
            answers.text("file"),
            Owner("" if key == _NEW else key),
            str(typed_path(answers.text("layout"))) if answers.text("layout") else AUTO,
            activity=answers.text("activity"),
            update=answers.yes("update"),
        )

    return FormScreen(title, questions, taken, today=workspace.on, note=lambda _: NOTHING_YET)


def begin_form(workspace: Workspace, names: Mapping[str, str], said: str) -> FormScreen[Owner]:
    """Asks what a new register is called; `said` is what the file says."""
    hint = "as the sheet says it" if said else "of the organisation whose register it is"
    questions = (
        Question("name", "Organisation", value=said, required=True, hint=hint),
        Question("country", "Country", hint="where it is established; the law that binds it follows", check=_place),
    )

    def taken(answers: Answers) -> Owner:
        name = answers.text("name")
        if name.casefold() in {each.casefold() for each in names.values()}:
            raise InputError([Problem(f"there is a register of {name} already; go back and choose it")])
        return Owner("", name, answers.text("country"))

    return FormScreen("A new register begins", questions, taken, today=workspace.on, note=lambda _: NOTHING_YET)


def keep_form(workspace: Workspace, asked: Asked, mapping: SheetMapping) -> FormScreen[Path]:
    """Asks for a file, and keeps the mapping there."""
    suggested = asked.path.with_name(f"{asked.path.stem}-mapping.yaml")
    return export_form("Keep the mapping", suggested, lambda path: keep(mapping, path), today=workspace.on)


def with_sheet(asked: Asked, sheet: str) -> Asked:
    """The same for another sheet of the file."""
    return replace(asked, sheet=sheet)


def _place(text: str) -> str:
    try:
        typed_place(text)
    except ValueError as error:
        return str(error)
    return ""
