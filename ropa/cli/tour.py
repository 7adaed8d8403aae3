"""`ropa demo`: the whole way through the product on sample registers."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from ropa.cli.options import Context, on_option, pass_context
from ropa.cli.text import say

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--data", type=FOLDER, default=Path("data"), show_default=True, help="The folder of register files.")
@click.option("--exports", type=FOLDER, default=Path("exports"), show_default=True, help="Where documents go.")
@click.option("--open/--no-open", "opens", default=True, help="Open the terminal UI afterwards, on a terminal.")
@on_option
@pass_context
def demo(context: Context, data: Path, exports: Path, opens: bool, on: date | None) -> None:
    """Load every register of a folder, say what was found, and write the documents of each.

    The samples are judged on a fixed date so that the documents come out the same; --on chooses another.
    """
    from ropa.services.demo import SAMPLE_DATE, write_gallery

    for line in write_gallery(data, exports, context.database, on or context.on or SAMPLE_DATE):
        say(line)
    if opens and sys.stdin.isatty() and sys.stdout.isatty():
        from ropa.tui.app import run

        run(context.workspace(on or context.on or SAMPLE_DATE))
