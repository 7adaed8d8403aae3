"""`ropa chain` and `ropa impact`: who stands behind a party, and whom an incident reaches."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ropa.cli.options import Context, format_option, on_option, pass_context
from ropa.cli.text import say, say_json

org_option = click.option(
    "--organisation", "--org", "organisation", metavar="ORG", help="One organisation; all that have it if left out."
)


@click.command()
@click.argument("party")
@org_option
@click.option(
    "--depth", type=click.IntRange(1, 10_000), default=60, show_default=True, help="How many hops below to show."
)
@format_option
@on_option
@pass_context
def chain(context: Context, party: str, organisation: str | None, depth: int, form: str, on: date | None) -> None:
    """Show everybody below a PARTY: who they are, how data reaches them, and what covers each hop.

    A hop is there where an agreement between two parties or a flow says so. One whose exporter a regime binds is
    judged like any transfer, any other by its onward terms. The JSON is described in docs/chains-json.md.
    """
    from ropa.services.questions.chains import as_json, as_text, chains_below

    chains = chains_below(context.workspace(on).views(organisation), party, depth)
    if form == "json":
        say_json(as_json(chains))
    else:
        say("\n".join(as_text(each) for each in chains).rstrip("\n"))


@click.command()
@click.argument("key")
@org_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw it into this file instead: .svg, .png, .pdf or .dot.",
)
@format_option
@on_option
@pass_context
def impact(
    context: Context, key: str, organisation: str | None, output: Path | None, form: str, on: date | None
) -> None:
    """Show whom and what a breach, an outage or an exit at KEY reaches, and who must be told.

    KEY is party/K, system/K or data_category/K, or K alone where only one of these is called that. The JSON is
    described in docs/chains-json.md.
    """
    from ropa.services.questions.impact import impacts
    from ropa.services.questions.impact_report import as_json, as_text

    found = impacts(context.workspace(on).views(organisation), key)
    if output is not None:
        from ropa.services.questions.impact_diagram import write_impact

        write_impact(found, output)
        say(f"wrote {output}")
    elif form == "json":
        say_json(as_json(found))
    else:
        say("\n".join(map(as_text, found)).rstrip("\n"))
