"""The board in the terminal: a life from proposed to effective by keys, and nothing typed or recorded is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ropa.records.change import ChangeFields, NoticeFields
from ropa.records.errors import StoreError
from ropa.services.steps import changes as change_verbs
from ropa.services.steps.step import Done
from ropa.store.store import Store
from ropa.tui.dialogs.confirm import ConfirmScreen
from ropa.tui.dialogs.form import FormScreen
from ropa.tui.dialogs.questions import Answers, Question
from ropa.tui.dialogs.reading import ReadingScreen
from ropa.tui.screens.change import ChangeScreen
from ropa.tui.screens.changes import BoardScreen
from ropa.tui.screens.detail import DetailScreen
from ropa.tui.widgets.cards import COLUMNS_FROM
from tests.tui.walking import LARGE, SMALL, TODAY, app_on, database, frame, press, said, sample, settle, write

BACKUP, HOSTING = "backup-host", "ukfast-to-ans"


@pytest.fixture
def infotek(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Infotek's register, to write in, with carol at the keyboard."""
    for name in ("LOGNAME", "USER"):
        monkeypatch.setenv(name, "carol")
    monkeypatch.chdir(tmp_path)
    return database(tmp_path / "infotek.db", [sample("infotek")])


def change(path: Path, key: str = BACKUP) -> ChangeFields:
    return Store.open(path).snapshot("infotek").register.changes[key]


def notice(path: Path, customer: str, key: str = BACKUP) -> NoticeFields | None:
    found = Store.open(path).snapshot("infotek").register.notices_of(key)
    return next((each for each in found if each.customer == customer), None)


async def replace(pilot: Pilot[None], text: str) -> None:
    """Type over what stands in the field."""
    await pilot.press("home", "shift+end")
    await write(pilot, text)


async def onto(pilot: Pilot[None], input_: str) -> None:
    pilot.app.screen.query_one(f"#input-{input_}").focus()
    await settle(pilot)


async def save(pilot: Pilot[None]) -> None:
    await press(pilot, "ctrl+s")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_board_shows_each_change_at_its_stage_with_its_clock(infotek: Path, size: tuple[int, int]) -> None:
    async with app_on(infotek).run_test(size=size) as pilot:
        await press(pilot, "c")
        shown = frame(pilot)
        for words in ("proposed (1)", "notified (1)", "planned 21 Dec", "4 of 5 told, 1 late", "none of 5 told, 1"):
            assert words in shown
        assert "not told, 5 d late" in shown
        await press(pilot, "down" if size == SMALL else "right")
        assert "told 21 d late" in frame(pilot)
        assert "no consent yet" in frame(pilot)


async def test_where_stages_stand_beside_each_other_each_is_named_in_full(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=(COLUMNS_FROM + 2, 30)) as pilot:
        await press(pilot, "c")
        headings = next(line for line in frame(pilot).splitlines() if "proposed (1)" in line)
        for stage in ("approved (0)", "notified (1)", "objection window (0)", "effective in 2026 (0)"):
            assert stage in headings


async def test_arrows_go_along_and_across_the_columns(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=LARGE) as pilot:
        await press(pilot, "c")
        assert "▸ + A further backup" in frame(pilot)
        await press(pilot, "right")
        assert "▸ ↔ ANS Group takes" in frame(pilot)
        await press(pilot, "right")
        assert "▸ ↔ ANS Group takes" in frame(pilot)
        await press(pilot, "left")
        assert "▸ + A further backup" in frame(pilot)
        await press(pilot, "down")
        assert "▸ ↔ ANS Group takes" in frame(pilot)


async def test_a_click_chooses_a_card_and_a_second_one_opens_it(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=LARGE) as pilot:
        await press(pilot, "c")
        row, line = next((n, line) for n, line in enumerate(frame(pilot).splitlines()) if "↔ ANS Group" in line)
        await pilot.click(offset=(line.index("ANS"), row))
        await settle(pilot)
        assert "▸ ↔ ANS Group takes" in frame(pilot)
        await pilot.click(offset=(line.index("ANS"), row))
        await settle(pilot)
        assert isinstance(pilot.app.screen, ChangeScreen)


async def test_a_life_from_proposed_to_effective_by_keys(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, "c", "A")
        await save(pilot)
        assert change(infotek).state == "approved"
        assert change(infotek).approved_by == "carol"
        assert "approved (1)" in frame(pilot)

        await press(pilot, "s")
        await onto(pilot, "on")
        await replace(pilot, "20 Nov 2026")
        await onto(pilot, "via")
        await write(pilot, "e-mail")
        await onto(pilot, "evidence")
        await write(pilot, "message 17")
        await save(pilot)
        assert "5 of 5 told" in frame(pilot)
        assert "objection window (" in frame(pilot)
        told = notice(infotek, "northgate")
        assert told is not None
        assert (told.sent, told.channel, told.evidence) == (dt.date(2026, 11, 20), "e-mail", "message 17")

        await press(pilot, "y")
        await save(pilot)
        agreed = notice(infotek, "calder-sons")
        assert agreed is not None
        assert agreed.consented == TODAY

        await press(pilot, "b")
        await onto(pilot, "customer")
        await press(pilot, "enter", *"brightway", "enter")
        await onto(pilot, "grounds")
        await write(pilot, "two hosts are enough")
        await save(pilot)
        assert "1 objection: Brightway Ltd" in frame(pilot)
        objected = notice(infotek, "brightway")
        assert objected is not None
        assert (objected.objected, objected.grounds) == (TODAY, "two hosts are enough")

        await press(pilot, "l")
        await onto(pilot, "resolution")
        await write(pilot, "left out for them")
        await save(pilot)
        assert "1 objection" not in frame(pilot)
        settled = notice(infotek, "brightway")
        assert settled is not None
        assert settled.resolution == "left out for them"

        await press(pilot, "E")
        assert "the earliest lawful date is" in frame(pilot)
        await onto(pilot, "why")
        await write(pilot, "the other host failed")
        await save(pilot)
        override = change(infotek).override
        assert override is not None
        assert (override.who, override.why) == ("carol", "the other host failed")
        assert "earliest lawful date" in (override.against or "")
        assert "effective in 2026 (1)" in frame(pilot)
        assert "overridden by carol" in frame(pilot)


async def test_without_a_reason_nothing_takes_effect_early(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=LARGE) as pilot:
        await press(pilot, "c", "right", "E")
        assert "Calder & Sons must consent and has not; silence is refusal." in frame(pilot)
        assert "stands in every report" in frame(pilot)
        await save(pilot)
        assert "✖ this is needed" in frame(pilot)
        assert change(infotek, HOSTING).state == "notified"


async def test_what_nobody_can_override_is_told_and_asks_for_no_reason(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=LARGE) as pilot:
        await press(pilot, "c", "E")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert "approve it first" in said(pilot)
        await press(pilot, "right", "E")
        await onto(pilot, "on")
        await replace(pilot, "2026-12-21")
        assert "✖ 21 December 2026 is still to come" in frame(pilot)
        assert "Why all the same" not in frame(pilot)
        await save(pilot)
        assert "still to come" in frame(pilot)
        assert change(infotek, HOSTING).state == "notified"


async def test_the_bar_shows_only_what_can_be_done_and_the_other_keys_say_why_not(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=LARGE) as pilot:
        await press(pilot, "c")
        bar = frame(pilot).splitlines()[-1]
        assert "A approve" in bar
        assert "s sent" not in bar
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert "approve it before customers are told" in said(pilot)
        await press(pilot, "right")
        bar = frame(pilot).splitlines()[-1]
        assert "s sent" in bar
        assert "A approve" not in bar


async def test_the_customer_under_the_cursor_stands_in_the_form(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=LARGE) as pilot:
        await press(pilot, "c", "A")
        await save(pilot)
        await press(pilot, "tab", "down", "s")
        await save(pilot)
        assert notice(infotek, "calder-sons") is not None
        assert notice(infotek, "brightway") is None
        assert "1 of 5 told" in frame(pilot)


async def test_what_is_refused_is_shown_and_what_was_typed_stays(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, "c", "down", "s")
        await onto(pilot, "on")
        await replace(pilot, "24 Dec 2026")
        await onto(pilot, "evidence")
        await write(pilot, "message 17")
        await save(pilot)
        shown = frame(pilot)
        assert "24 December 2026 is still to come" in shown
        assert "message 17" in shown
        await onto(pilot, "on")
        await replace(pilot, "today")
        await save(pilot)
        told = notice(infotek, "northgate", HOSTING)
        assert told is not None
        assert told.evidence == "message 17"


@pytest.mark.parametrize("error", [StoreError("[/] it is in use by another program"), ValueError("[/] oh")])
async def test_a_failing_write_is_a_message_in_the_form(
    infotek: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_args: object, **_named: object) -> Done:
        raise error

    monkeypatch.setattr(change_verbs, "approve", broken)
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, "c", "A")
        await save(pilot)
        assert f"✖ {'ropa failed' if isinstance(error, ValueError) else '[/] it is in use'}" in frame(pilot)
        assert isinstance(pilot.app.screen, FormScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_on_a_small_screen_a_long_form_keeps_its_keys_and_its_message_in_sight(
    infotek: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_kwargs: object) -> Done:
        raise StoreError("the database is locked by another program")

    monkeypatch.setattr(change_verbs, "make_effective", fails)
    app = app_on(infotek)
    async with app.run_test(size=(60, 16)) as pilot:
        await press(pilot, "c", "down", "E")
        assert "Ctrl+S save" in frame(pilot)
        await onto(pilot, "why")
        await write(pilot, "it broke")
        await save(pilot)
        assert "Ctrl+S save" in frame(pilot)
        assert "✖ the database is locked" in frame(pilot)


async def test_leaving_a_form_asks_before_it_throws_away_what_was_typed(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, "c", "W")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BoardScreen)
        await press(pilot, "W")
        await write(pilot, "not needed")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ConfirmScreen)
        await press(pilot, "escape")
        assert "not needed" in frame(pilot)
        await press(pilot, "escape", "y")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert change(infotek).state == "proposed"


async def test_withdrawn_changes_leave_the_board_and_are_counted(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, "c", "down", "W")
        await write(pilot, "the contract stays")
        await save(pilot)
        assert "1 open · 1 withdrawn" in frame(pilot)
        assert "tell them that it does not happen" in said(pilot)
        assert change(infotek, HOSTING).withdrawn_because == "the contract stays"


async def test_a_date_is_read_back_in_full_and_one_that_can_be_two_is_refused(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, "c", "M")
        await replace(pilot, "3/4/2027")
        assert "can be 3 April 2027 or 4 March 2027" in frame(pilot)
        await replace(pilot, "3 apr 2027")
        assert "Saturday, 3 April 2027" in frame(pilot)
        await save(pilot)
        assert change(infotek).effective == dt.date(2027, 4, 3)


async def test_drafts_are_written_into_the_folder_and_nothing_is_recorded_as_sent(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, "c", "tab", "down", "d")
        await onto(pilot, "folder")
        await replace(pilot, "out [red]")
        await save(pilot)
        assert isinstance(pilot.app.screen, ReadingScreen)
        assert "Nothing was sent" in frame(pilot)
        assert "calder-sons.eml" in frame(pilot)
        assert (infotek.parent / "out [red]" / "calder-sons.eml").is_file()
        assert notice(infotek, "calder-sons") is None
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_a_new_change_is_proposed_and_the_cursor_goes_there(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=(80, 40)) as pilot:
        await press(pilot, "c", "n")
        await write(pilot, "A third host")
        await save(pilot)
        assert "✖ this is needed" in frame(pilot)
        await onto(pilot, "party")
        await press(pilot, "enter", *"stonefold", "enter")
        await onto(pilot, "activities")
        await press(pilot, "enter", "down", "enter")
        await onto(pilot, "countries")
        await write(pilot, "Icelan")
        assert "you mean Iceland or Ireland?" in frame(pilot)
        await write(pilot, "d")
        await save(pilot)
        made = change(infotek, "a-third-host")
        assert (made.kind, made.party, made.countries, made.state) == ("add", "stonefold-backup", ("IS",), "proposed")
        assert "▸ + A third host" in frame(pilot)


async def test_a_change_opens_with_its_facts_and_a_customer_with_every_reason(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=LARGE) as pilot:
        await press(pilot, "c", "right", "enter")
        shown = frame(pilot)
        assert "[notified]" in shown
        assert "Calder & Sons must consent and has not" in shown
        await press(pilot, "enter")
        assert "One customer" in frame(pilot)
        await press(pilot, "end")
        read = " ".join(frame(pilot).split())
        assert "60 days before 21 December 2026" in read
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, DetailScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ChangeScreen)
        await press(pilot, "s")
        await save(pilot)
        assert notice(infotek, "northgate", HOSTING) is not None
        assert "5 of 5 customers told" in frame(pilot)


async def test_the_calendar_shows_what_is_late_first_and_leads_there(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, "u")
        shown = frame(pilot)
        assert "1 late ✖" in shown
        assert shown.index("Late") < shown.index("Today") < shown.index("December 2026")
        assert "5 d late  tell Brightway Ltd" in shown
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ChangeScreen)
        await press(pilot, "escape", "escape")
        assert "Needs you" in frame(pilot)


async def test_a_resize_keeps_the_chosen_change_and_its_customers(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, "c", "down")
        await pilot.resize_terminal(*LARGE)
        await settle(pilot)
        assert "▸ ↔ ANS Group takes" in frame(pilot)
        assert "told 21 d late" in frame(pilot)
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert "▸ ↔ ANS Group takes over hosting from UKFast" in frame(pilot)


async def test_a_register_without_changes_says_so_and_every_key_is_harmless(tmp_path: Path) -> None:
    path = database(tmp_path / "outserve.db", [sample("outserve")])
    async with app_on(path).run_test(size=SMALL) as pilot:
        await press(
            pilot, "c", "A", "d", "s", "r", "y", "b", "l", "E", "M", "W", "left", "right", "enter", "tab", "enter"
        )
        assert isinstance(pilot.app.screen, BoardScreen)
        assert "No change of a subprocessor is recorded" in frame(pilot)


async def test_writes_do_not_end_one_another(infotek: Path) -> None:
    import threading

    app, gate, got = app_on(infotek), threading.Event(), list[str]()

    def slow() -> str:
        gate.wait(10)
        return "first"

    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.write(slow, got.append, got.append)
        app.write(lambda: "second", got.append, got.append)
        gate.set()
        await settle(pilot)
    assert sorted(got) == ["first", "second"]


async def test_a_question_that_depends_on_another_is_asked_only_then(infotek: Path) -> None:
    def save_(answers: Answers) -> tuple[str, str, bool]:
        return answers.text("what"), answers.text("why"), answers.yes("sure")

    questions = (
        Question("sure", "Sure", "yes/no", "no", required=True),
        Question("why", "Why", required=True, asked=lambda answers: answers.yes("sure")),
        Question("what", "What [red]", check=lambda text: "too long" if len(text) > 3 else ""),
    )
    got: list[tuple[str, str, bool] | None] = []
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await settle(pilot)
        pilot.app.push_screen(FormScreen("A [/] form", questions, save_, today=TODAY), got.append)
        await settle(pilot)
        assert "A [/] form" in frame(pilot)
        assert "What [red]" in frame(pilot)
        assert "Why" not in frame(pilot)
        await onto(pilot, "what")
        await write(pilot, "four")
        assert "✖ too long" in frame(pilot)
        await save(pilot)
        assert not got
        await press(pilot, "backspace")
        await onto(pilot, "sure")
        await press(pilot, "enter", "up", "enter")
        await onto(pilot, "why")
        await write(pilot, "because")
        await save(pilot)
    assert got == [("fou", "because", True)]


async def test_a_party_that_is_not_recorded_yet_is_made_from_the_proposal_and_comes_back_chosen(infotek: Path) -> None:
    async with app_on(infotek).run_test(size=SMALL) as pilot:
        await press(pilot, "c", "n")
        await write(pilot, "A new host")
        await press(pilot, "tab", "tab", "enter", "end", "enter")
        assert "New party" in frame(pilot)
        await write(pilot, "Brevard Ltd")
        await press(pilot, "ctrl+s")
        assert "Brevard Ltd" in frame(pilot)
        assert "A new host" in frame(pilot)
        await press(pilot, "ctrl+s")
        assert "Propose a change" not in frame(pilot)
    found = Store.open(infotek).snapshot("infotek").register.changes.values()
    assert [each.party for each in found if each.name == "A new host"] == ["brevard-ltd"]
