"""`ropa report`: documents that a regulator, a customer or an auditor asks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.groups import report
from ropa.cli.options import Context, on_option, pass_context
from ropa.cli.text import say

if TYPE_CHECKING:
    from ropa.reports.article_30 import Role
    from ropa.services.record.document import RecordFormat
    from ropa.services.record.layouts import Layout

_FORMATS: dict[str, RecordFormat] = {
    ".html": "html", ".htm": "html", ".md": "md", ".csv": "csv", ".xlsx": "xlsx", ".ods": "ods", ".pdf": "pdf",
    ".json": "json",
}  # fmt: skip


@report.command("article-30")
@click.argument("organisation")
@click.option(
    "--role", type=click.Choice(["controller", "processor"]), help="One of the two records; both if left out."
)
@click.option(
    "--layout",
    type=click.Choice(["plain", "ico", "cnil", "cnpd"]),
    default="plain",
    show_default=True,
    help="The layout: in plain words, or a regulator's own headings.",
)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; its suffix chooses the format: .html, .md, .csv, .xlsx, .ods, .pdf or .json.",
)
@on_option
@pass_context
def article_30_command(
    context: Context, organisation: str, role: Role | None, layout: Layout, output: Path, on: date | None
) -> None:
    """Write the Article 30 record of an ORGANISATION: as controller, and as processor where it is one.

    What the law asks for and nobody recorded is marked as missing. What is recorded and the layout has no column for
    is listed at the end. `ropa import spreadsheet` reads the layouts ico and cnil back.
    """
    from ropa.services.record.document import left_out_lines, record_document
    from ropa.services.writing import write_bytes

    form = _FORMATS.get(output.suffix.lower())
    if form is None:
        words = f"{output.name}: the suffix must be one of {', '.join(_FORMATS)}"
        raise click.BadParameter(words, param_hint="--output")
    document = record_document(context.workspace(on).view(organisation), form, layout, role)
    write_bytes(output, document.content)
    say(f"wrote {output}")
    for each in (*document.remarks, *left_out_lines(document)):
        say(each)
