"""One customer of one change in the notice report: its dates, its state and what to do, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.flows.hop_facts import name_of
from ropa.records.register import Register
from ropa.reports.notice_report import CustomerDetail, Row
from ropa.reports.page import Item, missing, quoted
from ropa.rules.dates import days, is_weekend, long_date, weekday
from ropa.rules.notice_counting import notice_words
from ropa.rules.notice_terms import needs_consent
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, Told
from ropa.services.notices.gathering import (
    STATE_MARKS,
    in_the_way,
)
from ropa.services.wording import CLOCK_WORDS, COUNTING_WORDS, listed, short_fingerprint

COLUMNS = (
    "Customer",
    "State",
    "Last day to send",
    "Days left",
    "Sent",
    "Consent, objection",
    "Earliest date",
    "Blocked by",
)
WIDTHS = (4, 4, 3, 2, 5, 5, 3, 5)

_AUTHORISED = {"general": "general authorisation", "specific": "consent needed", "mixed": "consent for some changes"}
_EMERGENCY = {
    "shorter-notice": "in an emergency: shorter notice",
    "told-afterwards": "in an emergency: told afterwards",
    "not-allowed": "in an emergency: no exception",
}
NO_RECEIPT = "Record when it arrived: the contract counts from receipt, and until then nothing can be counted."


def customer_row(register: Register, status: ChangeStatus, each: CustomerNotice) -> Row:
    """One customer of one change, in the columns of `COLUMNS`."""
    clock = each.clock
    cells = (
        (customer_item(register, each),),
        (state_item(each),),
        (last_day_item(each),),
        (left_item(each),),
        tuple(_sent(each)),
        tuple(_answers(each)),
        (Item(long_date(clock.earliest)) if clock.earliest else Item("none yet", "!"),),
        blocked_items(register, status, each),
    )
    return Row(cells, late=clock.is_late)


def customer_detail(register: Register, each: CustomerNotice) -> CustomerDetail:
    """Why a customer is told, its contract, and how its dates were reached."""
    reasons = [Item(reason.text, source=reason.source) for reason in each.clock.reasons]
    if each.waits_for_receipt:
        reasons.append(Item(NO_RECEIPT, "?"))
    return CustomerDetail(
        name=register.parties[each.customer].name,
        invented=customer_item(register, each).invented,
        why=tuple(_why(register, told) for told in each.why),
        terms=tuple(term_items(each)),
        reasons=tuple(reasons),
    )


def customer_item(register: Register, each: CustomerNotice) -> Item:
    """The customer's name, marked where the record is sample data."""
    party = register.parties[each.customer]
    return Item(party.name, invented=party.invented or (each.notice is not None and each.notice.invented))


def path_words(register: Register, told: Told) -> str:
    """The way of the data to the party that changes: `Infotek → UKFast`."""
    return " → ".join(name_of(register, node) for node in told.path)


def _why(register: Register, told: Told) -> str:
    data = listed([register.data_categories[key].name for key in told.data]) or "data not recorded"
    way = path_words(register, told)
    return f"{register.activities[told.activity].name}: {data}" + (f"; {way}" if way else "")


def state_item(each: CustomerNotice) -> Item:
    """The state in words; how late it is always stands with it."""
    clock, text = each.clock, each.clock.state
    consent = each.waits_for_consent
    if clock.state == "late":
        return Item(f"LATE by {days(clock.late_by)}: not sent", "✖")
    if clock.state == "sent late":
        return Item(f"SENT LATE by {days(clock.late_by)}", "✖")
    if clock.is_late:
        return Item(f"SENT LATE by {days(clock.late_by)}, {text}", "✖")
    if clock.state == "waiting for consent":
        return Item(f"{text}; no reply is a refusal", "!")
    if clock.state == "due":
        when = "" if clock.days_left is None else " today" if clock.days_left == 0 else f" in {days(clock.days_left)}"
        after = ", after the change" if clock.afterwards else ""
        return Item(f"due{when}{after}" + ("; needs consent" if consent else ""), "!")
    if each.waits_for_receipt:
        return Item(f"{text}; not recorded when it arrived", "?")
    if clock.state == "objection open":
        return Item("objection window open")
    return Item(text, STATE_MARKS[clock.state])


def last_day_item(each: CustomerNotice) -> Item:
    """The last day to send, whether it must have arrived by then, and whether an emergency clause sets it."""
    clock = each.clock
    if clock.last_day is None:
        return missing(what="not known")
    how = " (after the change)" if clock.afterwards else " (emergency)" if clock.emergency else ""
    how += " (to arrive)" if not each.is_told and each.must_arrive else ""
    if not each.is_told and is_weekend(clock.last_day):
        how += f", a {weekday(clock.last_day)}"
    return Item(long_date(clock.last_day) + how)


def left_item(each: CustomerNotice) -> Item:
    """The days that are left to send; `sent` once it is out."""
    left = each.clock.days_left
    if left is None:
        return Item("sent") if each.is_told else missing(what="not known")
    return Item(f"{days(-left)} late", "✖") if left < 0 else Item("0 days: today" if left == 0 else days(left))


def blocked_items(register: Register, status: ChangeStatus, each: CustomerNotice) -> tuple[Item, ...]:
    """What stands between the customer and the planned date, without its own name in front."""
    name = register.parties[each.customer].name
    texts = (reason.text.removeprefix(f"{name}: ").removeprefix(f"{name} ") for reason in in_the_way(status, each))
    found = tuple(Item(text[:1].upper() + text[1:].removesuffix("."), "!") for text in texts)
    return found or (Item("it took effect" if status.stage == "effective" else "nothing"),)


def term_items(each: CustomerNotice) -> Iterator[Item]:
    """The contract's terms; the text that they rest on is named once where it is one, else with each."""
    found = list(_stated(each))
    bases = dict.fromkeys(item.source for item in found if item.source)
    if len(bases) != 1:
        yield from found
        return
    for item in found:
        yield Item(item.text, item.mark)
    yield Item(f"from: {next(iter(bases))}")


def _stated(each: CustomerNotice) -> Iterator[Item]:
    terms = each.terms
    if terms.authorisation.value is None:
        yield missing(what="authorisation not recorded")
    else:
        yield Item(_AUTHORISED[terms.authorisation.value], source=terms.authorisation.basis)
    if terms.period.value is None:
        yield missing(what="notice period not recorded")
    else:
        length = notice_words(terms.period.value, terms.counting.value)
        yield Item(f"notice: {length}", source=terms.period.basis)
    if terms.clock.value is None:
        yield missing(what="start of the clock not recorded")
    else:
        yield Item(f"counted {CLOCK_WORDS[terms.clock.value]}", source=terms.clock.basis)
    if terms.counting.value is not None:
        yield Item(COUNTING_WORDS[terms.counting.value], source=terms.counting.basis)
    elif terms.period.value is not None:
        yield missing(what="clear days or not: not recorded")
    if terms.objection.value is None:
        yield missing(what="time to object not recorded")
    else:
        start = terms.objection_clock
        how = f", counted {CLOCK_WORDS[start.value]}" if start.value else ""
        yield Item(f"to object: {terms.objection.value.words()}{how}", source=terms.objection.basis)
    if terms.emergency.value is not None:
        counting = terms.counting.value if terms.emergency.value == "shorter-notice" else None
        notice = terms.emergency_notice.value
        length = f", {notice_words(notice, counting)}" if notice else ""
        yield Item(f"{_EMERGENCY[terms.emergency.value]}{length}", source=terms.emergency.basis)
    for name, label in (("channel", "by"), ("contact", "to"), ("remedy", "else:")):
        if (stated := each.text[name]).value is not None:
            yield Item(f"{label} {stated.value}", source=stated.basis)


def _sent(each: CustomerNotice) -> Iterator[Item]:
    notice = each.notice
    if notice is None or not each.is_told:
        yield Item("not sent")
        return
    if notice.sent is not None:
        yield Item(long_date(notice.sent) + (f", {notice.channel}" if notice.channel else ""))
    if notice.received is not None:
        yield Item(f"received {long_date(notice.received)}")
    elif each.waits_for_receipt:
        yield missing(what="day of receipt not recorded: record when it arrived")
    if notice.told is not None:
        yield Item(f"told the date {long_date(notice.told)}")
    yield Item(f"evidence: {notice.evidence}") if notice.evidence else missing(what="evidence not recorded")
    if notice.fingerprint:
        yield Item(f"fingerprint {short_fingerprint(notice.fingerprint)}")


def _answers(each: CustomerNotice) -> Iterator[Item]:
    """Consent, the window and the objection, with how it was settled."""
    notice, clock = each.notice, each.clock
    if needs_consent(each.terms.authorisation.value):
        if notice is not None and notice.consented is not None:
            yield Item(f"consented {long_date(notice.consented)}", "✓")
        else:
            yield Item("no consent recorded", "!")
    if clock.closes is not None:
        yield Item(f"may object until {long_date(clock.closes)}")
    elif each.terms.objection.value is None:
        yield missing(what="time to object not recorded")
    else:
        once = "once the day of receipt is recorded" if each.waits_for_receipt else "once told"
        yield Item(f"may object for {each.terms.objection.value.words()} {once}")
    if notice is None or notice.objected is None:
        return
    late = ", LATE: after the window had closed" if each.objected_late else ""
    yield Item(f"objected {long_date(notice.objected)}{late}", "!" if each.objects else "")
    yield quoted(notice.grounds) if notice.grounds else missing(what="grounds not recorded")
    if notice.resolved is None or each.objects:
        yield Item("not resolved", "✖")
        return
    yield Item(f"resolved {long_date(notice.resolved)}{f': {notice.resolution}' if notice.resolution else ''}", "✓")
    if notice.remedy:
        yield Item(f"remedy: {notice.remedy}")
