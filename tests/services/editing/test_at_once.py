"""A saved record is shown at once, judged as the whole register would judge it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from ropa.rules.finding import Finding, sort_key
from ropa.services.editing.at_once import saved_in
from ropa.services.editing.preview import with_records
from ropa.services.workspace import View, Workspace
from tests.registers import TODAY
from tests.services.editing.test_preview import any_records, any_register


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path / "here.db", TODAY, create=True)


def _fully(finding: Finding) -> tuple[object, ...]:
    """Those that differ in their detail alone stand in the order in which they were found."""
    return (*sort_key(finding), finding.detail)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_shown_after_saving_is_what_reading_it_all_again_would_show(seed: int, workspace: Workspace) -> None:
    found, other, dice = any_register(seed), any_register(seed + 1000), Random(seed)  # noqa: S311 no secret
    before = View(found, TODAY)
    assert before.findings
    for kind in dict(any_records(seed)):
        changed = dice.choice(list(other.of_kind(kind).values()))
        added = changed.model_copy(update={"key": f"{changed.key}new"})
        for record in (changed, added):
            whole = View(with_records(found, [(kind, record)]), TODAY)
            shown = saved_in(workspace, before, [(kind, record)])
            assert shown is not None, (kind, record.key)
            assert shown.judged
            assert shown.register == whole.register
            assert shown.crossings == whole.crossings, (kind, record.key)
            assert sorted(shown.findings, key=_fully) == sorted(whole.findings, key=_fully), (kind, record.key)


def test_where_all_hangs_on_the_record_the_whole_register_is_read_first(workspace: Workspace) -> None:
    view = View(any_register(0), TODAY)
    assert saved_in(workspace, view, [("party", view.register.parties["p0"])]) is None  # it was not judged yet
    assert view.findings
    assert saved_in(workspace, view, [("organisation", view.register.organisation)]) is None
