"""`ropa what-if` and `ropa calendar`: what would follow, and what will follow by itself."""

from __future__ import annotations

from datetime import date

import click

from ropa.cli.options import DAY, Context, format_option, on_option, pass_context
from ropa.cli.text import say, say_json


@click.command("what-if")
@click.argument("organisation", required=False)
@click.option(
    "--invalidate", multiple=True, metavar="ID", help="A decision or instrument that falls: eu-us-dpf. Repeatable."
)
@click.option("--from", "since", type=DAY, help="Since when it holds no longer; the date judged on if left out.")
@click.option("--remove-party", "remove", multiple=True, metavar="KEY", help="A party that is gone. Repeatable.")
@click.option(
    "--move", multiple=True, metavar="PARTY=COUNTRY", help="A party established elsewhere: hubspot=India. Repeatable."
)
@format_option
@on_option
@pass_context
def what_if_command(
    context: Context,
    organisation: str | None,
    invalidate: tuple[str, ...],
    since: date | None,
    remove: tuple[str, ...],
    move: tuple[str, ...],
    form: str,
    on: date | None,
) -> None:
    """Show what would newly fail in the register of an ORGANISATION, or of all, if the law or a party changed.

    Says which fallback is on file, by activity, customer and data category. A party that moves keeps where its data
    lies as recorded. Nothing is written. The JSON is described in docs/chains-json.md.
    """
    from ropa.services.questions.suppositions import Supposition
    from ropa.services.questions.what_if import what_if
    from ropa.services.questions.what_if_json import as_json
    from ropa.services.questions.what_if_report import as_text

    supposition = Supposition.read(invalidate, since, remove, move)
    answers = what_if(context.workspace(on).views(organisation), supposition)
    if form == "json":
        say_json(as_json(answers, supposition))
    else:
        say("\n".join(map(as_text, answers)).rstrip("\n"))


@click.command()
@click.argument("organisation", required=False)
@click.option("--until", type=DAY, help="The last day to look at; everything that is known if left out.")
@format_option
@on_option
@pass_context
def calendar(context: Context, organisation: str | None, until: date | None, form: str, on: date | None) -> None:
    """List every date ahead on which something changes by itself, for one ORGANISATION or for all.

    Verdicts that change (a decision, an agreement or a list entry that ends), documents to review, accepted risks to
    look at again, notices that are due. The JSON is described in docs/chains-json.md.
    """
    from ropa.services.questions.calendar import as_json, as_text

    views = context.workspace(on).views(organisation)
    if form == "json":
        say_json(as_json(views, until))
    else:
        say("\n".join(as_text(view, until) for view in views).rstrip("\n"))
