"""The breach log: recorded in phases, filled in from the graph, judged by the end of a day, and due by the hour."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ropa.records.errors import InputError, NotFoundError, RefusedError
from ropa.records.register import Register
from ropa.rules.moment import read_moment
from ropa.services.breaches.verbs import Kept, fill_in, reached_by, record_breach, tell, update_breach
from ropa.services.breaches.words import breach_text, breaches_text, breaches_values, hours_away
from ropa.services.due import coming_up
from ropa.services.findings.checking import findings_of
from ropa.services.workspace import View, Workspace
from tests.registers import HEAD, TODAY, register
from tests.store.databases import everything, filled

BODY = """
parties: {host: {name: "Host [/] Ltd", country: United Kingdom}, north: Northgate, bright: Brightway, ico: ICO}
systems: {rack: {name: Rack, operator: host}}
data_categories: {name: Name, notes: {name: Notes, special: health}}
subject_categories: {clients: Clients, staff: Staff}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [north, bright]
    data_categories: [notes]
    subject_categories: [clients]
    engagements: [{party: host, system: rack}]
  payroll:
    name: Payroll
    role: controller
    data_categories: [name]
    subject_categories: [staff]
    engagements: [{party: host}]
  apart: {name: Apart, role: controller, data_categories: [name], subject_categories: [staff]}
"""
FACTS: dict[str, object] = {
    "name": "Break-in at the host",
    "discovered": "2026-11-19 16:20 Europe/London",
    "party": "host",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(filled(tmp_path / "ropa.db", HEAD + BODY), TODAY)


@pytest.fixture
def kept(workspace: Workspace) -> Kept:
    return record_breach(workspace, "acme", FACTS, who="ann")


def now(workspace: Workspace) -> Register:
    return workspace.store.snapshot("acme").register


def rules(found: Register, on: dt.date = TODAY) -> set[str]:
    return {each.rule for each in findings_of(found, on) if each.rule.startswith("breach-")}


def test_a_breach_is_recorded_with_the_moment_and_its_zone(workspace: Workspace, kept: Kept) -> None:
    assert (kept.changed, kept.breach.key) == (True, "break-in-at-the-host")
    assert now(workspace).breaches[kept.breach.key].discovered == "2026-11-19T16:20+00:00"
    entry = workspace.store.history("acme", limit=1)[0]
    assert (entry.kind, entry.who, entry.why) == ("breach", "ann", "breach break-in-at-the-host")


def test_what_is_recorded_already_is_not_written_again(workspace: Workspace, kept: Kept) -> None:
    before = everything(workspace.path)
    again = record_breach(workspace, "acme", FACTS, who="ann")
    same = update_breach(workspace, "acme", kept.breach.key, {"party": "host"}, who="ann")
    assert (again.changed, same.changed) == (False, False)
    assert everything(workspace.path) == before


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"discovered": "2026-11-22 09:00 UTC"}, RefusedError, "09:00 on 22 November 2026 .UTC. is still to come"),
        ({"occurred": dt.date(2026, 11, 22)}, RefusedError, "22 November 2026 is still to come"),
        ({"closed": dt.date(2026, 11, 22)}, RefusedError, "22 November 2026 is still to come"),
        ({"closed": dt.date(2026, 11, 18)}, RefusedError, "became known on 19 November 2026; .* closed before"),
        (
            {"occurred": dt.date(2026, 11, 18), "ended": dt.date(2026, 11, 17)},
            RefusedError,
            "happened on 18 November 2026; .* over before",
        ),
        ({"discovered": "2026-11-19 16:20"}, InputError, "discovered: .* does not say in which zone"),
        ({"discovered": "2026-11-19"}, InputError, "discovered: .* is not a date with a time"),
        ({"party": "hots"}, InputError, "party: there is no party 'hots'; did you mean host"),
        ({"risk": "some"}, InputError, "risk: "),
        ({"facts": "otherwise"}, RefusedError, "There is another breach with the key"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    workspace: Workspace, kept: Kept, fields: dict[str, object], error: type[Exception], words: str
) -> None:
    assert kept.changed
    before = everything(workspace.path)
    with pytest.raises(error, match=words):
        record_breach(workspace, "acme", {**FACTS, **fields}, who="ann")
    assert everything(workspace.path) == before


def test_the_graph_proposes_what_it_reaches_and_writes_nothing(workspace: Workspace, kept: Kept) -> None:
    before = everything(workspace.path)
    found = reached_by(workspace.view("acme"), kept.breach.key)
    assert set(found.activities) == {"hosting", "payroll"}
    assert set(found.data_categories) == {"notes", "name"}
    assert set(found.subject_categories) == {"clients", "staff"}
    assert found.customers == ("north", "bright")
    assert everything(workspace.path) == before


def test_what_it_proposes_is_written_when_asked_and_what_was_recorded_stays(workspace: Workspace, kept: Kept) -> None:
    key = kept.breach.key
    update_breach(workspace, "acme", key, {"activities": ["apart"], "data_categories": ["name"]}, who="ann")
    fill_in(workspace, "acme", key, who="ann")
    record = now(workspace).breaches[key]
    assert record.activities[0] == "apart"
    assert set(record.activities) == {"apart", "hosting", "payroll"}
    assert record.data_categories[0] == "name"
    assert not reached_by(workspace.view("acme"), key).adds
    assert not fill_in(workspace, "acme", key, who="ann")[1].changed


def test_a_system_reaches_only_what_is_in_it(workspace: Workspace, kept: Kept) -> None:
    update_breach(workspace, "acme", kept.breach.key, {"system": "rack"}, who="ann")
    assert reached_by(workspace.view("acme"), kept.breach.key).activities == ("hosting",)


def test_a_breach_nowhere_reaches_nothing_that_could_be_told(workspace: Workspace) -> None:
    kept = record_breach(workspace, "acme", {"name": "Somewhere"}, who="ann")
    how = (
        "neither a system nor a party. Record it with `ropa breach update somewhere --system KEY`, or with `--at PARTY`"
    )
    with pytest.raises(RefusedError, match=how):
        reached_by(workspace.view("acme"), kept.breach.key)
    with pytest.raises(NotFoundError, match="no breach 'nowhere'"):
        reached_by(workspace.view("acme"), "nowhere")


def told(workspace: Workspace, key: str, **fields: object) -> Kept:
    return tell(workspace, "acme", key, {"told": "2026-11-20 09:00 UTC", **fields}, who="ann")


def test_who_was_told_is_recorded_once_and_settles_the_duty(workspace: Workspace, kept: Kept) -> None:
    key = kept.breach.key
    fill_in(workspace, "acme", key, who="ann")
    assert {"breach-customers-untold", "breach-risk-missing"} <= rules(now(workspace))
    for customer in ("north", "bright"):
        told(workspace, key, recipient="customer", party=customer)
    assert "breach-customers-untold" not in rules(now(workspace))
    assert told(workspace, key, recipient="authority", name="Information Commissioner").changed
    assert not told(workspace, key, recipient="authority", name="Information Commissioner").changed
    assert "breach-authority-untold" not in rules(now(workspace), dt.date(2026, 12, 24))


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"recipient": "customer"}, InputError, "party: which customer must be said"),
        ({"recipient": "nobody"}, InputError, "recipient: "),
        ({"recipient": "authority", "told": "2026-11-19 16:19 UTC"}, RefusedError, "nobody can have been told before"),
        ({"recipient": "authority", "told": "2026-11-22 00:01 UTC"}, RefusedError, "is still to come"),
    ],
)
def test_nobody_is_told_when_it_cannot_be(
    workspace: Workspace, kept: Kept, fields: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        told(workspace, kept.breach.key, **fields)
    assert now(workspace).breach_notices == {}


def test_a_notice_that_was_planned_is_completed(workspace: Workspace, kept: Kept) -> None:
    told(workspace, kept.breach.key, recipient="authority", party="ico", told=None, channel="form")
    told(workspace, kept.breach.key, recipient="authority", party="ico", reference="IC-1")
    (notice,) = now(workspace).breach_notices.values()
    assert (notice.channel, notice.reference, notice.told) == ("form", "IC-1", "2026-11-20T09:00+00:00")


LOGGED = (
    BODY
    + """
breaches:
  lost:
    name: Lost laptop
    discovered: 2026-11-18T16:20+00:00
    activities: [payroll]
    facts: left on a train
    consequences: none known
    measures: wiped
    risk: risk
"""
)
LAST = dt.date(2026, 11, 21)


@pytest.mark.parametrize(("on", "there"), [(-1, False), (0, True), (1, True)])
def test_the_finding_is_there_on_the_day_on_which_the_hours_end(on: int, there: bool) -> None:
    found = rules(register(LOGGED), LAST + dt.timedelta(days=on))
    assert found == ({"breach-authority-untold"} if there else set())


@pytest.mark.parametrize(
    ("zone", "last"), [("2026-11-18T00:30+05:30", "2026-11-21"), ("2026-11-18T23:30-08:00", "2026-11-21")]
)
def test_the_day_is_the_one_where_it_became_known(zone: str, last: str) -> None:
    found = register(LOGGED.replace("2026-11-18T16:20+00:00", zone))
    day = dt.date.fromisoformat(last)
    assert rules(found, day - dt.timedelta(days=1)) == set()
    assert rules(found, day) == {"breach-authority-untold"}


def test_the_end_of_the_hours_is_due_until_the_authority_is_told() -> None:
    view = View(register(LOGGED), dt.date(2026, 11, 19))
    (due,) = [each for each in coming_up(view) if each.subject == "breach/lost"]
    assert (due.days, due.on) == (2, LAST)
    assert due.text == "72 hours end at 16:20 (UTC), tell the authority: Lost laptop"
    late = [each for each in coming_up(View(register(LOGGED), LAST + dt.timedelta(days=3))) if "72" in each.text]
    assert [each.days for each in late] == [-3]
    for settled in ("risk: unlikely\n    risk_reasons: encrypted", "risk: risk\n    breach_notices: [{recipient: "
                    "authority, told: 2026-11-18T17:00+00:00}]"):  # fmt: skip
        quiet = register(LOGGED.replace("risk: risk", settled))
        assert not [each for each in coming_up(View(quiet, LAST)) if each.subject == "breach/lost"]


def test_the_roles_follow_from_the_activities_unless_recorded() -> None:
    both = LOGGED.replace("[payroll]", "[payroll, hosting]").replace("risk: risk", "risk: unlikely")
    assert rules(register(both)) == {"breach-untold-unexplained", "breach-customers-untold"}
    assert rules(register(both + "    roles: [processor]\n")) == {"breach-customers-untold"}
    one = both + "    roles: [processor]\n    customers: [north]\n"
    untold = [each.detail for each in findings_of(register(one), TODAY) if each.rule == "breach-customers-untold"]
    assert untold == ["north"]


@pytest.mark.parametrize(
    ("away", "words"),
    [(5 * 3600 + 59, "in 5 h"), (89 * 60, "in 89 min"), (0, "0 min late"), (-2 * 3600, "2 h late"),
     (99 * 3600, "in 99 h"), (-100 * 3600, "4 d late")],
)  # fmt: skip
def test_the_hours_that_are_left_are_counted(away: int, words: str) -> None:
    end = read_moment("2026-11-21T16:20+00:00")
    assert hours_away(end, end - dt.timedelta(seconds=away)) == words


def test_one_breach_in_words_holds_what_is_recorded_and_what_is_to_do() -> None:
    text = breach_text(View(register(LOGGED), LAST), "lost")
    assert "known since 16:20 on 18 November 2026 (UTC)" in text
    assert "✖ authority not told; 72 hours end at 16:20 on 21 November 2026 (UTC), 7 h late" in " ".join(text.split())
    assert "What happened: left on a train" in text
    assert "Nobody, as far as it is recorded." in text


ASSESSED = """
documents:
  lia: {name: LIA of help, type: lia, date: 2025-01-01, review: 2026-11-20}
  dpia: {name: DPIA of help, type: dpia, date: 2025-01-01, review: 2026-11-25}
  tra: {name: TRA of Hub, type: tra, date: 2025-01-01, review: 2026-12-24, expires: 2026-12-30}
  tia: {name: TIA of Hub, type: tia, date: 2025-01-01, review: 2026-11-01}
"""


def test_assessments_are_due_for_review_and_overdue_after_it() -> None:
    found = register(ASSESSED)
    due = {(each.text, each.days) for each in coming_up(View(found, TODAY))}
    assert due == {
        ("review: TIA of Hub", -20), ("review: LIA of help", -1), ("review: DPIA of help", 4),
        ("review: TRA of Hub", 33), ("expires: TRA of Hub", 39),
    }  # fmt: skip
    late = {each.subject for each in findings_of(found, TODAY) if each.rule == "document-overdue"}
    assert late == {"document/lia", "document/tia"}
    assert "document-expired" in {each.rule for each in findings_of(found, dt.date(2026, 12, 31))}


def test_a_breach_of_hostile_text_is_shown_as_it_is(workspace: Workspace, kept: Kept) -> None:
    assert "Where: Host [/] Ltd" in breach_text(workspace.view("acme"), kept.breach.key)


def test_the_end_of_the_hours_is_also_told_by_a_clock_that_is_never_put_back(workspace: Workspace) -> None:
    given = {"name": "Laptop lost", "discovered": "2026-10-23 18:00 Europe/London"}
    made = record_breach(workspace, "acme", given, who="ann")
    text = " ".join(breach_text(View(made.register, TODAY), made.breach.key).split())
    assert "72 hours end at 18:00 on 26 October 2026 (UTC+01:00), which is 17:00 on 26 October 2026 (UTC)" in text


LOG = """
breaches:
  leak:
    name: Leak
    facts: A leak
    discovered: "2026-10-24 22:00 Europe/London"
    activities: [hosting, payroll]
    risk: high
    breach_notices:
      - {recipient: authority, told: "2026-10-26 21:00 Europe/London"}
      - {recipient: people, told: "2026-10-28 22:00 Europe/London"}
      - {recipient: customer, party: north, told: "2026-11-15 21:00 Europe/London"}
"""


def test_the_log_of_a_date_says_what_stood_then_and_nothing_of_later() -> None:
    found = register(BODY + LOG)
    before = View(found, dt.date(2026, 10, 23))
    assert "1 breach of a later date left out" in breaches_text([before])
    assert breaches_values([before]) == []
    assert "It was not known yet on 23 October 2026" in breach_text(before, "leak")
    open_ = breaches_text([View(found, dt.date(2026, 10, 25))])
    assert "72 hours end at 22:00 on 27 October 2026 (UTC+01:00), which is 21:00" in " ".join(open_.split())
    assert "people not told" in open_
    assert "2 customers not told" in open_
    (values,) = breaches_values([View(found, dt.date(2026, 10, 25))])
    assert values["customers_owed"] == ["north", "bright"]


def test_it_is_said_how_long_after_becoming_aware_each_was_told() -> None:
    found = breaches_text([View(register(BODY + LOG), dt.date(2026, 11, 20))])
    assert "✓ people told at 22:00 on 28 October 2026 (UTC), 97 h after it became known" in found
    assert "✓ Northgate told at 21:00 on 15 November 2026 (UTC), 22 d after it became known" in found
    assert "✖ 1 customer not told (Art. 33(2)): Brightway" in found


def test_the_log_says_that_nobody_recorded_whom_a_processor_must_tell() -> None:
    alone = BODY.replace("    controllers: [north, bright]\n", "") + LOG.replace(", payroll]", "]").replace(
        '      - {recipient: customer, party: north, told: "2026-11-15 21:00 Europe/London"}\n', ""
    )
    found = breaches_text([View(register(alone), TODAY)])
    assert "? which customers are to be told is not recorded (Art. 33(2))" in found
