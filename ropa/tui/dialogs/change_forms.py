"""The forms for the steps in the life of a change. What they mean, and what is refused, the verbs say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache

from ropa.rules.change_life import Obstacle
from ropa.rules.dates import long_date
from ropa.services.boards.deeds import Choice, Deed, in_the_way
from ropa.services.browsing.detail_parts import Line
from ropa.services.loading import user
from ropa.services.steps import changes as change_verbs
from ropa.services.steps.step import Done
from ropa.tui.dialogs.change_subject import TODAY, Result, Subject, day, form, named
from ropa.tui.dialogs.form import FormScreen
from ropa.tui.dialogs.notice_forms import NOTICE_FORMS
from ropa.tui.dialogs.questions import Answers, Question


def form_for(subject: Subject, choice: Choice) -> FormScreen[Result]:
    """The form for a deed that may be done."""
    return _FORMS[choice.deed](subject, choice)


def _who(label: str) -> Question:
    return Question("who", label, value=user(), required=True, hint="whose decision it is; it stands in the history")


def _approve(subject: Subject, _choice: Choice) -> FormScreen[Result]:
    def save(answers: Answers) -> Done:
        return change_verbs.approve(*subject.where, who=answers.text("who"), on=named(answers, "on"))

    return form(subject, "Approve", (_who("Who approves"), day("on", "On")), save)


def _effective(subject: Subject, _choice: Choice) -> FormScreen[Result]:
    """Says for the day that stands in the form what is in the way, and asks for who and why only where it can."""
    register, status, today = subject.view.register, subject.status, subject.view.on

    @cache
    def against(day: dt.date) -> tuple[Obstacle, ...]:
        return in_the_way(register, status, day)

    def found(answers: Answers) -> tuple[Obstacle, ...]:
        day = answers.day("on")
        return against(day) if day is not None else ()

    def overridable(answers: Answers) -> bool:
        obstacles = found(answers)
        return bool(obstacles) and not any(each.final for each in obstacles)

    def note(answers: Answers) -> tuple[Line, ...]:
        obstacles = found(answers)
        if answers.day("on") is None:
            return (Line(subject.name),)
        if not obstacles:
            return (Line(subject.name), Line("Nothing stands in the way.", "✓"))
        lines = [Line(each.reason.text, "✖" if each.final else "!") for each in obstacles]
        if any(each.final for each in obstacles):
            return (Line(f"{subject.name}. It cannot take effect on this day:"), *lines)
        last = "If it took effect all the same, say who decided that and why. It stands in every report from then on."
        return (Line(f"{subject.name}. In the way:"), *lines, Line(last))

    planned = status.change.effective
    questions = (
        day("on", "Took effect on", planned.isoformat() if planned and planned <= today else TODAY),
        Question("who", "Who decided", value=user(), required=True, asked=overridable),
        Question("why", "Why all the same", required=True, hint="why it could not wait", asked=overridable),
    )

    def save(answers: Answers) -> Done:
        who, why = answers.text("who") or user(), answers.text("why") or None
        return change_verbs.make_effective(*subject.where, on=named(answers, "on"), who=who, override=why)

    return form(subject, "Make effective", questions, save, note)


def _withdraw(subject: Subject, _choice: Choice) -> FormScreen[Result]:
    questions = (Question("because", "Why", required=True, hint="why it is given up"), day("on", "On"))

    def save(answers: Answers) -> Done:
        on = named(answers, "on")
        return change_verbs.withdraw(*subject.where, because=answers.text("because"), who=user(), on=on)

    return form(subject, "Withdraw", questions, save)


def _move(subject: Subject, _choice: Choice) -> FormScreen[Result]:
    planned = subject.status.change.effective

    def note(_answers: Answers) -> tuple[Line, ...]:
        earliest = subject.status.earliest
        known = Line(f"The earliest lawful date for all customers is {long_date(earliest)}.") if earliest else None
        none = Line("The earliest lawful date for all customers cannot be told yet.", "?")
        return (Line(subject.name), known or none)

    def save(answers: Answers) -> Done:
        return change_verbs.reschedule(*subject.where, named(answers, "effective"), who=user())

    question = day("effective", "Planned for", planned.isoformat() if planned else "")
    return form(subject, "Move to another date", (question,), save, note)


_FORMS: Mapping[Deed, Callable[[Subject, Choice], FormScreen[Result]]] = {
    "approve": _approve,
    **NOTICE_FORMS,
    "effective": _effective,
    "withdraw": _withdraw,
    "move": _move,
}
