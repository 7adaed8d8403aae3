"""`ropa notice draft` and `ropa notice templates`: what to send to each customer, and its wording."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ropa.cli.groups import notice
from ropa.cli.options import Context, on_option, pass_context
from ropa.cli.text import say


@notice.command("draft")
@click.argument("change")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into; made where there is none.",
)
@click.option(
    "--templates",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder with your own wording; `ropa notice templates -o` makes one.",
)
@click.option("--customer", "customers", multiple=True, metavar="KEY", help="Only for this customer; repeat.")
@on_option
@pass_context
def draft(
    context: Context,
    change: str,
    output: Path,
    templates: Path | None,
    customers: tuple[str, ...],
    on: date | None,
) -> None:
    """Write what to send about CHANGE: an e-mail and a calendar file for each customer. Nothing is sent.

    CHANGE is the change's key, or organisation/key where several organisations have it. The dates are counted as if
    the e-mails went out on the date given with --on.
    """
    from ropa.services.drafts.folder import write_drafts
    from ropa.services.drafts.folder_of_drafts import drafts
    from ropa.services.drafts.lines import draft_lines
    from ropa.services.drafts.templates import WordingTemplates
    from ropa.services.steps.changes import find_change

    workspace = context.workspace(on)
    owner, key = find_change(workspace, change)
    words = WordingTemplates(templates)
    view = workspace.view(owner)
    made = drafts(view.register, key, workspace.on, customers, words, view.history)
    written = write_drafts(made, output)
    for line in draft_lines(made, written, output, words.changed):
        say(line)


@notice.command("templates")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Copy the templates into this folder, to be changed there.",
)
def templates(output: Path | None) -> None:
    """List the wording templates of notices and every value that they get; with -o, copy them to be changed."""
    from ropa.services.drafts.lines import template_lines
    from ropa.services.drafts.templates import copy_templates

    if output is None:
        for line in template_lines():
            say(line)
    else:
        for path in copy_templates(output):
            say(f"wrote {path}")
