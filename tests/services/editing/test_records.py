"""A record is opened, changed and saved; whoever saves second is told, and chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.records.errors import InputError, NotFoundError
from ropa.services.editing.conflicts import Conflict
from ropa.services.editing.records import Editing, Refused, Saved, after, duplicate, opened, save
from ropa.services.editing.values import read
from ropa.services.workspace import Workspace
from tests.registers import TODAY
from tests.store.databases import everything, filled


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(filled(tmp_path / "ropa.db"), TODAY)


def type_in(workspace: Workspace, editing: Editing, who: str = "ann", /, **texts: object) -> object:
    return save(workspace, "acme", editing, {**editing.texts, **texts}, who=who)


def written(workspace: Workspace, editing: Editing, **texts: object) -> Saved:
    outcome = type_in(workspace, editing, "ann", **texts)
    assert isinstance(outcome, Saved), outcome
    return outcome


def clash(workspace: Workspace, mine: dict[str, object], theirs: dict[str, object]) -> tuple[Editing, Conflict]:
    """Ann's form after Bob was faster."""
    ann, bob = (opened(workspace, "acme", "party", "mailer") for _ in range(2))
    assert isinstance(type_in(workspace, bob, "bob", **theirs), Saved)
    outcome = type_in(workspace, ann, "ann", **mine)
    assert isinstance(outcome, Conflict)
    return ann, outcome


def test_a_change_is_saved_with_who_made_it(workspace: Workspace) -> None:
    saved = written(workspace, opened(workspace, "acme", "party", "mailer"), country="Norway")
    assert workspace.store.snapshot("acme").register.parties["mailer"].country == "NO"
    entry = workspace.store.history("acme", "party", "mailer", 1)[0]
    assert (entry.batch, entry.who, entry.why) == (saved.batch, "ann", "change party mailer")


def test_saving_what_has_not_changed_writes_nothing(workspace: Workspace) -> None:
    before = everything(workspace.path)
    assert written(workspace, opened(workspace, "acme", "party", "mailer")).batch == 0
    assert everything(workspace.path) == before


def test_a_new_record_is_added_under_a_key_of_its_own(workspace: Workspace) -> None:
    keys = [written(workspace, opened(workspace, "acme", "party", None), name=name).key for name in ("Mailer", "日本")]
    assert keys == ["mailer-2", "party"]


def test_a_new_record_inside_another_belongs_to_it(workspace: Workspace) -> None:
    saved = written(workspace, opened(workspace, "acme", "lawful_basis", None, "support"), basis="contract")
    assert saved.key == "support/contract"
    assert [each.basis for each in workspace.store.snapshot("acme").register.lawful_bases_of("support")] == ["contract"]


def test_a_new_organisation_begins_a_register(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "new.db", TODAY, create=True)
    editing = opened(workspace, "", "organisation", None)
    saved = save(workspace, "", editing, {**editing.texts, "name": "Outserve Limited", "country": "UK"}, who="ann")
    assert isinstance(saved, Saved)
    assert workspace.organisations() == {"outserve-limited": "Outserve Limited"}


def test_what_cannot_be_opened_says_so(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="party/gone"):
        opened(workspace, "acme", "party", "gone")
    with pytest.raises(NotFoundError, match="activity/gone"):
        opened(workspace, "acme", "engagement", None, "gone")


def test_what_is_wrong_is_refused_beside_its_field_and_nothing_is_written(workspace: Workspace) -> None:
    before = everything(workspace.path)
    outcome = type_in(workspace, opened(workspace, "acme", "party", "mailer"), country="Atlantis", dpf_from="soon")
    assert isinstance(outcome, Refused)
    assert set(outcome.problems) == {"country", "dpf_from"}
    assert everything(workspace.path) == before


def test_a_choice_that_was_removed_meanwhile_is_refused_beside_its_field(workspace: Workspace) -> None:
    outcome = type_in(workspace, opened(workspace, "acme", "system", "crm"), operator="gone")
    assert isinstance(outcome, Refused)
    assert outcome.problems == {"operator": "there is no party 'gone' any more; choose another"}


def test_the_second_to_save_sees_who_changed_what(workspace: Workspace) -> None:
    mine: dict[str, object] = {"country": "Spain", "legal_name": "Mine"}
    _, conflict = clash(workspace, mine, {"country": "Norway", "address": "Oslo"})
    assert (conflict.what, [each.who for each in conflict.by]) == ("changed", ["bob"])
    told = {each.field: (each.before, each.mine, each.theirs, each.touched) for each in conflict.fields}
    assert told == {
        "country": ("United States", "Spain", "Norway", "both"),
        "legal_name": ("Mailer, Inc.", "Mine", "Mailer, Inc.", "mine"),
        "address": ("", "", "Oslo", "theirs"),
    }
    assert workspace.store.snapshot("acme").register.parties["mailer"].country == "NO"


def test_everybody_who_wrote_meanwhile_is_named(workspace: Workspace) -> None:
    ann = opened(workspace, "acme", "activity", "newsletter")
    for who, systems in (("bob", ()), ("cy", ("crm",))):
        type_in(workspace, opened(workspace, "acme", "activity", "newsletter"), who, systems=systems, owner=who)
    outcome = type_in(workspace, ann, owner="ann")
    assert isinstance(outcome, Conflict)
    assert [each.who for each in outcome.by] == ["cy", "bob"]


@pytest.mark.parametrize(("side", "country"), [("mine", "ES"), ("theirs", "NO")])
def test_field_by_field_what_only_one_side_changed_is_merged(workspace: Workspace, side: str, country: str) -> None:
    mine: dict[str, object] = {"country": "Spain", "legal_name": "Mine"}
    ann, conflict = clash(workspace, mine, {"country": "Norway", "address": "Oslo"})
    texts = conflict.texts({"country": "mine" if side == "mine" else "theirs"})
    assert isinstance(save(workspace, "acme", after(workspace, "acme", ann, conflict), texts, who="ann"), Saved)
    party = workspace.store.snapshot("acme").register.parties["mailer"]
    assert (party.country, party.legal_name, party.address) == (country, "Mine", "Oslo")


def test_what_both_changed_is_never_chosen_for_them(workspace: Workspace) -> None:
    _, conflict = clash(workspace, {"country": "Spain"}, {"country": "Norway"})
    assert [each.field for each in conflict.undecided] == ["country"]
    with pytest.raises(KeyError, match="country"):
        conflict.texts()


def test_mine_can_be_kept_whole(workspace: Workspace) -> None:
    ann, conflict = clash(workspace, {"country": "Spain"}, {"address": "Oslo"})
    save(workspace, "acme", after(workspace, "acme", ann, conflict), conflict.all_mine(), who="ann")
    party = workspace.store.snapshot("acme").register.parties["mailer"]
    assert (party.country, party.address) == ("ES", None)


def test_somebody_who_is_faster_again_is_met_again(workspace: Workspace) -> None:
    ann, conflict = clash(workspace, {"country": "Spain"}, {"country": "Norway"})
    type_in(workspace, opened(workspace, "acme", "party", "mailer"), "cy", country="France")
    again = save(workspace, "acme", after(workspace, "acme", ann, conflict), conflict.all_mine(), who="ann")
    assert isinstance(again, Conflict)
    assert [each.who for each in again.by] == ["cy"]


def test_a_record_that_was_removed_meanwhile_can_be_added_again(workspace: Workspace) -> None:
    from ropa.services.editing.removal import remove

    ann = opened(workspace, "acme", "acknowledgement", "accepted")
    remove(workspace, "acme", "acknowledgement", "accepted", who="bob")
    conflict = type_in(workspace, ann, reason="still known")
    assert isinstance(conflict, Conflict)
    assert (conflict.what, [each.who for each in conflict.by], conflict.theirs) == ("removed", ["bob"], None)
    editing = after(workspace, "acme", ann, conflict)
    assert isinstance(save(workspace, "acme", editing, conflict.all_mine(), who="ann"), Saved)
    assert workspace.store.snapshot("acme").register.acknowledgements["accepted"].reason == "still known"


def test_two_people_who_add_one_name_are_told_and_can_keep_both(workspace: Workspace) -> None:
    ann, bob = (opened(workspace, "acme", "party", None) for _ in range(2))
    type_in(workspace, bob, "bob", name="Hub")
    conflict = type_in(workspace, ann, name="Hub", country="US")
    assert isinstance(conflict, Conflict)
    assert (conflict.what, [each.who for each in conflict.by]) == ("added", ["bob"])
    saved = save(workspace, "acme", after(workspace, "acme", ann, conflict), conflict.all_mine(), who="ann")
    assert isinstance(saved, Saved)
    assert saved.key == "hub-2"


def test_a_copy_has_all_that_stands_inside_and_says_that_it_is_one(workspace: Workspace) -> None:
    saved = duplicate(workspace, "acme", "activity", "newsletter", who="ann")
    now = workspace.store.snapshot("acme").register
    assert now.activities[saved.key].name == "Newsletter (copy)"
    for of in (now.lawful_bases_of, now.retention_of, now.engagements_of, now.flows_of, now.conditions_of):
        assert len(of(saved.key)) == len(of("newsletter")) > 0
    again = duplicate(workspace, "acme", "engagement", "newsletter/mailer", who="ann")
    assert again.key == "newsletter/mailer-2"


def test_a_name_that_is_as_long_as_names_may_be_can_be_copied(workspace: Workspace) -> None:
    written(workspace, opened(workspace, "acme", "party", "mailer"), name="x" * 300)
    saved = duplicate(workspace, "acme", "party", "mailer", who="ann")
    assert read("party", {}, saved.record).problems == {}


def test_an_organisation_is_not_duplicated(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="more than one record"):
        duplicate(workspace, "acme", "organisation", "acme", who="ann")
