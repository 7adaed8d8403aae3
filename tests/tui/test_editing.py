"""The register edited by keyboard alone: each job as a person would do it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from ropa.records.agreement import AgreementFields
from ropa.records.breach import BreachFields
from ropa.records.change import ChangeFields
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.services.browsing.detail_parts import Detail
from ropa.services.editing.fields import form
from ropa.services.editing.groups import groups
from ropa.services.editing.sheets import RecordSheet
from ropa.services.editing.vendor_form import vendor_form
from ropa.services.editing.vendor_sheet import VendorSheet
from ropa.services.loading import user
from ropa.services.workspace import Workspace
from ropa.store.store import Store
from ropa.store.writer import Put
from ropa.tui.editing.controls import Area, Line, Pick
from ropa.tui.editing.fold import Fold, Folded
from ropa.tui.editing.form_body import FormBody
from ropa.tui.editing.picker import Picker
from ropa.tui.editing.sheet import SheetScreen
from ropa.tui.screens.detail import DetailScreen
from ropa.tui.screens.findings import FindingsScreen
from tests.tui.test_hostile import check
from tests.tui.walking import LARGE, SMALL, app_on, database, frame, press, said, sample, settle, write

NARROW = (60, 20)
LATER = dt.date(2026, 11, 20)
NASTY = ("[red]x[/red] [/] [@click=app.quit]y", "a\u202eevil\u202c b", "N" * 300, "👩‍🚀 ünï", "=1+1 <b> \\")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No pause before what was typed is judged, and drafts of the test's own."""
    monkeypatch.setattr(SheetScreen, "PAUSE", 0.001)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def outserve(tmp_path: Path) -> Path:
    return database(tmp_path / "outserve.db", [sample("outserve")])


def recorded(path: Path, organisation: str = "tiny-ltd") -> Register:
    return Store.open(path).snapshot(organisation).register


async def judged(pilot: Pilot[None]) -> str:
    """The screen once the pause after the last key is over and what follows from it is shown."""
    await pilot.pause(0.02)
    await settle(pilot)
    return frame(pilot)


async def field(pilot: Pilot[None], path: str) -> None:
    """Go to a field with Tab, as often as it takes, through closed groups."""
    body = pilot.app.screen.query_one(FormBody)
    for _ in range(60):
        focused = body.focused_control()
        if focused is not None and focused.path == path:
            return
        if isinstance(pilot.app.focused, Fold) and path in dict(pilot.app.focused.group.fields):
            await press(pilot, "enter")
        else:
            await pilot.press("tab")
    raise AssertionError(f"Tab does not lead to {path}")


async def fill(pilot: Pilot[None], path: str, text: str) -> None:
    """Type into a field; where one chooses, choose what answers first."""
    await field(pilot, path)
    await write(pilot, text)
    while isinstance(pilot.app.screen, Picker):
        await press(pilot, "ctrl+s")


async def test_a_register_from_a_blank_database_with_the_keyboard_alone(empty: Path) -> None:
    async with app_on(empty).run_test(size=SMALL) as pilot:
        await press(pilot, "n")
        await fill(pilot, "name", "Tiny Ltd")
        assert "which law binds it is not recorded" in await judged(pilot)
        await fill(pilot, "country", "united k")
        assert "which law binds it" not in await judged(pilot)
        await press(pilot, "ctrl+s")
        assert "uk · 21 November 2026" in frame(pilot)

        await press(pilot, "n")
        await write(pilot, "parties")
        await press(pilot, "enter")
        await fill(pilot, "name", "MailChimp")
        await fill(pilot, "country", "united st")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, DetailScreen)

        await press(pilot, "w", "a", "n")
        await fill(pilot, "name", "Newsletter")
        await fill(pilot, "role", "controller")
        await fill(pilot, "purposes", "tell clients")
        await field(pilot, "data_categories")
        assert "no data categories recorded" in await judged(pilot)
        await write(pilot, "mail")
        await press(pilot, "ctrl+n", "ctrl+s")
        await write(pilot, "clicks")
        await press(pilot, "ctrl+n", "ctrl+s", "ctrl+s")
        shown = await judged(pilot)
        assert "mail; clicks" in shown
        assert "no data categories recorded" not in shown
        await press(pilot, "ctrl+s")

        await press(pilot, "n")
        await write(pilot, "a lawful")
        await press(pilot, "enter")
        await fill(pilot, "basis", "contract")
        assert "A contract with the person" in frame(pilot) or "contract" in frame(pilot)
        await press(pilot, "ctrl+s")
        assert "Contract" in frame(pilot)

        await press(pilot, "n")
        await write(pilot, "engagement")
        await press(pilot, "enter")
        await fill(pilot, "party", "mailch")
        assert "no valid safeguard" in await judged(pilot)
        await press(pilot, "ctrl+s")
        assert "no valid safeguard" in frame(pilot)

        await press(pilot, "n")
        await write(pilot, "flow")
        await press(pilot, "enter")
        await fill(pilot, "origin", "tiny")
        await fill(pilot, "destination", "mailch")
        await press(pilot, "ctrl+s")

        await press(pilot, "t", "enter", "n")
        assert "New transfer" in frame(pilot)
        assert "To *               MailChimp" in frame(pilot)
        assert "mended: MailChimp: no valid" not in await judged(pilot)
        await press(pilot, "ctrl+s")
        for safeguard in ("EU standard contractual clauses 2021", "UK Addendum"):
            await press(pilot, "n")
            await write(pilot, "safeguard")
            await press(pilot, "enter")
            await fill(pilot, "instrument", safeguard)
            await fill(pilot, "assessed", "1 Mar 2025")
            assert "Saturday, 1 March 2025" in await judged(pilot)
            last = frame(pilot)
            await press(pilot, "ctrl+s")
        assert "safeguard on record" in last
        await press(pilot, "w", "f")
        assert "no valid safeguard" not in frame(pilot)
    register = recorded(empty)
    assert len(register.activities["newsletter"].data_categories) == 2
    assert {each.instrument for each in register.safeguards.values()} == {"eu-scc-2021", "uk-addendum"}
    assert [each.basis for each in register.lawful_bases.values()] == ["contract"]


async def test_a_vendor_comes_to_an_activity_in_one_form_with_its_verdict_before_saving(outserve: Path) -> None:
    before = recorded(outserve, "outserve")
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "v")
        assert "Add a vendor to" in frame(pilot)
        await write(pilot, "Brevard")
        await press(pilot, "ctrl+n")
        assert "New party" in frame(pilot)
        await fill(pilot, "country", "united st")
        await press(pilot, "ctrl+s")
        assert said(pilot) == "Saved, and chosen."  # z would be a letter here
        assert "Brevard" in frame(pilot)
        await fill(pilot, "service", "surveys")
        assert "no valid safeguard" in await judged(pilot)
        await fill(pilot, "instruments", "addendum")
        assert "incomplete" in await judged(pilot)
        await fill(pilot, "assessed", "2026-11-01")
        assert "safeguard on record" in await judged(pilot)
        await press(pilot, "ctrl+s", "enter", "pagedown")
        assert "Brevard (United States): surveys" in " ".join(frame(pilot).split())
    after = recorded(outserve, "outserve")
    assert len(after.engagements) == len(before.engagements) + 1
    assert len(after.transfers) == len(before.transfers) + 1
    assert "brevard" in after.parties


FORMS = [*KINDS, "vendor"]


async def test_every_field_of_every_kind_is_in_its_form(outserve: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RecordSheet, "follows", lambda *_: Detail("preview", "", "", "", ()))
    party = next(iter(recorded(outserve, "outserve").parties))
    missing = [
        BreachFields(key="lost", name="Lost laptop"),
        ChangeFields(key="new", name="New", kind="add", party=party),
    ]
    writes = [Put("breach" if isinstance(each, BreachFields) else "change", each) for each in missing]
    Store.open(outserve).apply("outserve", writes, who="ann", why="add", at=dt.datetime.now(dt.UTC))
    app = app_on(outserve)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for kind in FORMS:
            sheet_ = an_empty_form(app.workspace, kind)
            await app.push_screen(SheetScreen(sheet_))
            await settle(pilot)
            body = app.screen.query_one(FormBody)
            for folded in body.query(Folded):
                folded.turn(opened=True)
            await pilot.pause()
            for each in sheet_.form.fields:
                for path in [f"{each.name}.{inner.name}" for inner in each.part] or [each.name]:
                    found = body.controls[path]
                    assert isinstance(found, Line | Area | Pick)
                    assert found in app.screen.focus_chain, (kind, path)
            if kind in KINDS:
                hidden = {"key", KINDS[kind].parent}
                assert {path.partition(".")[0] for path in body.controls} == {*KINDS[kind].fields.model_fields} - hidden
            await press(pilot, "escape")


async def test_what_is_wrong_in_a_closed_group_is_told_when_it_opens(outserve: Path) -> None:
    app = app_on(outserve)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e")
        body = app.screen.query_one(FormBody)
        assert not body.controls["until"].is_mounted
        body.show_problems({"until": "that is no day"})
        assert body.go_to("until")
        await settle(pilot)
        assert body.controls["until"].has_focus
        assert "that is no day" in frame(pilot)


def an_empty_form(workspace: Workspace, kind: str) -> RecordSheet | VendorSheet:
    """The form of something new of a kind, inside a record of the samples where it must stand in one."""
    if kind == "vendor":
        return VendorSheet(workspace, "outserve", next(iter(workspace.view("outserve").register.activities)))
    owner = KINDS[kind].parent
    if not owner:
        return RecordSheet(workspace, "" if kind == "organisation" else "outserve", kind)
    return RecordSheet(
        workspace, "outserve", kind, None, next(iter(workspace.view("outserve").register.of_kind(owner)))
    )


@pytest.mark.parametrize("kind", FORMS)
def test_no_field_is_lost_between_the_groups_of_a_form(kind: str) -> None:
    shown = vendor_form() if kind == "vendor" else form(kind)
    paths = [path for group in groups(shown) for path, _ in group.fields]
    assert len(paths) == len(set(paths))
    assert {path.partition(".")[0] for path in paths} == {each.name for each in shown.fields}


async def test_needed_fields_come_first_and_the_rest_is_a_key_away(empty: Path) -> None:
    async with app_on(empty).run_test(size=SMALL) as pilot:
        await press(pilot, "n")
        shown = frame(pilot)
        for words in ("Name *", "Country", "▸ Contact", "▸ Notice promised", "▸ More"):
            assert words in shown
        await press(pilot, "tab", "tab", "tab", "tab", "tab", "enter")
        await write(pilot, "Dana")
        await press(pilot, "tab", "tab")
        await write(pilot, "dana@tiny.example")
        assert "▾ Contact" in frame(pilot)
        await press(pilot, "shift+tab", "shift+tab", "shift+tab", "left")
        assert "▸ Contact" in frame(pilot)
        await press(pilot, "ctrl+s")
        assert "it is required" in frame(pilot)
        await fill(pilot, "name", "Tiny Ltd")
        await press(pilot, "ctrl+s")
    contact = recorded(empty).organisation.contact
    assert contact is not None
    assert (contact.name, contact.email) == ("Dana", "dana@tiny.example")


async def test_a_finding_leads_to_the_field_that_mends_it_and_back_to_its_place(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "f", "down", "down", "enter")
        assert isinstance(pilot.app.screen, SheetScreen)
        assert frame(pilot).splitlines()[2].strip()[:1] in "✖!?"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, FindingsScreen)
        assert "▸ ✖ Zendesk (Zendesk, Inc., United States)" in frame(pilot)


async def test_an_accepted_risk_shows_in_the_list_at_once_and_the_cursor_stays(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=LARGE) as pilot:
        await press(pilot, "f", "down")
        await press(pilot, "A")
        assert "Why it is accepted" in frame(pilot)
        await write(pilot, "known, small, ends in spring")
        await field(pilot, "until")
        await write(pilot, "31 Mar 2027")
        await press(pilot, "ctrl+s")
        row = next(line for line in frame(pilot).splitlines() if line.startswith("▸"))
        assert "accepted" in row
    notes = recorded(outserve, "outserve").acknowledgements.values()
    assert [(each.reason, each.who, each.until) for each in notes] == [
        ("known, small, ends in spring", user(), dt.date(2027, 3, 31))
    ]


async def test_what_depends_on_a_record_is_shown_before_it_goes_and_undo_brings_all_back(outserve: Path) -> None:
    before = recorded(outserve, "outserve")
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "x")
        shown = frame(pilot)
        assert "Remove this?" in shown
        assert "Goes with it" in shown
        await press(pilot, "n")
        assert recorded(outserve, "outserve") == before
        await press(pilot, "x", "y")
        assert len(recorded(outserve, "outserve").activities) == len(before.activities) - 1
        await press(pilot, "z")
        assert recorded(outserve, "outserve") == before


async def test_a_copy_is_made_with_what_is_inside_and_opens_for_editing(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "d")
        assert "(copy)" in frame(pilot)
        await press(pilot, "escape", "z")
        assert "(copy)" not in frame(pilot)


async def test_escape_from_the_choices_leaves_what_was_chosen_and_several_are_marked(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e")
        await field(pilot, "data_categories")
        chosen = pilot.app.focused
        assert isinstance(chosen, Pick)
        before = chosen.chosen
        await press(pilot, "enter", "enter", "down", "enter", "escape")
        assert chosen.chosen == before
        await press(pilot, "enter")
        await write(pilot, "zzz")
        assert "Ctrl+N makes it" in frame(pilot)
        await press(pilot, "escape")
        assert chosen.chosen == before


async def test_escape_keeps_a_draft_that_is_offered_with_its_time_and_ctrl_d_throws_it_away(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e")
        await write(pilot, " typed")
        await press(pilot, "escape")
        assert [each.message for each in pilot.app._notifications] == [  # noqa: SLF001 what was said
            "Not saved. What you typed is kept; U goes on with it."
        ]
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e")
        shown = " ".join(frame(pilot).split())
        assert "You typed this on" in shown
        assert "Ctrl+D throws it away" in shown
        assert " typed" in pilot.app.screen.query_one("#field-name", Input).value
        await press(pilot, "ctrl+d")
        assert " typed" not in pilot.app.screen.query_one("#field-name", Input).value
        assert "You typed this on" not in frame(pilot)
        await press(pilot, "escape", "e")
        assert "You typed this on" not in frame(pilot)


@pytest.mark.parametrize("key", ["ctrl+q", "q"])
async def test_leaving_the_program_in_the_middle_of_a_form_loses_nothing(
    outserve: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SheetScreen, "PAUSE", 60)
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e")
        await write(pilot, " typed")
        await press(pilot, "tab")
        if key == "q":
            await press(pilot, key, "escape")
            assert pilot.app.is_running
        else:
            pilot.app.exit()
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e")
        assert " typed" in pilot.app.screen.query_one("#field-name", Input).value


async def test_what_is_typed_is_kept_while_the_form_is_open_and_gone_once_it_is_saved(outserve: Path) -> None:
    app = app_on(outserve)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e")
        await write(pilot, " typed")
        await judged(pilot)
        assert app.view is not None
        again = RecordSheet(app.workspace, "outserve", "activity", app.screen.sheet.key)  # type: ignore[attr-defined]  # it is a form
        again.open()
        assert again.draft is not None
        await press(pilot, "ctrl+s")
        again.open()
        assert again.draft is None


async def test_the_acceptance_of_one_finding_is_not_offered_for_another(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "f", "A")
        await write(pilot, "this one only")
        await press(pilot, "escape", "down", "A")
        assert "this one only" not in frame(pilot)
        await press(pilot, "escape", "up", "A")
        assert "this one only" in frame(pilot)


async def test_a_resize_in_the_middle_of_an_edit_keeps_text_cursor_and_focus(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e")
        line = pilot.app.focused
        assert isinstance(line, Line)
        await write(pilot, " typed")
        await press(pilot, "left", "left")
        text, cursor = line.value, line.cursor_position
        for size in (LARGE, NARROW, SMALL):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert pilot.app.focused is line
            assert (line.value, line.cursor_position) == (text, cursor)
            assert " typ" in frame(pilot)
        await write(pilot, "X")
        assert line.value.endswith(" typXed")


@pytest.mark.parametrize("size", [SMALL, NARROW])
async def test_hostile_text_can_be_typed_and_is_shown_as_it_is(empty: Path, size: tuple[int, int]) -> None:
    async with app_on(empty).run_test(size=size) as pilot:
        await press(pilot, "n")
        line = pilot.app.focused
        assert isinstance(line, Line)
        for text in NASTY:
            line.value = text
            shown = await judged(pilot)
            check(shown, size[0])
            await press(pilot, "tab", "shift+tab")
        line.value = NASTY[0]
        await press(pilot, "ctrl+s")
        check(frame(pilot), size[0])
        assert NASTY[0][:20] in frame(pilot)
        assert pilot.app.is_running


async def test_a_message_comes_only_beside_a_field_that_something_was_typed_into(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=LARGE) as pilot:
        await press(pilot, "w", "n")
        await write(pilot, "agreem")
        await press(pilot, "enter")
        assert "✖" not in frame(pilot)
        await fill(pilot, "signed", "3/4/2025")
        shown = await judged(pilot)
        assert "can be 3 April 2025 or 4 March 2025" in " ".join(shown.replace("│", " ").split())
        assert "it is required" not in shown
        await press(pilot, "ctrl+s")
        assert "it is required" in frame(pilot)
        assert pilot.app.focused is pilot.app.screen.query_one("#field-name")


async def test_a_second_organisation_is_open_once_it_is_saved(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "n")
        await write(pilot, "organisation")
        await press(pilot, "enter")
        await write(pilot, "Second Ltd")
        await press(pilot, "ctrl+s")
        assert "ropa · Second Ltd" in frame(pilot)


def put(path: Path, kind: str, key: str, **values: object) -> None:
    """Somebody else writes."""
    store = Store.open(path)
    found = store.snapshot("outserve")
    record = found.register.of_kind(kind)[key].model_copy(update=values)
    at = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
    store.apply("outserve", [Put(kind, record, found.versions[kind, key])], who="bob", why="meanwhile", at=at)


async def test_a_name_typed_or_pasted_in_one_go_is_found_whole(empty: Path) -> None:
    for paste in (False, True):
        async with app_on(empty).run_test(size=SMALL) as pilot:
            await press(pilot, "n")
            await field(pilot, "country")
            if paste:
                pilot.app.post_message(events.Paste("united k"))
            else:
                for sign in "united k":
                    pilot.app.post_message(events.Key("space" if sign == " " else sign, sign))
            await settle(pilot)
            assert isinstance(pilot.app.screen, Picker)
            assert pilot.app.screen.query_one("#typed", Input).value == "united k"
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, SheetScreen)
            assert "Country            United Kingdom" in frame(pilot)
            await press(pilot, "ctrl+d", "escape")


async def test_the_vendor_form_says_beside_the_field_what_is_wrong_and_what_is_chosen(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "v")
        assert "Role               processor" in frame(pilot)  # it has its word: nothing asks for one
        assert "Which data         all data of the activity" in frame(pilot)
        await fill(pilot, "signed", "32/1/2026")
        rows = (await judged(pilot)).splitlines()
        line = next(n for n, row in enumerate(rows) if row.startswith(" Safeguard signed"))
        assert "✖ '32/1/2026': there is no such day" in rows[line + 1]
        await fill(pilot, "instruments", "uk addendum")
        assert "A short UK document that makes the EU clauses of 2021 work" in frame(pilot)
        await press(pilot, "ctrl+s")
        assert pilot.app.focused is pilot.app.screen.query_one("#field-signed")


async def test_the_conditions_of_a_derogation_are_chosen_and_not_typed(outserve: Path) -> None:
    transfer = next(iter(recorded(outserve, "outserve").transfers))
    app = app_on(outserve)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await app.push_screen(SheetScreen(RecordSheet(app.workspace, "outserve", "safeguard", None, transfer)))
        await settle(pilot)
        await fill(pilot, "instrument", "compelling")
        await field(pilot, "conditions_met")
        await press(pilot, "enter")
        assert "Nothing answers that" not in frame(pilot)
        await press(pilot, "enter", "ctrl+s", "ctrl+s")
    (made,) = (each for each in recorded(outserve, "outserve").safeguards.values() if each.instrument == "art49-cli")
    assert len(made.conditions_met) == 1


async def test_what_was_typed_is_named_at_the_next_start_and_one_key_goes_on_with_it(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "a", "e")
        await write(pilot, " typed")
        await press(pilot, "escape", "v")
        await fill(pilot, "service", "surveys")
        await press(pilot, "escape", "p", "n")
        await write(pilot, "Brevard")
        await press(pilot, "escape", "f", "A")
        await write(pilot, "known")
        await press(pilot, "escape")
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Not saved yet" in said(pilot)
        assert "3 more. U goes on with it." in said(pilot)
        for words, path, typed in (
            ("brevard", "name", "Brevard"),
            ("vendor", "service", "surveys"),
            ("acknow", "reason", "known"),
        ):
            await press(pilot, "U")
            await write(pilot, words)
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, SheetScreen)
            assert pilot.app.screen.query_one(FormBody).controls[path].held == typed
            await press(pilot, "escape")
        await press(pilot, "U")
        await write(pilot, "activity")
        await press(pilot, "enter", "ctrl+s", "U")
        await write(pilot, "activity:")
        assert "Nothing answers that" in frame(pilot)
    assert any(each.name.endswith(" typed") for each in recorded(outserve, "outserve").activities.values())


async def test_a_message_hides_neither_the_keys_nor_what_follows_from_an_edit(outserve: Path) -> None:
    app = app_on(outserve)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await press(pilot, "a", "e")
        for words in ("first", "second"):
            app.say(words)
            await settle(pilot)
        shown = frame(pilot).splitlines()
        assert said(pilot) == "second"
        assert "second" in shown[1]
        assert "If saved" in "".join(shown[-8:])
        assert "Ctrl+S save" in shown[-1]


@pytest.mark.parametrize("word", ["vendor", "customer", "parties"])
async def test_a_party_is_found_among_what_can_be_added_by_the_words_people_have_for_it(
    outserve: Path, word: str
) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "w", "n")
        await write(pilot, word)
        await press(pilot, "enter")
        assert "New party" in frame(pilot)


async def test_the_field_that_is_typed_in_and_its_message_stay_in_sight(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=LARGE) as pilot:
        await press(pilot, "a", "v")
        await fill(pilot, "assessed", "32/1/2026")
        for size in ((80, 20), (60, 14), LARGE, (60, 14)):
            await pilot.resize_terminal(*size)
            await judged(pilot)
            await settle(pilot)
            assert "Assessed on" in frame(pilot), size
            assert "there is no such day" in frame(pilot), size


async def test_a_text_of_many_lines_is_shown_from_its_beginning(outserve: Path) -> None:
    key = next(iter(recorded(outserve, "outserve").activities))
    put(outserve, "activity", key, purposes=tuple(f"purpose {n}" for n in range(1, 13)), name="AAA")
    async with app_on(outserve).run_test(size=LARGE) as pilot:
        await press(pilot, "a", "l")
        await write(pilot, "AAA")
        await press(pilot, "enter", "e")
        assert "purpose 1 " in frame(pilot)
        await field(pilot, "purposes")
        await settle(pilot)
        assert "purpose 12" in frame(pilot)
        await press(pilot, "tab")
        assert "purpose 1 " in frame(pilot)


async def test_a_party_that_is_missing_at_the_end_of_a_flow_is_made_from_there(outserve: Path) -> None:
    key = next(iter(recorded(outserve, "outserve").activities))
    app = app_on(outserve)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await app.push_screen(SheetScreen(RecordSheet(app.workspace, "outserve", "flow", None, key)))
        await settle(pilot)
        await fill(pilot, "origin", "outserve")
        await field(pilot, "destination")
        await write(pilot, "Brevard")
        await press(pilot, "ctrl+n")
        await write(pilot, "vendor")
        await press(pilot, "enter")
        assert "New party" in frame(pilot)
        await press(pilot, "ctrl+s")
        assert "To *               Brevard" in frame(pilot)
        await press(pilot, "ctrl+s")
    assert any(each.destination == "party/brevard" for each in recorded(outserve, "outserve").flows.values())


@pytest.mark.parametrize("size", [SMALL, (60, 16)])
async def test_the_keys_that_answer_a_long_question_are_always_in_sight(outserve: Path, size: tuple[int, int]) -> None:
    async with app_on(outserve).run_test(size=size) as pilot:
        store = Store.open(outserve)
        names = [f"Agreement number {n} with a long name that goes on for some time" for n in range(30)]
        party = next(iter(recorded(outserve, "outserve").parties))
        writes = [
            Put("agreement", AgreementFields(key=f"a{n}", name=each, party=party)) for n, each in enumerate(names)
        ]
        store.apply("outserve", writes, who="ann", why="add", at=dt.datetime.now(dt.UTC))
        await press(pilot, "ctrl+r", "p", "x")
        for _ in range(2):
            assert "y yes" in frame(pilot)
            assert "╰" in frame(pilot)
            await press(pilot, *["pagedown"] * 6)
        assert "It can be undone" in " ".join(frame(pilot).replace("│", " ").split())


async def test_a_form_is_filled_with_the_mouse_alone_but_for_its_names(empty: Path) -> None:
    async with app_on(empty).run_test(size=SMALL) as pilot:
        await press(pilot, "n")
        await write(pilot, "Tiny Ltd")
        await pilot.click("#field-country")
        await settle(pilot)
        await write(pilot, "united k")
        await pilot.click("#choices", offset=(6, 0))
        await settle(pilot)
        assert "Country            United Kingdom" in frame(pilot)
        folds = list(pilot.app.screen.query(Fold))
        await pilot.click(folds[0])
        await settle(pilot)
        assert "▾ Contact" in frame(pilot)
        await pilot.click("#field-contact--email")
        await write(pilot, "a@tiny.example")
        await pilot.click("SheetScreen KeyBar", offset=(2, 0))
        await settle(pilot)
    contact = recorded(empty).organisation.contact
    assert contact is not None
    assert contact.email == "a@tiny.example"


async def test_who_opens_the_choices_and_passes_on_with_tab_has_chosen_nothing(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "w", "n")
        await write(pilot, "party")
        await press(pilot, "enter")
        await field(pilot, "country")
        await press(pilot, "enter", "tab")
        assert isinstance(pilot.app.screen, SheetScreen)
        assert "Country            not recorded" in frame(pilot)
        await press(pilot, "enter", "down", "tab")
        assert "Country            not recorded" not in frame(pilot)


async def test_a_risk_is_not_accepted_until_a_day_that_is_over(outserve: Path) -> None:
    async with app_on(outserve).run_test(size=SMALL) as pilot:
        await press(pilot, "f", "A")
        await write(pilot, "small")
        await fill(pilot, "until", "20 Nov 2026")
        assert "that day is over" in await judged(pilot)
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, SheetScreen)
        assert pilot.app.focused is pilot.app.screen.query_one("#field-until")
    assert not recorded(outserve, "outserve").acknowledgements
