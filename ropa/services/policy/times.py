"""How long data is kept by the policy and by the register, and by when requests are answered by it and by law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.exchange.policy_text import PolicyText
from ropa.records.activity import RetentionFields
from ropa.records.register import Register
from ropa.rules.period import Period
from ropa.services.policy.findings import Compared, Difference, Group, Same, places_of
from ropa.services.policy.periods import Length, Stated, length, periods_in, stated_in
from ropa.services.wording import counted, listed

_SHORTEST_MONTH = 28
_LONGEST_MONTH = 31
_BUSINESS_WITHOUT_HOLIDAY = 10


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when the law asks for an answer to a request, from a day on."""

    start: dt.date
    period: Period
    extension: Period
    source: str


# The packaged law data has no entry for these yet; what it states is dated in the same way.
DEADLINE = Deadline(dt.date(2018, 5, 25), Period(months=1), Period(months=2), "Art. 12(3) GDPR and UK GDPR")
FORMER = (Period(days=40), "Data Protection Act 1998, s. 7, until 24 May 2018")


def compare_retention(policy: PolicyText, register: Register) -> Compared:
    """The periods of keeping that both state, and that one of them states, compared by what they amount to."""
    said: dict[Length, list[Stated]] = {}
    for each in stated_in(policy):
        if each.use == "retention":
            said.setdefault(length(each.period), []).append(each)
    recorded = _recorded(register)
    differences: list[Difference] = []
    same: list[Same] = []
    for amount, every in said.items():
        places = places_of(policy, [(each.start, each.end) for each in every])
        name = every[0].period.words()
        if amount in recorded:
            same.append(Same("retention", name, places, tuple(f"retention/{rule.key}" for rule, _ in recorded[amount])))
        else:
            words = "No retention rule of the register has this period."
            differences.append(Difference("policy", "retention", name, words, places=places))
    for amount, rules in recorded.items():
        if amount not in said:
            names = list(dict.fromkeys(register.activities[rule.activity].name for rule, _ in rules))
            shown = listed(names[:3]) + (
                f" and {counted(len(names) - 3, 'more activity', 'more activities')}" if len(names) > 3 else ""
            )
            words = f"The register has it for {shown}; the policy does not state it."
            records = tuple(f"retention/{rule.key}" for rule, _ in rules)
            source = "Art. 13(2)(a), 14(2)(a): the period, or what decides it"
            differences.append(
                Difference("register", "retention", rules[0][1].words(), words, records=records, source=source)
            )
    remarks = () if said else ("The policy states no period for which data is kept.",)
    return Compared(tuple(differences), tuple(same), remarks)


def _recorded(register: Register) -> dict[Length, list[tuple[RetentionFields, Period]]]:
    """The periods of the retention rules, those in the source's own words included."""
    found: dict[Length, list[tuple[RetentionFields, Period]]] = {}
    for rule in register.retention.values():
        periods = [Period.parse(rule.period)] if rule.period else []
        for text in filter(None, (rule.stated, rule.until)):
            periods += [period for _, _, period in periods_in(text)]
        for amount, period in {length(period): period for period in periods}.items():
            found.setdefault(amount, []).append((rule, period))
    return found


def compare_deadlines(policy: PolicyText, on: dt.date) -> Compared:
    """The times for answering requests that the policy states, against the law's one month."""
    if on < DEADLINE.start:
        return Compared(remarks=(f"Times for answering requests are compared from {DEADLINE.start} on.",))
    said: dict[tuple[str, Length], list[Stated]] = {}
    for each in stated_in(policy):
        if each.use != "retention":
            said.setdefault((each.use, length(each.period)), []).append(each)
    differences: list[Difference] = []
    same: list[Same] = []
    for (use, amount), every in said.items():
        places = places_of(policy, [(each.start, each.end) for each in every])
        name = every[0].period.words()
        allowed = DEADLINE.extension if use == "extension" else DEADLINE.period
        found = list(_too_long(name, amount, allowed, use))
        differences += [Difference(group, "deadline", name, words, mark, places=places, source=DEADLINE.source)
                        for group, words, mark in found]  # fmt: skip
        if not found:
            same.append(Same("deadline", name, places))
    remarks = () if said else ("The policy states no time for answering requests; the law's is one month.",)
    return Compared(tuple(differences), tuple(same), remarks)


def _too_long(name: str, amount: Length, allowed: Period, use: str) -> Iterator[tuple[Group, str, str]]:
    months, days, business = amount
    most = allowed.months
    total = most + DEADLINE.period.months if use == "extension" else most
    if months and not days and not business:
        if months <= (total if use == "extension" else most):
            return
        yield "law", _beyond(use), "✖"
        return
    length_ = months * _LONGEST_MONTH + days + (business * 7 + 4) // 5 + (business > _BUSINESS_WITHOUT_HOLIDAY)
    if length_ <= _SHORTEST_MONTH * total:
        return
    if length_ <= _LONGEST_MONTH * total:
        words = f"The law gives one month, which may be {_SHORTEST_MONTH} days: {name} can be too long."
        yield "differently", words if use != "extension" else _beyond(use), "!"
        return
    former = f" {FORMER[0].words()} was the time under the {FORMER[1]}." if amount == length(FORMER[0]) else ""
    yield "law", f"{_beyond(use)}{former}", "✖"


def _beyond(use: str) -> str:
    if use == "extension":
        return "The law gives two further months where a request is complex, and no more."
    return (
        "The law gives one month from the receipt of the request; two further months only where it is complex, and the "
        "person is told."
    )
