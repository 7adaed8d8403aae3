"""Verdicts by day and by law: last days, first days, law that a user changed, and who is bound."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ropa.law.entries import Adequacy
from ropa.law.lawbook import LawBook
from ropa.rules.hop import Hop, SafeguardFacts
from ropa.rules.transfers import judge, judge_all
from ropa.rules.verdict import Verdict

BOOK = LawBook.packaged()
TODAY = date(2026, 11, 21)
HUBSPOT = Hop(
    importer_country="US", importer_name="HubSpot", safeguards=(SafeguardFacts("privacy-shield"),),
    exporter_regimes=frozenset({"uk"}),
)  # fmt: skip
CLAUSES = SafeguardFacts("eu-scc-2021", module="2", signed=date(2023, 2, 1), assessment=date(2023, 2, 1))
ADDENDUM = SafeguardFacts("uk-addendum", signed=date(2023, 2, 1), assessment=date(2023, 2, 1))
LISTED = Hop(importer_country="US", dpf="active", dpf_uk_extension=True)


def words(verdict: Verdict) -> str:
    return " ".join(reason.text for reason in verdict.reasons)


def doubts(verdict: Verdict) -> str:
    return " ".join(reason.text for reason in verdict.warnings)


@pytest.mark.parametrize(
    ("hop", "regime", "on", "until"),
    [
        (HUBSPOT, "uk", date(2018, 6, 1), date(2020, 7, 15)),
        (Hop(importer_country="GB"), "eu", date(2025, 6, 1), date(2031, 12, 27)),
        (Hop(importer_country="GB"), "eu", date(2020, 1, 1), date(2020, 12, 31)),
        (Hop(importer_country="GB"), "eu", date(2021, 3, 1), date(2021, 6, 27)),
        (Hop(importer_country="FR"), "uk", date(2019, 1, 1), date(2020, 12, 31)),
        (Hop(importer_country="FR"), "uk", TODAY, None),
        (Hop(importer_country="BR"), "eu", date(2026, 1, 20), date(2026, 1, 25)),
        (replace(LISTED, dpf_until=date(2027, 2, 21)), "uk", TODAY, date(2027, 2, 21)),
        (LISTED, "uk", TODAY, None),
        (
            Hop(importer_country="IN", safeguards=(replace(CLAUSES, until=date(2027, 1, 31)),)),
            "eu", TODAY, date(2027, 1, 31),
        ),
        (
            Hop(importer_country="IN", safeguards=(ADDENDUM, replace(CLAUSES, until=date(2027, 1, 31)))),
            "uk", TODAY, date(2027, 1, 31),
        ),
        (
            Hop(importer_country="IN", safeguards=(SafeguardFacts("eu-scc-2010", signed=date(2019, 1, 1)),)),
            "uk", date(2023, 1, 1), date(2024, 3, 21),
        ),
    ],
)  # fmt: skip
def test_a_verdict_knows_its_last_day(hop: Hop, regime: str, on: date, until: date | None) -> None:
    assert judge(hop, regime, BOOK, on).until == until


def test_two_good_safeguards_last_as_long_as_the_longer() -> None:
    short, long = replace(CLAUSES, until=date(2027, 1, 1)), replace(CLAUSES, until=date(2028, 1, 1))
    verdict = judge(Hop(importer_country="IN", safeguards=(short, long)), "eu", BOOK, TODAY)
    assert verdict.until == date(2028, 1, 1)


def test_a_verdict_on_a_users_law_says_so() -> None:
    mine = Adequacy(
        id="uk-in-2026", name="India", explain="As our counsel reads it.", source="opinion of 2026-03-01",
        regime="uk", place="IN", start=date(2026, 3, 1),
    )  # fmt: skip
    verdict = judge(Hop(importer_country="IN"), "uk", BOOK.extended([mine], origin="our-law.yaml"), TODAY)
    assert verdict.status == "adequate"
    assert verdict.rests_on == ("uk-in-2026",)
    assert "as stated by our-law.yaml" in doubts(verdict)


def test_what_if_the_dpf_fell() -> None:
    book = BOOK.ended("eu-us-dpf", since=TODAY, origin="what if")
    verdict = judge(LISTED, "eu", book, TODAY)
    assert verdict.status == "unsafeguarded"
    assert "Data Privacy Framework ((EU) 2023/1795) held until 2026-11-20." in words(verdict)
    assert "as stated by what if" in doubts(verdict)
    assert judge(replace(LISTED, safeguards=(CLAUSES,)), "eu", book, TODAY).status == "safeguarded"


def test_what_if_a_derogation_fell() -> None:
    hop = Hop(importer_country="IN", systematic=False, safeguards=(SafeguardFacts("art49-a"),))
    book = BOOK.ended("art49-a", since=TODAY, origin="what if")
    assert judge(hop, "uk", book, date(2026, 11, 20)).status == "derogation"
    verdict = judge(hop, "uk", book, TODAY)
    assert verdict.status == "unsafeguarded"
    assert "Under UK GDPR it held until 2026-11-20." in words(verdict)


def test_a_claim_has_dates_of_its_own() -> None:
    claim = SafeguardFacts("privacy-shield", signed=date(2017, 1, 1), until=date(2018, 12, 31))
    hop = Hop(importer_country="US", safeguards=(claim,))
    assert judge(hop, "eu", BOOK, date(2016, 12, 31)).status == "unsafeguarded"
    assert "which is after 2016-12-31" in words(judge(hop, "eu", BOOK, date(2016, 12, 31)))
    assert judge(hop, "eu", BOOK, date(2017, 1, 1)).status == "adequate"
    assert judge(hop, "eu", BOOK, date(2018, 12, 31)).until == date(2018, 12, 31)
    assert judge(hop, "eu", BOOK, date(2019, 1, 1)).status == "unsafeguarded"
    assert "valid until 2018-12-31. It has ended." in words(judge(hop, "eu", BOOK, date(2019, 1, 1)))


def test_a_recorded_claim_is_named_where_it_holds() -> None:
    hop = Hop(importer_country="US", safeguards=(SafeguardFacts("eu-us-dpf"),), dpf="active")
    verdict = judge(hop, "eu", BOOK, TODAY)
    assert verdict.status == "adequate"
    assert words(verdict).startswith("Recorded: Data Privacy Framework.")
    assert "is no mechanism of UK GDPR" in words(judge(replace(hop, dpf="none"), "uk", BOOK, TODAY))


def test_a_loose_name_for_clauses_is_not_read_as_the_best_of_them() -> None:
    hop = Hop(importer_country="IN", safeguards=(SafeguardFacts("eu-scc"),), assessment=date(2024, 1, 1))
    verdict = judge(hop, "eu", BOOK, TODAY)
    assert verdict.status == "incomplete"
    assert verdict.remedies == (
        "Record which clauses were signed, and when; to count they must be (EU) 2021/914.",
    )  # fmt: skip


def test_safe_harbour_names_the_scheme_of_the_day_that_did_not_take_its_place() -> None:
    hop = Hop(importer_country="US", safeguards=(SafeguardFacts("safe-harbour"),))
    assert "and the Privacy Shield did not take its place" in words(judge(hop, "eu", BOOK, date(2018, 6, 1)))
    assert "and the Data Privacy Framework did not take its place" in words(judge(hop, "eu", BOOK, TODAY))
    assert "did not take its place" not in words(judge(hop, "eu", BOOK, date(2022, 6, 1)))


def test_first_and_last_days_still_count() -> None:
    claim = SafeguardFacts("privacy-shield", signed=date(2017, 1, 1), until=date(2018, 12, 31))
    hop = Hop(importer_country="US", safeguards=(claim,))
    for day in (date(2017, 1, 1), date(2018, 12, 31)):
        assert judge(hop, "eu", BOOK, day).warnings == ()
    signed_today = Hop(importer_country="IN", safeguards=(replace(CLAUSES, signed=TODAY, assessment=TODAY), ADDENDUM))
    for regime in ("eu", "uk"):
        assert judge(signed_today, regime, BOOK, TODAY).status == "safeguarded"
    assert f"with a transfer impact assessment of {TODAY}" in words(judge(signed_today, "eu", BOOK, TODAY))


def test_the_periods_of_decisions_read_as_sentences() -> None:
    assert "is in force since 2023-07-10." in words(judge(LISTED, "eu", BOOK, TODAY))
    shield = words(judge(HUBSPOT, "uk", BOOK, date(2018, 6, 1)))
    assert "is in force from 2016-07-12 until 2020-07-15." in shield
    bcr = SafeguardFacts("bcr-c", approved=("eu",))
    verdict = judge(Hop(importer_country="IN", safeguards=(bcr,)), "eu", BOOK, date(2017, 1, 1))
    assert "It is in force under Directive 95/46/EC." in words(verdict)
    ended = judge(
        Hop(importer_country="IN", safeguards=(bcr,)), "eu", BOOK.ended("bcr-c", since=TODAY, origin="what if"),
        date(2017, 1, 1),
    )  # fmt: skip
    assert "It is in force until 2026-11-20 under" in words(ended)


def test_a_full_decision_is_one_sentence_and_a_partial_one_says_what_it_covers() -> None:
    assert len(judge(Hop(importer_country="NZ"), "eu", BOOK, TODAY).reasons) == 1
    partial = judge(Hop(importer_country="CA", in_scope="yes"), "eu", BOOK, TODAY)
    assert "Recorded as within it: recipients subject to PIPEDA" in words(partial)


def test_what_is_decided_is_not_asked_again() -> None:
    refused = judge(replace(LISTED, dpf_uk_extension=False), "uk", BOOK, TODAY)
    assert refused.remedies == (
        "Put in place an IDTA, or the Addendum with the EU clauses, and a transfer risk assessment.",
    )  # fmt: skip
    asked = judge(Hop(importer_country="CA"), "uk", BOOK, TODAY)
    assert asked.remedies[0].startswith("Record whether the importer is subject to PIPEDA; else an IDTA")


def test_before_the_gdpr_nobody_is_asked_for_an_assessment() -> None:
    verdict = judge(Hop(importer_country="IN"), "eu", BOOK, date(2017, 1, 1))
    assert verdict.remedies == ("Put in place the standard clauses for processors (2010/87/EU).",)


def test_a_partial_decision_to_come_is_no_date_to_wait_for() -> None:
    assert judge(Hop(importer_country="KR"), "eu", BOOK, date(2021, 12, 1)).until is None


def test_a_finding_tells_what_decides_it_first_and_leaves_out_what_does_not_matter() -> None:
    open_scope = judge(Hop(importer_country="CA"), "uk", BOOK, TODAY)
    assert "PIPEDA" in open_scope.reasons[1].text
    assert open_scope.reasons[-1].text == "No safeguard is recorded for this transfer."
    half = judge(
        Hop(importer_country="IN", safeguards=(SafeguardFacts("uk-idta"), replace(CLAUSES, assessment=None))),
        "uk", BOOK, TODAY,
    )  # fmt: skip
    assert half.status == "incomplete"
    assert "EU standard contractual clauses" not in words(half)
    assert "No safeguard is recorded" not in words(half)
    assert words(half).count("no transfer risk assessment (TRA) is on record") == 1


def test_a_safeguard_that_cannot_count_is_not_asked_for_its_assessment() -> None:
    old = Hop(importer_country="IN", safeguards=(SafeguardFacts("uk-idta", until=date(2026, 1, 1)),))
    verdict = judge(old, "uk", BOOK, TODAY)
    assert verdict.status == "unsafeguarded"
    assert "has ended" in words(verdict)
    assert "assessment" not in words(verdict)


def test_unverified_law_says_what_is_in_doubt() -> None:
    verdict = judge(Hop(importer_country="BR"), "eu", BOOK, TODAY)
    assert "was not checked against its source: the wording of the exclusions in Article 1." in doubts(verdict)


def test_each_regime_that_binds_the_exporter_gets_a_verdict() -> None:
    both = Hop(importer_country="US", exporter_regimes=frozenset({"uk", "eu"}), safeguards=(CLAUSES,))
    assert {v.regime: v.status for v in judge_all(both, BOOK, TODAY)} == {"eu": "safeguarded", "uk": "unsafeguarded"}
    assert judge_all(replace(both, exporter_regimes=frozenset()), BOOK, TODAY) == ()
    assert len(judge_all(replace(both, exporter_regimes=None), BOOK, TODAY)) == 2


def test_a_hop_that_neither_regime_binds_speaks_of_onward_terms() -> None:
    hop = Hop(importer_country="IN", exporter_regimes=frozenset(), exporter_name="Vendor Inc.")
    verdict = judge(hop, "uk", BOOK, TODAY)
    assert verdict.status == "not-restricted"
    assert "UK GDPR does not bind Vendor Inc." in words(verdict)
    assert "onward terms" in words(verdict)


def test_an_unknown_regime_is_refused() -> None:
    with pytest.raises(KeyError):
        judge(LISTED, "swiss", BOOK, TODAY)
