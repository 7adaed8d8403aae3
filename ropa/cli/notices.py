"""`ropa notice`: what customers are owed before a subprocessor changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ropa.cli.options import Context, document_format, on_option, pass_context
from ropa.cli.text import safe, say, say_document


@click.group()
def notice() -> None:
    """Subprocessor changes and the customers who must be told."""


@notice.command("report")
@click.argument("organisation", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write, .md or .html; Markdown on stdout if left out.",
)
@on_option
@pass_context
def notice_report_command(context: Context, organisation: str | None, output: Path | None, on: date | None) -> None:
    """Report every open change, of one ORGANISATION or of all: who must be told by when, and what is late."""
    from ropa.services.notices import notice_report
    from ropa.services.writing import write_text

    workspace = context.workspace(on)
    form = "md" if output is None else document_format(output)
    text = notice_report([view.register for view in workspace.views(organisation)], workspace.on, form)
    if output is None:
        say_document(safe(text) + "\n")
    else:
        write_text(output, text)
        say(f"wrote {output}")
