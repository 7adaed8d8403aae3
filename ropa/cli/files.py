"""`ropa load`, `ropa dump`, `ropa schema`: register files in and out."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.options import Context, pass_context
from ropa.cli.text import say, say_document

if TYPE_CHECKING:
    from ropa.services.loading import LoadReport

SHOWN = 100
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--prune", is_flag=True, help="Remove records that a file no longer has.")
@click.option(
    "--propose-changes",
    "propose",
    is_flag=True,
    help="Where the list of subprocessors becomes another, record that as proposed changes.",
)
@pass_context
def load(context: Context, files: tuple[Path, ...], dry_run: bool, prune: bool, propose: bool) -> None:
    """Load register FILES into the database, which is made where there is none.

    All of them or none: a file with anything wrong in it changes nothing. Records that are in the database and
    not in the file stay, and are reported, unless --prune is given.

    Where the list of subprocessors becomes another and no change is recorded for it, that is said: customers may have
    to be told.
    """
    from ropa.services.loading import load_files

    reports = load_files(files, context.database, dry_run=dry_run, prune=prune, propose=propose, on=context.on)
    if upgrade := next((report.upgrade for report in reports if report.upgrade), ""):
        say(f"{context.database}: would be upgraded first, from schema {upgrade}")
    for report in reports:
        say_report(report, dry_run)
    if any(report.missing and not report.pruned for report in reports):
        say("What is marked ? stays in the database. To remove it: the same command with --prune.")
    for report in reports:
        if report.list_changes:
            _say_list_changes(report, dry_run)


@click.command()
@click.argument("organisation")
@click.option("-o", "--output", type=FILE, help="The file to write; stdout if left out.")
@pass_context
def dump(context: Context, organisation: str, output: Path | None) -> None:
    """Write the register of an ORGANISATION as a register file that can be loaded again."""
    from ropa.services.loading import dump as dumped
    from ropa.services.writing import write_text

    text = dumped(context.workspace().store, organisation)
    if output is None:
        say_document(text)
    else:
        write_text(output, text)


@click.command()
@click.option("--format", "form", type=click.Choice(["json", "md"]), default="json", show_default=True)
@click.option("-o", "--output", type=FILE, help="The file to write; stdout if left out.")
def schema(form: str, output: Path | None) -> None:
    """Print the JSON Schema of the register file, for an editor that helps while you write one.

    With --format md: the reference of every section and field, for people.
    """
    from ropa.exchange.register_reference import register_reference
    from ropa.exchange.register_schema import register_schema
    from ropa.services.writing import write_text

    text = register_reference() if form == "md" else json.dumps(register_schema(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        say_document(text)
    else:
        write_text(output, text)


def say_report(report: LoadReport, dry_run: bool) -> None:
    """Say what a load or an import added and changed, or would."""
    would = "would be " if dry_run else ""
    parts = [
        f"{len(report.added)} {would}added",
        f"{len(report.changed)} {would}changed",
        f"{len(report.missing)} {would if report.pruned else 'would be '}removed"
        + ("" if report.pruned or not report.missing else " with --prune"),
        f"{report.unchanged} unchanged",
    ]
    say(f"{report.name} ({report.organisation}): {', '.join(parts)}")
    if ("organisation", report.organisation) not in report.added:  # else it is the whole file
        for kind, key in report.added:
            say(f"  + {kind}/{key}")
    for change in report.changed:
        for name, before, after in change.fields:
            say(f"  ~ {change.kind}/{change.key}  {name}: {_shown(before)} → {_shown(after)}")
    for kind, key in report.missing:
        say(f"  {'-' if report.pruned else '?'} {kind}/{key}  {_missing(kind, key)}")


def _say_list_changes(report: LoadReport, dry_run: bool) -> None:
    """What changed in the list of subprocessors, which of it is recorded now, and how to record it."""
    from ropa.services.detection.report import headline

    say(f"! {report.name}: the list of subprocessors {'would change' if dry_run else 'changed'}:")
    for each in report.list_changes:
        proposed = f": proposed as change/{each.change.key}" if report.proposed and each.change else ""
        say(f"  {headline(each.found)}{proposed}" + (f" (not proposed: {each.left})" if each.left else ""))
    if report.proposed:
        return
    say("  Customers may have to be told, and no change is recorded for it.")
    if any(each.change for each in report.list_changes):
        key = report.organisation
        later = f"ropa changes detect {key}@before-{report.batch} {key} --propose"
        say(f"  To record it as proposed: {'--propose-changes with the load' if dry_run else later}")


def _missing(kind: str, key: str) -> str:
    """What the file does not have: a record, or which entry of which record's list."""
    from ropa.records.kinds import KINDS

    found = KINDS[kind]
    owner, _, local = key.rpartition("/")
    if not found.parent:
        return "not in the file"
    return f"not in the file: {local!r} under `{found.section}:` of {KINDS[found.parent].name} {owner!r}"


def _shown(value: object) -> str:
    """A value on one line, its beginning where it is long."""
    from ropa.records.values import Part

    if value is None or value == ():
        return "–"
    if isinstance(value, Part):
        return _shown(tuple(each for each in value.model_dump().values() if each is not None))
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return textwrap.shorten(text, SHOWN, placeholder=" …")
