"""The groups `ropa import` and `ropa export`: what comes from other formats and goes to them."""

from __future__ import annotations

import click


@click.group("import")
def import_group() -> None:
    """Bring what another tool or a sheet says into a register."""


@click.group("export")
def export_group() -> None:
    """Write a register for another tool."""
