"""Each turn is one, to the day: judged again the day before it is the old verdict, on the day the new one."""

from __future__ import annotations

import datetime as dt

import pytest

from ropa.flows.crossings import crossings
from ropa.flows.turns import Turn, turns
from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from tests.registers import HEAD, TODAY, register

DAY = dt.timedelta(days=1)

BODY = """
documents: {tra: {name: TRA, type: tra, date: 2027-03-01}}
parties:
  vendor: {name: Vendor, PARTY}
  deep: {name: Deep, country: India}
data_categories: {name: Name}
subject_categories: {people: People}
agreements:
  down: {name: Down, between: vendor, party: deep}
activities:
  work:
    name: Work
    subject_categories: [people]
    data_categories: [name]
    engagements: [{party: vendor, ENGAGEMENT}]
transfers:
  t:
    importer: vendor
    country: United States
    safeguards: [SAFEGUARDS]
"""


def make(party: str = "country: United States", engagement: str = "service: x", safeguards: str = "") -> Register:
    body = BODY.replace("PARTY", party).replace("ENGAGEMENT", engagement).replace("SAFEGUARDS", safeguards)
    return register(body)


def statuses(made: Register, on: dt.date) -> dict[tuple[str, str, str | None, str], str]:
    return {
        (each.edge.via, each.importer, each.country, verdict.regime): verdict.status
        for each in crossings(made, on)
        for verdict in each.verdicts
    }


def told(found: list[Turn]) -> list[tuple[str, str | None, str | None]]:
    return [
        (each.on.isoformat(), each.before.status if each.before else None, each.after.status if each.after else None)
        for each in found
    ]


CASES = {
    "a contract ends": (
        make(safeguards="{instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01, until: 2027-06-30}"),
        [("2027-07-01", "safeguarded", "unsafeguarded")],
    ),
    "one contract takes over from another, and ends": (
        make(
            safeguards="{instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01, until: 2027-06-30}, "
            "{key: two, instrument: uk-idta, signed: 2027-08-01, assessed: 2024-01-01, until: 2028-01-31}"
        ),
        [
            ("2027-07-01", "safeguarded", "unsafeguarded"),
            ("2027-08-01", "unsafeguarded", "safeguarded"),
            ("2028-02-01", "safeguarded", "unsafeguarded"),
        ],
    ),
    "a list entry ends": (
        make("country: United States, dpf: active, dpf_uk_extension: true, dpf_until: 2027-05-31"),
        [("2027-06-01", "adequate", "unsafeguarded")],
    ),
    "an assessment on file is dated later": (
        make(safeguards="{instrument: uk-idta, signed: 2024-01-01, assessment: tra}"),
        [("2027-03-01", "incomplete", "safeguarded")],
    ),
    "a vendor joins later": (
        make(engagement="since: 2027-02-01"),
        [("2027-02-01", None, "unsafeguarded")],
    ),
    "a vendor joins and leaves before its contract ends": (
        make(
            engagement="since: 2027-02-01, until: 2027-04-30",
            safeguards="{instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01, until: 2027-06-30}",
        ),
        [("2027-02-01", None, "safeguarded")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_turn_is_found_to_the_day(case: str) -> None:
    made, expected = CASES[case]
    found = turns(made, TODAY)
    assert told(found) == expected
    for turn in found:
        key = (turn.crossing.edge.via, turn.crossing.importer, turn.crossing.country, turn.regime)
        before, after = statuses(made, turn.on - DAY).get(key), statuses(made, turn.on).get(key)
        assert before == (turn.before.status if turn.before else None)
        assert after == (turn.after.status if turn.after else None)
        assert before != after


def test_the_sunset_of_the_decision_on_the_united_kingdom_is_a_turn_for_an_exporter_in_france() -> None:
    head = HEAD.replace("United Kingdom", "France")
    parts = {"PARTY": "country: United Kingdom", "ENGAGEMENT": "service: x", "SAFEGUARDS": ""}
    body = BODY
    for word, value in parts.items():
        body = body.replace(word, value)
    made = register(body, head)
    found = [each for each in turns(made, TODAY) if each.crossing.importer == "party/vendor"]
    assert told(found) == [("2031-12-28", "adequate", "unsafeguarded")]
    key = ("engagement/work/vendor", "party/vendor", "GB", "eu")
    days = (TODAY, dt.date(2031, 12, 27), dt.date(2031, 12, 28))
    assert [statuses(made, day)[key] for day in days] == ["adequate", "adequate", "unsafeguarded"]


def test_the_past_turns_where_the_courts_turned_it() -> None:
    made = make(safeguards="privacy-shield")
    (first, *_) = turns(made, dt.date(2019, 6, 1), until=dt.date(2020, 12, 31))
    assert told([first]) == [("2020-07-16", "adequate", "unsafeguarded")]


def test_nothing_after_the_last_day_asked_for() -> None:
    made = CASES["a contract ends"][0]
    assert turns(made, TODAY, until=dt.date(2027, 6, 30)) == []
    assert len(turns(made, TODAY, until=dt.date(2027, 7, 1))) == 1


def test_the_last_day_of_the_calendar_is_no_error() -> None:
    made = make("country: United States, dpf: active, dpf_uk_extension: true, dpf_until: 9999-12-31")
    assert turns(made, TODAY) == []


def test_a_law_supposed_to_end_makes_a_turn() -> None:
    made = make("country: United States, dpf: active, dpf_uk_extension: true")
    law = LawBook.packaged().ended("uk-us-bridge-2023", since=dt.date(2028, 1, 1), origin="test")
    assert turns(made, TODAY) == []
    assert told(turns(made, TODAY, law=law)) == [("2028-01-01", "adequate", "unsafeguarded")]


@pytest.mark.parametrize(
    ("until", "expected"), [("", [("2027-07-01", "safeguarded", "unsafeguarded")]), ("2027-04-30", [])]
)
def test_a_hop_of_a_chain_ends_with_the_engagement_above_it(until: str, expected: list[object]) -> None:
    made = register(
        """
        parties: {vendor: {name: Vendor, country: Ireland}, deep: {name: Deep, country: India}}
        data_categories: {name: Name}
        subject_categories: {people: People}
        agreements: {down: {name: Down, between: vendor, party: deep}}
        activities:
          work:
            name: Work
            subject_categories: [people]
            data_categories: [name]
            engagements: [{party: vendor, END}]
        transfers:
          t:
            exporter: vendor
            importer: deep
            country: India
            safeguards: [{instrument: eu-scc-2021, signed: 2024-01-01, assessed: 2024-01-01, until: 2027-06-30}]
        """.replace("END", f"until: {until}" if until else "service: x")
    )
    assert told(turns(made, TODAY)) == expected


def test_an_entry_on_the_list_carries_from_the_day_that_it_begins_or_was_seen() -> None:
    for field, before in (("dpf_from", "unsafeguarded"), ("dpf_checked", "unknown")):
        made = make(f"country: United States, dpf: active, dpf_uk_extension: true, {field}: 2027-03-01")
        found = [each for each in turns(made, TODAY, dt.date(2027, 12, 31)) if each.crossing.importer == "party/vendor"]
        assert [(each.on, each.before and each.before.status, each.after and each.after.status) for each in found] == [
            (dt.date(2027, 3, 1), before, "adequate")
        ]
