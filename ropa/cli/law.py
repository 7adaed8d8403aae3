"""`ropa law`: what the law data says, how old it is, and whether a file of one's own is sound."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ropa.cli.options import on_option
from ropa.cli.text import say, say_json


@click.group(invoke_without_command=True)
@on_option
@click.pass_context
def law(context: click.Context, on: date | None) -> None:
    """Look at the law data: territories, adequacy decisions, instruments, lawful bases, conditions.

    Without a command: how old it is, and which entries nobody could check against their source. A file of your own
    (`ropa --law FILE`, or ROPA_LAW) adds entries or overrules those of the same id; every verdict that rests on one
    says so.
    """
    if context.invoked_subcommand is not None:
        return
    from ropa.services.law import status
    from ropa.services.workspace import today

    found = status(on or context.obj.on or today())
    age = f"{found.age} day{'' if found.age == 1 else 's'} ago" if found.age >= 0 else "after that date"
    say(f"{found.entries} entries, last gone through on {found.as_of} ({age}).")
    if found.added:
        say(f"{len(found.added)} from your own files: {', '.join(each.id for each in found.added)}")
    say(f"{len(found.unverified)} not checked against their source:")
    for entry in found.unverified:
        say(f"  ? {entry.id:28}{entry.name}: {entry.doubt or 'the whole entry'}")


@law.command("list")
@click.argument("kind", required=False)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_entries(kind: str | None, form: str) -> None:
    """List the entries of a KIND, with their dates and sources; without one, all but the countries."""
    from ropa.services.law import listed

    entries = listed(kind)
    if form == "json":
        rows = [
            {
                "id": each.id,
                "kind": each.kind,
                "name": each.name,
                "from": each.start and each.start.isoformat(),
                "until": each.until and each.until.isoformat(),
                "source": each.source,
                "confidence": each.confidence,
                "origin": each.origin,
            }
            for each in entries
        ]
        say_json(rows)
        return
    for each in entries:
        dates = f"{each.start or '…'} to {each.until or '…'}"
        doubt = "?" if each.confidence == "unverified" else " "
        say(f"{doubt} {each.id:32}{dates:28}{each.name}  ({each.source})")


@law.command()
@click.argument("entry")
def show(entry: str) -> None:
    """Show one ENTRY with everything that is known about it."""
    from ropa.services.law import shown

    for name, value in shown(entry):
        say(f"{name:18}{value}")


@law.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Check a law FILE of your own: whether it can be read, and what it would add or overrule."""
    from ropa.law.lawbook import LawBook
    from ropa.services.law import origin, with_file

    packaged = LawBook.packaged()
    book = with_file(packaged, file)
    for entry in book.entries():
        if entry.origin == origin(file):
            verb = "overrules" if packaged.entry(entry.id) else "adds"
            say(f"{verb} {entry.kind} {entry.id}: {entry.name} ({entry.source})")
