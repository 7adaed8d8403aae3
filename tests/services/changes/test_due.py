"""Who is told of a change, what is late, and what stands in the way."""

from __future__ import annotations

import datetime as dt

from ropa.rules.finding import Finding
from ropa.services.changes.due import due_dates
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, open_changes
from ropa.services.findings.changes import change_findings
from ropa.services.notices.documents import notice_report
from tests.reports.sample import ON, REGISTER, register


def status(text: str = REGISTER, on: dt.date = ON) -> ChangeStatus:
    (found,) = open_changes(register(text), on)
    return found


def customer(key: str, text: str = REGISTER) -> CustomerNotice:
    return next(each for each in status(text).customers if each.customer == key)


def findings(text: str = REGISTER) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for each in change_findings(register(text), ON):
        found.setdefault(each.rule, []).append(each)
    return found


def test_only_customers_whose_processing_reaches_the_party_are_told_and_why() -> None:
    assert {each.customer for each in status().owed} == {"alba", "brae", "corrie"}
    (why,) = customer("corrie").why
    assert (why.activity, why.data) == ("hosting", ("files",))


def test_a_change_that_names_its_activities_reaches_their_customers() -> None:
    text = REGISTER.replace("    replaces: cloudy\n", "    activities: [mapping]\n")
    assert {each.customer for each in status(text).owed} == {"dell"}


def test_a_notice_to_a_customer_whom_the_change_does_not_reach_is_shown_apart() -> None:
    text = REGISTER.replace("customer: alba, sent", "customer: dell, sent")
    assert "dell" not in {each.customer for each in status(text).owed}
    assert "Dell Farm, whom the change does not reach" in notice_report([register(text)], ON, "md")


def test_each_term_says_which_text_it_rests_on() -> None:
    terms = customer("alba").terms
    assert terms.period.basis == "DPA with Alba"
    assert terms.authorisation.basis == "what Hollin promises every customer"
    assert terms.objection.value is not None
    assert customer("corrie").terms.objection.value is None


def test_an_agreement_that_has_ended_promises_nothing() -> None:
    found = customer("corrie")
    assert found.agreement is None
    assert found.terms.period.value is not None
    assert found.terms.period.value.words() == "30 days"


def test_where_the_contract_has_ended_the_terms_that_are_counted_instead_are_said() -> None:
    assert any("The contract ended on" in reason.text for reason in customer("corrie").clock.reasons)
    assert not any("The contract ended on" in reason.text for reason in customer("alba").clock.reasons)


def test_what_is_late_comes_first() -> None:
    assert [each.customer for each in status().customers] == ["alba", "corrie", "brae"]
    assert [each.customer for each in status().late] == ["alba"]


def test_one_customer_without_consent_leaves_the_change_without_a_date() -> None:
    found = status()
    assert found.earliest is None
    assert [each.customer for each in found.holding] == ["brae"]
    agreed = status(REGISTER.replace("sent: 2026-11-02,", "sent: 2026-11-02, consented: 2026-11-09,"))
    assert agreed.earliest == dt.date(2027, 1, 19)


def test_a_planned_date_that_is_too_early_is_said_to_be() -> None:
    text = REGISTER.replace("sent: 2026-11-02,", "sent: 2026-11-02, consented: 2026-11-09,")
    assert "The planned date is 9 days too early" in notice_report([register(text)], ON, "md")


def test_the_new_arrangement_is_judged_before_anyone_is_told() -> None:
    (crossing,) = status().crossings
    assert crossing.country == "US"
    assert crossing.worst.status == "unsafeguarded"
    report = notice_report([register()], ON, "md")
    assert "✖ The change would make a transfer that no valid safeguard covers" in report
    assert "✖ United States, UK GDPR: no valid safeguard" in report


def test_findings_name_the_late_notice_the_missing_consent_and_the_unknown_terms() -> None:
    found = findings(REGISTER.replace("period: 30 days, clock: sent, authorisation", "authorisation"))
    change = "NewHost takes over from Cloudy"
    assert [each.title for each in found["notice-late"]] == [f"{change}: Alba Ltd was told 9 days late"]
    assert [each.title for each in found["consent-missing"]] == [f"{change}: no consent from Brae Ltd"]
    assert {each.subject for each in found["notice-terms-missing"]} == {"party/corrie", "agreement/brae-dpa"}
    assert all(each.reasons and each.remedy for group in found.values() for each in group)


def test_a_withdrawn_change_asks_for_nothing() -> None:
    assert not [each for each in change_findings(register(), ON) if each.subject == "change/gone"]


def test_a_change_that_took_effect_without_a_notice_is_a_finding() -> None:
    text = REGISTER.replace("state: withdrawn, effective: 2026-11-25", "state: effective, effective: 2026-11-15")
    titles = [each.title for each in change_findings(register(text), ON) if each.subject == "change/gone"]
    assert "Cloudy once moved: no notice to Corrie Ltd is recorded" in titles


TOOK = {"    effective: 2027-01-10\n": "    effective: 2026-11-10\n    state: effective\n"}
REACHED = {"    effective: 2027-01-10\n": "    effective: 2026-11-21\n"}


def of_brae(dates: str = "", changes: dict[str, str] | None = None) -> list[tuple[str, str]]:
    text = REGISTER.replace("sent: 2026-11-02,", f"sent: 2026-11-02, {dates}")
    for before, after in (changes or {}).items():
        assert before in text
        text = text.replace(before, after)
    found = [each for group in findings(text).values() for each in group]
    return [(each.rule, each.severity) for each in found if each.detail == "brae" and each.rule != "notice-late"]


def test_a_consent_that_is_dated_later_has_not_been_given() -> None:
    assert of_brae("consented: 2026-11-22,") == [("consent-missing", "high")]
    assert of_brae("consented: 2026-11-21,") == []
    row = notice_report(
        [register(REGISTER.replace("sent: 2026-11-02,", "sent: 2026-11-02, consented: 2026-11-22,"))], ON, "md"
    )
    assert "consented 22 November 2026" not in row


def test_a_change_that_did_not_wait_for_consent_is_wrong_and_not_only_unrecorded() -> None:
    assert of_brae("", TOOK) == [("change-without-consent", "high")]
    assert of_brae("consented: 2026-11-11,", TOOK) == [("change-without-consent", "high")]
    assert of_brae("consented: 2026-11-22,", TOOK) == [("change-without-consent", "high")]
    assert of_brae("consented: 2026-11-10,", TOOK) == []


def test_a_change_to_take_effect_later_has_not_taken_effect_without_consent_yet() -> None:
    later = {"    effective: 2027-01-10\n": "    effective: 2026-11-22\n    state: effective\n"}
    assert of_brae("", later) == [("consent-missing", "high")]


def test_an_objection_nobody_settled_is_doubtful_before_the_change_and_wrong_from_its_date() -> None:
    objected = "consented: 2026-11-03, objected: 2026-11-09,"
    assert of_brae(objected) == [("objection-open", "medium")]
    assert of_brae(objected, REACHED) == [("objection-unresolved", "high")]
    assert of_brae(objected, TOOK) == [("objection-unresolved", "high")]
    assert of_brae(f"{objected} resolved: 2026-11-21,", TOOK) == []
    assert of_brae(f"{objected} resolved: 2026-11-22,", TOOK) == [("objection-unresolved", "high")]
    assert of_brae("consented: 2026-11-03, objected: 2026-11-22,", TOOK) == []


def test_an_objection_after_its_window_does_not_weigh_as_much() -> None:
    text = REGISTER.replace("sent: 2026-11-20,", "sent: 2026-10-01, objected: 2026-10-20,")
    text = text.replace("effective: 2027-01-10", "effective: 2026-11-21")
    assert [each.detail for each in findings(text)["objection-open"]] == ["alba"]
    assert "after its time to object was over on 15 October 2026" in findings(text)["objection-open"][0].message
    in_time = text.replace("objected: 2026-10-20", "objected: 2026-10-15")
    assert [each.detail for each in findings(in_time)["objection-unresolved"]] == ["alba"]


def test_once_the_old_party_has_left_its_customers_are_still_known() -> None:
    text = REGISTER.replace("{party: cloudy, service: servers,", "{party: cloudy, service: servers, until: 2026-11-09,")
    for before, after in TOOK.items():
        text = text.replace(before, after)
    found = findings(text)
    assert [each.detail for each in found["change-without-consent"]] == ["brae"]
    assert {each.detail for each in found["notice-late"]} >= {"corrie"}


def test_a_customer_without_terms_is_named_once_however_many_changes_reach_it() -> None:
    text = REGISTER.replace("period: 30 days, clock: sent, authorisation", "authorisation")
    text = text.replace("  gone: {name: Cloudy once moved,", "  gone: {name: Cloudy moves,").replace(
        "state: withdrawn, effective: 2026-11-25", "effective: 2027-02-25"
    )
    terms = [each for each in findings(text)["notice-terms-missing"] if each.subject == "party/corrie"]
    assert len(terms) == 1
    assert "“NewHost takes over from Cloudy” and “Cloudy moves” reach Corrie Ltd" in terms[0].message


def test_nothing_is_asked_about_a_change_before_it_was_put_forward() -> None:
    early = change_findings(register(), dt.date(2026, 10, 31))
    assert not [each for each in early if each.subject == "change/move"]


def test_due_dates_hold_the_last_days_to_send_and_the_windows_that_close() -> None:
    assert [(due.on, due.text) for due in due_dates(register(), ON)] == [
        (dt.date(2026, 12, 4), "objection window closes: Alba Ltd, NewHost takes over from Cloudy"),
        (dt.date(2026, 12, 11), "tell Corrie Ltd: NewHost takes over from Cloudy"),
    ]


def test_a_change_nobody_knows_the_customers_of_is_not_shown_as_in_order() -> None:
    text = REGISTER.replace("controllers: [alba, brae, corrie]", "controllers: []")
    text = text.replace("      - {customer: alba, sent: 2026-11-20, channel: e-mail}\n", "")
    report = notice_report([register(text)], ON, "md")
    assert "? Nobody can be told yet: no customer is recorded whose data the change reaches." in report
    assert "in time" not in report


def test_two_organisations_stand_in_one_report_and_none_is_left_out() -> None:
    other = register("format: 1\norganisation: {key: quiet, name: Quiet Ltd}\n")
    report = notice_report([register(), other], ON, "md")
    assert "## Quiet Ltd\n\nNo open change is recorded." in report


def test_invented_customers_are_marked_in_both_formats() -> None:
    assert "Alba Ltd *(invented sample data)*" in notice_report([register()], ON, "md")
    assert 'Alba Ltd</span> <span class="tag">Invented sample data</span>' in notice_report([register()], ON, "html")


def of_alba(notice: str, *changes: tuple[str, str]) -> str:
    text = REGISTER.replace("notice: {period: 60 days, objection: 14 days,", f"notice: {{{notice},")
    assert text != REGISTER
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


def test_business_days_are_those_of_the_calendar_that_the_contract_names() -> None:
    text = of_alba(
        "period: 10 business days, business_days: GB-SCT", ("effective: 2027-01-10", "effective: 2027-01-08")
    )
    clock = customer("alba", text).clock
    assert clock.last_day == dt.date(2026, 12, 21)
    said = " ".join(reason.text for reason in clock.reasons)
    assert "Saturdays, Sundays and public holidays (United Kingdom, SCT)." in said
    assert "assumed" not in said
    english = text.replace("GB-SCT", "GB-ENG")
    assert customer("alba", english).clock.last_day == dt.date(2026, 12, 22)


def test_business_days_of_a_contract_without_a_calendar_leave_out_the_holidays_of_both_sides() -> None:
    german = ("{name: Alba Ltd, country: United Kingdom,", "{name: Alba Ltd, country: Germany,")
    clock = customer("alba", of_alba("period: 10 business days", german)).clock
    said = next(reason.text for reason in clock.reasons if "Business days" in reason.text)
    assert "public holidays (United Kingdom, any part; Germany, any part)" in said
    assert "those of the countries of both sides are assumed" in said
    assert "business_days" in clock.gaps


def test_a_calendar_nobody_knows_is_said_and_only_weekends_are_left_out() -> None:
    clock = customer("alba", of_alba("period: 10 business days, business_days: GB-XYZ")).clock
    said = next(reason.text for reason in clock.reasons if "Business days" in reason.text)
    assert "no public holidays are known here" in said
    assert "known are ENG, NIR, SCT, WLS" in said
    assert clock.last_day == dt.date(2026, 12, 27)


EMERGENCY = ("    kind: replace\n", "    kind: emergency\n")
DONE = ("    effective: 2027-01-10\n", "    effective: 2026-11-18\n    state: effective\n")
AFTERWARDS = "emergency: told-afterwards, emergency_notice: 5 days, authorisation: specific"
UNTOLD = ("      - {customer: alba, sent: 2026-11-20, channel: e-mail}\n", "")


def test_who_may_be_told_after_an_emergency_is_due_after_it_and_not_asked_for_consent() -> None:
    text = of_alba(AFTERWARDS, EMERGENCY, DONE, UNTOLD)
    of_it = [(each.rule, each.detail) for group in findings(text).values() for each in group]
    assert not [rule for rule, whom in of_it if whom == "alba"]
    assert (dt.date(2026, 11, 23), "tell Alba Ltd: NewHost takes over from Cloudy") in [
        (due.on, due.text) for due in due_dates(register(text), ON)
    ]
    late = {each.detail: each for each in change_findings(register(text), dt.date(2026, 11, 25))}["alba"]
    assert late.rule == "notice-late"
    assert "it was due by 23 November 2026, for the change in an emergency of 18 November 2026" in late.message
    assert late.remedy == "Tell Alba Ltd now."


def test_an_ordinary_change_does_not_get_the_terms_of_an_emergency() -> None:
    text = of_alba(AFTERWARDS, DONE, UNTOLD)
    assert {each.rule for group in findings(text).values() for each in group if each.detail == "alba"} == {
        "notice-late",
        "change-without-consent",
    }


def test_a_notice_in_an_emergency_that_nobody_recorded_is_asked_for() -> None:
    text = of_alba("emergency: shorter-notice", EMERGENCY)
    (gap,) = (each for each in findings(text)["notice-terms-missing"] if each.subject == "agreement/alba-dpa")
    assert "the notice in an emergency" in gap.message


def test_a_change_that_told_nobody_is_not_silent_because_no_term_is_recorded() -> None:
    text = REGISTER.replace("notice: {period: 30 days, clock: sent, authorisation: general}", "note: None.")
    text = text.replace(*DONE)
    (gap,) = (each for each in findings(text)["notice-terms-missing"] if each.subject == "party/corrie")
    assert "the notice period" in gap.message


def test_an_objection_settled_before_it_was_made_is_open() -> None:
    assert of_brae("consented: 2026-11-03, objected: 2026-11-09, resolved: 2026-11-05,") == [
        ("objection-open", "medium")
    ]


def test_the_calendar_says_whom_the_notice_must_have_reached_where_the_contract_counts_from_receipt() -> None:
    received = REGISTER.replace("clock: sent", "clock: received")
    assert received != REGISTER
    assert "reach Corrie Ltd: NewHost takes over from Cloudy" in {due.text for due in due_dates(register(received), ON)}
