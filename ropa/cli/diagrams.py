"""`ropa diagram`: the data flows as a picture."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ropa.cli.options import Context, on_option, pass_context
from ropa.cli.text import say


@click.command()
@click.argument("organisation")
@click.option("--activity", metavar="KEY", help="One activity; all of them if left out.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; its suffix chooses the format: .svg, .png, .pdf or .dot.",
)
@on_option
@pass_context
def diagram(context: Context, organisation: str, activity: str | None, output: Path, on: date | None) -> None:
    """Draw where the data of an ORGANISATION goes: by territory, with transfers that lack a safeguard marked."""
    from ropa.services.diagrams import write_diagram

    write_diagram(context.workspace(on).view(organisation), output, activity)
    say(f"wrote {output}")
