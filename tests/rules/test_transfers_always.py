"""What holds for every verdict, whatever the facts are."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import ropa.rules
from ropa.law.lawbook import LawBook
from ropa.rules.hop import Hop, SafeguardFacts
from ropa.rules.transfers import judge
from ropa.rules.verdict import FINDINGS, STATUSES, Verdict, rank, worst_of

BOOK = LawBook.packaged()


def test_statuses_are_ordered_from_nothing_to_ask_to_nothing_on_record() -> None:
    assert [rank(status) for status in STATUSES] == list(range(7))
    verdicts = [Verdict("uk", status) for status in STATUSES]
    assert [v.status for v in verdicts if v.is_finding] == ["incomplete", "unknown", "unsafeguarded"]
    assert worst_of(verdicts) == Verdict("uk", "unsafeguarded")
    assert worst_of([]) is None


PLACES = st.sampled_from([None, "US", "IN", "GB", "FR", "CA", "JP", "KR", "BR", "GI", "EEA", "ZZ", "", "NZ"])
DAYS = st.dates(date(1995, 1, 1), date(2040, 1, 1))
MAYBE = st.sampled_from([None, True, False])
SAFEGUARDS = st.builds(
    SafeguardFacts,
    st.sampled_from([*(i.id for i in BOOK.instruments()), "handshake", "[/] <b>{x}"]),
    module=st.sampled_from([None, "1", "2", "3", "4", "{", "9"]),
    signed=st.none() | DAYS,
    until=st.none() | DAYS,
    assessment=st.none() | DAYS,
    approved=st.sampled_from([(), ("eu",), ("uk",), ("eu", "uk"), ("mars",)]),
    commitments=MAYBE,
    unchanged=MAYBE,
)
HOPS = st.builds(
    Hop,
    exporter_regimes=st.none() | st.frozensets(st.sampled_from(["eu", "uk"])),
    exporter_role=st.sampled_from([None, "controller", "processor", "data-subject"]),
    importer_country=PLACES,
    importer_organisation=st.sampled_from([None, None, "org:EPO", "org:EU", "org:WHO"]),
    importer_role=st.sampled_from([None, "controller", "processor", "own-controller", "employee"]),
    importer_name=st.text(max_size=8),
    importer_sector=st.sampled_from([None, "bank", "software"]),
    in_scope=st.sampled_from(["yes", "no", "unknown"]),
    dpf=st.sampled_from(["active", "lapsed", "none", "unknown"]),
    dpf_uk_extension=MAYBE,
    dpf_hr=MAYBE,
    dpf_from=st.none() | DAYS,
    dpf_until=st.none() | DAYS,
    data=st.frozensets(st.sampled_from(["hr", "credit", "journalistic", "special"])),
    safeguards=st.lists(SAFEGUARDS, max_size=3).map(tuple),
    intra_group=MAYBE,
    systematic=MAYBE,
    assessment=st.none() | DAYS,
)


@given(HOPS, st.sampled_from(["eu", "uk"]), DAYS)
def test_any_hop_gets_a_verdict_that_explains_itself(hop: Hop, regime: str, on: date) -> None:
    verdict = judge(hop, regime, BOOK, on)
    assert verdict.status in STATUSES
    assert verdict.reasons
    assert all(reason.text and reason.source for reason in verdict.reasons + verdict.warnings)
    assert verdict.is_finding == (verdict.status in FINDINGS)
    if verdict.until is not None:
        assert verdict.until >= on
    assert judge(hop, regime, BOOK, on) == verdict


@given(HOPS, SAFEGUARDS, st.sampled_from(["eu", "uk"]), DAYS)
def test_recording_one_more_safeguard_never_makes_a_verdict_worse(
    hop: Hop, more: SafeguardFacts, regime: str, on: date
) -> None:
    before, after = (
        judge(hop, regime, BOOK, on),
        judge(replace(hop, safeguards=(*hop.safeguards, more)), regime, BOOK, on),
    )
    assert after.rank <= before.rank


@given(HOPS, DAYS)
def test_until_the_end_of_2020_both_regimes_say_the_same(hop: Hop, on: date) -> None:
    if on <= date(2020, 12, 31):
        bound = replace(hop, exporter_regimes=None)
        approved = tuple(replace(s, approved=()) for s in bound.safeguards)
        bound = replace(bound, safeguards=approved)
        assert judge(bound, "uk", BOOK, on).status == judge(bound, "eu", BOOK, on).status


def _constants() -> list[tuple[str, object]]:
    folder = Path(ropa.rules.__file__).parent
    files = [*(folder / "transfers").glob("*.py"), folder / "hop.py", folder / "verdict.py"]
    found: list[tuple[str, object]] = []
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and isinstance(node.body[0], ast.Expr)
        }
        found.extend(
            (path.name, node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and id(node) not in docs
        )
    return found


def test_no_rule_holds_a_country_a_regime_or_a_date() -> None:
    regimes = {regime.id for regime in BOOK.regimes()}
    for file, value in _constants():
        if isinstance(value, str):
            assert value not in regimes, file
            assert not re.search(r"\d{4}-\d\d-\d\d|\b(19|20)\d\d\b", value), f"{file}: {value}"
            assert not (value.isupper() and len(value) == 2 and BOOK.territory(value)), f"{file}: {value}"
        elif isinstance(value, int) and not isinstance(value, bool):
            assert value < 1900, file
