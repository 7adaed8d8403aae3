"""`ropa import fides`, `ropa export fides`, `ropa export dpv`: privacy as code, in and out."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.files import say_report
from ropa.cli.groups import export_group, import_group
from ropa.cli.options import Context, on_option, pass_context
from ropa.cli.text import say, say_document

if TYPE_CHECKING:
    from ropa.services.fides import FidesImport

FILE = click.Path(dir_okay=False, path_type=Path)


@import_group.command("fides")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--organisation", required=True, metavar="KEY", help="Whose register it goes into.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@pass_context
def import_fides(context: Context, files: tuple[Path, ...], organisation: str, dry_run: bool, yes: bool) -> None:
    """Bring Fides manifests into a register: FILES with `system:`, `dataset:`, `organization:` and the taxonomy.

    Each privacy declaration becomes an activity. Records are matched by key; what a file states replaces what is
    there, lists and notes grow, nothing is removed. All of it or none, in one entry of the history. What the register
    has no field for is listed with its line.
    """
    from ropa.services.fides import import_manifests

    if not (dry_run or yes):
        _say_import(import_manifests(files, context.database, organisation, dry_run=True, on=context.on), dry_run=True)
        if sys.stdin is None or not sys.stdin.isatty():
            raise click.UsageError("nothing was written: say --yes to write it, or --dry-run to look only")
        click.confirm("Write this?", abort=True)
    found = import_manifests(files, context.database, organisation, dry_run=dry_run, on=context.on)
    _say_import(found, dry_run)


@export_group.command("fides")
@click.argument("organisation")
@click.option("-o", "--output", type=FILE, help="The file to write; stdout if left out.")
@pass_context
def export_fides(context: Context, organisation: str, output: Path | None) -> None:
    """Write the register of an ORGANISATION as a Fides manifest (YAML).

    What Fides has no field for stands as comments at the top of the file, item by item.
    """
    from ropa.services.fides import export_manifest

    found = export_manifest(context.workspace().view(organisation).register)
    _write(output, found.text)
    if output is not None:
        count = len(found.left)
        words = f"; {count} things that Fides has no field for are listed at its top" if count else ""
        say(f"{output}: written{words}")


@export_group.command("dpv")
@click.argument("organisation")
@click.option("-o", "--output", type=FILE, help="The .jsonld file to write; stdout if left out.")
@on_option
@pass_context
def export_dpv(context: Context, organisation: str, output: Path | None, on: date | None) -> None:
    """Write the record of an ORGANISATION as JSON-LD in the terms of the W3C Data Privacy Vocabulary (DPV)."""
    from ropa.services.dpv import record_in_dpv

    _write(output, record_in_dpv(context.workspace(on).view(organisation)))
    if output is not None:
        say(f"{output}: written")


def _write(output: Path | None, text: str) -> None:
    from ropa.services.writing import write_text

    if output is None:
        say_document(text)
    else:
        write_text(output, text)


def _say_import(found: FidesImport, dry_run: bool) -> None:
    say_report(found.load, dry_run)
    for remark in found.remarks:
        say(f"  {'·' if remark.kept else '!'} {remark}")
    kept = sum(remark.kept for remark in found.remarks)
    if found.remarks:
        told = len(found.remarks) - kept
        say(f"{len(found.remarks)} things to look at: {kept} kept in a note (·), {told} told here (!)")
