"""Makes `docs/commands.md`: `python -m tests.cli.commands_page docs/commands.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ropa.cli.main import cli

_WIDTH = 100
_HEAD = """\
# Every command

What `ropa COMMAND --help` says, command by command. This page is made from the commands themselves (`make docs`), and
a test holds that none is missing.
"""


def render() -> str:
    """The whole page as Markdown."""
    found = list(_commands(cli, None, "ropa"))
    contents = [f"- [`{path}`](#{path.replace(' ', '-')}): {_first(command)}" for path, command, _ in found]
    sections = [f"## {path}\n\n```\n{context.get_help().rstrip()}\n```\n" for path, _, context in found]
    return "\n".join([_HEAD, *contents, "", *sections])


def _first(command: click.Command) -> str:
    return " ".join((command.help or "").split("\n\n")[0].split())


def _commands(
    command: click.Command, parent: click.Context | None, name: str
) -> Iterator[tuple[str, click.Command, click.Context]]:
    settings = {"terminal_width": _WIDTH, "max_content_width": _WIDTH, **command.context_settings}
    context = click.Context(command, parent=parent, info_name=name, **settings)
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            if below is not None:
                yield from _commands(below, context, each)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
