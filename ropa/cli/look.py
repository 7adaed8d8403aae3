"""`ropa list`, `ropa check`, `ropa explain`: what is recorded, and what follows from it."""

from __future__ import annotations

import sys
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from ropa.cli.options import Context, on_option, pass_context
from ropa.cli.text import safe, say, say_document, say_json

if TYPE_CHECKING:
    from ropa.services.browsing.listing import Listing

FINDINGS = 1
PIPE_WIDTH = 220


@click.command("list")
@click.argument("kind")
@click.option("--organisation", "--org", "organisation", metavar="ORG", help="One organisation; all if left out.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@on_option
@pass_context
def list_records(context: Context, kind: str, organisation: str | None, form: str, on: date | None) -> None:
    """List every record of a KIND with its key: party, activity, transfer, agreement, engagement, flow ...

    Also derived ones: subprocessor, customer, crossing, finding. JSON holds every field by its own name.
    """
    from ropa.services.browsing.listing import listing, plain

    word = _singular(kind.lower().replace("-", "_"))
    views = {view.register.organisation.key: view for view in context.workspace(on).views(organisation)}
    if form == "json":
        say_json([{"organisation": key, **row} for key, view in views.items() for row in plain(view, word)])
        return
    tables = [(key, listing(view, word)) for key, view in views.items()]
    if form == "csv":
        text = _as_csv(tables)
        say_document(safe(text) if sys.stdout.isatty() else text)
    else:
        _say_tables(tables)


@click.command()
@click.argument("organisation", required=False)
@on_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--fail-on",
    "level",
    type=click.Choice(["high", "medium", "low"]),
    default="low",
    show_default=True,
    help="End with exit code 1 if there is a finding or gap of this weight or more.",
)
@pass_context
def check(context: Context, organisation: str | None, on: date | None, form: str, level: str) -> int:
    """Check the register of an ORGANISATION, or of all: what is wrong, since when and why, and what is missing.

    Exit codes: 0 nothing at or above the level, 1 something, 2 wrong input or usage.
    """
    from ropa.services.check_report import as_json, as_text, open_findings
    from ropa.services.findings.checking import at_or_above

    views = context.workspace(on).views(organisation)
    if form == "json":
        say_json(as_json(views))
    else:
        for view in views:
            say(as_text(view))
    found = [each for view in views for each in open_findings(view)]
    return FINDINGS if at_or_above(found, level) else 0  # type: ignore[arg-type]  # click.Choice keeps it to a Severity


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain a RULE: what it asks, where the law says so, and what mends it; without one, list them all."""
    from ropa.records.errors import NotFoundError
    from ropa.rules.catalogue import CATALOGUE

    if rule is None:
        for entry in CATALOGUE.values():
            say(f"{entry.id:36}{entry.severity:8}{entry.kind:9}{entry.title}")
        return
    if rule not in CATALOGUE:
        close = get_close_matches(rule, CATALOGUE, n=1)
        hint = f"did you mean {close[0]!r}? " if close else ""
        raise NotFoundError(f"there is no rule {rule!r}; {hint}`ropa explain` lists them")
    entry = CATALOGUE[rule]
    say(f"{entry.id}: {entry.title}  ({entry.severity} {entry.kind})")
    say(f"  Asks     {entry.asks}")
    say(f"  Source   {entry.source or 'ropa itself'}")
    say(f"  Mends    {entry.remedy}")


def _singular(word: str) -> str:
    """The kind that a word names: `parties`, `data_categories` and `party` all do."""
    from ropa.records.kinds import KINDS
    from ropa.services.browsing.listing import kinds

    known = kinds()
    plurals = {kind.section: kind.name for kind in KINDS.values()} | {f"{name}s": name for name in known}
    return word if word in known else plurals.get(word, word)


def _as_csv(tables: list[tuple[str, Listing]]) -> str:
    from ropa.reports.csv_text import csv_text, guarded

    head = [("organisation", "key", *table.columns) for _, table in tables[:1]]
    rows = ((key, row.key, *row.cells) for key, table in tables for row in table.rows)
    return csv_text([*head, *rows], guarded)


def _say_tables(tables: list[tuple[str, Listing]]) -> None:
    """Aligned columns, as wide as the terminal; on a pipe as wide as it takes."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=PIPE_WIDTH)
    several = len(tables) > 1
    for organisation, table in tables:
        if not table.rows:
            say(f"{organisation}: no {table.title.lower()} recorded")
            continue
        drawn = Table(box=None, pad_edge=False, title=organisation if several else None, title_justify="left")
        for heading in ("", "Key", *table.columns):
            drawn.add_column(heading, overflow="fold")
        for row in table.rows:
            drawn.add_row(*(Text(safe(each)) for each in (row.mark, row.key, *row.cells)))
        with console.capture() as shown:  # Rich itself would end the program where nobody reads on
            console.print(drawn)
        click.echo(shown.get(), nl=False)
