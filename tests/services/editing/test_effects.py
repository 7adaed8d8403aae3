"""What a form says beside its fields."""

from __future__ import annotations

import pytest

from ropa.records.transfer import TransferFields
from ropa.services.editing.effects import effects, explained, read_back, waiting
from ropa.services.editing.fields import form
from ropa.services.editing.preview import preview
from ropa.services.editing.values import REQUIRED
from ropa.services.workspace import View
from tests.registers import TODAY, register

UNSAFE = """
    parties: {hub: {name: Hub, country: US}}
    activities: {news: {name: News, role: controller, engagements: [{party: hub, service: sending}]}}
"""


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("signed", "1 feb 2024", "Thursday, 1 February 2024"),
        ("signed", "2024-02-01", "Thursday, 1 February 2024"),
        ("signed", "3/4/2025", ""),
        ("signed", "soon", ""),
        ("signed", " ", ""),
        ("name", "2024-02-01", ""),
        ("clauses", ("a",), ""),
    ],
)
def test_a_date_is_read_back_with_its_weekday_so_that_nobody_mistakes_the_month(
    name: str, typed: object, shown: str
) -> None:
    assert read_back(form("agreement").field(name), typed) == shown


def test_a_period_is_read_back_where_it_was_written_in_short() -> None:
    field = form("retention").field("period")
    assert read_back(field, "P6Y") == "6 years"
    assert read_back(field, "6 years") == ""
    assert read_back(field, "a while") == ""


def test_what_is_missing_and_what_is_wrong_are_told_apart() -> None:
    lines = waiting({"Name": REQUIRED, "Signed": "'soon' is not a date", "Party": REQUIRED}).parts[0].lines
    assert [(each.mark, each.text) for each in lines] == [
        ("?", "Still needed: Name, Party."),
        ("✖", "Not right yet: Signed."),
    ]


def test_a_chosen_word_is_explained_in_place_of_its_field() -> None:
    assert "What the transfer relies on" in explained("safeguard", "instrument")
    assert "works under UK law" in explained("safeguard", "instrument", ["uk-addendum"]) or "UK" in explained(
        "safeguard", "instrument", ["uk-addendum"]
    )
    assert "One on each line" in explained("activity", "purposes")


def test_a_transfer_without_a_safeguard_is_not_said_to_mend_the_missing_safeguard() -> None:
    view = View(register(UNSAFE), TODAY)
    record = TransferFields(key="hub-us", importer="hub", country="US", activity="news")
    shown = effects(preview(view, "transfer", record), "transfer/hub-us")
    mended = [line.text for part in shown.parts for line in part.lines if line.text.startswith("mended")]
    assert not any("no valid safeguard" in each for each in mended)
