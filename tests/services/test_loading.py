"""`ropa load`, before it says anything: what it writes, what it leaves, and what it would do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ropa.records.errors import InputError, StoreError
from ropa.services import loading
from ropa.services.loading import LoadReport, dump, load_files
from ropa.store import migrate
from ropa.store.store import Store
from tests.records.every_kind import EVERY_KIND
from tests.store.databases import by_hand, everything

SAMPLES = sorted(Path("data").glob("*.yaml"))
OTHER = "format: 1\norganisation: {key: other, name: Other}\nparties: {a: A}\n"


class Desk:
    """A folder with a database and files, as a user has it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "ropa.db"

    def file(self, text: str, name: str = "acme.yaml") -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def load(self, *texts: str, dry_run: bool = False, prune: bool = False) -> list[LoadReport]:
        files = [self.file(text, f"{number}.yaml") for number, text in enumerate(texts)]
        return load_files(files, self.database, dry_run=dry_run, prune=prune, who="ada")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_loading_twice_changes_nothing_at_all(desk: Desk) -> None:
    first = load_files(SAMPLES, desk.database)
    before, content = everything(desk.database), desk.database.read_bytes()
    second = load_files(SAMPLES, desk.database)
    assert everything(desk.database) == before
    assert desk.database.read_bytes() == content
    for one, two in zip(first, second, strict=True):
        assert (two.added, two.changed, two.missing) == ((), (), ())
        assert two.unchanged == len(one.added) > 10
        assert not two.writes


def test_what_is_dumped_and_loaded_again_is_the_same(desk: Desk) -> None:
    load_files(SAMPLES, desk.database)
    store = Store.open(desk.database)
    before = everything(desk.database)
    for key in store.organisations():
        (report,) = load_files([desk.file(dump(store, key), f"{key}.yaml")], desk.database, prune=True)
        assert (report.added, report.changed, report.missing) == ((), (), ())
    assert everything(desk.database) == before
    again = Desk(desk.folder)
    again.database = desk.folder / "again.db"
    load_files([desk.folder / f"{key}.yaml" for key in store.organisations()], again.database)
    for key in store.organisations():
        assert Store.open(again.database).snapshot(key).register == store.snapshot(key).register


def test_a_first_load_adds_everything_with_who_and_which_file(desk: Desk) -> None:
    (report,) = desk.load(EVERY_KIND)
    register = Store.open(desk.database).snapshot("acme").register
    assert (report.organisation, report.name, report.unchanged) == ("acme", "Acme", 0)
    assert ("engagement", "newsletter/mailer") in report.added
    assert register.parties["mailer"].country == "US"
    entries = Store.open(desk.database).history("acme", limit=1000)
    assert {(each.who, each.why, each.batch) for each in entries} == {("ada", "load 0.yaml", 1)}


def test_a_change_is_reported_field_by_field_and_nothing_else_is_touched(desk: Desk) -> None:
    desk.load(EVERY_KIND)
    before = everything(desk.database)["history"]
    edited = EVERY_KIND.replace("name: Mailer,", "name: Postbox,").replace("[names, health-notes]", "[names]")
    (report,) = desk.load(edited)
    assert [(each.kind, each.key, each.fields) for each in report.changed] == [
        ("party", "mailer", (("name", "Mailer", "Postbox"),)),
        ("activity", "newsletter", (("data_categories", ("names", "health-notes"), ("names",)),)),
    ]
    grown = everything(desk.database)["history"][len(before) :]
    assert {(row[6], row[7], row[8]) for row in grown} == {
        ("party", "mailer", "change"),
        ("activity", "newsletter", "change"),
        ("activity__data_categories", "newsletter", "remove"),
        ("activity__data_categories", "newsletter", "add"),
    }


SHORTER = EVERY_KIND[: EVERY_KIND.index("transfers:\n")]


def test_what_a_file_no_longer_has_stays_and_is_named(desk: Desk) -> None:
    desk.load(EVERY_KIND)
    before = everything(desk.database)
    (report,) = desk.load(SHORTER)
    assert set(report.missing) == {
        ("transfer", "to-northgate"),
        ("safeguard", "to-northgate/uk-idta"),
        ("announcement", "mailer-host"),
        ("change", "new-host"),
        ("notice", "new-host/northgate"),
        ("breach", "lost-laptop"),
        ("breach_notice", "lost-laptop/customer-northgate"),
        ("breach_notice", "lost-laptop/authority"),
        ("acknowledgement", "accepted"),
    }
    assert not report.pruned
    assert everything(desk.database) == before


def test_prune_removes_it_with_what_is_inside_it(desk: Desk) -> None:
    desk.load(EVERY_KIND)
    (report,) = desk.load(SHORTER, prune=True)
    assert report.pruned
    assert len(report.missing) == 9
    rows = everything(desk.database)
    assert (len(rows["transfer"]), len(rows["safeguard"])) == (1, 1)
    assert (rows["change"], rows["notice"], rows["change__activities"], rows["acknowledgement"]) == ([], [], [], [])
    removed = [row for row in rows["history"] if row[8] == "remove"]
    assert {row[6] for row in removed} >= {"transfer", "safeguard", "change", "notice", "acknowledgement"}
    assert desk.load(SHORTER, prune=True)[0].missing == ()


def test_prune_replaces_a_vendor_in_one_go(desk: Desk) -> None:
    desk.load(EVERY_KIND)
    edited = EVERY_KIND.replace("mailer", "postbox")
    (report,) = desk.load(edited, prune=True)
    assert ("party", "mailer") in report.missing
    assert set(Store.open(desk.database).snapshot("acme").register.parties) == {"postbox", "northgate"}


def test_prune_leaves_other_organisations_alone(desk: Desk) -> None:
    desk.load(EVERY_KIND, OTHER)
    desk.load("format: 1\norganisation: {key: acme, name: Acme}\n", prune=True)
    store = Store.open(desk.database)
    assert store.snapshot("acme").register.parties == {}
    assert set(store.snapshot("other").register.parties) == {"a"}


@pytest.mark.parametrize("prune", [True, False])
def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk, prune: bool) -> None:
    desk.load(EVERY_KIND)
    before, content = everything(desk.database), desk.database.read_bytes()
    edited = SHORTER.replace("Northgate NHS", "Northgate Trust").replace("  support:", "  help:")
    said = desk.load(edited, dry_run=True, prune=prune)
    assert everything(desk.database) == before
    assert desk.database.read_bytes() == content
    assert (len(said[0].changed), said[0].added) == (1, (("activity", "help"),))
    assert desk.load(edited, prune=prune) == said


def test_a_dry_run_makes_no_database(desk: Desk) -> None:
    (report,) = desk.load(EVERY_KIND, dry_run=True)
    assert ("party", "mailer") in report.added
    assert [each.name for each in desk.folder.iterdir()] == ["0.yaml"]


BAD = OTHER + "systems: {s: {name: S, operator: nobody}}\n"


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("order", [[EVERY_KIND, BAD], [BAD, EVERY_KIND]])
def test_one_bad_file_among_good_ones_and_nothing_is_written(desk: Desk, there: bool, order: list[str]) -> None:
    if there:
        desk.load("format: 1\norganisation: {key: acme, name: Before}\n")
    before = everything(desk.database) if there else {}
    with pytest.raises(InputError) as caught:
        desk.load(*order)
    (problem,) = caught.value.problems
    assert (Path(problem.file).name, problem.line) == (f"{order.index(BAD)}.yaml", 4)
    assert (problem.field, problem.message) == ("systems.s.operator", "there is no 'nobody' under `parties:`")
    assert desk.database.exists() == there
    assert (everything(desk.database) if there else {}) == before


def test_the_problems_of_every_file_are_told_at_once(desk: Desk) -> None:
    with pytest.raises(InputError) as caught:
        load_files([desk.file(BAD), desk.folder / "missing.yaml", desk.file("[", "c.yaml")], desk.database)
    assert [(Path(each.file).name, each.line) for each in caught.value.problems] == [
        ("acme.yaml", 4), ("missing.yaml", 0), ("c.yaml", 1),
    ]  # fmt: skip
    assert "No such file" in caught.value.problems[1].message


def test_two_files_for_one_organisation_are_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match=r"1\.yaml: the organisation 'other' is also in .*0\.yaml"):
        desk.load(OTHER, OTHER)
    assert not desk.database.exists()


def test_a_folder_is_no_register_file(desk: Desk) -> None:
    with pytest.raises(InputError, match="directory"):
        load_files([desk.folder], desk.database)


def test_a_database_that_is_none_is_left_alone(desk: Desk) -> None:
    desk.database.write_text("dear diary", encoding="utf-8")
    with pytest.raises(StoreError, match="not a ropa database"):
        desk.load(OTHER)
    assert desk.database.read_text(encoding="utf-8") == "dear diary"


def test_what_was_changed_by_hand_is_put_back_by_the_file_and_both_are_in_the_history(desk: Desk) -> None:
    desk.load(EVERY_KIND)
    with by_hand(desk.database) as connection:
        connection.execute("UPDATE party SET name = 'By hand' WHERE key = 'mailer'")
    (report,) = desk.load(EVERY_KIND)
    assert [each.fields for each in report.changed] == [(("name", "By hand", "Mailer"),)]
    store = Store.open(desk.database)
    assert store.snapshot("acme").versions["party", "mailer"] == 3
    assert [each.who for each in store.history("acme", "party", "mailer")] == ["ada", "unknown, outside ropa", "ada"]


def test_a_field_that_is_left_out_is_emptied(desk: Desk) -> None:
    desk.load(EVERY_KIND)
    (report,) = desk.load(EVERY_KIND.replace(", country: United States, aliases", ", aliases"))
    assert [each.fields for each in report.changed] == [(("country", "US", None),)]
    assert Store.open(desk.database).snapshot("acme").register.parties["mailer"].country is None


def test_a_file_name_that_is_no_text_is_kept_by_its_escape_code(desk: Desk) -> None:
    path = desk.folder / os.fsdecode(b"o\xff.yaml")
    path.write_text(OTHER, encoding="utf-8")
    load_files([path], desk.database, who=os.fsdecode(b"a\xfe"))
    (entry, *_) = Store.open(desk.database).history("other")
    assert (entry.why, entry.who) == ("load o\\udcff.yaml", "a\\udcfe")


def test_a_first_load_that_fails_leaves_no_database(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Store, "apply_all", fails)
    with pytest.raises(OSError, match="No space"):
        desk.load(OTHER)
    assert [each.name for each in desk.folder.iterdir()] == ["0.yaml"]


def test_a_load_that_fails_leaves_a_database_that_was_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(desk.database, create=True)
    monkeypatch.setattr(Store, "apply_all", lambda *_, **__: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        desk.load(OTHER)
    assert Store.open(desk.database).organisations() == {}


def test_a_dry_run_leaves_the_schema_of_an_older_database_and_says_that_it_is_older(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk.load(OTHER)
    before = desk.database.read_bytes()
    newer = tmp_path_factory.mktemp("newer") / "migrations"
    shutil.copytree(migrate.SCRIPTS, newer, ignore=shutil.ignore_patterns("__pycache__"))
    (newer / "versions" / "rev_9999.py").write_text(
        f"revision = '9999'\ndown_revision = {migrate.HEAD!r}\nbranch_labels = depends_on = None\n"
        "def upgrade():\n    from alembic import op\n    op.execute('CREATE TABLE shade (id INTEGER)')\n",
        encoding="utf-8",
    )
    known = migrate.HEAD
    upgrade = migrate.upgrade
    monkeypatch.setattr(migrate, "upgrade", lambda engine: upgrade(engine, newer))
    for module in (migrate, loading):
        monkeypatch.setattr(module, "HEAD", "9999")
    (report,) = desk.load(OTHER, dry_run=True)
    assert report.upgrade == known
    assert desk.database.read_bytes() == before
    assert sorted(each.name for each in desk.folder.iterdir()) == ["0.yaml", "ropa.db"]
    (report,) = desk.load(OTHER)
    assert report.upgrade == ""
    assert "shade" in everything(desk.database)
