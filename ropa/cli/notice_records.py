"""`ropa notice sent` and its kin: recording what happens between the organisation and its customers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ropa.cli.changes import name_of_user, say_done, who_option
from ropa.cli.groups import notice
from ropa.cli.options import DAY, Context, pass_context

_customer = click.option("--customer", required=True, metavar="KEY", help="The customer.")
_correct = click.option("--correct", is_flag=True, help="Put right what is recorded; the history keeps what it was.")


@notice.command("sent")
@click.argument("change")
@click.option("--customer", "customers", multiple=True, metavar="KEY", help="Who was told. Repeatable.")
@click.option("--all", "everyone", is_flag=True, help="Everybody who must be told and has not been.")
@click.option("--on", type=DAY, required=True, help="When it went out.")
@click.option("--via", metavar="TEXT", help="How: email, letter, portal.")
@click.option(
    "--evidence",
    metavar="FILE",
    help="What was sent: a file, or the folder of drafts; its SHA-256 is kept. Other words are kept as they are.",
)
@_correct
@who_option
@pass_context
def sent(
    context: Context,
    change: str,
    customers: tuple[str, ...],
    everyone: bool,
    on: date,
    via: str | None,
    evidence: str | None,
    correct: bool,
    who: str | None,
) -> None:
    """Record that the notice of a CHANGE went out. Nothing is sent by this; the same again changes nothing."""
    from ropa.services.steps.changes import find_change
    from ropa.services.steps.notices import record_sent

    if everyone == bool(customers):
        raise click.UsageError("say who was told: --customer KEY, or --all for everybody who has not been told yet")
    workspace = context.workspace()
    say_done(
        record_sent(
            workspace,
            *find_change(workspace, change),
            None if everyone else customers,
            on=on,
            via=via,
            evidence=_evidence(evidence),
            who=name_of_user(who),
            correct=correct,
        )
    )


@notice.command("received")
@click.argument("change")
@_customer
@click.option("--on", type=DAY, required=True, help="When it arrived.")
@_correct
@who_option
@pass_context
def received(context: Context, change: str, customer: str, on: date, correct: bool, who: str | None) -> None:
    """Record that a customer received the notice of a CHANGE, where its contract counts from that."""
    from ropa.services.steps.changes import find_change
    from ropa.services.steps.notices import record_received

    workspace = context.workspace()
    found = find_change(workspace, change)
    say_done(record_received(workspace, *found, customer, on=on, who=name_of_user(who), correct=correct))


@notice.command("consent")
@click.argument("change")
@_customer
@click.option("--on", type=DAY, required=True, help="When it agreed.")
@_correct
@who_option
@pass_context
def consent(context: Context, change: str, customer: str, on: date, correct: bool, who: str | None) -> None:
    """Record that a customer agreed to a CHANGE; where consent is needed, silence is refusal."""
    from ropa.services.steps.answers import record_consent
    from ropa.services.steps.changes import find_change

    workspace = context.workspace()
    found = find_change(workspace, change)
    say_done(record_consent(workspace, *found, customer, on=on, who=name_of_user(who), correct=correct))


@notice.command("objection")
@click.argument("change")
@_customer
@click.option("--on", type=DAY, required=True, help="When it objected.")
@click.option("--grounds", metavar="TEXT", help="Why it objects.")
@_correct
@who_option
@pass_context
def objection(
    context: Context, change: str, customer: str, on: date, grounds: str | None, correct: bool, who: str | None
) -> None:
    """Record that a customer objects to a CHANGE; it holds the change back until it is resolved."""
    from ropa.services.steps.answers import record_objection
    from ropa.services.steps.changes import find_change

    workspace = context.workspace()
    found = find_change(workspace, change)
    say_done(
        record_objection(workspace, *found, customer, on=on, grounds=grounds, who=name_of_user(who), correct=correct)
    )


@notice.command("resolved")
@click.argument("change")
@_customer
@click.option("--on", type=DAY, required=True, help="When it was settled.")
@click.option("--resolution", required=True, metavar="TEXT", help="How it was settled.")
@click.option("--remedy", metavar="TEXT", help="What the customer was given.")
@_correct
@who_option
@pass_context
def resolved(
    context: Context,
    change: str,
    customer: str,
    on: date,
    resolution: str,
    remedy: str | None,
    correct: bool,
    who: str | None,
) -> None:
    """Record how a customer's objection to a CHANGE was settled."""
    from ropa.services.steps.answers import record_resolution
    from ropa.services.steps.changes import find_change

    workspace = context.workspace()
    found = find_change(workspace, change)
    say_done(
        record_resolution(
            workspace,
            *found,
            customer,
            on=on,
            resolution=resolution,
            remedy=remedy,
            who=name_of_user(who),
            correct=correct,
        )
    )


def _evidence(given: str | None) -> Path | str | None:
    """A file, or words: a message id, an address. One word that is neither is the name of a file, so a slip is told."""
    if given is None:
        return None
    words = any(sign.isspace() for sign in given) or "@" in given or "://" in given
    path = Path(given)
    return given if words and not path.exists() else path
