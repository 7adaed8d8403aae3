"""`ropa changes`: the life of a change of subprocessor, from the plan to the day on which it takes effect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ropa.cli.groups import changes
from ropa.cli.options import DAY, Context, format_option, on_option, pass_context
from ropa.cli.text import say, say_json

if TYPE_CHECKING:
    from ropa.services.steps.step import Done

CHANGE_KINDS = (
    "add", "replace", "remove", "new-location", "new-activity", "new-data", "new-legal-entity", "rename", "emergency",
)  # fmt: skip

who_option = click.option("--who", metavar="NAME", help="Who does it; whoever is at the keyboard if left out.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what it would mean and write nothing.")


def happened_option(what: str) -> Callable[[Any], Any]:
    """`--on` for a step: the day on which it was taken."""
    return click.option("--on", type=DAY, help=f"{what}; the date judged on if left out.")


_PLAN = (
    click.option("--key", metavar="KEY", help="Its short name; made from the name if left out."),
    click.option("--replaces", metavar="PARTY", help="The party that it takes the place of."),
    click.option("--new-name", metavar="TEXT", help="What the party will be called, where only its name changes."),
    click.option(
        "--activity", "activities", multiple=True, metavar="KEY", help="Where it will work. Repeatable; else "
        "wherever the party works already.",
    ),
    click.option("--service", metavar="TEXT", help="What it does there."),
    click.option("--data", "data_categories", multiple=True, metavar="KEY", help="Which data. Repeatable; else all."),
    click.option(
        "--country", "countries", multiple=True, help="Where the data will lie. Repeatable; else where the party is."
    ),
    click.option("--safeguard", metavar="TEXT", help="What will cover the transfer, where there is one."),
    click.option("--reason", metavar="TEXT", help="Why."),
    click.option("--effective", type=DAY, help="When it is planned to take effect."),
)  # fmt: skip


def plan_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that describe a change."""
    for option in reversed(_PLAN):
        command = option(command)
    return command


def plan_fields(values: dict[str, Any]) -> dict[str, Any]:
    """The fields that options gave; an option that was left out says nothing."""
    return {name: value for name, value in values.items() if value not in (None, ())}


@changes.command("list")
@click.argument("organisation", required=False)
@format_option
@on_option
@pass_context
def list_changes(context: Context, organisation: str | None, form: str, on: date | None) -> None:
    """List every change of one ORGANISATION or of all, by stage: what is late first, then by the days left."""
    from ropa.services.boards.detail_words import change_values
    from ropa.services.boards.words import by_pressure, list_text
    from ropa.services.changes.statuses import known_changes, status_of

    views = context.workspace(on).views(organisation)
    found = [
        (view, by_pressure(status_of(view.register, each, view.on) for each in known_changes(view.register, view.on)))
        for view in views
    ]
    if form == "json":
        say_json([change_values(view.register, each) for view, statuses in found for each in statuses])
    else:
        say(list_text(found))


@changes.command("show")
@click.argument("change")
@format_option
@on_option
@pass_context
def show_change(context: Context, change: str, form: str, on: date | None) -> None:
    """Show everything about a CHANGE: who is told and why, each clock, the transfers, what the next step waits for."""
    from ropa.services.boards.detail_words import change_values, show_text
    from ropa.services.changes.statuses import known_change, status_of
    from ropa.services.steps.changes import find_change

    workspace = context.workspace(on)
    organisation, key = find_change(workspace, change)
    register = workspace.view(organisation).register
    status = status_of(register, known_change(register, register.changes[key], workspace.on), workspace.on)
    if form == "json":
        say_json(change_values(register, status))
    else:
        say(show_text(register, status, workspace.on))


@changes.command("propose")
@click.argument("organisation")
@click.option("--name", required=True, metavar="TEXT", help="What changes, in a few words.")
@click.option("--kind", required=True, type=click.Choice(CHANGE_KINDS), help="What sort of change it is.")
@click.option("--party", required=True, metavar="KEY", help="The party that joins, changes or leaves.")
@click.option("--beneath", metavar="PARTY", help="The subprocessor that engages it; left out: the organisation does.")
@plan_options
@dry_run_option
@who_option
@pass_context
def propose_change(context: Context, /, organisation: str, dry_run: bool, who: str | None, **fields: Any) -> None:
    """Put a change of an ORGANISATION forward, and show whom it reaches and what the law makes of it.

    Nobody is told by this.
    """
    from ropa.services.boards.words import proposal_text
    from ropa.services.steps.changes import propose

    workspace = context.workspace()
    done = propose(workspace, organisation, plan_fields(fields), who=name_of_user(who), dry_run=dry_run)
    say(proposal_text(done, workspace.on))


@changes.command("approve")
@click.argument("change")
@happened_option("When it was approved")
@who_option
@pass_context
def approve_change(context: Context, change: str, on: date | None, who: str | None) -> None:
    """Decide to go ahead with a CHANGE; then its customers may be told."""
    from ropa.services.steps.changes import approve, find_change

    workspace = context.workspace()
    say_done(approve(workspace, *find_change(workspace, change), on=on, who=name_of_user(who)))


@changes.command("move")
@click.argument("change")
@click.argument("day", type=DAY)
@who_option
@pass_context
def move_change(context: Context, change: str, day: date, who: str | None) -> None:
    """Plan another DAY for a CHANGE, and say who must be told again."""
    from ropa.services.steps.changes import find_change, reschedule

    workspace = context.workspace()
    say_done(reschedule(workspace, *find_change(workspace, change), day, who=name_of_user(who)))


@changes.command("effective")
@click.argument("change")
@happened_option("When it took effect")
@click.option("--override", metavar="WHY", help="Why it could not wait, where something stands in the way.")
@who_option
@pass_context
def effective_change(context: Context, change: str, on: date | None, override: str | None, who: str | None) -> None:
    """Record that a CHANGE took effect, and carry it into the register.

    Refused while a customer has not been told, may still object, objects or has not consented. An override stands in
    every report from then on, with who decided it and what stood in the way.
    """
    from ropa.services.steps.changes import find_change, make_effective

    workspace = context.workspace()
    found = find_change(workspace, change)
    say_done(make_effective(workspace, *found, on=on, who=name_of_user(who), override=override))


@changes.command("withdraw")
@click.argument("change")
@click.option("--because", required=True, metavar="WHY", help="Why it is given up.")
@happened_option("When it was given up")
@who_option
@pass_context
def withdraw_change(context: Context, change: str, because: str, on: date | None, who: str | None) -> None:
    """Give a CHANGE up before it takes effect, and say who was told of it."""
    from ropa.services.steps.changes import find_change, withdraw

    workspace = context.workspace()
    say_done(withdraw(workspace, *find_change(workspace, change), because=because, on=on, who=name_of_user(who)))


def say_done(done: Done) -> None:
    """Print what a step did."""
    from ropa.services.boards.words import done_lines

    say("\n".join(done_lines(done)))


def name_of_user(given: str | None) -> str:
    """Who does it: as given, else whoever is at the keyboard."""
    from ropa.services.loading import user

    return user() if given is None else given
