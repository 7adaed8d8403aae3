"""What a verdict says: the reasons, the remedies, the warnings, and when it will change by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ropa.law.lawbook import LawBook
from ropa.rules.finding import Reason
from ropa.rules.hop import Hop, SafeguardFacts
from ropa.rules.transfers import judge
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


def test_a_document_that_says_adequacy_is_taken_at_its_word_only_where_there_is_a_decision() -> None:
    claim = (SafeguardFacts("adequacy"),)
    assert judge(Hop(importer_country="NZ", safeguards=claim), "uk", BOOK, TODAY).warnings == ()
    assert "There is none in force for India." in words(
        judge(Hop(importer_country="IN", safeguards=claim), "uk", BOOK, TODAY)
    )


def test_doubts_about_clauses_are_told_while_they_may_still_count() -> None:
    old = Hop(importer_country="IN", safeguards=(SafeguardFacts("eu-scc-2010"),))
    assert "processing stays the same, which is not recorded" in doubts(judge(old, "eu", BOOK, date(2022, 6, 1)))
    assert judge(old, "eu", BOOK, TODAY).warnings == ()


def test_clauses_without_a_module_carry_with_a_warning() -> None:
    bare = replace(CLAUSES, module=None)
    eu = judge(Hop(importer_country="IN", safeguards=(bare,)), "eu", BOOK, TODAY)
    uk = judge(Hop(importer_country="IN", safeguards=(bare, ADDENDUM)), "uk", BOOK, TODAY)
    for verdict in (eu, uk):
        assert verdict.status == "safeguarded"
        assert "which module was signed is not recorded" in doubts(verdict)
    assert "which module" not in doubts(
        judge(Hop(importer_country="IN", safeguards=(CLAUSES, ADDENDUM)), "uk", BOOK, TODAY)
    )


def test_a_derogation_says_which_of_its_conditions_nobody_recorded() -> None:
    consent = SafeguardFacts("art49-a", conditions_met=frozenset({"told-of-risks"}))
    hop = Hop(importer_country="IN", systematic=False, safeguards=(consent,))
    verdict = judge(hop, "uk", BOOK, TODAY)
    assert verdict.status == "derogation"
    assert "explicitly consented" in doubts(verdict)
    assert "told of the possible risks" not in doubts(verdict)
    every = frozenset({"told-of-risks", "explicit-consent"})
    assert judge(replace(hop, safeguards=(replace(consent, conditions_met=every),)), "uk", BOOK, TODAY).warnings == ()


def test_a_look_at_the_list_grows_old_after_a_year() -> None:
    looked = replace(LISTED, dpf_checked=date(2025, 11, 21))
    assert "last looked at" not in doubts(judge(looked, "uk", BOOK, TODAY))
    assert "The list was last looked at on 2025-11-21" in doubts(judge(looked, "uk", BOOK, date(2026, 11, 22)))


def test_the_day_from_which_the_clauses_of_2004_apply_is_said_to_be_unchecked() -> None:
    hop = Hop(importer_country="IN", safeguards=(SafeguardFacts("eu-scc-2004", signed=date(2006, 1, 1)),))
    assert "was not checked against its source: the day from which it applies" in doubts(
        judge(hop, "eu", BOOK, date(2010, 1, 1))
    )


def test_an_addendum_is_content_with_one_set_of_clauses_whose_module_is_recorded() -> None:
    both = (ADDENDUM, CLAUSES, replace(CLAUSES, module=None))
    verdict = judge(Hop(importer_country="IN", safeguards=both), "uk", BOOK, TODAY)
    assert verdict.status == "safeguarded"
    assert "which module" not in doubts(verdict)
    alone = (ADDENDUM, replace(CLAUSES, module=None))
    assert "which module" in doubts(judge(Hop(importer_country="IN", safeguards=alone), "uk", BOOK, TODAY))
