"""`ropa report`: documents that a regulator, a customer or an auditor asks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ropa.cli.options import Context, document_format, on_option, pass_context
from ropa.cli.text import say


@click.group()
def report() -> None:
    """Write a document from the register."""


@report.command("article-30")
@click.argument("organisation")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; its suffix chooses the format: .html or .md.",
)
@on_option
@pass_context
def article_30_command(context: Context, organisation: str, output: Path, on: date | None) -> None:
    """Write the Article 30 record of an ORGANISATION: as controller, and as processor where it is one.

    What the law asks for and nobody recorded is marked as missing.
    """
    from ropa.services.article_30 import article_30
    from ropa.services.writing import write_text

    form = document_format(output)
    write_text(output, article_30(context.workspace(on).view(organisation), form))
    say(f"wrote {output}")
