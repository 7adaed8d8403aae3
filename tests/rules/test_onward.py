"""Whether the duties travel with the data, hop by hop."""

from __future__ import annotations

import datetime as dt

import pytest

from ropa.law.lawbook import LawBook
from ropa.rules.onward import TOOLS_ABOVE, OnwardFacts, onward, onward_finding


def facts(**given: object) -> OnwardFacts:
    known: dict[str, object] = {"exporter": "Hub", "importer": "Cloud", "agreement": "Hub and Cloud", **given}
    return OnwardFacts(**known)  # type: ignore[arg-type]  # the names and types are those of OnwardFacts


@pytest.mark.parametrize(
    ("given", "standing"),
    [
        ({"terms": True}, "held"),
        ({"terms": False}, "missing"),
        ({"terms": None}, "unknown"),
        ({"terms": None, "agreement": ""}, "unknown"),
        ({"terms": None, "expired": dt.date(2026, 1, 1)}, "unknown"),
        ({"terms": True, "placed": False}, "unknown"),
        ({"terms": True, "regimes": ("uk",)}, "not-asked"),
        ({"terms": None, "regimes": ("uk",)}, "not-asked"),
        ({"terms": False, "regimes": ("uk",)}, "missing"),
    ],
)
def test_only_recorded_terms_are_fine_and_each_conclusion_says_why(given: dict[str, object], standing: str) -> None:
    concluded = onward(facts(**given))
    assert concluded.standing == standing
    assert bool(concluded.reasons) == (standing != "not-asked")


def test_what_is_asked_is_what_the_tool_above_says() -> None:
    sources = [reason.source for reason in onward(facts(terms=None, above=("eu-scc-2021", "anything"))).reasons]
    assert any("8.8 and 9" in source for source in sources)
    sources = [reason.source for reason in onward(facts(terms=None, above=("eu-us-dpf-2023",))).reasons]
    assert any("accountability for onward transfer" in source for source in sources)
    assert "Art. 28(4) GDPR and UK GDPR" in [reason.source for reason in onward(facts(terms=None)).reasons]


def test_every_tool_named_is_in_the_law_data() -> None:
    assert [id_ for id_ in TOOLS_ABOVE if LawBook.packaged().entry(id_) is None] == []


def test_a_missing_term_weighs_more_than_one_that_nobody_recorded() -> None:
    (missing,) = onward_finding(facts(terms=False), "acme", "agreement/a", "Hub to Cloud", "Work · Name")
    (unknown,) = onward_finding(facts(), "acme", "agreement/a", "Hub to Cloud", "Work · Name")
    assert (missing.rule, missing.severity, missing.kind) == ("onward-terms-missing", "high", "finding")
    assert (unknown.rule, unknown.severity, unknown.kind) == ("onward-terms-unknown", "medium", "gap")
    assert list(onward_finding(facts(terms=True), "acme", "agreement/a", "x", "y")) == []


def test_an_expired_agreement_says_since_when() -> None:
    concluded = onward(facts(terms=None, expired=dt.date(2026, 1, 1)))
    assert "expired on 2026-01-01" in concluded.reasons[0].text
