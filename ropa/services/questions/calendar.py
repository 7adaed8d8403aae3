"""`ropa calendar`: every date ahead on which something changes by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ropa.flows.chains import Link, links, onward_on
from ropa.flows.turns import Turn, turns
from ropa.law.entries import Entry
from ropa.law.lawbook import LawBook
from ropa.rules.onward import Standing
from ropa.rules.verdict import Status, Verdict
from ropa.services.due import coming_up
from ropa.services.findings.onward import carried, party_heading
from ropa.services.findings.transfers import heading, subject_of, what
from ropa.services.layout import wrapped
from ropa.services.wording import away, counted, listed, long_day, short_day, verdict_mark, verdict_words
from ropa.services.workspace import View

FORMAT = 1
Kind = Literal["verdict", "onward", "law", "due"]

_ONWARD_WORDS: dict[Standing, str] = {
    "held": "onward terms on record",
    "missing": "onward terms missing",
    "unknown": "onward terms not recorded",
    "not-asked": "onward terms not asked for",
}
_COLUMN = 28


@dataclass(frozen=True, slots=True)
class Date:
    """One date. `verdict` and `onward`: the first day on which the new conclusion holds; `law`: the last day of a
    decision that transfers rest on; `due`: a date that the register records.

    `subject` is the record to open, as kind/key, or `law/ID`. `before` and `after` are statuses of a verdict or
    standings of onward terms, and None where the hop begins, or is no transfer any longer.
    """

    on: dt.date
    kind: Kind
    text: str
    subject: str
    mark: str = ""
    detail: str = ""
    regime: str = ""
    before: Status | Standing | None = None
    after: Status | Standing | None = None


def dates(view: View, until: dt.date | None = None) -> tuple[Date, ...]:
    """Every date from the view's own on, up to and with `until`, the earliest first."""
    last = until or dt.date.max
    found = [*_turns(view, until), *_onward(view), *_law(view), *_due(view, last)]
    kept = [each for each in found if view.on <= each.on <= last]
    return tuple(sorted(kept, key=lambda each: (each.on, each.kind == "due", each.text, each.subject)))


def _turns(view: View, until: dt.date | None) -> Iterator[Date]:
    groups: dict[tuple[object, ...], list[Turn]] = {}
    for turn in turns(view.register, view.on, until):
        crossing = turn.crossing
        hop = (crossing.exporter, crossing.importer, crossing.country, crossing.transfer)
        key = (turn.on, *hop, turn.regime, _status(turn.before), _status(turn.after))
        groups.setdefault(key, []).append(turn)
    for group in groups.values():
        yield _turned(view, group)


def _turned(view: View, group: Sequence[Turn]) -> Date:
    turn, law = group[0], LawBook.in_use()
    before, after = _status(turn.before), _status(turn.after)
    was = verdict_words(before) if before else "begins"
    now = verdict_words(after) if after else "no transfer out of the territory any longer"
    crossed = [each.crossing for each in group]
    why = " ".join(reason.text for reason in turn.after.reasons) if turn.after and turn.after.is_finding else ""
    return Date(
        on=turn.on,
        kind="verdict",
        text=f"{heading(view.register, turn.crossing, law)}, {law.regime(turn.regime).name}: {was} → {now}",
        subject=subject_of(crossed),
        mark=verdict_mark(after) if after else "✓",
        detail=f"{what(view.register, crossed)}. {why}".strip(),
        regime=turn.regime,
        before=before,
        after=after,
    )


def _status(verdict: Verdict | None) -> Status | None:
    return None if verdict is None else verdict.status


def _onward(view: View) -> Iterator[Date]:
    """The hops whose onward terms are not on record any more once an agreement has ended."""
    for group in links(view.register, view.on, view.crossings).values():
        for link in group:
            yield from _onward_of(view, link)


def _onward_of(view: View, link: Link) -> Iterator[Date]:
    before = link.onward.standing
    for last in sorted({each.expires for each in link.agreements if each.expires and view.on <= each.expires}):
        if last == dt.date.max:
            return
        day = last + dt.timedelta(days=1)
        after = onward_on(view.register, link, day)
        if after.standing != before:
            head = f"{link.facts.exporter} to {party_heading(view.register, link.importer, LawBook.in_use())}"
            yield Date(
                on=day,
                kind="onward",
                text=f"{head}: {_ONWARD_WORDS[before]} → {_ONWARD_WORDS[after.standing]}",
                subject=f"agreement/{next(each.key for each in link.agreements if each.expires == last)}",
                mark={"missing": "✖", "unknown": "?"}.get(after.standing, "✓"),
                detail=f"{carried(view.register, link.edges)}. {' '.join(each.text for each in after.reasons)}".strip(),
                before=before,
                after=after.standing,
            )
            before = after.standing


def _law(view: View) -> Iterator[Date]:
    """The last days of the decisions and instruments that verdicts rest on today."""
    law = LawBook.in_use()
    resting: dict[str, dict[tuple[str, str], None]] = {}
    for crossing in view.crossings:
        for verdict in crossing.verdicts:
            for id_ in verdict.rests_on if not verdict.is_finding else ():
                resting.setdefault(id_, {})[crossing.exporter, crossing.importer] = None
    entries: list[Entry] = [entry for entry in map(law.entry, resting) if entry is not None and entry.until is not None]
    for entry in entries:
        if entry.until is not None:
            importers = [heading_of(view, importer) for _, importer in resting[entry.id]]
            names = list(dict.fromkeys(importers))
            rests = f"{counted(len(names), 'importer')} rest{'s' if len(names) == 1 else ''} on it: {listed(names)}"
            text = f"last day of {entry.name}, {entry.source}"
            yield Date(entry.until, "law", text, f"law/{entry.id}", detail=rests)


def heading_of(view: View, node: str) -> str:
    """The name of whoever a node belongs to."""
    return view.register.parties[node.removeprefix("party/")].name if "/" in node else view.register.organisation.name


def _due(view: View, last: dt.date) -> Iterator[Date]:
    for due in coming_up(view, last):
        yield Date(due.on, "due", due.text, due.subject)


def as_text(view: View, until: dt.date | None = None) -> str:
    """The calendar of one register for people, one paragraph for each date."""
    found = dates(view, until)
    upto = "" if until is None else f" to {long_day(until)}"
    lines = [f"{view.register.organisation.name} · dates ahead from {long_day(view.on)}{upto}", ""]
    for each in found:
        when = f"{short_day(each.on):<13}{away((each.on - view.on).days):<{_COLUMN - 13}}"
        said = f"{each.mark} {each.text}".strip()
        first, *rest = wrapped(said, _COLUMN, 2)
        lines += [when + first[_COLUMN:], *rest]
        if each.detail:
            lines += wrapped(each.detail, _COLUMN + 2)
    if not found:
        lines.append("Nothing is recorded or known that changes by itself.")
    return "\n".join(lines) + "\n"


def as_json(views: Sequence[View], until: dt.date | None = None) -> dict[str, Any]:
    """The calendars as plain values; the shape is described in docs/chains-json.md."""
    return {
        "format": FORMAT,
        "on": views[0].on.isoformat() if views else None,
        "until": None if until is None else until.isoformat(),
        "organisations": [
            {
                "key": view.register.organisation.key,
                "dates": [
                    {
                        "on": each.on.isoformat(),
                        "days": (each.on - view.on).days,
                        "kind": each.kind,
                        "text": each.text,
                        "detail": each.detail,
                        "subject": each.subject,
                        "regime": each.regime or None,
                        "before": each.before,
                        "after": each.after,
                    }
                    for each in dates(view, until)
                ],
            }
            for view in views
        ],
    }
