"""`ropa import spreadsheet` and `ropa import vendors`: other people's tables into a register."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ropa.cli.groups import import_group
from ropa.cli.options import Context, pass_context
from ropa.cli.text import say

FILE = click.Path(dir_okay=False, path_type=Path)
_organisation = click.option(
    "--organisation", "--org", "organisation", metavar="KEY", required=True, help="Whose register it is for."
)
_name = click.option("--name", default="", metavar="NAME", help="Its name, where its register begins with this file.")
_country = click.option("--country", default="", metavar="NAME", help="Its country, where its register begins.")
_dry_run = click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
_yes = click.option("--yes", "-y", is_flag=True, help="Do not ask.")
_update = click.option("--update", is_flag=True, help="Where the register says something else, take the file's.")


@import_group.command("spreadsheet")
@click.argument("file", type=FILE)
@click.option(
    "--layout",
    default="auto",
    show_default=True,
    metavar="NAME",
    help="The shape of the sheet: auto, ico, ico-processor, cnil, or a mapping file (.yaml).",
)
@click.option("--sheet", metavar="NAME", help="Which sheet of the file; else each that is a record.")
@_organisation
@_name
@_country
@click.option("--write-mapping", type=FILE, help="Write the proposed mapping to this file, and nothing else.")
@click.option("--report", type=FILE, help="Write what becomes of every cell to this CSV file.")
@_update
@_dry_run
@_yes
@pass_context
def spreadsheet(
    context: Context,
    file: Path,
    layout: str,
    sheet: str | None,
    organisation: str,
    name: str,
    country: str,
    write_mapping: Path | None,
    report: Path | None,
    update: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Read a record of processing from FILE (.xlsx, .ods, .csv) into the register of an organisation.

    The ICO's and the CNIL's sheets are recognised. For any other a mapping of its columns is proposed: confirm it, or
    write it to a file with --write-mapping, edit that, and give it with --layout. Without a terminal, --yes takes it.

    Every cell is accounted for. What is not understood is kept as text and told; what the register has already is
    never overwritten unless --update is given. Where there is no such organisation, or no database, its register begins
    with the file: it is called as the ICO's or the CNIL's sheet says, else as --name does.
    """
    from ropa.services.sheets.beginning import Owner, existing, opened
    from ropa.services.sheets.importing import carry_out, plan, read_file
    from ropa.services.sheets.mapping_file import mapping_text
    from ropa.services.sheets.report import mapping_lines, plan_lines, report_csv
    from ropa.services.writing import write_text

    reading = read_file(file, layout, sheet, draft=write_mapping is not None)
    if write_mapping is not None:
        tables = [mapping for _, mapping in reading.chosen if mapping.shape == "table"]
        if len(tables) != 1:
            raise click.UsageError("a mapping is of one table; say with --sheet which sheet it is for")
        write_text(write_mapping, mapping_text(tables[0]))
        say(f"wrote {write_mapping}; edit it, and give it with --layout")
        return
    owner = Owner(organisation, name, country)
    made = plan(existing(context.database), owner, reading, update=update, on=context.on)
    asks = _must_ask(dry_run or yes or not made.writes)
    _say_database(context)
    for line in mapping_lines(reading):
        say(line)
    for line in plan_lines(made, dry_run=dry_run or asks):
        say(line)
    if report is not None:
        write_text(report, report_csv(made))
    if dry_run or not made.writes:
        say("Nothing was written." if dry_run else "The register has all of it already; nothing was written.")
        return
    if asks:
        _confirm("Is this what the columns mean, and shall it be written?" if reading.proposed else "Write it?")
    with opened(context.database) as store:
        carry_out(store, made)
    say("Written.")


@import_group.command("vendors")
@click.argument("file", type=FILE)
@_organisation
@_name
@_country
@click.option("--activity", metavar="KEY", help="Engage each vendor in this activity, as processor.")
@_update
@_dry_run
@_yes
@pass_context
def vendors(
    context: Context,
    file: Path,
    organisation: str,
    name: str,
    country: str,
    activity: str | None,
    update: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Read a published list of vendors from FILE (.csv, .md, .html, .xlsx, .ods) into the register of an organisation.

    Each row is matched with a party by legal entity, name or alias, and the difference is shown before anything is
    written. What the register has already is never overwritten unless --update is given. Where there is no such
    organisation, or no database, its register begins with the list, and --name says what it is called.
    """
    from ropa.services.sheets.beginning import Owner, existing, opened
    from ropa.services.sheets.report import vendor_lines
    from ropa.services.sheets.vendors import carry_out, plan_vendors

    owner = Owner(organisation, name, country)
    made = plan_vendors(existing(context.database), owner, file, activity=activity, update=update)
    asks = _must_ask(dry_run or yes or not made.writes)
    _say_database(context)
    for line in vendor_lines(made, dry_run=dry_run or asks):
        say(line)
    if dry_run or not made.writes:
        say("Nothing was written." if dry_run else "The register has all of it already; nothing was written.")
        return
    if asks:
        _confirm("Write it?")
    with opened(context.database) as store:
        carry_out(store, made)
    say("Written.")


def _say_database(context: Context) -> None:
    """Say where there is no database yet: a mistyped name begins one that nobody meant."""
    if not context.database.exists():
        say(f"There is no database {context.database} yet; it is made when this is written.")


def _confirm(question: str) -> None:
    """Ask; whoever says no, or interrupts, is told that nothing was written."""
    try:
        click.confirm(question, abort=True)
    except click.Abort:
        say("\nNothing was written.")
        raise


def _must_ask(settled: bool) -> bool:
    """Whether somebody has to be asked; a usage error where there is nobody. Said before anything is printed."""
    if settled:
        return False
    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("there is no terminal to ask at: --yes takes what is proposed, --dry-run shows it")
    return True
