"""Further documents of `ropa report`: tables on one subject each, in every format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ropa.cli.groups import report
from ropa.cli.options import Context, on_option, pass_context
from ropa.cli.text import safe, say, say_document

if TYPE_CHECKING:
    from ropa.services.reporting.documents import Report, TablesFormat
    from ropa.services.workspace import View


C = Callable[..., Any]

_KINDS = (
    "health", "racial-or-ethnic-origin", "political-opinions", "religious-or-philosophical-beliefs",
    "trade-union-membership", "genetic", "biometric", "sex-life-or-orientation", "criminal",
)  # fmt: skip


def _tables(command: C) -> C:
    """What every one of these commands takes: ORGANISATION, -o FILE, --on DATE."""
    output = click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="The file to write: .md, .html, .csv, .json, .xlsx, .ods or .pdf; Markdown on stdout if left out.",
    )
    return click.argument("organisation")(output(on_option(pass_context(command))))


def _write(
    context: Context, organisation: str, output: Path | None, on: date | None, made: Callable[[View], Report]
) -> None:
    """Make the report and write it, into the file or to stdout."""
    from ropa.services.reporting.documents import table_report
    from ropa.services.writing import write_bytes

    form = "md" if output is None else _format(output)
    content = table_report(context.workspace(on).view(organisation), made, form)
    if output is None:
        say_document(safe(content.decode("utf-8")))
    else:
        write_bytes(output, content)
        say(f"wrote {output}")


def _format(path: Path) -> TablesFormat:
    """The format that a file name asks for; a usage error for any other suffix."""
    match path.suffix.lower():
        case ".md":
            return "md"
        case ".html" | ".htm":
            return "html"
        case ".csv":
            return "csv"
        case ".json":
            return "json"
        case ".xlsx":
            return "xlsx"
        case ".ods":
            return "ods"
        case ".pdf":
            return "pdf"
    words = f"{path.name}: the suffix must be .md, .html, .csv, .json, .xlsx, .ods or .pdf"
    raise click.BadParameter(words, param_hint="--output")


@report.command("retention")
@_tables
def retention_command(context: Context, organisation: str, output: Path | None, on: date | None) -> None:
    """Write the retention schedule of an ORGANISATION: how long each activity keeps which data, and from when.

    Activities and data without a rule are marked as not recorded.
    """
    from ropa.services.reporting.retention import retention_schedule

    _write(context, organisation, output, on, retention_schedule)


@report.command("bases")
@_tables
def bases_command(context: Context, organisation: str, output: Path | None, on: date | None) -> None:
    """Write an overview of the lawful bases of an ORGANISATION, with the state of each assessment and consent record.

    Article 9 and 10 conditions stand with them, and beside each what the rules find.
    """
    from ropa.services.reporting.bases import bases_overview

    _write(context, organisation, output, on, bases_overview)


@report.command("data-map")
@click.option("--data", metavar="KEY", multiple=True, help="Only this category of data; repeat.")
@click.option("--special", type=click.Choice(_KINDS), multiple=True, help="Only data marked as this kind; repeat.")
@_tables
def data_map_command(
    context: Context,
    organisation: str,
    output: Path | None,
    on: date | None,
    data: tuple[str, ...],
    special: tuple[str, ...],
) -> None:
    """Write where the data of an ORGANISATION is: by category the activities, systems, parties and countries.

    Special categories and criminal-offence data come first. "Where is health data?": --special health.
    """
    from ropa.services.reporting.data_map import data_map

    _write(context, organisation, output, on, lambda view: data_map(view, data, special))


@report.command("due-diligence")
@click.option("--party", metavar="KEY", help="Only this party.")
@_tables
def due_diligence_command(
    context: Context, organisation: str, output: Path | None, on: date | None, party: str | None
) -> None:
    """Write a due-diligence sheet for each vendor of an ORGANISATION.

    Who it is, its agreement and clauses, certificates and their expiry, who is behind it, transfers, what is missing.
    """
    from ropa.services.reporting.due_diligence import due_diligence

    _write(context, organisation, output, on, lambda view: due_diligence(view, party))


@report.command("notice-facts")
@_tables
def notice_facts_command(context: Context, organisation: str, output: Path | None, on: date | None) -> None:
    """Write what a privacy notice of an ORGANISATION must say to each category of people (Art. 13, 14).

    What is not recorded is marked, with the article that asks for it.
    """
    from ropa.services.reporting.notice_facts import notice_facts

    _write(context, organisation, output, on, notice_facts)


@report.command("breaches")
@_tables
def breaches_command(context: Context, organisation: str, output: Path | None, on: date | None) -> None:
    """Write the breach log of an ORGANISATION as the authority may ask for it (Art. 33(5)).

    Of each breach the facts, its effects, what was done, the 72 hours, who was told and what is missing.
    """
    from ropa.services.reporting.breach_log import breach_log

    _write(context, organisation, output, on, breach_log)


@report.command("software")
@_tables
def software_command(context: Context, organisation: str, output: Path | None, on: date | None) -> None:
    """Write the data-audit list of an ORGANISATION: each system and vendor, what for, its policy, when looked at."""
    from ropa.services.reporting.audit_list import audit_list

    _write(context, organisation, output, on, audit_list)
