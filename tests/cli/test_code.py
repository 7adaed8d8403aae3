"""`ropa import fides`, `ropa export fides`, `ropa export dpv`."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from tests.cli.desk import ON, Desk

SHOP = Path(__file__).parent.parent / "exchange" / "fides" / "shop.yml"


def test_a_dry_run_shows_what_would_come_in_and_writes_nothing(bare: Desk) -> None:
    path = bare.file("shop.yml", SHOP.read_text("utf-8"))
    said = bare.ropa("import", "fides", path, "--organisation", "pine-shop", "--dry-run")
    assert said.code == 0
    assert "would be added" in said.out
    assert "vendor_id" in said.out
    assert not bare.database.exists()


def test_an_import_is_one_entry_of_the_history_and_comes_again_without_a_change(bare: Desk) -> None:
    path = bare.file("shop.yml", SHOP.read_text("utf-8"))
    first = bare.ropa("import", "fides", path, "--organisation", "pine-shop", "--yes")
    assert first.code == 0, first.err
    again = bare.ropa("import", "fides", path, "--organisation", "pine-shop", "--yes")
    assert "0 added, 0 changed, " in again.out
    dumped = bare.ropa("dump", "pine-shop")
    assert "web-shop-orders:" in dumped.out


def test_nothing_is_written_where_nobody_says_yes(bare: Desk) -> None:
    path = bare.file("shop.yml", SHOP.read_text("utf-8"))
    said = bare.ropa("import", "fides", path, "--organisation", "pine-shop")
    assert said.code == 2
    assert "--yes" in said.err
    assert not bare.database.exists()


def test_what_an_import_changes_is_shown_field_by_field(desk: Desk) -> None:
    text = "system:\n- {fides_key: crm, name: New name, system_type: Application, privacy_declarations: []}\n"
    text += "- {fides_key: extra, system_type: Application, privacy_declarations: []}\n"
    organisation = desk.ropa("list", "organisation", "--format", "json").json
    key = str(organisation[0]["key"]) if organisation else ""
    path = desk.file("m.yml", text)
    assert desk.ropa("import", "fides", path, "--organisation", key, "--yes").code == 0
    desk.file("m.yml", text.replace("New name", "Newer name"))
    said = desk.ropa("import", "fides", path, "--organisation", key, "--yes")
    assert "system/crm  name: New name → Newer name" in said.out


def test_a_mistake_names_its_place_and_changes_nothing(desk: Desk) -> None:
    path = desk.file("m.yml", "organization: [{fides_key: x}]\nsystem:\n- name: no key\n")
    line = desk.refused("import", "fides", path, "--organisation", "x", "--yes")
    assert line.endswith("m.yml: line 3: system[0].fides_key: it is required")
    assert desk.refused("import", "fides", "no.yml", "--organisation", "x", "--yes").startswith("no.yml: ")


def test_a_register_goes_out_as_a_manifest_that_lists_what_it_lacks(desk: Desk) -> None:
    said = desk.ropa("export", "fides", _owner(desk), "-o", "out.yml")
    assert "are listed at its top" in said.out
    text = Path("out.yml").read_text("utf-8")
    assert text.startswith("# Fides manifest of ")
    assert yaml.safe_load(text)["system"]


def test_a_register_goes_out_as_linked_data(desk: Desk) -> None:
    said = desk.ropa(*ON, "export", "dpv", _owner(desk))
    document = json.loads(said.out)
    assert document["@context"]["dpv"] == "https://w3id.org/dpv#"
    assert desk.ropa("export", "dpv", _owner(desk), "-o", "out.jsonld").out == "out.jsonld: written\n"
    assert desk.refused("export", "dpv", "nobody").startswith("there is no organisation 'nobody'")


def _owner(desk: Desk) -> str:
    return str(desk.ropa("list", "organisation", "--format", "json").json[0]["key"])
