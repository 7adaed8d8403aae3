"""The picture of an impact draws what is affected, says where each box stands, and leaves out the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.flows.diagram_impact import DOWN, HERE, UP, impact_diagram
from ropa.flows.reach import reach
from ropa.records.errors import InputError
from ropa.services.questions.impact import impacts
from ropa.services.questions.impact_diagram import write_impact
from ropa.services.workspace import View
from tests.registers import HEAD, TODAY, register
from tests.services.questions.test_impact import BODY


def words(key: str) -> dict[str, str]:
    view = View(register(BODY), TODAY)
    drawn = impact_diagram(view.register, TODAY, view.crossings, reach(view.register, TODAY, key), "it")
    return {box.name: box.lines[0] for box in drawn.boxes}


def test_each_box_says_where_it_stands() -> None:
    found = words("party/host")
    assert found["Host"] == found["Cloud"] == HERE
    assert found["Below"] == DOWN
    assert found["Client"] == found["Acme"] == found["People"] == UP
    assert "Tool" not in found


def test_activities_that_are_not_touched_are_left_out() -> None:
    assert set(words("data_category/health")) == {"Client", "Silent <b>", "Acme", "Cloud", "Host", "Below"}


def test_the_source_of_the_drawing_is_written(tmp_path: Path) -> None:
    found = impacts([View(register(BODY), TODAY)], "system/cloud")
    write_impact(found, tmp_path / "impact.dot")
    assert "Impact of Cloud: Acme" in (tmp_path / "impact.dot").read_text(encoding="utf-8")


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    one, two = View(register(BODY), TODAY), View(register(BODY, HEAD.replace("acme", "beta", 1)), TODAY)
    with pytest.raises(InputError, match=r"\.svg"):
        write_impact(impacts([one], "party/host"), tmp_path / "impact.doc")
    with pytest.raises(InputError, match="choose one with --org"):
        write_impact(impacts([one, two], "party/host"), tmp_path / "impact.dot")
    with pytest.raises(InputError, match="nothing to draw"):
        write_impact(impacts([one], "tool"), tmp_path / "impact.dot")
