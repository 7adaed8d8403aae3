"""`ropa publish`: the public list of subprocessors, as a folder to put on a website."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ropa.cli.options import Context, on_option, pass_context
from ropa.cli.text import say


@click.command()
@click.argument("organisation")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into; made if it is not there.",
)
@on_option
@pass_context
def publish(context: Context, organisation: str, output: Path, on: date | None) -> None:
    """Write the public list of an ORGANISATION's subprocessors: a page, and JSON, CSV, Markdown and an Atom feed.

    On it are the present subprocessors, the changes that customers are being told of, and the history of changes.
    What is only proposed, and everything internal, is not. Publishing again changes nothing unless the register did.
    """
    from ropa.services.publishing.folder import publish as publish_list

    workspace = context.workspace(on)
    done = publish_list(workspace.view(organisation).register, workspace.on, output)
    for path in done.written:
        say(f"wrote {path}")
    if not done.written:
        say(f"{output}: nothing changed")
    for gap in done.gaps:
        say(f"? {gap}")
