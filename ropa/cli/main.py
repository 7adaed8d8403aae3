"""The command `ropa`: what every command shares, and how errors end.

Exit codes: 0 done and nothing found, 1 `check` found something at or above its level, 2 the input or the usage is
wrong, or what is to be read or written cannot be, and nothing was written, 70 a mistake in ropa itself (with a
traceback), 130 interrupted. Whoever stops reading our output, as `head` does, has seen enough: 0.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from ropa.cli.announcements import announcement
from ropa.cli.assess import assess
from ropa.cli.breaches import breach
from ropa.cli.chains import chain, impact
from ropa.cli.diagrams import diagram
from ropa.cli.files import dump, load, schema
from ropa.cli.futures import calendar, what_if_command
from ropa.cli.groups import groups
from ropa.cli.law import law
from ropa.cli.look import check, explain, list_records
from ropa.cli.options import DAY, Context, with_database
from ropa.cli.policies import policy_check
from ropa.cli.publishing import publish
from ropa.cli.text import complain
from ropa.cli.tour import demo

USAGE_ERROR = 2
OUR_MISTAKE = 70
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
        if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
            raise click.UsageError("the screens need a terminal; `ropa --help` lists the commands that do without one")
        from ropa.tui.app import run

        run(context.obj.workspace(create=True))


for command in (
    assess, load, dump, schema, list_records, check, explain, chain, impact, what_if_command, calendar, diagram,
    policy_check, announcement, breach, publish, law, demo, *groups(),
):  # fmt: skip
    cli.add_command(with_database(command))


def main() -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a sign still gets the rest
    code = run_command(sys.argv[1:])
    sys.exit(_last_words(code))


def run_command(arguments: list[str]) -> int:
    """Run one command and return its exit code; what is wrong with the input goes to stderr, one line each."""
    from ropa.records.errors import RopaError

    try:
        # Not `cli.main`: it ends the process with 1, which says "findings", where nobody reads on.
        with cli.make_context("ropa", arguments) as context:
            outcome = cli.invoke(context)
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.exceptions.Abort, EOFError, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        complain(error.format_message())
        return USAGE_ERROR
    except RopaError as error:
        for line in str(error).splitlines():
            complain(line)
        return USAGE_ERROR
    except BrokenPipeError:
        _silence(sys.stdout)
        return 0
    except (OSError, UnicodeError) as error:
        complain(_in_words(error))
        return USAGE_ERROR
    except Exception:  # the last place where it can be told apart from a finding
        traceback.print_exc()
        complain("this is a mistake in ropa itself; please report it with the lines above and what you did")
        return OUR_MISTAKE
    return outcome if isinstance(outcome, int) else 0


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _last_words(code: int) -> int:
    """Write out what still waits to be written; returns the exit code, which says so where that fails."""
    # None: the stream was closed before the program began.
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        if code != USAGE_ERROR:  # else it was told
            complain(_in_words(error))
        return USAGE_ERROR
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)
    return code


def _silence(stream: TextIO | None) -> None:
    """Point a stream away, so that closing it at the end of the process says nothing more."""
    with suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]  # AttributeError is one of those


def _in_words(error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}; what is to be read or written cannot be"
    return f"a text cannot be read or written: {error}"
