"""Random lives of a change under random contracts, through the verbs, on a real database.

Nobody who must be told is forgotten, nobody else is told, nothing takes effect early without a recorded override, a
refused step writes nothing, every other one leaves its entry, and no clock of the machine has a say. What a contract
allows is worked out here once more, from days and nothing else.
"""

from __future__ import annotations

import calendar
import datetime as dt
import os
import re
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from holidays import country_holidays
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ropa.records.agreement import AgreementFields
from ropa.records.change import ChangeFields, NoticeFields
from ropa.records.errors import RefusedError
from ropa.records.register import Register
from ropa.services.changes.statuses import open_changes
from ropa.services.steps import answers as answer_verbs
from ropa.services.steps import changes as change_verbs
from ropa.services.steps import notices as notice_verbs
from ropa.services.steps.step import Done
from ropa.services.workspace import Workspace
from ropa.store.writer import Put
from tests.services.steps.acme_changes import ACME, later
from tests.store.databases import AT, filled

START = dt.date(2026, 11, 21)
CUSTOMERS = ("bolt", "screw", "rivet")
EVERYBODY = (*CUSTOMERS, "washer")
FREE = country_holidays("GB", subdiv="ENG")
_PROMISED = next(line for line in ACME.splitlines(keepends=True) if line.startswith("  notice: "))
_SCREW = ACME[ACME.index("agreements:") : ACME.index("activities:")]
_BASE = (
    ACME.replace(_PROMISED, "")
    .replace(_SCREW, "")
    .replace("  washer: {", "  rivet: {name: Rivet Ltd, country: United Kingdom}\n  washer: {")
    .replace("controllers: [bolt, screw]", "controllers: [REACHED]")
    .replace("controllers: [washer]", "controllers: [bolt, screw, rivet, washer]")
)
"""The register without any promise: each life brings its own contracts."""

_days = st.one_of(
    st.integers(1, 40).map("P{}D".format),
    st.integers(1, 40).map("P{}D".format),
    st.integers(1, 5).map("P{}W".format),
    st.integers(1, 2).map("P{}M".format),
    st.integers(1, 15).map("{} business days".format),
)
_contracts = st.fixed_dictionaries(
    {
        "authorisation": st.sampled_from(["general", "general", "general", "specific", "mixed", None]),
        "period": st.one_of(_days, _days, _days, st.none()),
        "clock": st.sampled_from(["sent", "received", "page-updated"]),
        "objection": st.one_of(_days, st.none()),
        "emergency": st.sampled_from(["shorter-notice", "shorter-notice", "told-afterwards", "not-allowed", None]),
        "emergency_notice": st.one_of(_days, _days, st.none()),
        "counting": st.sampled_from(["clear-days", "ordinary-days", None]),
    }
)
_customer = st.sampled_from(EVERYBODY)
_ago = st.integers(0, 10)
_steps = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 30)),
    st.tuples(st.just("approve"), _ago),
    st.tuples(st.just("move"), st.integers(-20, 80)),
    st.tuples(st.just("everyone"), _ago),
    st.tuples(st.just("sent"), _customer, _ago),
    st.tuples(st.just("received"), _customer, _ago),
    st.tuples(st.just("consent"), _customer, _ago),
    st.tuples(st.just("objection"), _customer, _ago),
    st.tuples(st.just("resolution"), _customer, _ago),
    st.tuples(st.just("effective"), _ago, st.none()),
    st.tuples(st.just("effective"), _ago, st.just("it could not wait")),
)
_SOON = ("move", 1)
"""Planned for tomorrow, so that what a contract asks for is later than what was told."""
_gives_up = st.sampled_from([(), (), (), (("withdraw", 2),)])
_lives = st.tuples(
    st.fixed_dictionaries(dict.fromkeys(CUSTOMERS, _contracts)),
    st.sets(st.sampled_from(CUSTOMERS), min_size=1),
    st.sampled_from(["replace", "emergency"]),
    st.tuples(st.sampled_from([[_SOON], [_SOON], []]), st.lists(_steps, max_size=5)).map(
        lambda each: each[0] + each[1]
    ),
    st.tuples(st.lists(_steps, max_size=9), _gives_up).map(lambda each: [*each[0], *each[1]]),
)
_zones = st.sampled_from(["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu"])


@contextmanager
def clock_of(zone: str) -> Iterator[None]:
    """The machine as it stands in another time zone."""
    before = os.environ.get("TZ")
    try:
        os.environ["TZ"] = zone
        time.tzset()
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


@contextmanager
def database(contracts: Mapping[str, Mapping[str, Any]], reached: Collection[str], kind: str) -> Iterator[Workspace]:
    """A database in which each customer has this contract, and the hosting that changes is done for some of them."""
    with TemporaryDirectory() as folder:
        text = _BASE.replace("REACHED", ", ".join(sorted(reached))).replace("kind: replace", f"kind: {kind}")
        workspace = Workspace(filled(Path(folder) / "ropa.db", text), START)
        agreements = [
            AgreementFields.model_validate(
                {"key": f"{key}-dpa", "name": f"{key} DPA", "party": key, "notice": _terms(contract)}
            )
            for key, contract in contracts.items()
        ]
        workspace.store.apply(
            "acme", [Put("agreement", each) for each in agreements], who="ada", why="contracts", at=AT
        )
        yield workspace


def _terms(contract: Mapping[str, Any]) -> dict[str, Any]:
    return {**contract, "objection_clock": contract["clock"], "business_days": "GB-ENG"}


def take(workspace: Workspace, step: Sequence[Any]) -> Done:
    """Take one step, `ago` days before the workspace's date."""
    name, *more = step
    ago = dt.timedelta(days=more[-1] if isinstance(more[-1], int) else more[0])
    on, where = workspace.on - ago, (workspace, "acme", "swap")
    match name:
        case "approve":
            return change_verbs.approve(*where, who="ada", on=on)
        case "withdraw":
            return change_verbs.withdraw(*where, because="no", who="ada", on=on)
        case "move":
            return change_verbs.reschedule(*where, on + 2 * ago, who="ada")
        case "everyone":
            return notice_verbs.record_sent(*where, None, on=on, via="email", who="ada")
        case "sent":
            return notice_verbs.record_sent(*where, [more[0]], on=on, via="email", who="ada")
        case "received":
            return notice_verbs.record_received(*where, more[0], on=on, who="ada")
        case "consent":
            return answer_verbs.record_consent(*where, more[0], on=on, who="ada")
        case "objection":
            return answer_verbs.record_objection(*where, more[0], on=on, grounds="no", who="ada")
        case "resolution":
            return answer_verbs.record_resolution(*where, more[0], on=on, resolution="yes", who="ada")
        case _:
            return change_verbs.make_effective(*where, on=on, who="grace", override=more[1])


def state_of(workspace: Workspace) -> tuple[Register, int]:
    """The register, and the number of the last batch of its history."""
    newest = workspace.store.history("acme", limit=1)
    return workspace.store.snapshot("acme").register, newest[0].batch


def play(workspace: Workspace, steps: Sequence[Sequence[Any]]) -> Workspace:
    """Play a life, and look at the database after every step; returns the workspace on the last day."""
    for step in steps:
        if step[0] == "wait":
            workspace = later(workspace, workspace.on + dt.timedelta(days=step[1]))
            continue
        before, batch = state_of(workspace)
        try:
            done = take(workspace, step)
        except RefusedError:
            assert state_of(workspace) == (before, batch)
            continue
        after, last = state_of(workspace)
        assert done.words
        assert done.register == after
        assert last == batch + done.changed
        assert done.changed or after == before
        if step[0] == "everyone":
            nobody_is_forgotten(after)
        if done.changed:
            entries = [each for each in workspace.store.history("acme") if each.batch == last]
            assert entries
            assert all(each.who in ("ada", "grace") and each.why for each in entries)
            judge(after, workspace.on, contracts_of(after), before.changes["swap"])
    return workspace


def reached_in(register: Register) -> set[str]:
    """Whom the change must be told to: those for whom the activity that it is about is done."""
    return set(register.activities["hosting"].controllers)


def nobody_is_forgotten(register: Register) -> None:
    """Once everybody is recorded as told, each who must be told was."""
    sent = {each.customer for each in register.notices.values() if each.sent is not None}
    assert reached_in(register) <= sent


def contracts_of(register: Register) -> dict[str, Mapping[str, Any]]:
    """What each customer was promised, as it is recorded."""
    return {each.party: each.notice.model_dump() for each in register.agreements.values() if each.notice is not None}


def judge(register: Register, on: dt.date, contracts: Mapping[str, Mapping[str, Any]], before: ChangeFields) -> None:
    """What must hold after every step."""
    change = register.changes["swap"]
    notices = {each.customer: each for each in register.notices.values()}
    reached = reached_in(register)
    assert set(notices) <= reached
    assert len(notices) == len(register.notices)
    if change.state == "effective" and (change.kind == "emergency" or change.override is not None):
        told = {key for key, each in notices.items() if each.sent is not None or each.received is not None}
        assert reached == told or "swap" in [each.change.key for each in open_changes(register, on)]
    if before.state == "effective" or change.state != "effective":
        return
    assert change.effective is not None
    assert change.effective <= on
    blocked = {key for key in reached if not allowed(change.effective, change, contracts[key], notices.get(key))}
    if blocked:
        assert change.override is not None
        assert (change.override.who, change.override.why) == ("grace", "it could not wait")
        assert all(register.parties[key].name in (change.override.against or "") for key in blocked)
    elif change.effective == on:
        assert change.override is None


def allowed(day: dt.date, change: ChangeFields, contract: Mapping[str, Any], notice: NoticeFields | None) -> bool:
    """Whether one customer's contract lets the change take effect on a day."""
    clause = contract["emergency"] if change.kind == "emergency" else None
    if clause == "told-afterwards":
        return notice is None or not _objects_on(day, notice)
    if clause == "shorter-notice":
        contract = {**contract, "period": contract["emergency_notice"], "objection": None}
    if notice is None or (notice.sent is None and notice.received is None):
        return False
    start = notice.received if contract["clock"] == "received" else notice.sent or notice.received
    if start is None or contract["period"] is None:
        return False
    if contract["authorisation"] != "general" and notice.consented is None:
        return False
    if notice.objected is not None and notice.resolved is None:
        return False
    clear = dt.timedelta(days=contract["counting"] == "clear-days")  # the day of the change does not count either
    ends = [_after(start, contract["period"]) + clear]
    if contract["objection"] is not None:
        ends.append(_after(start, contract["objection"]) + dt.timedelta(days=1))
    ends += [each for each in (notice.consented, notice.resolved, notice.told) if each is not None]
    return day >= max(ends)


def _objects_on(day: dt.date, notice: NoticeFields) -> bool:
    """Whether an objection waits for its settlement, or did on the day."""
    if notice.objected is None:
        return False
    return notice.resolved is None or notice.objected <= day < notice.resolved


def _after(start: dt.date, period: str) -> dt.date:
    """The day on which a period ends, as it is recorded, worked out day by day."""
    found = re.fullmatch(r"P(\d+)([DWM])|(\d+) business days?", period)
    assert found, period
    if found[2] == "M":
        year, month = divmod(start.year * 12 + start.month - 1 + int(found[1]), 12)
        return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
    left = int(found[1] or found[3]) * (7 if found[2] == "W" else 1)
    while left:
        start += dt.timedelta(days=1)
        left -= found[2] is not None or (start.weekday() < 5 and start not in FREE)
    return start


def _one_contract(kind: str, **terms: str) -> tuple[dict[str, dict[str, Any]], set[str], str, list[Any], list[Any]]:
    """A life without troubles under one contract."""
    names = ("authorisation", "period", "clock", "objection", "counting", "emergency", "emergency_notice")
    contract = {**dict.fromkeys(names), "authorisation": "general", "period": "P10D", "clock": "sent", **terms}
    return dict.fromkeys(CUSTOMERS, contract), {"bolt"}, kind, [_SOON], []


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_lives, _zones)
@example(_one_contract("replace", counting="clear-days"), "Asia/Kathmandu")
@example(_one_contract("replace", counting="clear-days", period="5 business days", objection="P3D"), "Asia/Kathmandu")
@example(_one_contract("replace", counting="clear-days", period="P1M"), "Etc/GMT+12")
@example(_one_contract("emergency", emergency="shorter-notice", emergency_notice="P2D", objection="P30D"), "Etc/GMT+12")
@example(_one_contract("emergency", emergency="told-afterwards", authorisation="specific"), "Etc/GMT+12")
@example(_one_contract("emergency", emergency="not-allowed", emergency_notice="P2D"), "Etc/GMT+12")
def test_no_customer_is_forgotten_and_nothing_takes_effect_early_without_an_override(
    life: tuple[dict[str, dict[str, Any]], set[str], str, list[Any], list[Any]], zone: str
) -> None:
    contracts, reached, kind, early, rest = life
    with clock_of(zone), database(contracts, reached, kind) as workspace:
        settled = [(step, key, 0) for key in reached for step in ("received", "consent", "resolution")]
        end = play(workspace, [*early, ("approve", 0), ("everyone", 0), *rest, *settled])
        register = end.store.snapshot("acme").register
        change = register.changes["swap"]
        if change.state in ("effective", "withdrawn"):
            return
        notices = {each.customer: each for each in register.notices.values()}
        days = [end.on + dt.timedelta(days=n) for n in range(200)]  # longer than any period
        free = (day for day in days if all(allowed(day, change, contracts[key], notices.get(key)) for key in reached))
        first = next(free, None)
        if first != end.on:
            eve = days[-1] if first is None else first - dt.timedelta(days=1)
            with pytest.raises(RefusedError):
                change_verbs.make_effective(later(end, eve), "acme", "swap", who="ada")
        if first is not None:
            done = change_verbs.make_effective(later(end, first), "acme", "swap", who="ada")
            assert done.status.change.override is None


@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_lives)
def test_a_life_is_the_same_wherever_the_machine_stands(
    life: tuple[dict[str, dict[str, Any]], set[str], str, list[Any], list[Any]],
) -> None:
    contracts, reached, kind, early, rest = life
    ends = []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        with clock_of(zone), database(contracts, reached, kind) as workspace:
            play(workspace, [*early, ("approve", 0), ("everyone", 0), *rest])
            ends.append(workspace.store.snapshot("acme").register)
    assert ends[0] == ends[1]
