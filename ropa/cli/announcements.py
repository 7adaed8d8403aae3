"""`ropa announcement`: what vendors announce to the organisation, what it decides, and passing it on to customers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ropa.cli.changes import CHANGE_KINDS, dry_run_option, name_of_user, plan_fields, plan_options, who_option
from ropa.cli.options import DAY, Context, format_option, on_option, pass_context
from ropa.cli.text import say, say_json

if TYPE_CHECKING:
    from ropa.services.steps.announcements import Noted

_organisation = click.argument("organisation")
_correct = click.option("--correct", is_flag=True, help="Put right what is recorded; the history keeps what it was.")


@click.group()
def announcement() -> None:
    """What vendors announce about those behind them: the time to object, the decision, passing it on."""


@announcement.command("record")
@_organisation
@click.option("--name", required=True, metavar="TEXT", help="What it announces, in a few words.")
@click.option("--vendor", required=True, metavar="PARTY", help="The vendor that tells the organisation.")
@click.option("--kind", type=click.Choice(CHANGE_KINDS), default="add", show_default=True, help="What sort of change.")
@click.option("--about", metavar="PARTY", help="The party that joins, changes or leaves behind the vendor.")
@click.option("--received", type=DAY, help="When it arrived.")
@click.option("--via", "channel", metavar="TEXT", help="How it came.")
@click.option("--evidence", metavar="TEXT", help="What shows it: a message id, a file, an address.")
@click.option("--effective", type=DAY, help="When the vendor means it to take effect.")
@click.option("--object-by", type=DAY, help="The last day to object, where it states one.")
@click.option("--window", metavar="PERIOD", help="How long it gives to object, counted from receipt: 14 days.")
@click.option("--key", metavar="KEY", help="Its short name; made from the name if left out.")
@_correct
@who_option
@pass_context
def record(context: Context, /, organisation: str, correct: bool, who: str | None, **fields: Any) -> None:
    """Record what a vendor announced to an ORGANISATION, and say until when it may object."""
    from ropa.services.steps.announcements import record_announcement

    workspace = context.workspace()
    given = plan_fields(fields)
    _say(record_announcement(workspace, organisation, given, who=name_of_user(who), correct=correct))


@announcement.command("list")
@click.argument("organisation", required=False)
@format_option
@on_option
@pass_context
def list_announcements(context: Context, organisation: str | None, form: str, on: date | None) -> None:
    """List what vendors announced to one ORGANISATION or to all: what is undecided first, by the days left."""
    from ropa.services.boards.announcement_words import announcements_text, announcements_values

    views = context.workspace(on).views(organisation)
    if form == "json":
        say_json(announcements_values(views))
    else:
        say(announcements_text(views))


@announcement.command("decide")
@click.argument("name", metavar="ANNOUNCEMENT")
@click.argument("decision", type=click.Choice(["accepted", "objected", "not-concerned"]))
@click.option("--on", type=DAY, required=True, help="When it was decided.")
@click.option("--grounds", metavar="TEXT", help="Why; an objection needs it.")
@_correct
@who_option
@pass_context
def decide_announcement(
    context: Context, name: str, decision: str, on: date, grounds: str | None, correct: bool, who: str | None
) -> None:
    """Record what was decided about an ANNOUNCEMENT.

    not-concerned: what changes does not touch the data that the vendor has from the organisation.
    """
    from ropa.services.steps.announcements import decide, find_announcement

    workspace = context.workspace()
    found = find_announcement(workspace, name)
    _say(decide(workspace, *found, decision, on=on, grounds=grounds, who=name_of_user(who), correct=correct))


@announcement.command("pass-on")
@click.argument("announced", metavar="ANNOUNCEMENT")
@click.option("--name", metavar="TEXT", help="What changes, in a few words; as announced if left out.")
@click.option("--party", metavar="KEY", help="The party that joins, changes or leaves; as announced if left out.")
@plan_options
@dry_run_option
@who_option
@pass_context
def pass_on_announcement(context: Context, /, announced: str, dry_run: bool, who: str | None, **fields: Any) -> None:
    """Propose to the customers the change that an ANNOUNCEMENT is about (Art. 28(4)). Nobody is told by this."""
    from ropa.services.boards.words import proposal_text
    from ropa.services.steps.announcements import find_announcement, pass_on

    workspace = context.workspace()
    found = find_announcement(workspace, announced)
    done = pass_on(workspace, *found, plan_fields(fields), who=name_of_user(who), dry_run=dry_run)
    say(proposal_text(done, workspace.on))


def _say(noted: Noted) -> None:
    from ropa.services.boards.announcement_words import noted_lines

    say("\n".join(noted_lines(noted)))
