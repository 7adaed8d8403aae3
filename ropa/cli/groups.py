"""The groups of commands that several modules add to, each module one subject."""

from __future__ import annotations

from importlib import import_module

import click

_MODULES = (
    "changes", "detection", "notices", "notice_records", "drafts", "reports", "more_reports", "sheets", "code",
)  # fmt: skip


@click.group()
def notice() -> None:
    """Subprocessor changes and the customers who must be told."""


@click.group()
def changes() -> None:
    """Changes of subprocessors: proposed, approved, notified, in the objection window, effective or withdrawn.

    A CHANGE is its key, or ORGANISATION/KEY where several organisations have one of that key. A step that may not be
    taken is refused with every reason; nothing is ever sent.
    """


@click.group()
def report() -> None:
    """Write a document from the register."""


@click.group("import")
def import_group() -> None:
    """Bring what another tool or a sheet says into a register."""


@click.group("export")
def export_group() -> None:
    """Write a register for another tool."""


def groups() -> tuple[click.Group, ...]:
    """The groups with all their commands."""
    for name in _MODULES:
        import_module(f"ropa.cli.{name}")
    return changes, notice, report, import_group, export_group
