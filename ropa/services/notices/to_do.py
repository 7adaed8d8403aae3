"""What somebody has to do about each customer of each open change, the most pressing first, across organisations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ropa.reports.notice_report import Row, Table
from ropa.reports.page import Item, Mark
from ropa.rules.dates import long_date
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice
from ropa.services.notices.gathering import (
    Gathered,
    Pressing,
    pressing,
)
from ropa.services.notices.rows import customer_item, last_day_item, left_item, state_item
from ropa.services.wording import counted

SOON = 7
"""Days within which a notice that is due is counted as one for this week."""

_TERMS = {
    "authorisation": "the authorisation",
    "period": "the notice period",
    "clock": "what starts the clock",
    "objection": "the time to object",
}


def pressing_table(found: Sequence[Gathered]) -> Table:
    """Every customer of every open change: what to do, by when; the most pressing first."""
    several = len(found) > 1
    columns = ("Customer", "What to do", "Last day to send", "Days left", "State", "Change")
    rows = [_row(each, several) for each in pressing(found)]
    return Table("What is late comes first.", columns, (4, 7, 3, 2, 4, 5), tuple(rows))


def _row(found: Pressing, several: bool) -> Row:
    register, change, each = found.gathered.register, found.status.change, found.each
    where = f"{register.organisation.name}: " if several else ""
    changing = [Item(f"{where}{change.name}", invented=change.invented)]
    changing += [Item(f"OVERRIDE by {change.override.who}", "✖")] if change.override else []
    cells = (
        (customer_item(register, each),),
        to_do(found.status, each),
        (last_day_item(each),),
        (left_item(each),),
        (state_item(each),),
        tuple(changing),
    )
    return Row(cells, late=each.clock.is_late)


def to_do(status: ChangeStatus, each: CustomerNotice) -> tuple[Item, ...]:
    """What has to be done about one customer, or that nothing has, and until when."""
    return tuple(_asked(status, each)) or (Item(_waits(each)),)


def _asked(status: ChangeStatus, each: CustomerNotice) -> Iterator[Item]:
    clock, notice, effective = each.clock, each.notice, status.change.effective
    if not each.is_told:
        yield _send(status, each)
    elif each.waits_for_receipt:
        yield Item("Record when it arrived", "?")
    if notice is not None and notice.objected is not None and each.objects:
        yield Item(f"Settle the objection of {long_date(notice.objected)}", "✖")
    if each.waits_for_consent and each.is_told:
        yield Item("Obtain consent; no reply is a refusal", "!")
    ahead = status.stage != "effective"
    if ahead and clock.earliest is not None and effective is not None and effective < clock.earliest:
        text = (
            f"Move the change to {long_date(clock.earliest)} or later for this customer, or agree otherwise in writing"
        )
        yield Item(text, "✖")
    elif ahead and clock.is_late and clock.earliest is None:
        yield Item("Move the change for this customer, or agree otherwise in writing", "✖")
    gaps = [words for field, words in _TERMS.items() if field in clock.gaps]
    if gaps:
        yield Item(f"Record what the contract says: {', '.join(gaps)}", "?")


def _send(status: ChangeStatus, each: CustomerNotice) -> Item:
    first = "Approve the change, then send" if status.facts.state == "proposed" else "Send"
    consent = ", and ask for consent" if each.waits_for_consent else ""
    left, last = each.clock.days_left, each.clock.last_day
    if left is None or last is None:
        return Item(f"{first} the notice{consent}; until when cannot be told", "?")
    if left < 0:
        return Item(f"{first} the notice now{consent}", "✖")
    when = "today" if left == 0 else f"by {long_date(last)}"
    return Item(f"{first} the notice{' so that it arrives' if each.must_arrive else ''} {when}{consent}", "!")


def _waits(each: CustomerNotice) -> str:
    """Why there is nothing to do."""
    if each.clock.state == "objection open" and each.clock.closes is not None:
        return f"Nothing now; it may object until {long_date(each.clock.closes)}"
    if each.clock.state == "sent" and each.clock.earliest is not None:
        return f"Nothing now; its notice period runs until {long_date(each.clock.earliest)}"
    return "Nothing"


def counts(found: Sequence[Gathered]) -> tuple[Item, ...]:
    """How many notices are late, due, waited for and objected to; what there is none of is left out."""
    rows = [row.each for row in pressing(found)]
    unsent = [each for each in rows if not each.is_told]
    left = [each.clock.days_left for each in unsent if each.clock.days_left is not None]
    numbers: tuple[tuple[int, Mark, str, str], ...] = (
        (sum(days < 0 for days in left), "✖", "notice overdue", "notices overdue"),
        (sum(each.is_told and each.clock.is_late for each in rows), "✖", "notice sent late", "notices sent late"),
        (sum(each.objects for each in rows), "✖", "open objection", "open objections"),
        (sum(days == 0 for days in left), "!", "notice to send today", "notices to send today"),
        (sum(0 < days <= SOON for days in left), "!", f"more in {SOON} days", f"more in {SOON} days"),
        (sum(days > SOON for days in left), "", "to send later", "to send later"),
        (
            sum(each.waits_for_consent and each.is_told for each in rows),
            "!",
            "consent to obtain",
            "consents to obtain",
        ),
        (sum(each.waits_for_receipt for each in rows), "?", "day of receipt to record", "days of receipt to record"),
        (len(unsent) - len(left), "?", "to send, last day not known", "to send, last day not known"),
    )
    return tuple(_count(*each) for each in numbers if each[0])


def _count(number: int, mark: Mark, one: str, many: str) -> Item:
    return Item(counted(number, one, many), mark)
