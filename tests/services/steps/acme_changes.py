"""A small processor with customers whose contracts differ, for the tests of what happens to a change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ropa.records.errors import RefusedError, RopaError
from ropa.services.workspace import Workspace
from tests.registers import HEAD
from tests.store.databases import everything, filled

ON = dt.date(2026, 11, 21)
PLANNED = dt.date(2027, 2, 1)

ACME = (
    HEAD
    + """
  notice: {authorisation: general, period: 30 days, clock: sent, objection: 14 days, objection_clock: sent}
parties:
  oldhost: {name: Old Host, country: United Kingdom}
  newhost: {name: New Host, country: United Kingdom}
  yankee: {name: Yankee Inc, country: United States}
  bolt: {name: Bolt Ltd, country: United Kingdom}
  screw: {name: Screw Ltd, country: United Kingdom}
  washer: {name: Washer Ltd, country: United Kingdom}
  nobody: {name: Nobody Ltd, country: United Kingdom}
data_categories: {orders: Orders, letters: Letters}
subject_categories: {clients: Clients}
agreements:
  screw-dpa:
    name: Screw DPA
    party: screw
    notice: {authorisation: specific}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [bolt, screw]
    subject_categories: [clients]
    data_categories: [orders, letters]
    engagements: [{party: oldhost, service: hosting, since: 2020-01-01}]
  printing:
    name: Printing
    role: processor
    controllers: [washer]
    subject_categories: [clients]
    data_categories: [letters]
    engagements: [{party: oldhost, service: printing}]
changes:
  swap:
    name: New Host replaces Old Host
    kind: replace
    party: newhost
    replaces: oldhost
    activities: [hosting]
    service: hosting
    proposed: 2026-11-01
    effective: 2027-02-01
"""
)


def acme(folder: Path, text: str = ACME, on: dt.date = ON) -> Workspace:
    """A workspace on a new database with this register."""
    return Workspace(filled(folder / "ropa.db", text), on)


def later(workspace: Workspace, on: dt.date) -> Workspace:
    """The same database on another day."""
    return Workspace(workspace.store, on)


def contents(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the database."""
    return everything(workspace.path)


def refused(workspace: Workspace, step: Callable[[], object], error: type[RopaError] = RefusedError) -> str:
    """Take a step that must be refused, and return what is said; nothing may be written."""
    before = contents(workspace)
    with pytest.raises(error) as caught:
        step()
    assert contents(workspace) == before
    return str(caught.value)
