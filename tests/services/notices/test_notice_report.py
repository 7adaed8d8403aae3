"""The report that a data-protection officer opens on a Monday: what to send, to whom, what is late, what blocks."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from ropa.exchange.register_file import read_register
from ropa.records.register import Register
from ropa.rules.dates import long_date
from ropa.services.notices.documents import DocumentFormat, notice_document
from ropa.services.notices.evidence import Span
from tests.reports.sample import ON, REGISTER, register

FORMATS: tuple[DocumentFormat, ...] = ("md", "html", "pdf", "xlsx", "json")
NOVEMBER = Span(dt.date(2026, 11, 1), ON)
INFOTEK = Path(__file__).parents[3] / "data" / "infotek.yaml"


def report(text: str = REGISTER, fmt: DocumentFormat = "md", on: dt.date = ON, span: Span | None = None) -> str:
    """The words of the report on one register in a format, on one line each."""
    return words(notice_document([register(text)], on, fmt, span), fmt)


def words(content: bytes, fmt: DocumentFormat) -> str:
    if fmt == "pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif fmt == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
        text = "\n".join(long_date(cell.date()) if isinstance(cell, dt.datetime) else str(cell) for cell in cells)
    else:
        text = content.decode("utf-8")
    return " ".join(text.split())


def data(*registers: Register, on: dt.date = ON, span: Span | None = None) -> Any:
    return json.loads(notice_document(registers or (register(),), on, "json", span))


def with_change(body: str) -> str:
    """The sample register with another change, written as a file writes it."""
    return REGISTER + "".join(f"  {line}\n" for line in body.strip("\n").split("\n"))


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_says_whether_clear_days_were_counted(fmt: DocumentFormat) -> None:
    before = "period: 30 days, clock: sent"
    assert before in REGISTER
    unsaid = report(fmt=fmt)
    assert "Whether clear days are meant is not recorded" in unsaid
    clear = report(REGISTER.replace(before, f"{before}, counting: clear-days"), fmt)
    assert "30 clear days before" in clear
    assert "neither the day from which it counts nor the day of the change is part of it" in clear


def edited(*pairs: tuple[str, str]) -> str:
    text = REGISTER
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    return text


OVERRIDDEN = edited(
    ("    effective: 2027-01-10\n", "    effective: 2026-11-10\n    state: effective\n"),
    (
        "    proposed: 2026-11-01\n",
        "    proposed: 2026-11-01\n"
        "    override: {who: Dr Finch, why: The old host went dark., on: 2026-11-09, against: Alba was not told.}\n",
    ),
)


def test_the_most_pressing_customer_comes_first_whoever_the_organisation_is() -> None:
    other = read_register(
        REGISTER.replace("key: hollin", "key: other").replace("2027-01-10", "2026-12-01"), "other.yaml"
    )
    found = data(register(), other)["to_do"]
    assert (found[0]["organisation"], found[0]["customer"]) == ("other", "corrie")
    late = [row for row in found if any("Move the change" in each or "now" in each for each in row["what"])]
    assert found[: len(late)] == late
    assert {row["organisation"] for row in late} == {"hollin", "other"}


def test_what_to_do_is_said_for_each_customer() -> None:
    found = {row["customer"]: row["what"] for row in data()["to_do"]}
    assert (
        "Move the change to 19 January 2027 or later for this customer, or agree otherwise in writing" in found["alba"]
    )
    assert found["brae"][0] == "Obtain consent; no reply is a refusal"
    assert found["corrie"][0] == "Approve the change, then send the notice by 11 December 2026"


def test_an_approved_change_needs_no_further_approval() -> None:
    text = edited(("    proposed: 2026-11-01\n", "    proposed: 2026-11-01\n    state: approved\n"))
    found = {row["customer"]: row["what"] for row in data(register(text))["to_do"]}
    assert found["corrie"][0] == "Send the notice by 11 December 2026"


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_override_stands_in_every_format_after_the_change_took_effect(fmt: DocumentFormat) -> None:
    text = report(OVERRIDDEN, fmt)
    for part in ("Dr Finch", "The old host went dark.", "Alba was not told.", "NewHost takes over from Cloudy"):
        assert part in text
    assert ("2026-11-09" if fmt == "json" else "9 November 2026") in text


def test_an_override_is_never_forgotten() -> None:
    for on in (dt.date(2026, 11, 21), dt.date(2027, 11, 11), dt.date(2050, 1, 1)):
        assert data(register(OVERRIDDEN), on=on)["took_effect_with_override"]


@pytest.mark.parametrize("fmt", ["md", "html", "pdf", "xlsx"])
def test_where_the_clock_runs_from_receipt_it_says_what_is_asked(fmt: DocumentFormat) -> None:
    text = edited(("notice: {authorisation: specific}", "notice: {authorisation: general, clock: received}"))
    assert "Record when it arrived" in report(text, fmt)
    arrived = text.replace("sent: 2026-11-02,", "sent: 2026-11-02, received: 2026-11-03,")
    assert "Record when it arrived" not in report(arrived, fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_where_the_clock_runs_from_receipt_the_notice_must_have_arrived_by_the_last_day(fmt: DocumentFormat) -> None:
    received = edited(("clock: sent", "clock: received"), ("    proposed: 2026-11-01\n", "    state: approved\n"))
    assert "Send the notice so that it arrives by 11 December 2026" in report(received, fmt)
    if fmt not in ("xlsx", "json"):  # a date of its own there
        assert "11 December 2026 (to arrive)" in report(received, fmt)
    assert "arrive" not in report(edited(), fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_late_objection_and_how_it_was_settled_stand_in_every_format(fmt: DocumentFormat) -> None:
    objection = "sent: 2026-10-01, objected: 2026-10-20, grounds: It is too far away, "
    settled = "resolved: 2026-11-02, resolution: They were shown the audit, remedy: A month without charge,"
    text = report(edited(("sent: 2026-11-20,", objection + settled)), fmt)
    for part in ("It is too far away", "They were shown the audit", "A month without charge"):
        assert part in text
    assert {"json": '"late": true', "xlsx": "yes"}.get(fmt, "LATE: after the window had closed") in text


def test_an_objection_nobody_settled_blocks_that_customer_alone() -> None:
    text = edited(("sent: 2026-11-20,", "sent: 2026-11-20, objected: 2026-11-21,"))
    (change,) = data(register(text))["changes"]
    blocked = {each["key"]: [reason["text"] for reason in each["blocked_by"]] for each in change["customers"]}
    assert blocked["alba"] == ["Alba Ltd: the objection of 21 November 2026 is not resolved."]
    assert not [text for text in blocked["brae"] + blocked["corrie"] if "objection" in text]
    assert "✖ 1 open objection" in report(text)


def test_it_says_what_blocks_and_from_when_it_may_go_ahead() -> None:
    assert "The earliest lawful date is 19 January 2027" in report()
    assert "Must consent and has not; silence is refusal" in report()
    assert "**Blocked by:** ! It is only proposed; approve it before customers are told" in report()


def test_it_says_on_what_path_the_change_reaches_a_customer() -> None:
    assert "Told because of Hosting: Customer files; Hollin → NewHost." in report()


EMERGENCY = with_change("""
burst:
  name: Cloudy burnt down
  kind: emergency
  party: newhost
  activities: [hosting]
  effective: 2026-11-19
  state: effective
""").replace("authorisation: general}", "authorisation: general, emergency: told-afterwards, emergency_notice: 7 days}")


def test_after_an_emergency_customers_must_still_be_told_and_by_when() -> None:
    (burst,) = [each for each in data(register(EMERGENCY))["changes"] if each["key"] == "burst"]
    corrie = next(each for each in burst["customers"] if each["key"] == "corrie")
    assert (corrie["afterwards"], corrie["last_day"], corrie["days_left"]) == (True, "2026-11-26", 5)
    text = report(EMERGENCY)
    assert "26 November 2026 (after the change)" in text
    assert "It took effect on 19 November 2026; 3 customers still to be told, the first by 26 November 2026." in text


def test_an_override_of_an_open_change_stands_at_the_top_already() -> None:
    text = edited(("    proposed: 2026-11-01\n", "    override: {who: Dr Finch, why: Cannot wait.}\n"))
    assert "NewHost takes over from Cloudy; ✖ OVERRIDE by Dr Finch |" in report(text)


def test_a_change_recorded_as_effective_from_a_later_day_is_still_open() -> None:
    text = edited(("    effective: 2027-01-10\n", "    effective: 2026-11-22\n    state: effective\n"))
    assert [each["key"] for each in data(register(text))["changes"]] == ["move"]


@pytest.mark.parametrize("kind", ["rename", "new-data", "new-location", "new-activity", "new-legal-entity", "remove"])
def test_every_kind_of_change_can_be_reported(kind: str) -> None:
    text = edited(
        ("    kind: replace\n", f"    kind: {kind}\n"), ("    replaces: cloudy\n", "    activities: [hosting]\n")
    )
    for fmt in ("md", "html", "xlsx", "json"):
        assert "NewHost takes over from Cloudy" in report(text, fmt)


ANNOUNCED = REGISTER + (
    "announcements:\n"
    "  cloudy-move:\n"
    "    {name: Cloudy engages Deepwell, vendor: cloudy, received: 2026-11-15, window: 14 days, "
    "effective: 2026-12-20}\n"
)


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_announcement_of_a_vendor_counts_down_to_the_last_day_to_object(fmt: DocumentFormat) -> None:
    text = report(ANNOUNCED, fmt)
    for part in ("Cloudy GmbH", "Cloudy engages Deepwell", "2026-11-29" if fmt == "json" else "29 November 2026"):
        assert part in text
    if fmt != "json":
        assert "no change passes it on" in text


def test_an_announcement_that_does_not_concern_us_is_closed() -> None:
    decided = ANNOUNCED.replace("effective: 2026-12-20}", "decision: not-concerned, decided: 2026-11-20}")
    assert not data(register(decided))["announcements"]
    assert data(register(decided), on=dt.date(2026, 11, 19))["announcements"]


def test_nothing_is_shown_as_in_order_where_a_contract_says_nothing() -> None:
    text = edited(("  notice: {period: 30 days, clock: sent, authorisation: general}\n", ""))
    found = {each["key"]: each for each in data(register(text))["changes"][0]["customers"]}
    assert (found["corrie"]["state"], found["corrie"]["last_day"]) == ("terms not recorded", None)
    assert "? Send the notice; until when cannot be told" in report(text).replace(
        "Approve the change, then send", "Send"
    )


def facts_of(found: Any) -> set[str]:
    """Every fact of the JSON that a person is shown: names, dates in words, texts of evidence and objections."""
    facts: set[str] = set()
    for change in found["changes"]:
        facts |= {change["name"], change["stage"], long_date(dt.date.fromisoformat(change["effective"]))}
        for each in change["customers"]:
            facts.add(each["name"])
            dates = (each[field] for field in ("last_day", "sent", "received", "window_closes", "earliest"))
            facts |= {long_date(dt.date.fromisoformat(day)) for day in dates if day}
            facts |= {each[field] for field in ("channel", "evidence") if each[field]}
            facts |= {reason["text"] for reason in each["reasons"]}
    for row in found["to_do"]:
        facts |= set(row["what"])
    for one in found["evidence"]:
        facts |= {one["customer_name"], one["evidence"], long_date(dt.date.fromisoformat(one["sent"]))}
    return facts


@pytest.mark.parametrize("fmt", ["md", "html", "pdf", "xlsx"])
def test_infoteks_report_holds_the_same_facts_in_every_format(fmt: DocumentFormat) -> None:
    infotek = read_register(INFOTEK.read_bytes(), INFOTEK.name)
    facts = facts_of(data(infotek, span=NOVEMBER))
    assert len(facts) > 40
    text = words(notice_document([infotek], ON, fmt, NOVEMBER), fmt)
    plain = text.replace("&amp;", "&").replace("&#39;", "'").replace("\\", "")
    # The lines of a PDF break within words that are long.
    shown = plain.replace(" ", "") if fmt == "pdf" else plain
    gone = {fact for fact in facts if (fact.replace(" ", "") if fmt == "pdf" else " ".join(fact.split())) not in shown}
    assert gone == set()


def test_the_pdf_is_tagged_and_has_a_title() -> None:
    reader = PdfReader(io.BytesIO(notice_document([register()], ON, "pdf")))
    assert reader.metadata is not None
    assert reader.metadata.title == "Subprocessor changes: Hollin Software Ltd"
    assert "/StructTreeRoot" in reader.root_object


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_register_gives_the_same_bytes(fmt: DocumentFormat) -> None:
    once, again = (notice_document([register()], ON, fmt, NOVEMBER) for _ in range(2))
    assert once == again


def test_no_organisation_is_left_out_even_where_nothing_is_open() -> None:
    quiet = read_register("format: 1\norganisation: {key: quiet, name: Quiet Ltd}\n", "quiet.yaml")
    for fmt in FORMATS:
        assert notice_document([quiet], ON, fmt)
    assert "No open change is recorded." in words(notice_document([quiet], ON, "md"), "md")


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


def test_every_field_of_the_json_is_explained() -> None:
    page = (Path(__file__).parents[3] / "docs" / "notice-json.md").read_text(encoding="utf-8")
    late = edited(("sent: 2026-11-20,", "sent: 2026-11-20, objected: 2026-11-21,"))
    found = data(register(late), register(OVERRIDDEN), register(ANNOUNCED), span=NOVEMBER)
    assert found["announcements"]
    assert found["took_effect_with_override"]
    assert {key for key in keys_of(found) if f"`{key}`" not in page} == set()


def test_a_change_that_took_effect_with_somebody_untold_stays_in_the_report() -> None:
    done = edited(("    effective: 2027-01-10\n", "    effective: 2026-06-10\n    state: effective\n"))
    changes = data(register(done))["changes"]
    assert [each["key"] for each in changes if each["state"] == "effective"] != []
    assert len(changes) == len(data()["changes"])
