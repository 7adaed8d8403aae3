"""The forms for what happens between the organisation and its customers about a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ropa.services.boards.deeds import Choice, Deed
from ropa.services.boards.detail import drafts_detail
from ropa.services.browsing.detail_parts import Detail
from ropa.services.input_file import typed_path
from ropa.services.loading import user
from ropa.services.steps import answers as answer_verbs
from ropa.services.steps import notices as notice_verbs
from ropa.services.steps.step import Done
from ropa.tui.dialogs.change_subject import Result, Subject, day, form, named
from ropa.tui.dialogs.form import FormScreen
from ropa.tui.dialogs.questions import Answers, Question

_ALL = "*"  # no key of a record


def _customer(subject: Subject, choice: Choice, *, everybody: str = "") -> Question:
    known = dict(choice.customers)
    options = (*([(_ALL, everybody)] if everybody else []), *choice.customers)
    first = subject.customer if subject.customer in known else options[0][0] if everybody or len(known) == 1 else ""
    return Question("customer", "Customer", "choice", first, required=True, choices=options)


def _everybody(choice: Choice, words: str) -> str:
    return words.format(len(choice.customers)) if len(choice.customers) > 1 else ""


def _draft(subject: Subject, choice: Choice) -> FormScreen[Result]:
    questions = (
        _customer(subject, choice, everybody=_everybody(choice, "all {} who must be told")),
        Question("folder", "Folder", value=f"notices-{subject.change}", required=True, hint="made where there is none"),
    )

    def save(answers: Answers) -> Detail:
        from ropa.services.drafts.folder import write_drafts
        from ropa.services.drafts.folder_of_drafts import drafts

        chosen, folder = answers.text("customer"), typed_path(answers.text("folder"))
        customers = () if chosen == _ALL else (chosen,)
        view = subject.view
        made = drafts(view.register, subject.change, view.on, customers, history=view.history)
        return drafts_detail(made, write_drafts(made, folder), folder)

    return form(subject, "Write drafts", questions, save)


def _sent(subject: Subject, choice: Choice) -> FormScreen[Result]:
    questions = (
        _customer(subject, choice, everybody=_everybody(choice, "all {} who have not been told")),
        day("on", "Sent on"),
        Question("via", "How", hint="e-mail, letter, the page; empty: not recorded"),
        Question("evidence", "Evidence", hint="a message id, a file, or the folder of drafts that you sent"),
    )

    def save(answers: Answers) -> Done:
        chosen = answers.text("customer")
        return notice_verbs.record_sent(
            *subject.where,
            None if chosen == _ALL else [chosen],
            on=named(answers, "on"),
            via=answers.text("via") or None,
            evidence=_evidence(answers.text("evidence")),
            who=user(),
        )

    return form(subject, "Record as sent", questions, save)


def _evidence(text: str) -> Path | str | None:
    """A file or folder where there is one of that name, else words."""
    path = typed_path(text)
    return path if text and path.exists() else text or None


def _received(subject: Subject, choice: Choice) -> FormScreen[Result]:
    def save(answers: Answers) -> Done:
        on = named(answers, "on")
        return notice_verbs.record_received(*subject.where, answers.text("customer"), on=on, who=user())

    return form(subject, "Record as received", (_customer(subject, choice), day("on", "Received on")), save)


def _consent(subject: Subject, choice: Choice) -> FormScreen[Result]:
    def save(answers: Answers) -> Done:
        on = named(answers, "on")
        return answer_verbs.record_consent(*subject.where, answers.text("customer"), on=on, who=user())

    return form(subject, "Record consent", (_customer(subject, choice), day("on", "Agreed on")), save)


def _objection(subject: Subject, choice: Choice) -> FormScreen[Result]:
    questions = (
        _customer(subject, choice),
        day("on", "Objected on"),
        Question("grounds", "Grounds", hint="why, in the customer's words; empty: not recorded"),
    )

    def save(answers: Answers) -> Done:
        return answer_verbs.record_objection(
            *subject.where,
            answers.text("customer"),
            on=named(answers, "on"),
            grounds=answers.text("grounds") or None,
            who=user(),
        )

    return form(subject, "Record an objection", questions, save)


def _settle(subject: Subject, choice: Choice) -> FormScreen[Result]:
    questions = (
        _customer(subject, choice),
        day("on", "Settled on"),
        Question("resolution", "How", required=True, hint="how it was settled"),
        Question("remedy", "Remedy", hint="what the customer was given, if anything: left out, contract ended"),
    )

    def save(answers: Answers) -> Done:
        return answer_verbs.record_resolution(
            *subject.where,
            answers.text("customer"),
            on=named(answers, "on"),
            resolution=answers.text("resolution"),
            remedy=answers.text("remedy") or None,
            who=user(),
        )

    return form(subject, "Settle an objection", questions, save)


NOTICE_FORMS: Mapping[Deed, Callable[[Subject, Choice], FormScreen[Result]]] = {
    "draft": _draft,
    "sent": _sent,
    "received": _received,
    "consent": _consent,
    "objection": _objection,
    "settle": _settle,
}
