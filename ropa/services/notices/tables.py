"""The tables of the notice report beside the changes: overrides, announcements of vendors, and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ropa.records.change import ChangeFields, Override
from ropa.records.register import Register
from ropa.reports.notice_report import Row, Table
from ropa.reports.page import Item, missing, quoted
from ropa.rules.announcements import ObjectionClock
from ropa.rules.dates import days, long_date
from ropa.services.changes.statuses import ChangeStatus
from ropa.services.notices.evidence import DATES, Evidence, Recorded, as_day
from ropa.services.notices.gathering import Announced, Gathered
from ropa.services.steps.announcements import DECISIONS
from ropa.services.wording import listed, short_fingerprint


def override_item(change: ChangeFields) -> Item | None:
    """The override of a change in one sentence: who, when, why, against what; None where there is none."""
    override = change.override
    if override is None:
        return None
    when = f" on {long_date(override.on)}" if override.on else " (when is not recorded)"
    against = override.against or "not recorded"
    why = override.why if override.why.endswith((".", "!", "?")) else f"{override.why}."
    return Item(f"OVERRIDE by {override.who}{when}: {why} What stood in the way: {against}", "✖")


def overridden_table(found: Sequence[Gathered]) -> Table:
    """The changes that took effect with an override."""
    columns = ("Change", "Took effect", "Decided by", "Why", "What stood in the way", "Customers")
    rows = [
        _overridden(each.register, status, status.change.override, len(found) > 1)
        for each in found
        for status in each.overridden
        if status.change.override is not None
    ]
    return Table("Every override that is recorded.", columns, (4, 3, 3, 5, 5, 5), tuple(rows))


def _overridden(register: Register, status: ChangeStatus, override: Override, several: bool) -> Row:
    change = status.change
    where = f"{register.organisation.name}: " if several else ""
    late = [f"{register.parties[each.customer].name} ({days(each.clock.late_by)})" for each in status.late]
    who = [Item(override.who), Item(long_date(override.on)) if override.on else missing(what="when not recorded")]
    cells = (
        (Item(f"{where}{change.name}", "✖", invented=change.invented),),
        (Item(long_date(change.effective)) if change.effective else missing(),),
        tuple(who),
        (quoted(override.why),),
        (Item(override.against) if override.against else missing(),),
        (Item(f"late: {listed(late)}", "✖") if late else Item("none told late"),),
    )
    return Row(cells, late=True)


def evidence_table(found: Sequence[Gathered]) -> Table:
    """What went out in the period, by organisation and date."""
    columns = ("Customer", "Change", "Sent", "In time", "Evidence", "Outcome", "Recorded (UTC)")
    rows = [_evidence(each, one, len(found) > 1) for each in found for one in each.evidence or ()]
    return Table("By the day on which each notice went out.", columns, (4, 4, 4, 4, 6, 5, 6), tuple(rows))


def _evidence(gathered: Gathered, found: Evidence, several: bool) -> Row:
    register = gathered.register
    party, change = register.parties.get(found.customer), register.changes.get(found.change)
    invented = found.invented or (party is not None and party.invented)
    where = f"{register.organisation.name}: " if several else ""
    cells = (
        (Item(party.name if party else found.customer, invented=invented),),
        (Item(f"{where}{change.name if change else found.change}", invented=change is not None and change.invented),),
        tuple(_sent(found)),
        (in_time_item(found),),
        tuple(_shown(found)),
        tuple(outcome_items(found)),
        tuple(recorded_items(found)),
    )
    return Row(cells, late=found.in_time is False or found.standing != "recorded")


def _sent(found: Evidence) -> Iterator[Item]:
    sent, received = as_day(found.values["sent"]), as_day(found.values["received"])
    if sent is not None:
        yield Item(long_date(sent))
    if received is not None:
        yield Item(f"received {long_date(received)}")
    if found.values["channel"]:
        yield Item(f"by {found.values['channel']}")
    else:
        yield missing(what="how: not recorded")


def in_time_item(found: Evidence) -> Item:
    """Whether it was in time for the planned date, or how late; words where that cannot be told."""
    if found.standing == "changed":
        return Item("changed since: no longer recorded as sent then", "✖")
    if found.standing == "removed":
        return Item("removed from the register since", "✖")
    if found.in_time:
        return Item("in time", "✓")
    if found.in_time is False and found.owed is not None:
        return Item(f"{days(found.owed.clock.late_by)} late", "✖")
    if found.owed is not None and found.owed.waits_for_receipt:
        return missing(what="cannot be told: record when it arrived")
    return missing(what="cannot be told: the last day to send is not known")


def _shown(found: Evidence) -> Iterator[Item]:
    text, fingerprint = found.values["evidence"], found.values["fingerprint"]
    yield Item(text) if text else missing(what="evidence not recorded")
    yield (
        Item(f"fingerprint {short_fingerprint(fingerprint)}")
        if fingerprint
        else missing(what="fingerprint not recorded")
    )
    if (told := as_day(found.values["told"])) is not None:
        yield Item(f"told the date {long_date(told)}")


def outcome_items(found: Evidence) -> Iterator[Item]:
    """Consent, and the objection with how it was settled."""
    values = found.values
    if (consented := as_day(values["consented"])) is not None:
        yield Item(f"consented {long_date(consented)}", "✓")
    objected = as_day(values["objected"])
    if objected is not None:
        late = found.owed is not None and found.standing == "recorded" and found.owed.objected_late
        yield Item(f"objected {long_date(objected)}{', LATE: after the window had closed' if late else ''}", "!")
        yield quoted(values["grounds"]) if values["grounds"] else missing(what="grounds not recorded")
        resolved = as_day(values["resolved"])
        if resolved is None or resolved < objected:
            yield Item("not resolved", "✖")
        else:
            how = f": {values['resolution']}" if values["resolution"] else ""
            yield Item(f"resolved {long_date(resolved)}{how}", "✓")
        if values["remedy"]:
            yield Item(f"remedy: {values['remedy']}")
    elif consented is None:
        yield Item("no consent and no objection recorded")


def recorded_items(found: Evidence) -> Iterator[Item]:
    """Who recorded it and when, oldest first."""
    for each in found.recorded:
        yield Item(f"{each.at.replace('T', ' ').removesuffix('Z')}, {each.who}: {recorded_words(each)}")
    if not found.recorded:
        yield missing(what="who recorded it is not known")


def recorded_words(each: Recorded) -> str:
    """What an entry of the history did to the notice."""
    if each.action == "remove":
        what = "removed"
    else:
        what = "; ".join(
            f"{name} {after}" if before is None else f"{name} {before} → {after or 'empty'}"
            for name, before, after in each.fields
            if each.action != "add" or name in DATES
        )
    return f"{what or 'recorded'} ({each.why})" if each.why else what or "recorded"


def announcement_table(found: Sequence[Gathered]) -> Table:
    """The vendors' own announcements that are open."""
    columns = ("Vendor", "What", "Last day to object", "Days left", "Decision", "Takes effect", "Passed on by")
    rows = [_announced(each.register, one, len(found) > 1) for each in found for one in each.announcements]
    caption = "What vendors told us: object in time, and pass it on to the customers whose data it touches."
    return Table(caption, columns, (4, 6, 4, 2, 4, 3, 5), tuple(rows))


def _announced(register: Register, found: Announced, several: bool) -> Row:
    each, clock = found.announcement, found.clock
    where = f"{register.organisation.name}: " if several else ""
    what = [Item(f"{where}{each.name}", invented=each.invented)]
    what.append(
        Item(f"received {long_date(each.received)}") if each.received else missing(what="received: not recorded")
    )
    if clock.last_day is None:
        until = (missing(what="not known"), *(Item(reason.text, source=reason.source) for reason in clock.reasons))
    else:
        until = (Item(long_date(clock.last_day)),)
    cells = (
        (Item(register.parties[each.vendor].name, invented=register.parties[each.vendor].invented),),
        tuple(what),
        until,
        (_announced_left(clock),),
        tuple(_decision(found)),
        (Item(long_date(each.effective)) if each.effective else missing(),),
        tuple(Item(change.name) for change in found.passed_on) or (Item("no change passes it on", "!"),),
    )
    return Row(cells, late=clock.days_left is not None and clock.days_left < 0)


def _announced_left(clock: ObjectionClock) -> Item:
    left = clock.days_left
    if left is None:
        return Item("decided") if clock.last_day is not None else missing(what="not known")
    return Item(f"over {days(-left)} ago", "✖") if left < 0 else Item("0 days: today" if left == 0 else days(left), "!")


def _decision(found: Announced) -> Iterator[Item]:
    each = found.announcement
    if each.decision is None:
        yield Item("none recorded: decide", "!")
        return
    when = long_date(each.decided) if each.decided else None
    who = f"by {each.decided_by}" if each.decided_by else None
    yield Item(", ".join(filter(None, (DECISIONS[each.decision], when, who))))
    if each.grounds:
        yield quoted(each.grounds)
