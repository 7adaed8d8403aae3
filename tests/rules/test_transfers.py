"""What a verdict says: the reasons, the remedies, the warnings, and when it will change by itself."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ropa.rules
from ropa.law.entries import Adequacy
from ropa.law.lawbook import LawBook
from ropa.rules.finding import Reason
from ropa.rules.hop import Hop, SafeguardFacts
from ropa.rules.transfers import judge, judge_all
from ropa.rules.verdict import FINDINGS, STATUSES, Verdict, rank, worst_of

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


def test_a_fallen_privacy_shield_says_since_when_and_why_and_what_to_do() -> None:
    verdict = judge(HUBSPOT, "uk", BOOK, TODAY)
    assert verdict.status == "unsafeguarded"
    assert verdict.reasons[0] == Reason(
        "Recorded: Privacy Shield, (EU) 2016/1250. It fell on 2020-07-16 (C-311/18), and the Data Privacy Framework "
        "did not take its place by itself.",
        "C-311/18",
    )
    assert verdict.remedies == (
        "If HubSpot is on the DPF list with the UK Extension, record that; else an IDTA, or the Addendum with the EU "
        "clauses, and a transfer risk assessment.",
    )


def test_the_remedy_is_the_regimes_own() -> None:
    hop = replace(HUBSPOT, exporter_regimes=frozenset({"eu"}))
    assert judge(hop, "eu", BOOK, TODAY).remedies == (
        "If HubSpot is on the DPF list, record that; else the EU standard clauses (2021/914) in the module that fits, "
        "and a transfer impact assessment.",
    )


def test_before_its_successor_existed_a_fallen_scheme_does_not_name_it() -> None:
    verdict = judge(HUBSPOT, "uk", BOOK, date(2022, 6, 1))
    assert "It fell on 2020-07-16 (C-311/18)." in words(verdict)
    assert "did not take its place" not in words(verdict)


def test_uk_law_before_2021_says_that_it_is_the_eus() -> None:
    verdict = judge(HUBSPOT, "uk", BOOK, date(2018, 6, 1))
    assert verdict.status == "adequate"
    assert verdict.reasons[-1].text == "Until 2020-12-31 it is the law of the EU that counts here."
    assert verdict.regime == "uk"


def test_the_remedy_offers_only_what_could_be_signed_that_day() -> None:
    hop = Hop(importer_country="IN")
    assert "IDTA" not in judge(hop, "uk", BOOK, date(2022, 3, 20)).remedies[0]
    assert "an IDTA" in judge(hop, "uk", BOOK, date(2022, 3, 21)).remedies[0]
    assert "2010/87/EU" in judge(hop, "uk", BOOK, date(2022, 9, 21)).remedies[0]
    assert "2010/87/EU" not in judge(hop, "uk", BOOK, date(2022, 9, 22)).remedies[0]


def test_nothing_recorded_for_the_us_says_that_nobody_looked_at_the_list() -> None:
    verdict = judge(Hop(importer_country="US"), "uk", BOOK, TODAY)
    assert verdict.status == "unsafeguarded"
    assert "No safeguard is recorded" in words(verdict)
    assert "Whether the importer is on the list is not recorded" in words(verdict)


def test_what_rests_on_the_dpf_alone_is_adequate_with_a_warning() -> None:
    for regime in ("eu", "uk"):
        alone = judge(LISTED, regime, BOOK, TODAY)
        assert alone.status == "adequate"
        assert "under appeal" in doubts(alone)
        backed = judge(replace(LISTED, safeguards=(CLAUSES, ADDENDUM)), regime, BOOK, TODAY)
        assert backed.status == "adequate"
        assert "under appeal" not in doubts(backed)


def test_clauses_of_the_other_regime_do_not_back_the_dpf_up() -> None:
    verdict = judge(replace(LISTED, safeguards=(CLAUSES,)), "uk", BOOK, TODAY)
    assert "under appeal" in doubts(verdict)


def test_a_fallen_scheme_beside_a_good_safeguard_is_a_warning() -> None:
    hop = replace(HUBSPOT, safeguards=(*HUBSPOT.safeguards, CLAUSES, ADDENDUM))
    verdict = judge(hop, "uk", BOOK, TODAY)
    assert verdict.status == "safeguarded"
    assert "Also recorded: Privacy Shield" in doubts(verdict)


def test_tools_of_the_other_regime_are_no_warning_where_something_carries_the_transfer() -> None:
    hop = Hop(importer_country="IN", safeguards=(CLAUSES, ADDENDUM))
    assert doubts(judge(hop, "eu", BOOK, TODAY)) == ""
    assert doubts(judge(hop, "uk", BOOK, TODAY)) == ""


def test_an_incomplete_safeguard_lists_everything_that_is_missing() -> None:
    verdict = judge(Hop(importer_country="IN", safeguards=(SafeguardFacts("uk-addendum"),)), "uk", BOOK, TODAY)
    assert verdict.status == "incomplete"
    assert len(verdict.remedies) == 2
    assert verdict.remedies[1] == "Record a transfer risk assessment (TRA) for India."


def test_a_wrong_module_names_the_right_one() -> None:
    wrong = replace(CLAUSES, module="1")
    hop = Hop(importer_country="IN", exporter_role="controller", importer_role="processor", safeguards=(wrong,))
    assert judge(hop, "eu", BOOK, TODAY).remedies == (
        "Sign module 2 (controller to processor), or correct the roles.",
    )  # fmt: skip


def test_what_is_not_recorded_about_good_clauses_is_said() -> None:
    hop = Hop(importer_country="IN", safeguards=(replace(CLAUSES, signed=None),))
    verdict = judge(hop, "eu", BOOK, TODAY)
    assert verdict.status == "safeguarded"
    assert "the day of signature is not recorded" in doubts(verdict)


def test_binding_corporate_rules_ask_whether_the_importer_is_in_the_group() -> None:
    bcr = SafeguardFacts("bcr-c", approved=("eu",), assessment=date(2024, 1, 1))
    hop = Hop(importer_country="IN", safeguards=(bcr,))
    assert "belongs to the group is not recorded" in doubts(judge(hop, "eu", BOOK, TODAY))
    assert "belongs to the group" not in doubts(judge(replace(hop, intra_group=True), "eu", BOOK, TODAY))
    assert "approved under EU GDPR alone, not under UK GDPR" in words(judge(hop, "uk", BOOK, TODAY))


def test_a_bank_on_the_dpf_list_is_worth_a_second_look() -> None:
    assert "not usually eligible" in doubts(judge(replace(LISTED, importer_sector="bank"), "eu", BOOK, TODAY))


def test_limits_and_unverified_law_are_said() -> None:
    verdict = judge(Hop(importer_country="BR"), "eu", BOOK, TODAY)
    assert "Check that they do not apply" in doubts(verdict)
    assert "was not checked against its source" in doubts(verdict)


def test_a_derogation_that_nobody_called_occasional_is_treated_as_systematic() -> None:
    hop = Hop(importer_country="IN", safeguards=(SafeguardFacts("art49-a"),))
    verdict = judge(hop, "uk", BOOK, TODAY)
    assert verdict.status == "unsafeguarded"
    assert "is not recorded, so it is treated as systematic" in words(verdict)
    assert verdict.remedies[0].startswith("Record it, if the transfer is occasional; else an IDTA")


def test_a_safeguard_with_no_country_names_what_is_on_file() -> None:
    verdict = judge(Hop(safeguards=(CLAUSES,), importer_name="Acme"), "uk", BOOK, TODAY)
    assert "EU standard contractual clauses 2021" in words(verdict)
    assert verdict.remedies == ("Record the country of Acme.",)


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
