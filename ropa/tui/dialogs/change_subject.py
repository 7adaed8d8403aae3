"""What the forms about a change share: the change itself, and the questions that come again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ropa.services.browsing.detail_parts import Detail, Line
from ropa.services.changes.statuses import ChangeStatus
from ropa.services.steps.step import Done
from ropa.services.workspace import View, Workspace
from ropa.tui.dialogs.form import FormScreen
from ropa.tui.dialogs.questions import Answers, Question

Result = Done | Detail
"""What a step did; or, of what is written to files, what there is to read about it."""

TODAY = "today"


@dataclass(frozen=True)
class Subject:
    """The change that a form is about, and the customer under the cursor (empty: none)."""

    workspace: Workspace
    view: View
    status: ChangeStatus
    customer: str = ""

    @property
    def organisation(self) -> str:
        """The key of the organisation."""
        return self.view.register.organisation.key

    @property
    def change(self) -> str:
        """The key of the change."""
        return self.status.change.key

    @property
    def where(self) -> tuple[Workspace, str, str]:
        """What every verb asks for first."""
        return self.workspace, self.organisation, self.change

    @property
    def name(self) -> str:
        """What the change is called."""
        return self.status.change.name


def form(
    subject: Subject,
    title: str,
    questions: Sequence[Question],
    save: Callable[[Answers], Result],
    note: Callable[[Answers], Sequence[Line]] | None = None,
) -> FormScreen[Result]:
    """A form that names the change above its questions, unless `note` says more."""
    about = note or (lambda _answers: (Line(subject.name),))
    return FormScreen(title, questions, save, today=subject.view.on, note=about)


def day(name: str, label: str, value: str = TODAY) -> Question:
    """A date that is required, today at first."""
    return Question(name, label, "date", value, required=True)


def named(answers: Answers, name: str) -> dt.date:
    """The date of a question that is required: the form does not save before there is one."""
    found = answers.day(name)
    if found is None:
        raise ValueError(f"the form was saved without {name}")
    return found
