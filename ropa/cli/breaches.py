"""`ropa breach`: the log of personal data breaches, the 72 hours, whom a breach reaches and who was told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ropa.cli.changes import name_of_user, plan_fields, who_option
from ropa.cli.options import DAY, Context, format_option, on_option, pass_context
from ropa.cli.text import say, say_json

if TYPE_CHECKING:
    from ropa.services.breaches.verbs import Kept

_MOMENT = "MOMENT"
_breach = click.argument("name", metavar="BREACH")


def _many(option: str, name: str, what: str) -> Callable[[Any], Any]:
    return click.option(option, name, multiple=True, metavar="KEY", help=f"{what}. Repeatable.")


_FACTS = (
    click.option("--facts", metavar="TEXT", help="What happened: how it came about and was found."),
    click.option(
        "--discovered", metavar=_MOMENT, help="When it became known: '2026-11-20 14:30 Europe/London'. 72 hours begin."
    ),
    click.option("--occurred", type=DAY, help="The day on which it happened or began."),
    click.option("--ended", type=DAY, help="The day on which it was over."),
    click.option(
        "--nature",
        multiple=True,
        type=click.Choice(["confidentiality", "integrity", "availability"]),
        help="What was lost. Repeatable.",
    ),
    click.option(
        "--as", "roles", multiple=True, type=click.Choice(["controller", "processor"]),
        help="The role in which it concerns us; follows from the activities if left out.",
    ),
    click.option("--at", "party", metavar="PARTY", help="The vendor or customer where it happened."),
    click.option("--system", metavar="KEY", help="The system in which it happened."),
    _many("--activity", "activities", "An activity that it reaches"),
    _many("--customer", "customers", "A customer that it reaches; all of those activities if left out"),
    _many("--data", "data_categories", "A category of data concerned"),
    _many("--subjects", "subject_categories", "A category of people concerned"),
    click.option("--people", metavar="NUMBER", help="About how many people, in figures or words."),
    click.option("--records", metavar="NUMBER", help="About how many records, in figures or words."),
    click.option("--consequences", metavar="TEXT", help="What it did or is likely to do to people."),
    click.option("--measures", metavar="TEXT", help="What was and will be done against it."),
    click.option("--risk", type=click.Choice(["unlikely", "risk", "high"]), help="The risk to people."),
    click.option("--risk-reasons", metavar="TEXT", help="Why this risk."),
    click.option("--authority-untold", metavar="TEXT", help="Why the authority is not told."),
    click.option("--late-because", metavar="TEXT", help="Why the authority was told after 72 hours."),
    click.option("--people-untold", metavar="TEXT", help="Why the people are not told (Art. 34(3))."),
    click.option("--lessons", metavar="TEXT", help="What is done so that it does not happen again."),
    click.option("--closed", type=DAY, help="When the matter was closed."),
    click.option("--location", metavar="TEXT", help="Where its papers are."),
)  # fmt: skip


def _facts_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_FACTS):
        command = option(command)
    return command


@click.group(short_help="Keep the log of personal data breaches: the 72 hours, who was told.")
def breach() -> None:
    """The log of personal data breaches (Art. 33(5)): what happened, the 72 hours, who was told."""


@breach.command("record")
@click.argument("organisation")
@click.option("--name", required=True, metavar="TEXT", help="What happened, in a few words.")
@click.option("--key", metavar="KEY", help="Its short name; made from the name if left out.")
@_facts_options
@who_option
@pass_context
def record(context: Context, /, organisation: str, who: str | None, **fields: Any) -> None:
    """Record a breach of an ORGANISATION, and say until when the authority must be told.

    What is not known yet can follow with `ropa breach update`.
    """
    from ropa.services.breaches.verbs import record_breach

    workspace = context.workspace()
    _say(record_breach(workspace, organisation, plan_fields(fields), who=name_of_user(who)), workspace.on)


@breach.command("update")
@_breach
@_facts_options
@who_option
@pass_context
def update(context: Context, /, name: str, who: str | None, **fields: Any) -> None:
    """Record what became known of a BREACH; what is not given stays, a list that is given takes the old one's place."""
    from ropa.services.breaches.verbs import find_breach, update_breach

    workspace = context.workspace()
    found = find_breach(workspace, name)
    _say(update_breach(workspace, *found, plan_fields(fields), who=name_of_user(who)), workspace.on)


@breach.command("list")
@click.argument("organisation", required=False)
@format_option
@on_option
@pass_context
def list_breaches(context: Context, organisation: str | None, form: str, on: date | None) -> None:
    """List the breaches of one ORGANISATION or of all, the latest first, with the hours that are left."""
    from ropa.services.breaches.words import breaches_text, breaches_values

    views = context.workspace(on).views(organisation)
    if form == "json":
        say_json(breaches_values(views))
    else:
        say(breaches_text(views))


@breach.command("show")
@_breach
@on_option
@pass_context
def show(context: Context, name: str, on: date | None) -> None:
    """Show all that is recorded of a BREACH, who was told, and what is still to do."""
    from ropa.services.breaches.verbs import find_breach
    from ropa.services.breaches.words import breach_text

    workspace = context.workspace(on)
    organisation, key = find_breach(workspace, name)
    say(breach_text(workspace.view(organisation), key))


@breach.command("told")
@_breach
@click.argument("recipient", type=click.Choice(["authority", "people", "customer", "other"]))
@click.option("--party", metavar="KEY", help="The customer or authority, where it is recorded as a party.")
@click.option("--called", "name_", metavar="TEXT", help="Who it was, where that is no party: Information Commissioner.")
@click.option("--at", "told_at", required=True, metavar=_MOMENT, help="When: '2026-11-21 09:00 Europe/London'.")
@click.option("--via", "channel", metavar="TEXT", help="How: a form, e-mail, telephone.")
@click.option("--reference", metavar="TEXT", help="The number that they gave it.")
@click.option("--evidence", metavar="TEXT", help="What shows it: a message id, a file.")
@who_option
@pass_context
def told(context: Context, /, name: str, name_: str | None, told_at: str, who: str | None, **fields: Any) -> None:
    """Record that somebody was told of a BREACH: the authority, the people, a customer. Nothing is sent by this."""
    from ropa.services.breaches.verbs import find_breach, tell

    workspace = context.workspace()
    found = find_breach(workspace, name)
    given = plan_fields({**fields, "name": name_, "told": told_at})
    _say(tell(workspace, *found, given, who=name_of_user(who)), workspace.on)


@breach.command("impact")
@_breach
@click.option("--write", is_flag=True, help="Write what is proposed into the breach; nothing recorded goes.")
@who_option
@pass_context
def impact(context: Context, name: str, write: bool, who: str | None) -> None:
    """Propose what a BREACH reaches by the graph: activities, data, people, and the customers to be told."""
    from ropa.services.breaches.verbs import fill_in, find_breach, reached_by
    from ropa.services.breaches.words import reached_text

    workspace = context.workspace()
    organisation, key = find_breach(workspace, name)
    view = workspace.view(organisation)
    if write:
        found, kept = fill_in(workspace, organisation, key, who=name_of_user(who))
        say(reached_text(view, found))
        _say(kept, workspace.on)
        return
    found = reached_by(view, key)
    say(reached_text(view, found))
    if found.adds:
        say(f"Nothing is written. `ropa breach impact {name} --write` writes it.")


def _say(kept: Kept, on: date) -> None:
    from ropa.services.breaches.words import kept_lines

    say("\n".join(kept_lines(kept, on)))
