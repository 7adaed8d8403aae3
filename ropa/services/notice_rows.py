"""One customer's row in the notice report: its contract, its dates and its state, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.records.register import Register
from ropa.reports.notice_report import CustomerRow
from ropa.reports.page import Item, Mark, missing, quoted
from ropa.rules.dates import days, long_date
from ropa.rules.notice_terms import State, needs_consent
from ropa.services.changes import CustomerNotice
from ropa.services.wording import listed

CLOCKS = {"sent": "from sending", "received": "from receipt", "page-updated": "from the update of the page"}
_MARKS: dict[State, Mark] = {
    "late": "✖",
    "blocked by objection": "✖",
    "sent late": "✖",
    "due": "!",
    "terms not recorded": "?",
    "waiting for consent": "!",
    "objection open": "",
    "sent": "",
    "done": "✓",
}


def customer_row(register: Register, each: CustomerNotice) -> CustomerRow:
    """One customer of one change, in words."""
    clock = each.clock
    party = register.parties[each.customer]
    return CustomerRow(
        name=party.name,
        invented=party.invented or (each.notice is not None and each.notice.invented),
        why=tuple(
            f"{register.activities[told.activity].name}: "
            + (listed([register.data_categories[key].name for key in told.data]) or "data not recorded")
            for told in each.why
        ),
        terms=tuple(_terms(each)),
        last_day=Item(long_date(clock.last_day)) if clock.last_day else missing(what="not known"),
        left=_left(each),
        sent=tuple(_sent(each)),
        objection=tuple(_objection(each)),
        state=_state(each),
        earliest=Item(long_date(clock.earliest)) if clock.earliest else Item("none yet", "!"),
        reasons=tuple(Item(reason.text, source=reason.source) for reason in clock.reasons),
        late=clock.is_late and bool(each.why),
    )


def _state(each: CustomerNotice) -> Item:
    """The state in words; how late it is always stands with it."""
    clock = each.clock
    text = clock.state
    if clock.state == "late":
        return Item(f"LATE by {days(clock.late_by)}: not sent", "✖")
    if clock.state == "sent late":
        return Item(f"SENT LATE by {days(clock.late_by)}", "✖")
    if clock.is_late:
        return Item(f"SENT LATE by {days(clock.late_by)}, {text}", "✖")
    if clock.state == "waiting for consent":
        return Item(f"{text}; no reply is a refusal", "!")
    if clock.state == "due" and clock.days_left is not None:
        when = "today" if clock.days_left == 0 else f"in {days(clock.days_left)}"
        return Item(f"due {when}" + ("; needs consent" if needs_consent(each.terms.authorisation.value) else ""), "!")
    return Item(text, _MARKS[clock.state])


def _left(each: CustomerNotice) -> Item:
    left = each.clock.days_left
    if left is None:
        return Item("sent") if each.notice and each.notice.sent else missing(what="not known")
    return Item(f"{days(-left)} late", "✖") if left < 0 else Item("0 days: today" if left == 0 else days(left))


def _terms(each: CustomerNotice) -> Iterator[Item]:
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
    labels = {"general": "general authorisation", "specific": "consent needed", "mixed": "consent for some changes"}
    if terms.authorisation.value is None:
        yield missing(what="authorisation not recorded")
    else:
        yield Item(labels[terms.authorisation.value], source=terms.authorisation.basis)
    if terms.period.value is None:
        yield missing(what="notice period not recorded")
    else:
        yield Item(f"notice: {terms.period.value.words()}", source=terms.period.basis)
    if terms.clock.value is None:
        yield missing(what="start of the clock not recorded")
    else:
        yield Item(f"counted {CLOCKS[terms.clock.value]}", source=terms.clock.basis)
    if terms.objection.value is None:
        yield missing(what="time to object not recorded")
    else:
        yield Item(f"to object: {terms.objection.value.words()}", source=terms.objection.basis)
    for name, label in (("channel", "by"), ("contact", "to"), ("remedy", "else:")):
        if (stated := each.text[name]).value is not None:
            yield Item(f"{label} {stated.value}", source=stated.basis)


def _sent(each: CustomerNotice) -> Iterator[Item]:
    notice = each.notice
    if notice is None or (notice.sent is None and notice.received is None):
        yield Item("not sent")
        return
    if notice.sent is not None:
        yield Item(long_date(notice.sent) + (f", {notice.channel}" if notice.channel else ""))
    if notice.received is not None:
        yield Item(f"received {long_date(notice.received)}")
    yield Item(notice.evidence) if notice.evidence else missing(what="evidence not recorded")


def _objection(each: CustomerNotice) -> Iterator[Item]:
    notice, clock = each.notice, each.clock
    if needs_consent(each.terms.authorisation.value):
        if notice is not None and notice.consented is not None:
            yield Item(f"consented {long_date(notice.consented)}", "✓")
        else:
            yield Item("no consent recorded", "!")
    if clock.closes is not None:
        yield Item(f"until {long_date(clock.closes)}")
    elif each.terms.objection.value is None:
        yield missing(what="time to object not recorded")
    else:
        yield Item(f"{each.terms.objection.value.words()} once told")
    if notice is not None and notice.objected is not None:
        late = clock.closes is not None and notice.objected > clock.closes
        yield Item(f"objected {long_date(notice.objected)}" + (", after the window" if late else ""), "!")
        yield quoted(notice.grounds) if notice.grounds else missing(what="grounds not recorded")
        if notice.resolved is not None:
            how = f": {notice.resolution}" if notice.resolution else ""
            yield Item(f"resolved {long_date(notice.resolved)}{how}")
