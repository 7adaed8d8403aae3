"""`ropa changes detect`: what changed between two states of a list of subprocessors."""

from __future__ import annotations

from datetime import date

import click

from ropa.cli.changes import name_of_user, who_option
from ropa.cli.groups import changes
from ropa.cli.options import Context, format_option, on_option, pass_context
from ropa.cli.text import say, say_json


@changes.command("detect")
@click.argument("old")
@click.argument("new")
@click.option(
    "--organisation",
    "--org",
    "organisation",
    metavar="ORG",
    help="Whose register knows the parties and gets the changes; left out: the one that OLD or NEW is.",
)
@click.option(
    "--beneath",
    metavar="PARTY",
    help="The vendor whose list it is, where those on it work for that vendor and not for us.",
)
@click.option("--propose", is_flag=True, help="Record each difference as a proposed change, all or none.")
@format_option
@on_option
@who_option
@pass_context
def detect_changes(
    context: Context,
    old: str,
    new: str,
    organisation: str | None,
    beneath: str | None,
    propose: bool,
    form: str,
    on: date | None,
    who: str | None,
) -> None:
    """Compare two states of a list of subprocessors: who joined, left, moved, or has another name, work or data.

    OLD and NEW are each one of: a register file (.yaml), a published list (.csv, .tsv, .txt, .md), an ORGANISATION
    of the database, or ORGANISATION@DATE as in infotek@2026-01-01.

    ORGANISATION@DATE is the list on that day by the dates that the register has today (since, until), so that what was
    entered late or put right counts. It is not the register as it was kept then: that is ORGANISATION@before-N, with
    the number of an entry of the history, as `ropa load` gives it.

    Names are the same by the party's key, its legal entity, or a name that it is also known by; names that are only
    alike stay two, and that is said. --propose records what is clear, once: what a change already says is left alone.
    """
    from ropa.services.detection.detecting import compare
    from ropa.services.detection.report import detection_text, detection_values
    from ropa.services.workspace import today

    day = on or context.on or today()
    found = compare(
        old,
        new,
        day,
        lambda: context.workspace(day),
        organisation=organisation,
        beneath=beneath,
        propose=propose,
        who=name_of_user(who),
    )
    if form == "json":
        say_json(detection_values(found))
    else:
        say(detection_text(found))
