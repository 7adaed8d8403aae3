"""The board: where each change stands, what its card says, what each customer's clock says, what may be done."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.services.boards.board import CLOCK_COLUMNS, Board, Card, board, clocks, described
from ropa.services.boards.deeds import DEEDS, Choice, Deed, choices, in_the_way
from ropa.services.boards.detail import change_detail, clock_detail
from ropa.services.browsing.browse import Item
from ropa.services.browsing.due_calendar import due_calendar
from ropa.services.workspace import View
from tests.registers import TODAY, register

PARTIES = """
parties:
  host: {name: Hostly, country: United Kingdom}
  alba: {name: Alba, country: United Kingdom}
  brae: {name: Brae, country: United Kingdom}
data_categories: {files: Files}
agreements:
  alba-dpa:
    name: DPA with Alba
    party: alba
    notice: {authorisation: general, period: 30 days, clock: sent, objection: 14 days}
  brae-dpa:
    name: DPA with Brae
    party: brae
    notice: {authorisation: specific, period: 30 days, clock: sent, objection: 14 days}
activities:
  hosting: {name: Hosting, role: processor, controllers: [alba, brae], data_categories: [files]}
"""


def view(change: str, notices: str = "", on: dt.date = TODAY, more: str = "") -> View:
    """A register with one change; `change` and `notices` are the inside of a mapping and of a list."""
    inside = f", notices: [{notices}]" if notices else ""
    base = "name: A host more, kind: add, party: host, activities: [hosting]"
    return View(register(f"{PARTIES}changes:\n  more: {{{base}, {change}{inside}}}\n{more}"), on)


def card(found: Board) -> Card:
    (only,) = (card for column in found.columns for card in column.cards)
    return only


def stage(found: Board) -> str:
    (only,) = (column.stage for column in found.columns if column.cards)
    return only


def lines(shown: View) -> list[str]:
    return [f"{line.mark} {line.text}".strip() for line in card(board(shown)).lines]


def states(shown: View) -> dict[str, str]:
    return {item.cells[0]: f"{item.mark} {item.cells[1]}".strip() for item in rows(shown)}


def rows(shown: View) -> tuple[Item, ...]:
    return clocks(shown, board(shown).statuses["more"])


def deeds(shown: View) -> dict[Deed, Choice]:
    return choices(shown.register, board(shown).statuses["more"])


def possible(shown: View) -> set[str]:
    return {deed for deed, choice in deeds(shown).items() if choice.possible}


SENT = "{customer: alba, sent: 2026-11-01, channel: e-mail}"
BOTH = f"{SENT}, {{customer: brae, sent: 2026-11-01}}"


@pytest.mark.parametrize(
    ("change", "notices", "where"),
    [
        ("state: proposed", "", "proposed"),
        ("state: approved", "", "approved"),
        ("state: notified", SENT, "notified"),
        ("state: notified", BOTH, "objection window"),
        ("state: effective, effective: 2026-11-10", BOTH, "effective"),
    ],
)
def test_a_change_stands_where_its_customers_put_it(change: str, notices: str, where: str) -> None:
    assert stage(board(view(change, notices))) == where


def test_what_was_withdrawn_or_took_effect_in_another_year_is_counted_and_not_shown() -> None:
    gone = board(view("state: withdrawn"))
    assert not any(column.cards for column in gone.columns)
    assert gone.summary == "0 open · 1 withdrawn"
    past = board(view("state: effective, effective: 2025-11-10"))
    assert not any(column.cards for column in past.columns)
    assert past.summary == "0 open · 1 effective in earlier years"


def test_a_change_whose_day_nobody_recorded_stays_on_the_board_and_says_so() -> None:
    assert lines(view("state: effective"))[0] == "? day not recorded"
    assert lines(view("state: proposed"))[0] == "? no date planned"


def test_a_card_says_who_was_told_who_is_late_and_by_when_to_send() -> None:
    said = lines(view("state: notified, effective: 2026-12-10", SENT))
    assert said[0] == "planned 10 Dec"
    assert "✖ 1 of 2 told, 1 late" in said
    assert "✖ send by 10 Nov, 11 d late" in said
    assert card(board(view("state: notified, effective: 2026-12-10", SENT))).mark == "✖"


def test_a_card_says_whose_consent_and_whose_objection_holds_it_back() -> None:
    said = lines(view("state: notified, effective: 2027-01-10", BOTH))
    assert "! waits for consent: Brae" in said
    objecting = SENT.replace("}", ", objected: 2026-11-05}")
    assert "✖ 1 objection: Alba" in lines(view("state: notified, effective: 2027-01-10", objecting))


def test_a_change_nobody_has_to_be_told_of_is_not_shown_as_fine() -> None:
    alone = PARTIES.replace("controllers: [alba, brae], ", "")
    text = f"{alone}changes:\n  more: {{name: A host more, party: host, activities: [hosting]}}\n"
    shown = View(register(text), TODAY)
    assert "? for whom is not recorded: Hosting" in lines(shown)
    assert card(board(shown)).mark == "?"


def test_an_override_stands_on_the_card_and_in_the_detail_with_what_it_was_against() -> None:
    override = "override: {who: Ann, why: the host burned, on: 2026-11-10, against: Alba has not been told.}"
    shown = view(f"state: effective, effective: 2026-11-10, {override}")
    assert "! overridden by Ann" in lines(shown)
    said = change_detail(shown, board(shown).statuses["more"]).as_text()
    assert "Ann on 10 November 2026: the host burned" in said
    assert "against: Alba has not been told." in said


def test_a_change_that_took_effect_without_a_word_is_never_shown_as_announced() -> None:
    shown = view("state: effective, effective: 2026-11-10")
    assert "✖ 2 of 2 not told" in lines(shown)
    said = change_detail(shown, board(shown).statuses["more"]).as_text()
    assert "none of 2 customers told" in said
    assert "? when it was approved: not recorded" in said
    assert "✓ notified" not in said


def test_each_customer_has_a_row_with_its_clock_the_late_one_first() -> None:
    shown = view("state: notified, effective: 2026-12-10", "{customer: brae, sent: 2026-11-01}")
    assert states(shown) == {"Alba": "✖ not told, 11 d late", "Brae": "! no consent yet"}
    first = rows(shown)[0]
    assert dict(zip(CLOCK_COLUMNS, first.cells, strict=True))["Contract"] == "30 days"
    assert first.subject == "customer/alba"


def test_a_clock_without_terms_says_that_they_are_not_recorded() -> None:
    bare = PARTIES.replace(
        "    notice: {authorisation: general, period: 30 days, clock: sent, objection: 14 days}\n", ""
    )
    text = f"{bare}changes:\n  more: {{name: A, party: host, activities: [hosting], effective: 2027-03-01}}\n"
    shown = View(register(text), TODAY)
    alba = next(item for item in rows(shown) if item.cells[0] == "Alba")
    assert alba.mark == "?"
    assert "? period" in alba.cells[5]
    assert alba.cells[2] == "? not known"


def test_the_detail_of_a_clock_gives_the_reasons_the_contract_and_the_way_of_the_data() -> None:
    shown = view("state: notified, effective: 2026-12-10", SENT)
    said = clock_detail(shown, board(shown).statuses["more"], "alba").as_text()
    assert "30 days before 10 December 2026" in said
    assert "DPA with Alba" in said
    assert "Acme → Hostly" in said
    assert "the notice as recorded" in said


def test_what_may_be_done_follows_the_life_of_the_change() -> None:
    assert possible(view("state: proposed, effective: 2027-03-01")) == {"approve", "draft", "withdraw", "move"}
    approved = possible(view("state: approved, effective: 2027-03-01"))
    assert approved == {"draft", "sent", "consent", "effective", "withdraw", "move"}
    assert "objection" in possible(view("state: notified, effective: 2027-03-01", SENT))
    assert "withdraw" not in possible(view("state: effective, effective: 2026-11-10", BOTH))
    assert not possible(view("state: withdrawn"))


def test_what_may_not_be_done_says_why() -> None:
    found = deeds(view("state: proposed, effective: 2027-03-01"))
    assert found["sent"].against == ("It is only proposed; approve it before customers are told.",)
    assert found["settle"].against
    told = deeds(view("state: notified, effective: 2027-03-01", BOTH))
    assert told["sent"].against == ("Every customer who must be told has been.",)
    assert [name for _, name in told["consent"].customers] == ["Brae"]


def test_an_objection_can_be_settled_for_whoever_objects_and_nobody_else() -> None:
    objecting = SENT.replace("}", ", objected: 2026-11-05}")
    found = deeds(view("state: notified, effective: 2027-03-01", objecting))
    assert found["settle"].customers == (("alba", "Alba"),)
    assert "alba" not in dict(found["objection"].customers)


def test_the_obstacles_are_those_of_the_day_that_is_asked_about() -> None:
    shown = view("state: notified, effective: 2026-12-25", SENT.replace("sent", "received"))
    status = board(shown).statuses["more"]
    ahead = in_the_way(shown.register, status, TODAY + dt.timedelta(days=9))
    assert [each.final for each in ahead] == [True]
    assert not any(each.final for each in in_the_way(shown.register, status, TODAY))


STATES = st.sampled_from(["proposed", "approved", "notified", "effective", "withdrawn"])
DAYS = st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))


@given(STATES, DAYS, DAYS, DAYS, st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)))
def test_no_change_and_no_customer_is_lost_whatever_the_dates(
    state: str, effective: dt.date | None, sent: dt.date | None, objected: dt.date | None, on: dt.date
) -> None:
    days = "".join(f", {name}: {day}" for name, day in (("sent", sent), ("objected", objected)) if day)
    planned = f", effective: {effective}" if effective else ""
    shown = view(f"state: {state}{planned}", f"{{customer: alba{days}}}", on)
    found = board(shown)
    cards = sum(len(column.cards) for column in found.columns)
    assert cards + found.withdrawn + found.earlier == 1
    status = found.statuses["more"]
    assert {item.subject for item in clocks(shown, status)} >= {"customer/alba", "customer/brae"}
    assert "2 customers" in described(status)
    assert set(deeds(shown)) == set(DEEDS)
    for each in choices(shown.register, status).values():
        assert each.possible != bool(each.against)
    if state == "proposed":
        assert not {"sent", "consent", "objection", "settle", "effective"} & possible(shown)
    assert change_detail(shown, status).as_text()


DUE = """
documents:
  policy: {name: Policy, type: policy, review: 2026-11-01}
  notice: {name: Notice, type: policy, review: 2026-11-21}
  plan: {name: Plan, type: policy, review: 2026-11-22}
  list: {name: List, type: policy, review: 2026-11-25}
  memo: {name: Memo, type: policy, review: 2026-11-30}
  far: {name: Far, type: policy, review: 2027-02-03}
  never: {name: Never, type: policy, review: 2028-02-03}
"""


def test_the_calendar_puts_what_is_late_first_and_names_the_stretch_of_time() -> None:
    found = due_calendar(View(register(DUE), TODAY))
    assert [(group.title, [each.text for each in group.entries]) for group in found] == [
        ("Late", ["review: Policy"]),
        ("Today", ["review: Notice"]),
        ("Later this week", ["review: Plan"]),
        ("Next week", ["review: List"]),
        ("Later in November 2026", ["review: Memo"]),
        ("February 2027", ["review: Far"]),
    ]
    late, today = found[0].entries[0], found[1].entries[0]
    assert (late.day, late.away, late.mark) == ("Sun 1 Nov 2026", "20 d late", "✖")
    assert (today.away, today.mark, today.subject) == ("today", "!", "document/notice")


@pytest.mark.parametrize("on", [dt.date.max, dt.date.max - dt.timedelta(days=3), dt.date(1, 1, 2)])
def test_the_calendar_works_at_the_ends_of_the_calendar(on: dt.date) -> None:
    found = due_calendar(View(register(DUE), on))
    assert sum(len(group.entries) for group in found) == (7 if on.year > 2028 else 0)
