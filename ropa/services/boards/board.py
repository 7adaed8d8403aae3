"""The board of subprocessor changes: one card for each change, by where it stands, and the clock of each customer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.records.change import ChangeKind
from ropa.records.register import Register
from ropa.rules.change_life import STAGES, Stage
from ropa.rules.notice_counting import notice_words
from ropa.rules.notice_terms import State, needs_consent
from ropa.services.browsing.browse import Item
from ropa.services.browsing.detail_parts import Line
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice, known_changes, status_of
from ropa.services.notices.gathering import STATE_MARKS
from ropa.services.wording import away, counted, listed, short_day
from ropa.services.workspace import View

SIGNS: dict[ChangeKind, tuple[str, str]] = {
    "add": ("+", "joins"),
    "replace": ("↔", "replaces another"),
    "remove": ("−", "leaves"),
    "new-location": ("⌂", "another place"),
    "new-activity": ("»", "further work"),
    "new-data": ("»", "further data"),
    "new-legal-entity": ("↔", "another legal entity"),
    "rename": ("≈", "another name"),
    "emergency": ("↯", "emergency"),
}
"""The sign of each kind of change, and its words."""

CLOCK_COLUMNS = ("Customer", "State", "Send by", "Sent", "Closes", "Contract", "How")
"""The headings over `clocks`; "Closes": the last day to object."""

STATE_COLUMN = 1

_STATES: dict[State, str] = {
    "late": "not told, {late} d late",
    "blocked by objection": "objects",
    "sent late": "told {late} d late",
    "due": "tell {when}",
    "terms not recorded": "terms not recorded",
    "waiting for consent": "no consent yet",
    "objection open": "may object",
    "sent": "told, time runs",
    "done": "time is over",
}
_WORST = ("✖", "!", "?")


@dataclass(frozen=True, slots=True)
class Card:
    """One change on the board: `sign` and `kind` say what sort it is, `mark` is the worst sign among its lines.

    The first line is when it takes effect; then who was told, what is next, and what stands in the way.
    """

    subject: str
    sign: str
    kind: str
    name: str
    mark: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The changes at one stage, the most pressing first; `title` is the stage, of one year where it says so."""

    stage: Stage
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Every stage but "withdrawn", in order. `withdrawn` and `earlier` count the changes that no card is for."""

    columns: tuple[Column, ...]
    withdrawn: int
    earlier: int
    statuses: dict[str, ChangeStatus]

    @property
    def summary(self) -> str:
        """How many there are, and how many are not shown."""
        ahead = sum(len(column.cards) for column in self.columns if column.stage != "effective")
        hidden = [f"{self.earlier} effective in earlier years"] if self.earlier else []
        hidden += [f"{self.withdrawn} withdrawn"] if self.withdrawn else []
        return " · ".join([f"{ahead} open", *hidden])


def board(view: View) -> Board:
    """The board on the view's date. It follows flows and counts clocks, so call it off the event loop."""
    statuses = {each.key: status_of(view.register, each, view.on) for each in known_changes(view.register, view.on)}
    shown = {key: each for key, each in statuses.items() if _this_year(each, view.on)}
    columns = []
    for stage in STAGES:
        if stage != "withdrawn":
            mine = sorted((each for each in shown.values() if each.stage == stage), key=_pressing)
            title = f"effective in {view.on.year}" if stage == "effective" else stage
            columns.append(Column(stage, title, tuple(_card(view, each) for each in mine)))
    withdrawn = sum(each.stage == "withdrawn" for each in statuses.values())
    earlier = len(statuses) - len(shown)
    return Board(tuple(columns), withdrawn, earlier, statuses)


def _this_year(status: ChangeStatus, on: dt.date) -> bool:
    """Whether it is open, or took effect in the year of the date or on a day that is not recorded."""
    day = status.change.effective
    return status.stage != "effective" or status.still_owed or day is None or day.year == on.year


def _pressing(status: ChangeStatus) -> tuple[bool, int]:
    """What is late first, then by planned date; what took effect last comes first."""
    day = (status.change.effective or dt.date.max).toordinal()
    return (False, -day) if status.stage == "effective" else (not status.late, day)


def _card(view: View, status: ChangeStatus) -> Card:
    change = status.change
    sign, kind = SIGNS[change.kind]
    lines = tuple(_effective(status, view.on) if status.stage == "effective" else _open(view, status))
    marks = {each.mark for each in lines}
    mark = next((each for each in _WORST if each in marks), "✓" if status.stage == "effective" else "")
    return Card(f"change/{change.key}", sign, kind, change.name, mark, lines)


def _effective(status: ChangeStatus, on: dt.date) -> Iterator[Line]:
    day = status.change.effective
    yield Line(f"since {brief_day(day, on)}") if day else Line("day not recorded", "?")
    if status.change.override is not None:
        yield Line(f"overridden by {status.change.override.who}", "!")
    if untold := [each for each in status.owed if not each.is_told]:
        yield Line(f"{len(untold)} of {len(status.owed)} not told", "✖")


def _open(view: View, status: ChangeStatus) -> Iterator[Line]:
    register, on, planned = view.register, view.on, status.change.effective
    yield _when(status, on)
    if planned and status.earliest and planned < status.earliest:
        yield Line(f"earliest {brief_day(status.earliest, on)}", "✖")
    owed, told = status.owed, [each for each in status.owed if each.is_told]
    if owed:
        late = f", {len(status.late)} late" if status.late else ""
        yield Line(
            f"{len(told) or 'none'} of {len(owed)} told{late}", "✖" if late else "✓" if len(told) == len(owed) else ""
        )
    elif not status.unserved:
        yield Line("no customer to tell", "?")
    waiting = [each.clock.last_day for each in owed if each.clock.days_left is not None and each.clock.last_day]
    if waiting:
        yield _send_by(min(waiting), on)
    yield from _holding(register, status)
    closing = [each.clock.closes for each in owed if each.clock.closes and each.clock.closes >= on]
    if len(told) == len(owed) and closing:
        yield Line(f"closes {brief_day(max(closing), on)}")


def _when(status: ChangeStatus, on: dt.date) -> Line:
    planned = status.change.effective
    if planned is None:
        return Line(f"earliest {brief_day(status.earliest, on)}") if status.earliest else Line("no date planned", "?")
    if planned < on:
        return Line(f"planned {brief_day(planned, on)}, passed", "!")
    return Line(f"planned {brief_day(planned, on)}")


def _send_by(day: dt.date, on: dt.date) -> Line:
    left = (day - on).days
    return Line(f"send by {brief_day(day, on)}, {away(left)}", "✖" if left < 0 else "!" if left <= 7 else "")


def _holding(register: Register, status: ChangeStatus) -> Iterator[Line]:
    """What stands in the way, in few words."""
    objecting = [register.parties[each.customer].name for each in status.customers if each.objects]
    if objecting:
        yield Line(f"{counted(len(objecting), 'objection')}: {listed(objecting)}", "✖")
    silent = [register.parties[each.customer].name for each in status.owed if each.is_told and each.waits_for_consent]
    if silent:
        yield Line(f"waits for consent: {listed(silent)}", "!")
    if status.facts.uncovered:
        yield Line(f"no safeguard: {listed(status.facts.uncovered)}", "✖")
    if status.unserved:
        names = [register.activities[key].name for key in status.unserved]
        yield Line(f"for whom is not recorded: {listed(names)}", "?")


def clocks(view: View, status: ChangeStatus) -> tuple[Item, ...]:
    """A row for each customer, under `CLOCK_COLUMNS`, the most pressing first; its subject is `customer/KEY`."""
    return tuple(_clock(view, each) for each in status.customers)


def _clock(view: View, each: CustomerNotice) -> Item:
    on, clock, notice = view.on, each.clock, each.notice
    sent = each.out
    mark, state = clock_state(each)
    cells = (
        view.register.parties[each.customer].name,
        state,
        brief_day(clock.last_day, on) if clock.last_day else "? not known",
        brief_day(sent, on) if sent else "–",
        brief_day(clock.closes, on) if clock.closes else "–",
        _contract(each),
        (notice.channel if notice is not None and sent else None) or "–",
    )
    return Item(f"customer/{each.customer}", mark, cells)


def clock_state(each: CustomerNotice) -> tuple[str, str]:
    """The sign and the short words for where one customer stands."""
    clock = each.clock
    if not each.why:
        return "", "not reached by it"
    mark, words = STATE_MARKS[clock.state], _STATES[clock.state]
    if clock.state == "due" and clock.days_left is None:
        return mark, "not told, no date"
    words = words.format(late=clock.late_by, when=away(clock.days_left or 0))
    if clock.is_late and clock.state not in ("late", "sent late"):
        return "✖", f"{words}, told {clock.late_by} d late"
    return mark, words


def _contract(each: CustomerNotice) -> str:
    period, authorisation = each.terms.period.value, each.terms.authorisation.value
    words = [
        notice_words(period, each.terms.counting.value) if period else "? period",
        "consent" if needs_consent(authorisation) else "",
    ]
    return ", ".join([*filter(None, words), *(["? authorisation"] if authorisation is None else [])])


def brief_day(day: dt.date, on: dt.date) -> str:
    """`24 Nov` in the year of `on`, else with its year."""
    return short_day(day) if day.year != on.year else short_day(day).rpartition(" ")[0]


def described(status: ChangeStatus) -> str:
    """What sort of change it is, and how many customers it reaches: `another legal entity · 5 customers`."""
    return f"{SIGNS[status.change.kind][1]} · {counted(len(status.owed), 'customer')}"
