"""`ropa load`, `ropa dump`, `ropa schema`: what they say and what they leave in the folder."""

from __future__ import annotations

import json

import pytest

from ropa.exchange.register_file import read_register
from ropa.exchange.register_schema import register_schema
from tests.cli.desk import Desk
from tests.records.every_kind import EVERY_KIND

SHORTER = EVERY_KIND[: EVERY_KIND.index("changes:\n")]
GONE = [
    "change/new-host  not in the file",
    "notice/new-host/northgate  not in the file: 'northgate' under `notices:` of change 'new-host'",
    "breach/lost-laptop  not in the file",
    "breach_notice/lost-laptop/customer-northgate  not in the file: 'customer-northgate' under `breach_notices:` of "
    "breach 'lost-laptop'",
    "breach_notice/lost-laptop/authority  not in the file: 'authority' under `breach_notices:` of breach 'lost-laptop'",
    "acknowledgement/accepted  not in the file",
]
HOW = "What is marked ? stays in the database. To remove it: the same command with --prune."


def test_a_first_load_counts_what_it_added(bare: Desk) -> None:
    said = bare.ropa("load", bare.file("acme.yaml", EVERY_KIND))
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Acme (acme): ")
    assert " added, 0 changed, 0 would be removed, 0 unchanged" in said.out
    assert len(said.out.splitlines()) == 1


def test_a_second_load_says_that_nothing_changed_and_changes_nothing(desk: Desk) -> None:
    path = desk.file("acme.yaml", EVERY_KIND)
    before = desk.database.read_bytes()
    said = desk.ropa("load", path)
    assert said.out.startswith("Acme (acme): 0 added, 0 changed, 0 would be removed, ")
    assert desk.database.read_bytes() == before


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_what_is_added_and_changed_is_named(desk: Desk, dry: list[str]) -> None:
    edited = EVERY_KIND.replace("name: Mailer,", "name: Postbox,").replace(
        "northgate: Northgate NHS", "northgate: N\n  c: C"
    )
    before = desk.database.read_bytes()
    said = desk.ropa("load", desk.file("acme.yaml", edited), *dry)
    assert said.out.splitlines()[1:] == [
        "  + party/c",
        "  ~ party/mailer  name: Mailer → Postbox",
        "  ~ party/northgate  name: Northgate NHS → N",
    ]
    assert ("1 would be added, 2 would be changed" if dry else "1 added, 2 changed") in said.out
    assert (desk.database.read_bytes() == before) == bool(dry)


def test_without_prune_what_is_missing_stays_and_is_said(desk: Desk) -> None:
    said = desk.ropa("load", desk.file("acme.yaml", SHORTER))
    assert "6 would be removed with --prune" in said.out
    assert said.out.splitlines()[1:] == [*(f"  ? {each}" for each in GONE), HOW]
    assert desk.ropa("list", "change", "--format", "json").json[0]["key"] == "new-host"


def test_with_prune_it_is_removed_and_said(desk: Desk) -> None:
    path = desk.file("acme.yaml", SHORTER)
    dry = desk.ropa("load", path, "--prune", "--dry-run")
    assert "6 would be removed, " in dry.out
    assert desk.ropa("list", "change", "--format", "json").json != []
    said = desk.ropa("load", path, "--prune")
    assert "6 removed, " in said.out
    assert said.out.splitlines()[1:] == [f"  - {each}" for each in GONE]
    for kind in ("change", "notice", "acknowledgement"):
        assert desk.ropa("list", kind, "--format", "json").json == []


def test_a_long_or_structured_value_is_said_on_one_line(desk: Desk) -> None:
    edited = EVERY_KIND.replace("contact: {email: privacy@acme.example}", "contact: {name: Ada, email: a@b.example}")
    edited = edited.replace(
        "northgate: Northgate NHS", 'northgate: {name: Northgate NHS, note: "one\\ntwo ' + "x " * 200 + '"}'
    )
    lines = desk.ropa("load", desk.file("acme.yaml", edited)).out.splitlines()
    assert lines[1] == "  ~ organisation/acme  contact: privacy@acme.example → Ada, a@b.example"
    assert lines[2].startswith("  ~ party/northgate  note: – → one two x x")
    assert len(lines) == 3
    assert len(lines[2]) < 200


def test_a_bad_file_among_good_ones_loads_nothing_and_makes_no_database(bare: Desk) -> None:
    good = bare.file("good.yaml", EVERY_KIND)
    bad = bare.file("bad.yaml", "format: 1\norganisation: {key: bad, name: Bad, contry: Norway}\n")
    assert bare.refused("load", good, bad) == (
        f"{bad}: line 2: organisation.contry: there is no such field here; did you mean 'country'?"
    )
    assert not bare.database.exists()


def test_two_files_for_one_organisation_are_refused(bare: Desk) -> None:
    one, two = bare.file("1.yaml", EVERY_KIND), bare.file("2.yaml", EVERY_KIND)
    assert bare.refused("load", one, two) == f"{two}: the organisation 'acme' is also in {one}"


def test_a_dump_is_a_file_that_loads_without_a_change(desk: Desk) -> None:
    assert desk.ropa("dump", "acme", "-o", "dump.yaml").code == 0
    said = desk.ropa("load", "dump.yaml", "--prune")
    assert "0 added, 0 changed, 0 removed" in said.out
    assert desk.ropa("dump", "acme").out == (desk.folder / "dump.yaml").read_text(encoding="utf-8")
    assert read_register(desk.ropa("dump", "acme").out, "r.yaml") == read_register(EVERY_KIND, "r.yaml")


def test_the_schema_is_the_one_that_files_are_read_by(bare: Desk) -> None:
    assert bare.ropa("schema").json == register_schema()
    assert bare.ropa("schema", "-o", "schema.json").code == 0
    assert json.loads((bare.folder / "schema.json").read_text(encoding="utf-8")) == register_schema()
