"""The form that loads register files into the open database."""

from __future__ import annotations

from ropa.records.errors import NotFoundError
from ropa.services.input_file import typed_path
from ropa.services.loading import load_files, user
from ropa.services.wording import counted
from ropa.services.workspace import Workspace
from ropa.tui.dialogs.form import FormScreen
from ropa.tui.dialogs.questions import Answers, Question


def load_form(workspace: Workspace) -> FormScreen[str]:
    """Asks for a file, or for several by a pattern; gives what to say once they are loaded."""
    asked = Question("file", "File", required=True, hint="a register file (YAML), or several: data/*.yaml")

    def load(answers: Answers) -> str:
        pattern = answers.text("file")
        path = typed_path(pattern)
        paths = [path] if path.exists() else sorted(path.parent.glob(path.name))
        if not paths:
            raise NotFoundError(f"there is no file {pattern}")
        load_files(paths, workspace.path, on=workspace.on, who=user())
        return f"Loaded {counted(len(paths), 'file')}."

    return FormScreen("Load register files", (asked,), load, today=workspace.on)
