"""The command `ropa`: what every command shares, and how errors end.

Exit codes: 0 done and nothing found, 1 `check` found something at or above its level, 2 the
input or the usage is wrong and nothing was written, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from datetime import date
from pathlib import Path

import click

from ropa.cli.assess import assess
from ropa.cli.chains import chain, impact
from ropa.cli.diagrams import diagram
from ropa.cli.files import dump, load, schema
from ropa.cli.futures import calendar, what_if_command
from ropa.cli.law import law
from ropa.cli.look import check, explain, list_records
from ropa.cli.notices import notice
from ropa.cli.options import DAY, Context, with_database
from ropa.cli.reports import report
from ropa.cli.text import complain
from ropa.cli.tour import demo

USAGE_ERROR = 2
INTERRUPTED = 130


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--db",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="ROPA_DB",
    default=Path("ropa.db"),
    show_default=True,
    help="The database; ROPA_DB says it too.",
)
@click.option("--on", type=DAY, help="The date that everything is judged on; today if left out.")
@click.option(
    "--law",
    "law_files",
    multiple=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="ROPA_LAW",
    help="A law file of your own, added to the packaged data; repeat. ROPA_LAW says it too.",
)
@click.version_option(package_name="ropa")
@click.pass_context
def cli(context: click.Context, db: Path, on: date | None, law_files: tuple[Path, ...]) -> None:
    """Keep the record of processing activities (GDPR and UK GDPR Article 30).

    Without a command it opens the terminal UI on the database.

    Exit codes: 0 done, 1 findings at or above the level asked for, 2 wrong input or usage (nothing was written).
    """
    context.obj = Context(db, on)
    if law_files:
        from ropa.services.law import use_law_files

        use_law_files(law_files)
    if context.invoked_subcommand is None:
        from ropa.tui.app import run

        run(context.obj.workspace(create=True))


for command in (
    assess, load, dump, schema, list_records, check, explain, chain, impact, what_if_command, calendar, diagram,
    report, notice, law, demo,
):  # fmt: skip
    cli.add_command(with_database(command))


def main() -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a sign still gets the rest
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """Run one command and return its exit code; what is wrong with the input goes to stderr, one line each."""
    from ropa.records.errors import RopaError

    try:
        outcome = cli.main(arguments, prog_name="ropa", standalone_mode=False)
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        complain(error.format_message())
        return USAGE_ERROR
    except RopaError as error:
        for line in str(error).splitlines():
            complain(line)
        return USAGE_ERROR
    except BrokenPipeError:
        # Whoever read our output has seen enough; point stdout away so that closing it says nothing more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return outcome if isinstance(outcome, int) else 0
