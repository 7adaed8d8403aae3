"""The form that puts a new change forward."""

from __future__ import annotations

from collections.abc import Callable

from ropa.services.boards.board import SIGNS
from ropa.services.editing.readers import typed_places
from ropa.services.loading import user
from ropa.services.steps import changes as change_verbs
from ropa.services.steps.step import Done
from ropa.services.workspace import View, Workspace
from ropa.tui.dialogs.change_subject import Result
from ropa.tui.dialogs.form import FormScreen
from ropa.tui.dialogs.questions import Answers, Question


def proposal(workspace: Workspace, view: View) -> FormScreen[Result]:
    """Asks for what a change of its kind makes no sense without, and for what customers will want to know."""
    register = view.register
    parties = tuple((key, each.name) for key, each in register.parties.items())
    ours = tuple((key, each.name) for key, each in register.activities.items() if each.role == "processor")
    data = tuple((key, each.name) for key, each in register.data_categories.items())
    kinds = tuple((kind, f"{sign} {words}") for kind, (sign, words) in SIGNS.items())
    questions = (
        Question("name", "What changes", required=True, hint="in a few words, as customers will read it"),
        Question("kind", "Kind", "choice", "add", required=True, choices=kinds),
        Question("party", "Who", "choice", required=True, choices=parties, make="party"),
        Question(
            "replaces",
            "Instead of",
            "choice",
            choices=parties,
            make="party",
            asked=_of("replace", "new-legal-entity", "emergency"),
        ),
        Question("new_name", "New name", required=True, asked=_of("rename")),
        Question("activities", "For", "choice", choices=ours, hint="empty: wherever it works today"),
        Question("data_categories", "Which data", "choice", required=True, choices=data, asked=_of("new-data")),
        Question("countries", "Where", hint="countries; empty: where the party is established", check=_places),
        Question("service", "Service", hint="what it does for you"),
        Question("effective", "Planned for", "date", hint="empty: no date yet"),
        Question("reason", "Reason"),
    )

    def save(answers: Answers) -> Done:
        fields: dict[str, object] = {each: answers.text(each) or None for each in _TEXTS}
        fields |= {each: tuple(filter(None, (answers.text(each),))) for each in ("activities", "data_categories")}
        fields["countries"] = typed_places(filter(None, (answers.text("countries"),)))
        fields["effective"] = answers.day("effective")
        return change_verbs.propose(workspace, register.organisation.key, fields, who=user())

    return FormScreen("Propose a change", questions, save, today=view.on)


_TEXTS = ("name", "kind", "party", "replaces", "new_name", "service", "reason")


def _of(*kinds: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.text("kind") in kinds


def _places(text: str) -> str:
    try:
        typed_places((text,))
    except ValueError as error:
        return str(error)
    return ""
