"""The form that asks for the name of the file into which what is on the screen is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from ropa.services.browsing.browse import Item
from ropa.services.browsing.details import Line
from ropa.services.browsing.export import export_rows
from ropa.services.input_file import typed_path
from ropa.services.wording import counted
from ropa.services.workspace import View, Workspace
from ropa.tui.dialogs.form import FormScreen
from ropa.tui.dialogs.questions import Answers, Question


def export_form(title: str, suggested: Path, save: Callable[[Path], None], *, today: dt.date) -> FormScreen[Path]:
    """Asks for a file; `save` writes it in a thread. What is there already is named before it is replaced."""
    ending = suggested.suffix

    def check(text: str) -> str:
        return "" if text.endswith(ending) else f"the name must end in {ending}"

    def note(answers: Answers) -> list[Line]:
        typed = answers.text("file")
        there = bool(typed) and _there(typed_path(typed))
        return [Line("A file of this name is there already. It would be replaced.", "!")] if there else []

    def write(answers: Answers) -> Path:
        path = typed_path(answers.text("file"))
        save(path)
        return path

    asked = Question("file", "File", value=str(suggested), required=True, hint="a name, with its folder", check=check)
    return FormScreen(title, (asked,), write, today=today, note=note)


def rows_form(
    workspace: Workspace, view: View, kind: str, columns: Sequence[str], items: Sequence[Item]
) -> FormScreen[Path]:
    """Asks for a file, and writes the rows of a list there, beside the database unless another place is named."""
    suggested = workspace.path.with_name(f"{view.register.organisation.key}-{kind}.csv")
    title = f"Write {counted(len(items), 'row')}"
    return export_form(title, suggested, lambda path: export_rows(path, columns, items), today=view.on)


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no name that a file can have
        return False
