"""`ropa notice`: what customers are owed before a subprocessor changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ropa.cli.groups import notice
from ropa.cli.options import DAY, Context, on_option, pass_context, report_format
from ropa.cli.text import safe, say, say_document


@notice.command("report")
@click.argument("organisation", required=False)
@click.option("--from", "start", type=DAY, help="Show what went out from this day on, as evidence.")
@click.option("--until", "end", type=DAY, help="Show what went out until this day; --on if only --from is given.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: .md, .html, .pdf, .xlsx or .json; Markdown on stdout if left out.",
)
@on_option
@pass_context
def notice_report_command(
    context: Context,
    organisation: str | None,
    start: date | None,
    end: date | None,
    output: Path | None,
    on: date | None,
) -> None:
    """Report every open change, of one ORGANISATION or of all: who must be told by when, and what is late.

    With --from or --until, also what went out in that period, as evidence: to whom, how, in time or late, and who
    recorded it.
    """
    from ropa.services.notices.documents import notice_document, notice_history
    from ropa.services.notices.evidence import span_of
    from ropa.services.writing import write_bytes

    form = "md" if output is None else report_format(output)
    workspace = context.workspace(on)
    span = span_of(start, end, workspace.on)
    registers = [view.register for view in workspace.views(organisation)]
    history = notice_history(workspace, [each.organisation.key for each in registers]) if span else {}
    content = notice_document(registers, workspace.on, form, span, history)
    if output is None:
        say_document(safe(content.decode("utf-8")) + "\n")
    else:
        write_bytes(output, content)
        say(f"wrote {output}")
