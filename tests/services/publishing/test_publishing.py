"""The public list: what is on it and since when, and that nothing else of a register ever is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ropa.records.errors import StoreError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.values import Fields, Name, Names, Part, Text
from ropa.reports.public_list import FILES, PublicChange
from ropa.services.publishing.folder import contents, publish
from ropa.services.publishing.values import public_list
from tests.records.any_register import registers
from tests.records.every_kind import EVERY_KIND
from tests.reports.published import ON, REGISTER, published

PUBLIC = {
    "organisation": {
        "name", "legal_name", "address", "website", "contact.name", "contact.address", "contact.email", "contact.phone",
        "dpo.address", "dpo.email", "dpo.phone", "notice.channel", "notice.remedy",
    },
    "party": {"name", "legal_name", "address", "website", "contact.address"},
    "data_category": {"name"},
    "engagement": {"service"},
    "change": {"service", "safeguard", "new_name"},
}  # fmt: skip
"""The fields whose text may be public; of dates and places the tests below tell."""


def changes(register: Register, on: dt.date = ON) -> dict[str, PublicChange]:
    return {each.key: each for each in public_list(register, on).changes}


def everything(register: Register, on: dt.date = ON) -> str:
    return "\n".join(contents(public_list(register, on)).values())


# -- what is on it ---------------------------------------------------------------------------------------------------


def test_present_subprocessors_are_listed_by_name_with_what_a_customer_asks() -> None:
    found = public_list(published(), ON)
    assert [each.key for each in found.present] == ["cloudy", "deskly", "indus", "mailer", "sample"]
    cloudy = found.present[0]
    assert (cloudy.legal_name, cloudy.services, cloudy.since) == (
        "Cloudy GmbH", ("servers and backups",), dt.date(2024, 3, 1),
    )  # fmt: skip
    assert cloudy.data == ("Customer files", "Contact details")
    assert [each.words for each in cloudy.countries] == ["Germany"]
    assert found.present[2].engaged_by == ("Mailer",)


def test_the_promise_says_whether_its_days_are_clear() -> None:
    before = "period: 30 days"
    assert "clear" not in " ".join(public_list(published(), ON).notice)
    clear = everything(published(REGISTER.replace(before, f"{before}, counting: clear-days")))
    assert "A change is announced at least 30 clear days before it takes effect" in clear
    assert "Neither the day from which it is counted nor the day of the change is part of that time." in clear
    ordinary = public_list(published(REGISTER.replace(before, f"{before}, counting: ordinary-days")), ON).notice
    assert "The change may take effect on the day on which that time ends." in ordinary


def test_a_vendor_of_the_organisations_own_affairs_is_no_subprocessor_and_no_change() -> None:
    found = public_list(published(), ON)
    assert "payroll" not in [each.key for each in found.present]
    assert "wages" not in [each.key for each in found.changes]


def test_a_safeguard_is_named_where_data_leaves_and_only_where_it_holds() -> None:
    safeguards = {each.key: each.safeguards for each in public_list(published(), ON).present}
    assert safeguards == {
        "cloudy": ("Germany: adequacy decision",),
        "deskly": None,
        "indus": (),
        "mailer": ("United States: International Data Transfer Agreement (IDTA)",),
        "sample": None,
    }
    fallen = published(
        REGISTER.replace("{instrument: uk-idta, signed: 2025-05-20, assessed: 2025-05-10}", "privacy-shield")
    )
    mailer = next(each for each in public_list(fallen, ON).present if each.key == "mailer")
    assert mailer.safeguards == ("United States: not stated",)
    for words in ("Privacy Shield", "no valid safeguard"):
        assert words not in everything(fallen)


def test_nothing_is_called_unneeded_where_the_law_that_binds_is_not_known() -> None:
    nowhere = published(REGISTER.replace("  country: United Kingdom\n", "", 1))
    assert {each.safeguards for each in public_list(nowhere, ON).present} == {()}


# -- changes ---------------------------------------------------------------------------------------------------------


def test_a_proposed_change_is_never_public() -> None:
    assert "quiet-plan" not in changes(published())
    assert "Quiet Plan" not in everything(published())


def test_a_proposed_change_with_a_day_of_approval_is_not_public_before_anybody_was_told() -> None:
    quiet = "quiet-plan: {name: Quiet plan, approved: 2026-11-01"
    register = published(REGISTER.replace("quiet-plan: {name: Quiet plan", quiet))
    assert "quiet-plan" not in changes(register)


def test_a_change_that_customers_are_told_of_is_upcoming_with_its_date() -> None:
    move = changes(published())["move"]
    assert (move.state, move.title) == ("upcoming", "NewHost replaces Cloudy")
    assert move.status == "Planned for 10 January 2027"
    assert move.announced == dt.date(2026, 11, 4)


def test_an_upcoming_change_states_the_address_of_who_joins_in_every_form_that_tells_of_changes() -> None:
    texts = contents(public_list(published(), ON))
    for form in ("page", "json", "md", "feed"):
        assert "Kade 1, Utrecht" in texts[form], form


def test_a_vendor_that_was_renamed_is_not_said_to_be_renamed_as_it_was_called_before() -> None:
    rename = "  left: {name: New sign, kind: rename, party: oldhost, new_name: FreshHost, activities: [hosting], "
    text = REGISTER.replace("  left: {name: OldHost, kind: remove, party: oldhost, activities: [hosting], ", rename)
    assert text != REGISTER
    assert changes(published(text))["left"].title == "OldHost is renamed FreshHost"
    carried = text.replace("oldhost: {name: OldHost,", "oldhost: {name: FreshHost, aliases: [OldHost],")
    assert changes(published(carried))["left"].title == "OldHost is renamed FreshHost"
    unknown = text.replace("oldhost: {name: OldHost,", "oldhost: {name: FreshHost,")
    assert changes(published(unknown))["left"].title == "FreshHost: new name"


def test_a_planned_change_to_a_country_with_an_adequacy_decision_says_so_as_the_present_list_does() -> None:
    silent = REGISTER.replace(
        "    safeguard: None needed; the Netherlands are covered by UK adequacy regulations.\n", ""
    )
    assert changes(published(silent))["move"].safeguard == "Netherlands: adequacy decision"
    abroad = silent.replace("countries: [Netherlands]", "countries: [India]")
    assert changes(published(abroad))["move"].safeguard is None


def test_a_withdrawn_change_is_in_the_history_only_if_it_had_been_announced() -> None:
    found = changes(published())
    assert found["analytics"].state == "withdrawn"
    assert found["analytics"].status == "Withdrawn on 11 June 2026; it had been planned for 1 July 2026"
    assert "silent-end" not in found


def test_the_history_tells_what_took_effect_the_latest_first() -> None:
    history = public_list(published(), ON).history
    assert [each.key for each in history] == ["analytics", "left", "samplify"]
    assert history[1].status == "In effect since 1 April 2026"


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (dt.date(2026, 5, 3), None),
        (dt.date(2026, 5, 4), "upcoming"),
        (dt.date(2026, 6, 10), "upcoming"),
        (dt.date(2026, 6, 11), "withdrawn"),
    ],
)
def test_a_list_of_an_earlier_day_does_not_know_what_came_later(on: dt.date, state: str | None) -> None:
    found = changes(published(), on).get("analytics")
    assert (found.state if found else None) == state
    assert found is None or found.updated is None or found.updated <= on


def test_a_change_recorded_as_effective_from_a_later_day_is_still_upcoming() -> None:
    later = changes(published(), dt.date(2026, 3, 31))["left"]
    assert (later.state, later.status) == ("upcoming", "Planned for 1 April 2026")
    assert changes(published(), dt.date(2026, 4, 1))["left"].state == "effective"


def test_a_planned_day_that_has_passed_is_not_told_as_if_it_were_to_come() -> None:
    late = changes(published(), dt.date(2027, 1, 11))["move"]
    assert late.status == "Was planned for 10 January 2027; it has not taken effect"
    assert changes(published(), dt.date(2027, 1, 10))["move"].status == "Planned for 10 January 2027"


def test_a_decision_to_tell_customers_is_no_announcement_until_somebody_is_told() -> None:
    decided = changes(published(), dt.date(2026, 11, 3))["move"]
    assert (decided.announced, decided.updated) == (None, dt.date(2026, 11, 1))
    assert "Announced: not stated." in contents(public_list(published(), dt.date(2026, 11, 3)))["feed"]
    assert changes(published(), dt.date(2026, 11, 4))["move"].announced == dt.date(2026, 11, 4)


# -- dates -----------------------------------------------------------------------------------------------------------


def test_the_date_of_the_list_is_that_of_the_latest_dated_change() -> None:
    assert public_list(published(), ON).updated == dt.date(2026, 11, 4)
    assert public_list(published(), dt.date(2026, 4, 1)).updated == dt.date(2026, 4, 1)  # the day after OldHost left
    assert public_list(published("format: 1\norganisation: {key: a, name: A}\n"), ON).updated is None


def test_the_list_does_not_change_with_the_day_on_which_it_is_made() -> None:
    assert everything(published(), ON) == everything(published(), ON + dt.timedelta(days=30))


def test_the_order_in_which_changes_were_entered_does_not_matter() -> None:
    register = published()
    turned = replace(register, changes=dict(reversed(list(register.changes.items()))))
    assert everything(register) == everything(turned)


# -- nothing else ----------------------------------------------------------------------------------------------------


def test_no_customer_is_named() -> None:
    text = everything(published()).lower()
    for name in ("alba", "brae"):
        assert name not in text


def test_how_and_why_a_flow_goes_somewhere_is_not_what_it_is_for() -> None:
    indus = next(each for each in public_list(published(), ON).present if each.key == "indus")
    assert indus.services == ()
    assert "at night" not in everything(published())


def test_every_other_text_of_a_register_stays_inside() -> None:
    for source in (REGISTER, EVERY_KIND):
        text = everything(_marked(published(source)))
        for kind in KINDS:
            for field in _texts(KINDS[kind].fields):
                if field not in PUBLIC.get(kind, ()):
                    assert _mark(kind, field) not in text, (kind, field)


def test_what_may_be_public_is_on_the_list() -> None:
    text = everything(_marked(published()))
    unseen = {"organisation": {"name", "dpo.address", "dpo.email", "dpo.phone"}, "party": {"contact.address"}}
    for kind, fields in PUBLIC.items():
        for field in fields - unseen.get(kind, set()) - {"new_name"}:
            assert _mark(kind, field) in text, (kind, field)


# Not shrunk: a register is large, and what leaked is named by its mark.
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(registers(), st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_no_register_leaks(register: Register, on: dt.date) -> None:
    found = public_list(register, on)
    text = "\n".join(contents(public_list(_marked(register), on)).values())
    shown = {each.key for each in found.present}
    for change in found.changes:
        record = register.changes[change.key]
        told = [day for each in register.notices_of(record.key) if (day := each.sent or each.received) is not None]
        assert record.state != "proposed" or min(told) <= on
        shown |= {key for key in (record.party, record.replaces, record.beneath) if key}
    for kind in KINDS:
        for field in _texts(KINDS[kind].fields):
            if field not in PUBLIC.get(kind, ()):
                assert _mark(kind, field) not in text, (kind, field)
    for key in register.parties.keys() - shown:
        assert _mark("party", "name", key) not in text


def test_invented_sample_data_says_so_in_every_file() -> None:
    register = published(REGISTER.replace("OldHost Ltd, country", "OldHost Ltd, invented: true, country"))
    texts = contents(public_list(register, ON))
    assert texts["page"].count("Invented sample data</span>") >= 3
    for form, word in (("json", '"invented": true'), ("csv", "Invented sample data"), ("md", "invented sample data")):
        assert texts[form].count(word) >= 1, form
    assert texts["feed"].count("OldHost leaves (invented sample data)") == 1
    without = REGISTER.replace(", invented: true", "")
    assert "invented sample data" not in everything(published(without)).lower()


@pytest.mark.parametrize(
    "record",
    [
        "files: {name: Customer files",
        "cloudy: {name: Cloudy",
        "- {party: deskly",
        "mailer-indus: {name: Mailer and Indus",
    ],
)
def test_what_rests_on_invented_records_is_marked_itself(record: str) -> None:
    text = REGISTER.replace(", invented: true", "")
    assert not public_list(published(text), ON).invented
    assert public_list(published(text.replace(record, f"{record}, invented: true")), ON).invented


# -- files -----------------------------------------------------------------------------------------------------------


def test_publishing_twice_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "subprocessors"
    first = publish(published(), ON, folder)
    assert sorted(path.name for path in first.written) == sorted(FILES.values())
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert publish(published(), ON + dt.timedelta(days=1), folder).written == ()
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


def test_an_earlier_list_is_replaced_and_files_of_other_names_stay(tmp_path: Path) -> None:
    publish(published(), dt.date(2026, 1, 1), tmp_path)
    (tmp_path / "logo.svg").write_text("<svg/>")
    publish(published(), ON, tmp_path)
    assert "NewHost replaces Cloudy" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*FILES.values(), "logo.svg"])


@pytest.mark.parametrize("name", FILES.values())
def test_a_file_of_somebody_else_is_never_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine; ropa publish", encoding="utf-8")
    with pytest.raises(StoreError, match=f"{name}: `ropa publish` did not write this file"):
        publish(published(), ON, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_list_of_one_organisation_is_not_replaced_by_that_of_another(tmp_path: Path) -> None:
    publish(published(), ON, tmp_path)
    other = published(REGISTER.replace("key: hollin", "key: hollin-group"))
    with pytest.raises(StoreError, match="the list of another organisation"):
        publish(other, ON, tmp_path)


def test_a_folder_in_the_place_of_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").mkdir()
    with pytest.raises(StoreError, match=r"feed\.xml: this is no file"):
        publish(published(), ON, tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file"):
        publish(published(), ON, tmp_path / "file")


def test_what_the_list_lacks_is_told_to_whoever_publishes_it(tmp_path: Path) -> None:
    gaps = publish(published(), ON, tmp_path).gaps
    assert "Indus Support: not stated: the address, what it is for, the safeguard and since when" in gaps
    undated = published(REGISTER.replace("approved: 2026-02-01,", ""))
    assert "OldHost leaves (left): when it was announced is not recorded" in publish(undated, ON, tmp_path).gaps


# -- marks -----------------------------------------------------------------------------------------------------------


def _mark(kind: str, field: str, key: str = "") -> str:
    return f"secret{kind}{field}end{key and key + 'fin'}".replace("_", "").replace(".", "").replace("/", "").lower()


def _marked(register: Register) -> Register:
    """The register with a mark of its own in every text of every record."""
    sections = {
        kind.section: {key: _filled(kind.name, record) for key, record in register.of_kind(kind.name).items()}
        for kind in KINDS.values()
        if kind.name != "organisation"
    }
    return replace(register, organisation=_filled("organisation", register.organisation), **sections)


def _filled(kind: str, record: Any, path: str = "") -> Any:
    values: dict[str, Any] = {}
    for name, hint in _hints(type(record)):
        field = f"{path}{name}"
        if hint in (Text, Name):
            values[name] = _mark(kind, field, getattr(record, "key", ""))
        elif hint == Names:
            values[name] = (_mark(kind, field),)
        elif isinstance(hint, type) and issubclass(hint, Part) and getattr(record, name) is not None:
            values[name] = _filled(kind, getattr(record, name), f"{field}.")
    return record.model_copy(update=values)


def _texts(model: type[Fields] | type[Part], path: str = "") -> Iterator[str]:
    """The paths of every field of a kind that holds a free text."""
    for name, hint in _hints(model):
        if hint in (Text, Name, Names):
            yield f"{path}{name}"
        elif isinstance(hint, type) and issubclass(hint, Part):
            yield from _texts(hint, f"{path}{name}.")


def _hints(model: type[Any]) -> Iterator[tuple[str, Any]]:
    for name, hint in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields:
            if get_origin(hint) is Union or type(hint).__name__ == "UnionType":
                (hint,) = (each for each in get_args(hint) if each is not type(None))
            yield name, hint
