"""What changed between two states of a list of subprocessors: nothing forgotten, nothing twice, nothing made up."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.services.detection.differences import (
    FROM_THE_NAME,
    LEGAL_NAME_ONLY,
    NO_COUNTRY,
    OF_THE_COMPANY,
    WORDED,
    Detected,
    detect,
)
from ropa.services.detection.entries import Entry, entries_of, merged
from ropa.services.detection.matching import matched
from ropa.services.detection.names import bare, same_text, spelt
from ropa.services.detection.proposals import proposals
from ropa.services.detection.report import headline
from tests.registers import TODAY, register

MIRROR = {"add": "remove", "remove": "add"}
NAMES = [
    "Acme",
    "ACME Ltd",
    "Acme Inc",
    "Go Cardless",
    "GoCardless",
    "Anvil",
    "東京データ",
    "東京データ株式会社",
    "---",
    "Ébène",
]

names = st.sampled_from(NAMES)
texts = st.lists(st.sampled_from(["hosting", "Hosting", "post", "backups"]), max_size=2, unique=True).map(tuple)
entries = st.builds(
    Entry,
    name=names,
    place=st.just("x"),
    legal_name=st.one_of(st.just(""), names),
    aliases=st.lists(names, max_size=2).map(tuple),
    key=st.sampled_from(["", "a", "b", "c"]),
    services=texts,
    data=texts,
    countries=st.lists(st.sampled_from(["GB", "IE", "EU", "US"]), max_size=2, unique=True).map(tuple),
    location=st.sampled_from(["", "somewhere", "elsewhere"]),
    unread=st.lists(st.sampled_from(["Global"]), max_size=1).map(tuple),
    seat=st.booleans(),
    from_file=st.booleans(),
)
states = st.lists(entries, max_size=8)


def entry(name: str, **values: object) -> Entry:
    return Entry(name, "list.csv: line 2", **values)  # type: ignore[arg-type]  # the fields of an entry


def one(old: Entry, new: Entry) -> Detected:
    (found,) = detect([old], [new])
    return found


def kinds(old: list[Entry], new: list[Entry]) -> list[str]:
    return [each.kind for each in detect(old, new)]


@given(states)
def test_a_list_compared_with_itself_has_not_changed(state: list[Entry]) -> None:
    assert detect(state, state) == ()


@given(states, states)
def test_every_entry_of_both_lists_is_in_one_pair_exactly_once(old: list[Entry], new: list[Entry]) -> None:
    pairs = matched(old, new)
    assert Counter(each.old for each in pairs if each.old is not None) == Counter(merged(old))
    assert Counter(each.new for each in pairs if each.new is not None) == Counter(merged(new))


@given(states, states)
def test_exchanging_the_lists_gives_the_mirror_image(old: list[Entry], new: list[Entry]) -> None:
    there = Counter((each.kind, each.old, each.new, each.came, each.went, each.doubts) for each in detect(old, new))
    back = Counter(
        (MIRROR.get(each.kind, each.kind), each.new, each.old, each.went, each.came, each.doubts)
        for each in detect(new, old)
    )
    assert there == back


@given(st.text(max_size=30))
def test_no_name_becomes_empty(name: str) -> None:
    if name.strip():
        assert bare(name)
        assert spelt(name)
        assert same_text(name)


@pytest.mark.parametrize(
    ("one_name", "other"),
    [
        ("Acme Ltd.", "ACME Limited"),
        ("Go Cardless", "GoCardless Ltd"),
        ("Crown & Co Accountants", "Crown and Co. Accountants Limited"),
        ("Überwacht GmbH", "Uberwacht"),
        ("東京データ株式会社", "東京データ"),
        ("Amazon Web Services, Inc.", "amazon web services"),
    ],
)
def test_case_punctuation_and_legal_form_make_no_other_name(one_name: str, other: str) -> None:
    assert bare(one_name) == bare(other)
    assert [each for each in kinds([entry(one_name)], [entry(other)]) if each != "new-legal-entity"] == []


@pytest.mark.parametrize(("one_name", "other"), [("データ", "テータ"), ("Acme", "Acne"), ("कल", "कला")])
def test_other_names_stay_other_names_in_every_script(one_name: str, other: str) -> None:
    assert sorted(kinds([entry(one_name)], [entry(other)])) == ["add", "remove"]


def test_a_new_name_of_the_same_legal_entity_or_alias_or_party_is_a_rename() -> None:
    for old, new in (
        (entry("Mailgun", legal_name="Sinch Email Inc"), entry("Sinch Email", legal_name="Sinch E-Mail, Inc.")),
        (entry("Vidahost", aliases=("tsoHost",)), entry("tsoHost")),
        (entry("Vidahost"), entry("tsoHost", aliases=("VidaHost",))),
        (entry("Old", key="host"), entry("New", key="host")),
    ):
        found = one(old, new)
        assert (found.kind, found.came, found.went) == ("rename", (new.name,), (old.name,))


def test_another_legal_entity_behind_the_same_name_is_no_rename() -> None:
    found = one(entry("Host", legal_name="Host Ltd"), entry("Host", legal_name="Host GmbH"))
    assert (found.kind, found.came, found.went, found.doubts) == ("new-legal-entity", ("Host GmbH",), ("Host Ltd",), ())
    assert one(entry("Host Ltd"), entry("Host Inc")).doubts == (FROM_THE_NAME,)
    assert detect([entry("Host", legal_name="Host Limited")], [entry("Host", legal_name="HOST LTD.")]) == ()


def test_names_that_are_only_alike_stay_two_and_that_is_said() -> None:
    found = {each.kind: each for each in detect([entry("Anvil Hosting")], [entry("Anvil Hosting Europe")])}
    assert [each.name for each in found["remove"].perhaps] == ["Anvil Hosting Europe"]
    assert [each.name for each in found["add"].perhaps] == ["Anvil Hosting"]
    assert all(not each.perhaps for each in detect([entry("Anvil")], [entry("Quarry Mail")]))


def test_a_move_says_which_country_came_and_which_went() -> None:
    found = one(
        entry("Host", countries=("GB", "IE"), location="UK, Ireland"),
        entry("Host", countries=("IE", "US"), location="Ireland, US"),
    )
    assert (found.kind, found.came, found.went, found.doubts) == ("new-location", ("US",), ("GB",), ())


def test_a_country_within_the_group_that_was_named_is_no_move_to_it() -> None:
    found = one(entry("Host", countries=("EEA",), location="EEA"), entry("Host", countries=("IE",), location="Ireland"))
    assert (found.came, found.is_more) == ((), False)


def test_a_place_that_is_not_understood_or_is_the_seat_makes_a_move_doubtful() -> None:
    here = entry("Host", countries=("GB",), location="UK")
    assert one(here, entry("Host", unread=("Global",), location="Global")).doubts == (NO_COUNTRY,)
    assert one(here, entry("Host", countries=("US",), location="US", seat=True)).doubts == (OF_THE_COMPANY,)


def test_what_one_list_does_not_state_is_no_change() -> None:
    full = entry("Host", countries=("GB",), location="UK", services=("hosting",), data=("name",), legal_name="Host Ltd")
    assert detect([full], [entry("Host")]) == ()


def test_a_name_in_use_that_the_register_lacks_is_perhaps_a_new_one() -> None:
    kept = entry("Mailgun Technologies, Inc.", legal_name="Mailgun Technologies Inc")
    listed = entry("Sinch Mailgun", legal_name="Mailgun Technologies, Inc.", from_file=True)
    found = one(kept, listed)
    assert (found.kind, found.came, found.doubts) == ("rename", ("Sinch Mailgun",), (LEGAL_NAME_ONLY,))
    assert headline(found) == "~ Mailgun Technologies, Inc. is perhaps now called Sinch Mailgun"
    assert kinds([listed], [kept]) == ["rename"]
    (made,) = proposals(register(BODY), [found], reason=REASON, on=TODAY)
    assert made.change is None


def test_a_legal_name_in_the_place_of_the_usual_one_is_no_new_name() -> None:
    listed = entry("Mailgun Technologies, Inc.", legal_name="Mailgun Technologies, Inc.", from_file=True)
    usual = entry("Mailgun", legal_name="Mailgun Technologies, Inc.")
    assert kinds([usual], [listed]) == []
    kept = entry("Mailgun Technologies, Inc.", aliases=("Sinch Mailgun",))
    named = entry("Sinch Mailgun", legal_name="Mailgun Technologies, Inc.", from_file=True)
    assert kinds([kept], [named]) == []
    earlier = entry("Mailgun Technologies, Inc.", from_file=True)
    assert kinds([earlier], [named]) == []


def test_other_work_and_other_data_say_what_came_and_went() -> None:
    found = detect(
        [entry("Host", services=("Hosting", "post"), data=("Name", "Address"))],
        [entry("Host", services=("hosting", "backups"), data=("name", "e-mail"))],
    )
    assert [(each.kind, each.came, each.went) for each in found] == [
        ("new-activity", ("backups",), ("post",)),
        ("new-data", ("e-mail",), ("Address",)),
    ]


def test_a_published_list_that_words_it_otherwise_than_the_register_is_only_doubtful() -> None:
    found = one(entry("Host", services=("data hosting",)), entry("Host", services=("Hosting",), from_file=True))
    assert found.doubts == (WORDED,)


def test_rows_of_one_company_for_several_services_are_one_subprocessor() -> None:
    rows = [entry("Host", services=("hosting",)), entry("HOST", services=("backups",))]
    assert detect(rows, [entry("Host", services=("backups", "hosting"))]) == ()


def test_a_long_list_is_compared_in_one_go() -> None:
    """Ten thousand entries that share a word: work that grows with their square would not come to an end."""
    old = [entry(f"Vendor {number} Hosting Ltd") for number in range(10_000)]
    new = [entry(f"Vendor {number} Hosting Limited") for number in range(5_000, 15_000)]
    assert Counter(kinds(old, new)) == {"remove": 5_000, "add": 5_000}


BODY = """
parties:
  northgate: {name: Northgate, country: United Kingdom}
  host: {name: Host, legal_name: Host Ltd, aliases: [Hosty], country: United Kingdom}
  mailer: {name: Mailer, country: United States}
data_categories: {name: Name, address: Address}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [northgate]
    data_categories: [name]
    engagements:
      - {party: host, service: hosting, countries: [United Kingdom]}
      - {party: mailer, service: sending, since: 2027-01-01}
"""
REASON = "Found by a test."


def test_what_is_found_between_two_registers_becomes_changes_that_say_it() -> None:
    before, after = register(BODY), register(BODY.replace("[United Kingdom]", "[Ireland]"))
    later = dt.date(2027, 1, 1)
    found = detect(entries_of(before, TODAY), entries_of(after, later))
    made = [each.change for each in proposals(after, found, reason=REASON, on=TODAY)]
    assert [(each.kind, each.party, each.countries, each.activities) for each in made if each] == [
        ("new-location", "host", ("IE",), ("hosting",)),
        ("add", "mailer", (), ("hosting",)),
    ]
    assert [each.effective for each in made if each] == [None, later]
    assert all(each.state == "proposed" and each.proposed == TODAY and each.reason == REASON for each in made if each)


def test_a_party_that_the_register_lacks_is_made_of_what_the_list_states_and_no_more() -> None:
    listed = entry("Anvil", legal_name="Anvil GmbH", countries=("DE",), location="Frankfurt, Germany", from_file=True)
    (made,) = proposals(register(BODY), detect([], [listed]), reason=REASON, on=TODAY)
    assert made.party is not None
    assert made.change is not None
    assert (made.party.key, made.party.name, made.party.legal_name) == ("anvil", "Anvil", "Anvil GmbH")
    assert (made.party.country, made.party.source) == (None, "list.csv: line 2")
    assert (made.change.party, made.change.countries, made.change.activities) == ("anvil", ("DE",), ())


def test_a_vendors_list_is_about_those_behind_that_vendor() -> None:
    (made,) = proposals(register(BODY), detect([], [entry("Anvil")]), reason=REASON, on=TODAY, beneath="host")
    assert made.change is not None
    assert (made.change.beneath, made.change.activities) == ("host", ("hosting",))


def test_what_a_change_says_already_is_not_proposed_again() -> None:
    found = detect([], [entry("Mailer")])
    for state, expected in (("proposed", "x"), ("notified", "x"), ("effective", "x"), ("withdrawn", "")):
        change = f"changes: {{x: {{name: X, kind: add, party: mailer, state: {state}}}}}\n"
        (made,) = proposals(register(BODY + change), found, reason=REASON, on=TODAY)
        assert made.recorded == expected


def test_who_joined_left_and_joins_again_is_proposed_again() -> None:
    changes = """
changes:
  in: {name: In, kind: add, party: mailer, state: effective, effective: 2020-01-01}
  out: {name: Out, kind: remove, party: mailer, state: effective, effective: 2022-01-01}
"""
    (made,) = proposals(register(BODY + changes), detect([], [entry("Mailer")]), reason=REASON, on=TODAY)
    assert made.change is not None


def test_a_further_place_does_not_lose_the_one_that_stays() -> None:
    before, after = register(BODY), register(BODY.replace("[United Kingdom]", "[United Kingdom, Ireland]"))
    found = detect(entries_of(before, TODAY), entries_of(after, TODAY))
    (made,) = proposals(after, found, reason=REASON, on=TODAY)
    assert made.change is not None
    assert set(made.change.countries) == {"GB", "IE"}


def test_a_name_that_the_register_has_as_another_party_is_no_new_name_of_the_first() -> None:
    """UKFast listed as "ANS (formerly UKFast)", where the register knows both."""
    both = BODY.replace("  mailer: {", "  newhost: {name: Newhost, country: United Kingdom}\n  mailer: {")
    old, new = entry("Host", key="host"), entry("Newhost", aliases=("Host",), from_file=True)
    (made,) = proposals(register(both), detect([old], [new]), reason=REASON, on=TODAY)
    assert made.change is None
    assert "two parties, Host and Newhost" in made.left
    change = "changes: {x: {name: X, kind: replace, party: newhost, replaces: host}}\n"
    (made,) = proposals(register(both + change), detect([old], [new]), reason=REASON, on=TODAY)
    assert made.recorded == "x"


def test_what_is_doubtful_or_only_ends_is_not_proposed_and_says_why() -> None:
    old = entry("Host", countries=("GB", "IE"), location="UK, IE", services=("hosting",))
    new = entry("Host", countries=("GB",), location="UK", services=("Hosts",), from_file=True)
    made = proposals(register(BODY), detect([old], [new]), reason=REASON, on=TODAY)
    assert [each.change for each in made] == [None, None]
    assert "only ends" in made[0].left
    assert "no change at all" in made[1].left
