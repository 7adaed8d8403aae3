"""The notice report in words: from the state of each change to the lines that its page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.reports.notice_report import ChangePage, NoticePage, OrganisationPage, Row, Table
from ropa.reports.page import Item, Line, line, missing
from ropa.rules.dates import days, long_date
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice
from ropa.services.notices.evidence import Span
from ropa.services.notices.facts import change_facts, notice_fields
from ropa.services.notices.gathering import Gathered, by_urgency, in_general
from ropa.services.notices.rows import COLUMNS, WIDTHS, customer_detail, customer_row
from ropa.services.notices.tables import announcement_table, evidence_table, overridden_table, override_item
from ropa.services.notices.to_do import counts, pressing_table
from ropa.services.wording import counted, listed


def notice_page(found: Sequence[Gathered], on: dt.date, span: Span | None = None) -> NoticePage:
    """The report on some registers, in words."""
    tables = (pressing_table(found), overridden_table(found), announcement_table(found), evidence_table(found))
    organisations = tuple(organisation_page(each) for each in found)
    invented = any(change.invented for each in organisations for change in each.changes)
    return NoticePage(
        on=on,
        organisations=organisations,
        counts=counts(found),
        pressing=tables[0],
        overridden=tables[1],
        announcements=tables[2],
        span=span.words() if span else "",
        evidence=tables[3],
        invented=invented or any(_has_invented(row) for table in tables for row in table.rows),
    )


def _has_invented(row: Row) -> bool:
    return any(item.invented for cell in row.cells for item in cell)


def organisation_page(found: Gathered) -> OrganisationPage:
    """The open changes of one register."""
    register = found.register
    name = register.organisation.legal_name or register.organisation.name
    return OrganisationPage(
        register.organisation.key, name, tuple(_change(register, each, found.on) for each in found.changes)
    )


def _change(register: Register, status: ChangeStatus, on: dt.date) -> ChangePage:
    change, owner = status.change, register.organisation
    facts = tuple(change_facts(register, status))
    regimes = " and ".join(LawBook.in_use().regime(each).name for each in register.regimes(on))
    customers = by_urgency(status)
    rows = tuple(customer_row(register, status, each) for each in customers)
    return ChangePage(
        key=f"{owner.key}-{change.key}",
        name=change.name,
        owner=f"{owner.legal_name or owner.name} · {regimes or 'regime not recorded'}",
        stage=_stage(status),
        invented=change.invented,
        verdict=_verdict(register, status, on),
        warnings=tuple(_warnings(status)),
        blocked=tuple(Item(each.text.removesuffix("."), "!", each.source) for each in in_general(status)),
        facts=facts,
        dates=tuple(_dates(register, status)),
        customers=Table("What is late comes first.", COLUMNS, WIDTHS, rows),
        details=tuple(customer_detail(register, each) for each in customers),
        remarks=tuple(_remarks(register, status)),
        notice=tuple(notice_fields(register, status, facts)),
    )


def _stage(status: ChangeStatus) -> str:
    """Where the change stands, and who decided it."""
    change = status.change
    words: list[str] = [status.stage]
    words += [f"proposed {long_date(change.proposed)}"] if change.proposed and status.stage != "proposed" else []
    words += [f"since {long_date(change.proposed)}"] if change.proposed and status.stage == "proposed" else []
    if change.approved or change.approved_by:
        when = f" {long_date(change.approved)}" if change.approved else ""
        words.append(f"approved{when}{f' by {change.approved_by}' if change.approved_by else ''}")
    return " · ".join(words)


def _verdict(register: Register, status: ChangeStatus, on: dt.date) -> Item:
    """The one sentence above the page: what is late, else what stands in the way, else that it is in time."""
    planned, earliest = status.change.effective, status.earliest
    if status.late:
        who = listed([_named(register, each) for each in status.late])
        return Item(f"Already late for {len(status.late)} of {counted(len(status.owed), 'customer')}: {who}.", "✖")
    if not status.owed:
        return missing(what="Nobody can be told yet: no customer is recorded whose data the change reaches.")
    if status.stage == "effective":
        return _took_effect(status)
    if planned is None:
        return missing(what="No planned date is recorded.")
    if planned < on:
        text = f"The planned date, {long_date(planned)}, has passed, and the change is still recorded as open."
        return Item(text, "!")
    if status.holding:
        who = listed([register.parties[each.customer].name for each in status.holding])
        return Item(f"No lawful date yet because of {who}.", "!")
    if earliest is not None and earliest > planned:
        return Item(f"The planned date is too early; the earliest is {long_date(earliest)}.", "✖")
    waiting = [each for each in status.owed if each.clock.days_left is not None]
    if waiting:
        soonest = min(each.clock.days_left or 0 for each in waiting)
        left = "today is the last day" if soonest == 0 else f"{days(soonest)} left for the first"
        return Item(f"{counted(len(waiting), 'customer')} still to be told; {left}.", "!")
    return Item("Every customer was told in time.", "✓")


def _took_effect(status: ChangeStatus) -> Item:
    """What is left to do about a change that took effect in an emergency or early."""
    when = f" on {long_date(status.change.effective)}" if status.change.effective else ""
    waiting = [each for each in status.owed if not each.is_told]
    last = min((each.clock.last_day for each in waiting if each.clock.last_day), default=None)
    if waiting:
        until = f", the first by {long_date(last)}" if last else ""
        return Item(f"It took effect{when}; {counted(len(waiting), 'customer')} still to be told{until}.", "!")
    return Item(f"It took effect{when}, and every customer was told.")


def _warnings(status: ChangeStatus) -> Iterator[Item]:
    """An override, and what the verdict on the new arrangement adds: said before anyone is told."""
    if (override := override_item(status.change)) is not None:
        yield override
    makes = "makes" if status.stage == "effective" else "would make"
    found = {crossing.worst.status for crossing in status.crossings}
    if "unsafeguarded" in found:
        yield Item(f"The change {makes} a transfer that no valid safeguard covers; no date mends that.", "✖")
    if "incomplete" in found:
        yield Item(f"The change {makes} a transfer whose safeguard is incomplete.", "!")
    if "unknown" in found:
        yield missing(what=f"Whether the change {makes} a transfer without a safeguard cannot be told.")


def _named(register: Register, each: CustomerNotice) -> str:
    name = register.parties[each.customer].name
    how = "told" if each.clock.days_left is None else "not told,"
    return f"{name} ({how} {days(each.clock.late_by)} late)"


def _dates(register: Register, status: ChangeStatus) -> Iterator[Line]:
    planned, earliest = status.change.effective, status.earliest
    if status.stage == "effective":
        yield line("took-effect", "Took effect", (Item(long_date(planned)),) if planned else ())
        return
    yield line("planned", "Planned date", (Item(long_date(planned)),) if planned else (), "Art. 28(2)", required=True)
    if earliest is not None:
        text = f"{long_date(earliest)}, for all {counted(len(status.owed), 'customer')}"
        unsent = any(each.clock.days_left is not None or each.notice is None for each in status.owed)
        found = [Item(f"{text}, if those not yet told were told today" if unsent else text)]
        if planned is not None and planned < earliest:
            over = days((earliest - planned).days)
            found.append(Item(f"The planned date is {over} too early. Move it, or agree otherwise in writing.", "✖"))
        elif planned is not None:
            found.append(Item("The planned date is not too early."))
    else:
        found = [Item("None yet", "!" if status.owed else "?")]
        for each in status.holding:
            name = register.parties[each.customer].name
            found.append(Item(f"{name}: {each.clock.reasons[-1].text}" if each.clock.reasons else name))
        rest = [each.clock.earliest for each in status.owed if each.clock.earliest is not None]
        if rest:
            found.append(Item(f"For the other customers: {long_date(max(rest))}."))
    yield line("earliest", "Earliest lawful date", tuple(found))


def _remarks(register: Register, status: ChangeStatus) -> Iterator[Item]:
    for key in status.unserved:
        name = register.activities[key].name
        what = f"{name}: for which customers it is done is not recorded, so some may be missing"
        yield missing("Art. 30(2)(a)", what)
    for each in status.customers:
        if not each.why:
            name = register.parties[each.customer].name
            yield Item(f"A notice is recorded for {name}, whom the change does not reach by what is recorded.", "!")
