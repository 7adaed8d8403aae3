"""A draft says what a customer needs and nothing that is not recorded, and never takes the place of other work."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import io
import json
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from ropa.records.change import ChangeKind
from ropa.records.errors import InputError, RefusedError, StoreError
from ropa.rules.dates import long_date
from ropa.services.changes.statuses import status_of
from ropa.services.drafts.folder import write_drafts
from ropa.services.drafts.folder_of_drafts import CustomerDraft, Drafts, drafts
from ropa.services.drafts.rights import draft_dates
from ropa.services.drafts.templates import TEMPLATES, WordingTemplates, copy_templates
from ropa.services.drafts.wording import NOT_APPROVED, VALUES, wording_of
from ropa.services.steps import changes as change_verbs
from ropa.services.steps import notices as notice_verbs
from ropa.services.workspace import Workspace
from tests.reports.sample import ON, REGISTER, register
from tests.services.steps.acme_changes import acme, later

WHOLE = """
format: 1
organisation:
  key: acme
  name: Acme
  legal_name: Acme Limited
  country: United Kingdom
  contact: {name: Privacy Office, email: privacy@acme.example}
parties:
  host: {name: Host, legal_name: Host Ltd, country: United Kingdom,
    address: "1 Quay, Leeds", contact: {email: a@host.example}}
  old: {name: Old Host, country: United Kingdom}
  north: {name: North Ltd, country: United Kingdom, contact: {name: Legal Team, email: team@north.example}}
  south: {name: South Ltd, country: United Kingdom}
data_categories: {files: Files, notes: Notes}
agreements:
  north-dpa:
    name: DPA with North
    party: north
    notice: {authorisation: general, period: 30 days, clock: sent, objection: 14 days, channel: e-mail,
      contact: "dpo@north.example, legal@north.example", remedy: North may end the contract.}
  south-dpa:
    name: DPA with South
    party: south
    notice: {authorisation: specific, period: 30 days, clock: sent}
activities:
  hosting: {name: Hosting, role: processor, controllers: [north, south], data_categories: [files]}
  diary: {name: Diary, role: processor, controllers: [south], data_categories: [notes]}
changes:
  move:
    name: The move
    kind: replace
    party: host
    replaces: old
    activities: [hosting, diary]
    service: servers
    countries: [United Kingdom]
    proposed: 2026-11-01
    effective: 2027-01-31
    state: approved
"""


def made(text: str = WHOLE, change: str = "move", on: dt.date = ON, customers: tuple[str, ...] = ()) -> Drafts:
    return drafts(register(text), change, on, customers)


def one(customer: str = "north", text: str = WHOLE, on: dt.date = ON) -> CustomerDraft:
    return next(each for each in made(text, on=on).customers if each.customer == customer)


def message(draft: CustomerDraft) -> EmailMessage:
    found = email.message_from_bytes(draft.eml, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def parts(draft: CustomerDraft) -> tuple[str, str, str]:
    """The text, the HTML and the change sheet of a draft, as a reader gets them."""
    found = message(draft)
    text, html = found.get_body(("plain",)), found.get_body(("html",))
    (sheet,) = found.iter_attachments()
    assert text is not None
    assert html is not None
    pages = PdfReader(io.BytesIO(sheet.get_content())).pages
    return text.get_content(), html.get_content(), " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_each_customer_gets_every_fact_that_it_needs_in_all_three_forms() -> None:
    for form in parts(one()):
        for fact in (
            "Host is to take the place of Old Host.",
            "Host Ltd",
            "1 Quay, Leeds",
            "a@host.example",
            "United Kingdom",
            "servers",
            "Hosting",
            "Files",
            "None that needs a safeguard.",
            "31 January 2027",
            "until the end of 5 December 2026 (14 days, counted from sending on 21 November 2026)",
            "privacy@acme.example",
            "Unless you object in time, the change goes ahead as planned.",
            "North may end the contract.",
            "DPA with North",
        ):
            assert fact in form, fact
        assert "to be completed" not in form
        assert "Diary" not in form
        assert "Notes" not in form


def test_where_consent_is_needed_silence_is_refusal_and_no_day_is_invented() -> None:
    for form in parts(one("south")):
        assert "needs your consent" in form
        assert "Silence is a refusal" in form
        assert "before 31 January 2027" in form
        assert "goes ahead as planned" not in form
        assert "object until" not in form
    assert one("south").missing == ("To: the e-mail address of South Ltd",)


def test_a_draft_goes_to_the_address_of_the_contract_and_comes_from_the_organisation() -> None:
    found = message(one())
    assert [each.addr_spec for each in found["To"].addresses] == ["dpo@north.example", "legal@north.example"]
    (sender,) = found["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Acme Limited", "privacy@acme.example")
    without = WHOLE.replace('\n      contact: "dpo@north.example, legal@north.example",', "")
    assert one(text=without).to == ("team@north.example",)
    assert message(one("south"))["To"] is None


def test_an_address_that_is_none_is_said_and_left_out() -> None:
    found = one(text=WHOLE.replace("dpo@north.example, legal", "by post, legal"))
    assert found.to == ("legal@north.example",)
    assert found.missing == ("To: 'by post' is no e-mail address",)


@pytest.mark.parametrize(
    ("gone", "asked"),
    [
        (", legal_name: Host Ltd", "legal name of Host"),
        ('    address: "1 Quay, Leeds", ', "address of Host"),
        (", contact: {email: a@host.example}", "contact of Host"),
        ("    service: servers\n", "what Host does"),
        ("    effective: 2027-01-31\n", "when it takes effect"),
        (", objection: 14 days", "the last day to object"),
        ("authorisation: general, ", "what follows where you do not object, by the terms agreed with you"),
        ("  contact: {name: Privacy Office, email: privacy@acme.example}\n", "how to reach Acme"),
        ("    replaces: old\n", "whom Host replaces"),
        (", data_categories: [files]", "which personal data is concerned"),
    ],
)
def test_what_is_not_recorded_is_a_placeholder_and_never_a_fact(gone: str, asked: str) -> None:
    assert gone in WHOLE
    found = one(text=WHOLE.replace(gone, ""))
    assert asked in found.missing
    for form in parts(found):
        assert f"[to be completed: {asked}]" in form
        assert "INCOMPLETE" in form
        assert "not recorded." not in form.replace("is not recorded yet.", "")
    assert "[INCOMPLETE]" in message(found)["Subject"]


@pytest.mark.parametrize("kind", ["new-location", "new-data", "rename", "remove", "add"])
def test_what_a_vendor_does_already_is_not_asked_again(kind: str) -> None:
    text = (
        WHOLE.replace("    service: servers\n", "")
        .replace("kind: replace", f"kind: {kind}")
        .replace("    replaces: old\n", "")
    )
    text = text.replace("    kind:", "    new_name: Hosty\n    kind:")
    engaged = text.replace(
        "data_categories: [files]}", "data_categories: [files], engagements: [{party: host, service: racks}]}"
    )
    found = one(text=engaged)
    goes_on = kind != "add"
    assert ("racks" in parts(found)[0]) == goes_on
    assert ("what Host does" in found.missing) != goes_on


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("The Company Secretary", "Company Secretary"),
        ("the DPO", "DPO"),
        ("Theo Roe", "Theo Roe"),
        ("The", "The"),
        ("Legal and Compliance", "Legal and Compliance"),
    ],
)
def test_an_office_is_greeted_without_its_article(name: str, greeted: str) -> None:
    text = parts(one(text=WHOLE.replace("name: Legal Team", f"name: {name}")))[0]
    assert f"Dear {greeted}," in text.splitlines()


def test_who_joins_is_not_said_to_be_in_use_already() -> None:
    added = WHOLE.replace("kind: replace", "kind: add").replace("    replaces: old\n", "")
    for form in parts(one(text=added))[:2]:
        words = " ".join(form.split())
        assert (
            "the list of the subprocessors that we use for it is to change. Host is to join our subprocessors." in words
        )


MOVING = (
    WHOLE.replace("kind: replace", "kind: new-location")
    .replace("    replaces: old\n", "")
    .replace("countries: [United Kingdom]", "countries: [Ireland]")
    .replace(
        "data_categories: [files]}",
        "data_categories: [files], engagements: [{party: host, service: servers, countries: [Germany, France]}]}",
    )
)


def test_who_is_told_of_a_new_place_reads_where_the_data_is_and_where_it_will_be() -> None:
    for form in parts(one(text=MOVING)):
        words = " ".join(form.split())
        assert re.search("Where the data is kept now.*Germany.*France.*Where the data will be kept.*Ireland", words)
        assert "Where it processes the data" not in words
    assert "kept" not in parts(one())[0]


def test_after_a_move_the_customer_reads_where_the_data_was() -> None:
    done = MOVING.replace("state: approved", "state: effective").replace("2027-01-31", "2026-11-20")
    done = done.replace(
        "France]}", "France], until: 2026-11-19}, {party: host, countries: [Ireland], since: 2026-11-20}"
    )
    done = done.replace("    activities:", "    override: {who: Ada, why: it was done}\n    activities:")
    words = " ".join(parts(one(text=done))[0].split())
    assert "Where the data was kept before: Germany France Where the data is kept now: Ireland" in words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (", countries: [Germany, France]", ""),
        ("countries: [Germany, France]", "countries: [Ireland]"),
        ("France]}", "France]}, {party: host, service: servers}"),
    ],
)
def test_where_the_data_was_is_left_out_where_the_register_does_not_know_it(before: str, after: str) -> None:
    assert before in MOVING
    assert "is kept now" not in parts(one(text=MOVING.replace(before, after)))[0]


def test_after_a_rename_the_customer_reads_the_old_name_and_the_new_one() -> None:
    text = WHOLE.replace("kind: replace", "kind: rename\n    new_name: Hosty").replace("    replaces: old\n", "")
    assert "Host is to be called Hosty." in parts(one(text=text))[0]
    done = text.replace("state: approved", "state: effective").replace("effective: 2027-01-31", "effective: 2026-11-20")
    done = done.replace("host: {name: Host,", "host: {name: Hosty, aliases: [Host],")
    done = done.replace("    activities:", "    override: {who: Ada, why: it was done}\n    activities:")
    assert "Host is now called Hosty." in parts(one(text=done))[0]


def test_the_dates_are_counted_from_the_day_it_would_be_sent_and_that_is_said() -> None:
    found = one(on=dt.date(2026, 12, 1))
    assert found.counted == "if sent on 1 December 2026"
    assert "until the end of 15 December 2026" in parts(found)[0]
    told = WHOLE + "    notices: [{customer: north, sent: 2026-11-10}]\n"
    early, late = one(text=told), one(text=told, on=dt.date(2026, 12, 1))
    assert early.counted == "as sent on 10 November 2026"
    assert early.eml == late.eml
    assert any("told already, on 10 November 2026" in each.text for each in early.warnings)


def test_where_a_contract_counts_from_receipt_no_day_of_receipt_is_stated_as_a_fact() -> None:
    text = WHOLE.replace("clock: sent, objection: 14 days", "clock: received, objection: 14 days")
    for form in parts(one(text=text)):
        assert f"(14 days, counted from receipt, if that is on {long_date(ON)})" in " ".join(form.split())


def test_a_notice_that_comes_too_late_never_states_the_planned_date_as_good() -> None:
    found = one(on=dt.date(2027, 1, 10))
    assert any(each.mark == "✖" and "9 days late" in each.text for each in found.warnings)
    assert "31 January 2027" not in message(found)["Subject"]
    for form in parts(found):
        assert "[to be completed: a start not before 9 February 2027; 31 January 2027 was planned" in form


def test_a_transfer_without_a_safeguard_is_said_before_anyone_is_told() -> None:
    found = made(WHOLE.replace("countries: [United Kingdom]", "countries: [India]"))
    assert any(each.mark == "✖" and "India" in each.text for each in found.verdict)
    assert "what protects the data in India" in found.customers[0].missing


def test_a_change_that_is_only_proposed_is_marked_everywhere_and_a_closed_one_is_refused() -> None:
    found = made(WHOLE.replace("state: approved", "state: proposed"))
    assert found.manifest()["status"] == NOT_APPROVED
    for draft in found.customers:
        assert message(draft)["Subject"].startswith("[NOT APPROVED]")
        assert all(NOT_APPROVED in form for form in parts(draft))
    with pytest.raises(RefusedError):
        made(WHOLE.replace("state: approved", "state: withdrawn"))


IN_AN_EMERGENCY = (
    WHOLE.replace("kind: replace", "kind: emergency")
    .replace("state: approved", "state: effective")
    .replace("2027-01-31", "2026-11-20")
    .replace("clock: sent}", "clock: sent, emergency: told-afterwards, emergency_notice: 5 days}")
)


def test_who_may_be_told_after_an_emergency_gets_a_draft_that_says_it_has_happened() -> None:
    found = made(IN_AN_EMERGENCY)
    assert [each.customer for each in found.customers] == ["north", "south"]
    south = next(each for each in found.customers if each.customer == "south")
    for form in parts(south):
        assert "Host has taken the place of Old Host in an emergency." in " ".join(form.split())
        assert "The change took effect before this notice, as the terms agreed with you allow" in " ".join(form.split())
        assert "is to" not in form
    assert south.planned == dt.date(2026, 11, 20)
    told = "    notices: [{customer: north, sent: 2026-11-20}, {customer: south, sent: 2026-11-20}]\n"
    with pytest.raises(RefusedError, match="everybody who must be told has been told"):
        made(IN_AN_EMERGENCY + told)


def test_a_shorter_notice_in_an_emergency_still_asks_for_consent() -> None:
    """Specific authorisation: the clause shortens the notice, and silence stays refusal."""
    text = WHOLE.replace("kind: replace", "kind: emergency").replace(
        "clock: sent}", "clock: sent, emergency: shorter-notice, emergency_notice: 5 days}"
    )
    assert "Silence is a refusal." in parts(one("south", text))[0]


def test_a_draft_says_in_the_manifest_which_date_it_states_and_none_where_it_leaves_it_open() -> None:
    assert one().entry()["planned"] == "2027-01-31"
    late = one(on=dt.date(2027, 1, 20))
    assert late.entry()["planned"] is None
    assert not late.complete


def test_sample_data_is_marked_in_every_form() -> None:
    found = one(text=WHOLE.replace("name: The move", "name: The move\n    invented: true"))
    assert found.sample
    assert "[Sample data]" in message(found)["Subject"]
    assert all("This is sample data" in form for form in parts(found))
    assert b"(sample data)" in found.ics.replace(b"\r\n ", b"")


def test_the_calendar_holds_the_deadlines_and_no_day_that_nobody_knows() -> None:
    found = Calendar.from_ical(one().ics)
    days = {str(each["uid"]): each.decoded("dtstart") for each in found.walk("VEVENT")}
    assert days == {
        "acme/move/north/last-day@ropa": dt.date(2027, 1, 1),
        "acme/move/north/window-closes@ropa": dt.date(2026, 12, 5),
        "acme/move/north/planned@ropa": dt.date(2027, 1, 31),
    }
    (alarm,) = found.walk("VALARM")
    assert alarm
    south = Calendar.from_ical(one("south").ics)
    assert not [each for each in south.walk("VEVENT") if "window" in str(each["uid"])]


def calendar_of(workspace: Workspace, customer: str = "bolt") -> Calendar:
    view = workspace.view("acme")
    found = drafts(view.register, "swap", view.on, (customer,), history=view.history)
    return Calendar.from_ical(found.customers[0].ics)


def test_a_change_that_is_moved_takes_the_place_of_its_events_in_a_calendar(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    change_verbs.approve(workspace, "acme", "swap", who="ada")
    before = {str(each["uid"]): each for each in calendar_of(workspace).walk("VEVENT")}
    assert calendar_of(workspace).to_ical() == calendar_of(workspace).to_ical()
    change_verbs.reschedule(workspace, "acme", "swap", dt.date(2027, 1, 15), who="ada")
    after = {str(each["uid"]): each for each in calendar_of(workspace).walk("VEVENT")}
    assert set(after) == set(before)
    assert after["acme/swap/bolt/planned@ropa"].decoded("dtstart") == dt.date(2027, 1, 15)
    for uid, each in after.items():
        assert int(each.decoded("sequence")) > int(before[uid].decoded("sequence"))
        assert each.decoded("dtstamp") >= before[uid].decoded("dtstamp")


def test_a_window_counted_anew_each_day_is_a_later_event_until_the_customer_is_told(tmp_path: Path) -> None:
    workspace = acme(tmp_path)
    change_verbs.approve(workspace, "acme", "swap", who="ada")
    far = later(workspace, dt.date(2027, 12, 1)), later(workspace, dt.date(2027, 12, 2))
    first, second = (calendar_of(each).walk("VEVENT")[0] for each in far)
    assert int(first.decoded("sequence")) < int(second.decoded("sequence"))
    notice_verbs.record_sent(far[0], "acme", "swap", ["bolt"], on=far[0].on, via="email", who="ada")
    assert calendar_of(far[0]).to_ical() == calendar_of(far[1]).to_ical()


def test_clear_days_move_the_last_day_in_the_calendar_and_the_start_that_a_late_draft_names() -> None:
    clear = WHOLE.replace("period: 30 days", "period: 30 days, counting: clear-days")
    days = {str(each["uid"]): each for each in Calendar.from_ical(one(text=clear).ics).walk("VEVENT")}
    last = days["acme/move/north/last-day@ropa"]
    assert last.decoded("dtstart") == dt.date(2026, 12, 31)
    assert "Counted in clear days." in str(last["description"])
    assert "clear" not in str(Calendar.from_ical(one().ics).walk("VEVENT")[0]["description"])
    assert "a start not before 10 February 2027" in parts(one(text=clear, on=dt.date(2027, 1, 10)))[0]


def test_only_customers_who_must_be_told_get_a_draft() -> None:
    assert [each.customer for each in made(customers=("south",)).customers] == ["south"]
    with pytest.raises(InputError, match="'old' is not among those who must be told: north, south"):
        made(customers=("old",))
    nobody = WHOLE.replace("controllers: [north, south], ", "").replace("controllers: [south], ", "")
    with pytest.raises(RefusedError, match="nobody to tell"):
        made(nobody)


def test_every_kind_of_change_can_be_worded_and_every_value_is_explained() -> None:
    for kind in ChangeKind.__args__:  # type: ignore[attr-defined]  # a Literal's own list
        known = register(WHOLE.replace("kind: replace", f"kind: {kind}"))
        status = draft_dates(known, status_of(known, known.changes["move"], ON), ON)
        for each in status.owed:
            wording = wording_of(known, status, each)
            assert set(wording.values) == set(VALUES)
            assert "None" not in str(wording.values["what"])
            assert WordingTemplates().words(wording).subject


def test_hostile_names_stay_words_in_every_form() -> None:
    evil = "<script>alert(1)</script> {{ 7*7 }} #panic() \\u202e*x*"
    text = WHOLE.replace("name: Host,", f'name: "{evil}",').replace("name: North Ltd", 'name: "North: a,b;c\\\\n"')
    found = one(text=text)
    plain, html, sheet = parts(found)
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} #panic() ⟨U+202E⟩*x*" in html
    assert "<script>alert(1)</script> {{ 7*7 }} #panic() ⟨U+202E⟩*x*" in plain
    assert "{{ 7*7 }} #panic() ⟨U+202E⟩*x*" in sheet
    assert len(Calendar.from_ical(found.ics).walk("VEVENT")) == 3


def test_a_folder_is_the_same_each_time_and_its_manifest_names_each_draft(tmp_path: Path) -> None:
    first = write_drafts(made(), tmp_path / "out")
    assert set(first.files) == {"north.eml", "north.ics", "south.eml", "south.ics"}
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "out").iterdir()}
    assert write_drafts(made(), tmp_path / "out").files == ()
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "out").iterdir()}
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert (manifest["format"], manifest["change"], manifest["organisation"]) == (1, "move", "acme")
    assert manifest["planned"] == "2027-01-31"
    assert manifest["customers"]["north"]["to"] == ["dpo@north.example", "legal@north.example"]
    assert manifest["customers"]["south"]["missing"] == ["To: the e-mail address of South Ltd"]


def test_drafts_are_made_anew_when_the_register_changed(tmp_path: Path) -> None:
    write_drafts(made(), tmp_path)
    again = write_drafts(made(WHOLE.replace("service: servers", "service: backup")), tmp_path)
    assert again.files == ("north.eml", "south.eml")


@pytest.mark.parametrize("name", ["north.eml", "south.ics", "manifest.json"])
def test_a_file_that_was_not_written_here_is_never_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(StoreError, match=name):
        write_drafts(made(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_a_draft_that_somebody_completed_by_hand_is_not_lost(tmp_path: Path) -> None:
    write_drafts(made(), tmp_path)
    (tmp_path / "north.eml").write_text("completed")
    with pytest.raises(StoreError, match=r"north\.eml: it was changed since"):
        write_drafts(made(WHOLE.replace("service: servers", "service: backup")), tmp_path)
    assert (tmp_path / "north.eml").read_text() == "completed"


def test_a_folder_of_another_change_is_refused_and_one_customer_leaves_the_others(tmp_path: Path) -> None:
    write_drafts(made(), tmp_path)
    write_drafts(made(WHOLE.replace("service: servers", "service: backup"), customers=("north",)), tmp_path)
    assert set(json.loads((tmp_path / "manifest.json").read_text())["customers"]) == {"north", "south"}
    text = WHOLE.replace("  move:\n", "  other:\n")
    with pytest.raises(StoreError, match="drafts of acme/move"):
        write_drafts(made(text, "other"), tmp_path)
    alone = WHOLE.replace("controllers: [north, south]", "controllers: [north]").replace("controllers: [south], ", "")
    assert write_drafts(made(alone), tmp_path).left == ("south.eml", "south.ics")
    assert (tmp_path / "south.eml").exists()


def test_names_that_a_system_keeps_for_itself_are_no_file_names() -> None:
    for key, stem in (("con", "con_"), ("lpt1", "lpt1_"), ("console", "console")):
        text = WHOLE.replace("  north:", f"  {key}:").replace("[north, ", f"[{key}, ").replace("y: north", f"y: {key}")
        assert one(key, text).stem == stem


def test_the_sample_with_every_trouble_can_be_drafted() -> None:
    found = made(REGISTER.replace("kind: replace", "kind: replace\n    state: approved"))
    assert {each.customer for each in found.customers} == {"alba", "brae", "corrie"}
    assert any(each.mark == "✖" for each in found.verdict)


def own(folder: Path, name: str, text: str) -> WordingTemplates:
    (folder / name).write_text(text, encoding="utf-8")
    return WordingTemplates(folder)


def worded(templates: WordingTemplates, text: str = WHOLE) -> CustomerDraft:
    return drafts(register(text), "move", ON, ("north",), templates).customers[0]


def test_a_users_own_wording_is_used_and_what_is_missing_there_is_ours(tmp_path: Path) -> None:
    templates = own(tmp_path, "message.txt.j2", "Hello {{ customer }}, {{ data | join(' and ') }}")
    assert templates.changed == ("message.txt.j2",)
    plain, html, _ = parts(worded(templates))
    assert plain.strip() == "Hello North Ltd, Files"
    assert "Unless you object in time" in html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one\n{{ customer", r"message\.html\.j2: line 2: "),
        ("one\ntwo\n{{ custommer }}", r"message\.html\.j2: line 3: 'custommer' is undefined"),
        ("{% include 'nothing' %}", r"message\.html\.j2: line 1: .*nothing"),
        ("{{ ''.__class__.__mro__ }}", r"message\.html\.j2: line 1: .*unsafe"),
        ("\n{% for a in range(9) %}{% endfor %}", r"message\.html\.j2: line 2: 'range' is undefined"),
        ("{{ 'a' * 1000000000 }}", r"line 1: the operator \* is not allowed"),
        ("{{ 9 ** 9 ** 9 }}", r"line 1: the operator \*\* is not allowed"),
        ("{{ customer | safe }}", r"message\.html\.j2: line 1: .*safe"),
        ("{{ 1 / 0 }}", r"message\.html\.j2: line 1: division by zero"),
        ("{{ rows.append(1) }}", r"message\.html\.j2: line 1: "),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", r"message\.html\.j2: line 1: .*recursion"),
        ("{{ customer.encode().fromhex('zz') }}", r"message\.html\.j2: line 1: "),
        ("{{ '{0.__class__}'.format(customer) }}", r"message\.html\.j2: line 1: "),
        ("{{ customer.ljust(1000000000) }}", r"message\.html\.j2: line 1: .*not safely callable"),
        ("{{ " + "(" * 3000, r"message\.html\.j2"),
        ("{% include 'message.html.j2' %}", r"message\.html\.j2: line 1: .*recursion"),
        ("{% include '../secret' %}", r"message\.html\.j2: line 1: "),
    ],
)
def test_a_template_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        worded(own(tmp_path, "message.html.j2", text))


@pytest.mark.parametrize(
    "text",
    ["{% autoescape false %}{{ subprocessor }}{% endautoescape %}", "{{ subprocessor | e }}", "{{ rows[0].texts }}"],
)
def test_a_users_template_cannot_let_markup_through(tmp_path: Path, text: str) -> None:
    templates = own(tmp_path, "message.html.j2", text)
    html = parts(worded(templates, WHOLE.replace("name: Host,", 'name: "<b>Host\\u202e</b>",')))[1]
    assert "<b>" not in html
    assert "\u202e" not in html
    assert "&lt;b&gt;Host" in html


def test_a_macro_and_a_loop_of_a_users_own_work(tmp_path: Path) -> None:
    text = "{% macro line(a) %}- {{ a }}{% endmacro %}{% for each in data %}{{ line(each) }}{% endfor %}"
    assert parts(worded(own(tmp_path, "message.txt.j2", text)))[0].strip() == "- Files"


def test_the_templates_are_copied_for_change_and_a_changed_one_is_kept(tmp_path: Path) -> None:
    copied = copy_templates(tmp_path / "mine")
    assert {path.name for path in copied} == set(TEMPLATES)
    assert worded(WordingTemplates(tmp_path / "mine")).eml == one().eml
    assert copy_templates(tmp_path / "mine") == copied
    copied[0].write_text("changed")
    with pytest.raises(StoreError, match="there already"):
        copy_templates(tmp_path / "mine")
    assert copied[0].read_text() == "changed"
    with pytest.raises(StoreError, match="no such folder"):
        WordingTemplates(tmp_path / "none")
