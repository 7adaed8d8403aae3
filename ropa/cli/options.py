"""What commands share: the database, the date, and how values are read from the command line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from ropa.services.workspace import Workspace


class Day(click.ParamType[date]):
    """A date as 2026-11-21."""

    name = "date"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 click's signature
        """What stands for a date in the help."""
        return "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date of a text; a usage error for any other form."""
        if isinstance(value, date):
            return value
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):  # else weeks, too: 2026-W47-6
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as in 2026-11-21", param, ctx)


DAY = Day()


@dataclass(frozen=True, slots=True)
class Context:
    """What the main command hands to the others."""

    database: Path
    on: date | None

    def workspace(self, on: date | None = None, *, create: bool = False) -> Workspace:
        """Open the database, for the date given to the command, else to `ropa`, else today."""
        from ropa.services.workspace import Workspace

        return Workspace.open(self.database, on or self.on, create=create)


pass_context = click.make_pass_decorator(Context)
format_option = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
on_option = click.option("--on", type=DAY, help="The date to judge on; today if left out.")


def with_database(command: click.Command) -> click.Command:
    """The command with `--db` of its own, so that the option may stand before or after the command's name."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            with_database(inner)
        return command
    command.params.append(
        click.Option(
            ["--db"],
            metavar="FILE",
            type=click.Path(dir_okay=False, path_type=Path),
            expose_value=False,
            callback=_use_database,
            help="The database, as before the command.",
        )
    )
    return command


def _use_database(context: click.Context, _option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.obj = replace(context.obj, database=value)


def document_format(path: Path) -> Literal["md", "html"]:
    """The format that a file name asks for; a usage error for any other suffix than .md, .html or .htm."""
    suffix = path.suffix.lower()
    if suffix == ".md":
        return "md"
    if suffix in (".html", ".htm"):
        return "html"
    raise click.BadParameter(f"{path.name}: the suffix must be .html or .md", param_hint="--output")


def report_format(path: Path) -> Literal["md", "html", "pdf", "xlsx", "json"]:
    """The format that a file name asks for, where there are more; a usage error for any other suffix."""
    match path.suffix.lower():
        case ".pdf":
            return "pdf"
        case ".xlsx":
            return "xlsx"
        case ".json":
            return "json"
        case ".md" | ".html" | ".htm":
            return document_format(path)
    words = f"{path.name}: the suffix must be .md, .html, .pdf, .xlsx or .json"
    raise click.BadParameter(words, param_hint="--output")
