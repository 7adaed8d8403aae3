"""What a user sees of each rule: a register without the fault is quiet, one with it is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.rules.catalogue import CATALOGUE
from ropa.rules.finding import Finding
from ropa.services.findings import checking
from ropa.services.findings.checking import at_or_above, findings_of
from tests.registers import COMPLETE, HEAD, TODAY, register


def found(body: str, on: dt.date = TODAY, head: str = HEAD) -> dict[str, list[Finding]]:
    rules: dict[str, list[Finding]] = {}
    for each in findings_of(register(body, head), on):
        rules.setdefault(each.rule, []).append(each)
    return rules


def test_a_complete_register_has_no_findings() -> None:
    assert found(COMPLETE) == {}


FAULTS = {
    "role-missing": ("    role: controller\n", ""),
    "purpose-missing": ("    purposes: [telling clients]\n", ""),
    "subjects-missing": ("    subject_categories: [clients]\n", ""),
    "data-missing": ("    data_categories: [name]\n", ""),
    "security-missing": ("    security: [encryption]\n", ""),
    "lawful-basis-missing": ("    lawful_bases: [consent]\n", ""),
    "lia-missing": ("lawful_bases: [consent]", "lawful_bases: [legitimate-interests]"),
    "vital-interests-doubtful": ("lawful_bases: [consent]", "lawful_bases: [vital-interests]"),
    "retention-missing": ("    retention: [{period: 2 years, trigger: the last order}]\n", ""),
    "retention-trigger-missing": (", trigger: the last order", ""),
    "recipients-missing": ("engagements: [{party: mailer, service: sending, agreement: mailer-dpa}]", "note: none"),
    "article-9-condition-missing": ("{name: Name}", "{name: {name: Health, special: health}}"),
    "article-10-condition-missing": ("{name: Name}", "{name: {name: Convictions, criminal: true}}"),
    "dpia-missing": ("    security: [encryption]\n", "    security: [encryption]\n    dpia: required\n"),
    "agreement-missing": (
        "  mailer-dpa: {name: Mailer DPA, party: mailer,",
        "  mailer-dpa: {name: Chat, type: other, party: mailer,",
    ),
    "agreement-unread": (", clauses: [a, b, c, d, e, f, g, h]", ""),
    "agreement-incomplete": ("[a, b, c, d, e, f, g, h]", "[a, b, c, e, f, g, h]"),
    "agreement-expired": ("name: Mailer DPA,", "name: Mailer DPA, expires: 2026-11-20,"),
    "crossing-undocumented": (
        "legal_name: Mailer Ltd, country: United Kingdom",
        "legal_name: Mailer SA, country: France",
    ),
    "transfer-unsafeguarded": ("country: United Kingdom, address: Leeds", "country: India, address: Pune"),
    "transfer-unknown": ("country: United Kingdom, address: Leeds", "address: Leeds"),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_alone_is_found(rule: str) -> None:
    before, after = FAULTS[rule]
    assert before in COMPLETE
    rules = found(COMPLETE.replace(before, after))
    assert rule in rules
    assert rules[rule][0].kind == CATALOGUE[rule].kind
    # An undocumented crossing comes with a transfer that nothing covers, and nothing else comes along.
    assert set(rules) - {rule} <= {"crossing-undocumented"}


def test_an_agreement_holds_until_the_end_of_its_last_day() -> None:
    body = COMPLETE.replace("name: Mailer DPA,", "name: Mailer DPA, expires: 2026-11-21,")
    assert "agreement-expired" not in found(body)
    assert "agreement-expired" in found(body, TODAY + dt.timedelta(days=1))


def test_vague_words_about_retention_are_quoted_back() -> None:
    body = COMPLETE.replace("{period: 2 years, trigger: the last order}", '{stated: "as long as necessary"}')
    (gap,) = found(body)["retention-missing"]
    assert "“as long as necessary”" in gap.message
    assert gap.symbol == "?"


def test_an_event_that_ends_retention_is_a_time_limit() -> None:
    body = COMPLETE.replace("{period: 2 years, trigger: the last order}", "{until: consent is withdrawn}")
    assert found(body) == {}


def test_consent_for_health_data_needs_no_second_condition_and_employment_law_does() -> None:
    marked = COMPLETE.replace("{name: Name}", "{name: {name: Health, special: health}}")
    consent = marked.replace("lawful_bases:", "conditions: [art9-a]\n    lawful_bases:")
    employment = marked.replace("lawful_bases:", "conditions: [art9-b]\n    lawful_bases:")
    assert found(consent) == {}
    assert set(found(employment)) == {"schedule-1-condition-missing"}
    both = marked.replace("lawful_bases:", "conditions: [art9-b, sch1-1]\n    lawful_bases:")
    assert set(found(both)) == {"policy-document-missing"}


def test_recognised_legitimate_interests_exist_in_the_uk_from_february_2026_only() -> None:
    body = COMPLETE.replace("lawful_bases: [consent]", "lawful_bases: [recognised-legitimate-interests]")
    assert "lawful-basis-not-available" in found(body, dt.date(2026, 2, 4))
    assert "lawful-basis-not-available" not in found(body, dt.date(2026, 2, 5))
    french = HEAD.replace("United Kingdom", "France")
    assert "lawful-basis-not-available" in found(body, head=french)


def test_a_processor_with_a_basis_of_its_own_and_no_controller_is_told_that_it_decides() -> None:
    body = COMPLETE.replace("    role: controller\n", "    role: processor\n    processing: [sending]\n")
    assert "processor-decides" in found(body)
    without = body.replace("    lawful_bases: [consent]\n", "")
    assert "controllers-missing" in found(without)
    assert "processor-decides" not in found(without)


def test_a_subprocessor_nobody_can_reach_is_a_gap_for_the_controllers() -> None:
    body = """
    parties:
      client: {name: Client, country: United Kingdom}
      host: {name: Host, country: United Kingdom}
    data_categories: {name: Name}
    subject_categories: {staff: Staff of clients}
    activities:
      hosting:
        name: Hosting
        role: processor
        processing: [storage]
        controllers: [client]
        subject_categories: [staff]
        data_categories: [name]
        security: [encryption]
        engagements: [host]
    """
    rules = found(body)
    assert set(rules) == {
        "agreement-missing",
        "customer-agreement-missing",
        "subprocessor-identity-missing",
        "subprocessor-authorisation-missing",
    }
    assert "legal name, address, contact" in rules["subprocessor-identity-missing"][0].message


def test_ended_activities_and_vendors_are_left_alone() -> None:
    body = COMPLETE.replace("country: United Kingdom, address: Leeds", "country: India, address: Pune")
    ended = body.replace("service: sending,", "service: sending, until: 2026-11-20,")
    assert "transfer-unsafeguarded" in found(ended, dt.date(2026, 11, 20))
    assert "transfer-unsafeguarded" not in found(ended)


def test_expired_and_overdue_documents_are_named() -> None:
    body = (
        COMPLETE
        + """
documents:
  iso: {name: ISO certificate, type: certificate, expires: 2026-11-20}
  lia: {name: Marketing LIA, type: lia, review: 2026-11-20}
  next: {name: Next review, type: lia, review: 2026-11-21, expires: 2026-11-21}
"""
    )
    rules = found(body)
    assert [each.subject for each in rules["document-expired"]] == ["document/iso"]
    assert [each.subject for each in rules["document-overdue"]] == ["document/lia"]


def test_days_before_the_gdpr_applied_are_not_judged_by_it() -> None:
    body = COMPLETE.replace("    lawful_bases: [consent]\n", "").replace("clauses: [a, b, c, d, e, f, g, h]", "note: x")
    body += "documents:\n  iso: {name: ISO certificate, expires: 2017-01-01}\n"
    head = HEAD.replace("  address: 1 High Street, Leeds\n", "")
    later = set(found(body, dt.date(2018, 5, 25), head))
    assert later == {"lawful-basis-missing", "agreement-unread", "document-expired", "contact-missing"}
    assert found(body, dt.date(2018, 5, 24), head) == {}


def test_transfers_before_the_gdpr_are_judged_by_the_law_of_their_day() -> None:
    body = COMPLETE.replace("country: United Kingdom, address: Leeds", "country: India, address: Pune")
    assert "transfer-unsafeguarded" in found(body, dt.date(2018, 5, 24))


def test_an_activity_is_faulted_from_the_day_it_begins_to_the_day_it_ends() -> None:
    body = COMPLETE.replace("    lawful_bases: [consent]\n", "    since: 2026-11-21\n    until: 2026-11-23\n")
    days = {day: "lawful-basis-missing" in found(body, dt.date(2026, 11, day)) for day in (20, 21, 23, 24)}
    assert days == {20: False, 21: True, 23: True, 24: False}


def test_schedule_1_stood_beside_the_eu_law_of_british_organisations_before_2021() -> None:
    marked = COMPLETE.replace("{name: Name}", "{name: {name: Health, special: health}}")
    employment = marked.replace("lawful_bases:", "conditions: [art9-b]\n    lawful_bases:")
    assert set(found(employment, dt.date(2019, 6, 1))) == {"schedule-1-condition-missing"}
    assert (
        found(employment, dt.date(2019, 6, 1), HEAD.replace("United Kingdom", "Germany")).keys()
        & {
            "schedule-1-condition-missing",
            "article-9-condition-missing",
        }
        == set()
    )


OPERATED = (
    COMPLETE.replace(
        "    engagements: [{party: mailer, service: sending, agreement: mailer-dpa}]\n", "    systems: [tool]\n"
    )
    + "systems:\n  tool: {name: Tool, operator: mailer, hosting: [United Kingdom]}\n"
)


def test_whoever_runs_a_system_in_use_is_a_processor_and_a_recipient() -> None:
    assert found(OPERATED) == {}
    without = OPERATED.replace("type: dpa", "").replace("{name: Mailer DPA, party", "{name: Chat, type: other, party")
    (gap,) = found(without)["agreement-missing"]
    assert gap.subject == "party/mailer"
    assert "agreement-missing" not in found(without.replace("    systems: [tool]\n", ""))


def test_a_customer_in_whose_system_the_work_is_done_is_no_subprocessor() -> None:
    body = OPERATED.replace("    role: controller\n", "    role: processor\n    processing: [sending]\n").replace(
        "    lawful_bases: [consent]\n", "    controllers: [mailer]\n"
    )
    assert "subprocessor-authorisation-missing" not in found(body)
    assert "agreement-missing" not in found(body.replace("{name: Mailer DPA,", "{name: Chat, type: other,"))
    other = body.replace("controllers: [mailer]", "controllers: [client]").replace(
        "parties:\n", "parties:\n  client: {name: Client, country: United Kingdom}\n"
    )
    assert "subprocessor-authorisation-missing" in found(other)


def test_the_agreement_named_on_the_engagement_is_the_one_that_is_judged() -> None:
    new = "  new: {name: New DPA, party: mailer, clauses: [a, b, c, d, e, f, g, h]}\nactivities:"
    expired = COMPLETE.replace("name: Mailer DPA,", "name: Mailer DPA, expires: 2026-11-20,")
    assert set(found(expired)) == {"agreement-expired"}
    assert set(found(expired.replace("activities:", new))) == {"agreement-not-current"}
    unread = new.replace(", clauses: [a, b, c, d, e, f, g, h]", "")
    assert set(found(expired.replace("activities:", unread))) == {"agreement-expired"}


def test_an_agreement_signed_later_does_not_cover_today() -> None:
    body = COMPLETE.replace("name: Mailer DPA,", "name: Mailer DPA, signed: 2026-11-22,")
    assert set(found(body)) == {"agreement-not-signed"}
    assert found(body, TODAY + dt.timedelta(days=1)) == {}


def test_joint_controllers_are_asked_for_by_name_and_arrangement() -> None:
    alone = COMPLETE.replace("    role: controller\n", "    role: joint-controller\n")
    assert set(found(alone)) == {"joint-controllers-missing"}
    named = alone.replace("    role: joint", "    joint_controllers: [beta]\n    role: joint").replace(
        "parties:\n", "parties:\n  beta: {name: Beta, country: United Kingdom}\n"
    )
    (gap,) = found(named)["joint-arrangement-missing"]
    assert (gap.subject, gap.detail) == ("activity/newsletter", "beta")
    arranged = named.replace(
        "agreements:\n", "agreements:\n  art-26: {name: Deal, type: joint-controller, party: beta}\n"
    )
    assert "joint-arrangement-missing" not in found(arranged)


def test_invented_customers_do_not_make_a_processor() -> None:
    body = COMPLETE.replace(
        "    role: controller\n",
        "    role: processor\n    processing: [sending]\n    controllers: [client]\n",
    ).replace("parties:\n", "parties:\n  client: {name: Client, country: United Kingdom, invented: true}\n")
    assert "processor-decides" in found(body)
    assert "processor-decides" not in found(body.replace(", invented: true", ""))


def test_each_finding_can_be_told_from_every_other_of_its_rule_and_subject() -> None:
    for path in sorted((Path(__file__).parents[3] / "data").glob("*.yaml")):
        all_of_it = findings_of(read_register(path.read_bytes(), path.name), TODAY)
        names = [(each.rule, each.subject, each.detail) for each in all_of_it]
        assert len(names) == len(set(names)), path.name


def test_what_cannot_be_judged_for_want_of_a_regime_is_said() -> None:
    rules = found("", head=HEAD.replace("  country: United Kingdom\n", ""))
    assert set(rules) == {"regime-unknown"}


def test_missing_contact_details_are_named() -> None:
    head = HEAD.replace("  contact: {email: privacy@acme.example}\n", "")
    (gap,) = found("", head=head)["contact-missing"]
    assert "e-mail or telephone" in gap.message
    assert "address" not in gap.title.split(": ", 1)[1]


def test_a_rule_that_crashes_is_shown_and_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[Finding]:
        raise KeyError("boom")

    monkeypatch.setattr(checking, "transfer_findings", broken)
    rules = found(COMPLETE.replace("    lawful_bases: [consent]\n", ""))
    assert "boom" in rules["internal-error"][0].message
    assert "lawful-basis-missing" in rules


def test_levels_include_what_weighs_more() -> None:
    findings = findings_of(
        register(COMPLETE.replace("country: United Kingdom, address", "country: India, address")), TODAY
    )
    assert {each.severity for each in at_or_above(findings, "high")} == {"high"}
    assert len(at_or_above(findings, "low")) == len(findings) > len(at_or_above(findings, "high"))


CUSTOMER = """
parties:
  client: {name: Client, country: United Kingdom}
  host: {name: Host, country: India}
agreements:
  client-terms: {name: Terms, type: terms, party: client, signed: 2024-01-01}
data_categories: {name: Name}
subject_categories: {staff: Staff of clients}
activities:
  hosting: {name: Hosting, role: processor, controllers: [client], subject_categories: [staff], data_categories: [name]}
changes:
  move: {name: Move to Host, kind: add, party: host, activities: [hosting], effective: 2027-01-01}
"""


def test_a_customer_without_a_running_contract_is_a_gap() -> None:
    assert "customer-agreement-missing" not in found(CUSTOMER)
    (gap,) = found(CUSTOMER.replace("signed: 2024-01-01", "signed: 2026-11-22"))["customer-agreement-missing"]
    assert gap.subject == "party/client"
    assert "Hosting" in gap.message


def test_a_change_that_nothing_would_cover_is_said_before_anybody_is_told() -> None:
    (finding,) = found(CUSTOMER)["change-uncovered"]
    assert (finding.subject, finding.symbol) == ("change/move", "✖")
    assert "India" in finding.message
    assert "change-uncovered" not in found(CUSTOMER.replace("country: India", "country: France"))
    assert "change-uncovered" not in found(CUSTOMER.replace("kind: add", "kind: add, state: withdrawn"))


def test_a_finding_about_invented_sample_data_says_so() -> None:
    from ropa.services.check_report import as_json, as_text
    from ropa.services.workspace import View

    sample = View(register(CUSTOMER.replace("kind: add", "kind: add, invented: true")), TODAY)
    marked = {each["subject"]: each["invented"] for each in as_json([sample])["findings"]}
    assert marked["change/move"] is True
    assert marked["activity/hosting"] is False
    assert as_text(sample).count("(invented sample data)") == sum(
        each.subject == "change/move" for each in sample.findings
    )


EVIDENCE = """
documents:
  paper: {name: Paper, date: 2026-11-22}
"""


@pytest.mark.parametrize(
    ("rule", "before", "after", "title"),
    [
        (
            "lia-missing",
            "lawful_bases: [consent]",
            "lawful_bases: [{basis: legitimate-interests, assessment: paper}]",
            "Newsletter: legitimate interests, not assessed yet",
        ),
        (
            "dpia-missing",
            "    security: [encryption]\n",
            "    security: [encryption]\n    dpia: required\n    dpia_document: paper\n",
            "Newsletter: impact assessment required, not made yet",
        ),
        (
            "policy-document-missing",
            "    security: [encryption]\n",
            "    security: [encryption]\n    conditions: [art9-b, {condition: sch1-1, policy_document: paper}]\n",
            "Newsletter: no appropriate policy document recorded",
        ),
    ],
)
def test_evidence_that_was_made_later_is_no_evidence_for_the_date(
    rule: str, before: str, after: str, title: str
) -> None:
    body = COMPLETE.replace(before, after) + EVIDENCE
    (missing,) = found(body)[rule]
    assert missing.title == title
    assert "22 November 2026" in missing.message
    assert rule not in found(body, TODAY + dt.timedelta(days=1))


def test_an_impact_assessment_that_is_recorded_as_in_progress_is_not_taken_for_made() -> None:
    more = "    security: [encryption]\n    dpia: required\n    dpia_progress: in-progress\n    dpia_document: paper\n"
    body = COMPLETE.replace("    security: [encryption]\n", more) + EVIDENCE.replace("2026-11-22", "2026-11-01")
    (missing,) = found(body)["dpia-missing"]
    assert missing.title == "Newsletter: impact assessment required, not finished"
    assert "it is recorded as in progress" in missing.message
    assert "dpia-missing" not in found(body.replace("in-progress", "completed"))
