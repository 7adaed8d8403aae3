"""`ropa changes detect`, and what `ropa load` says where the list of subprocessors becomes another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import ON, Desk

LISTS = Path(__file__).parents[1] / "exchange" / "vendor_lists"
INFOTEK = (Path(__file__).parents[2] / "data" / "infotek.yaml").read_text(encoding="utf-8")
VIDAHOST = """\
      - party: vidahost
        service: data hosting
        countries: [United Kingdom]
        authorisation: general
"""
STONEFOLD = "      - {party: stonefold-backup, service: backup}\n"
DETECT = ("changes", "detect")
SAME = "✓ Nothing changed between the two by what they state."


@pytest.fixture
def infotek(bare: Desk) -> Desk:
    """A desk with the sample register of Infotek."""
    assert bare.ropa("load", bare.file("infotek.yaml", INFOTEK)).code == 0
    return bare


def moved() -> str:
    return INFOTEK.replace(VIDAHOST, VIDAHOST.replace("United Kingdom", "Germany"))


def changes_of(desk: Desk) -> dict[str, dict[str, object]]:
    return {each["key"]: each for each in desk.ropa("list", "change", "--format", "json").json}


def test_two_files_are_compared_without_a_database(bare: Desk) -> None:
    said = bare.ropa(*ON, *DETECT, bare.file("old.yaml", INFOTEK), bare.file("new.yaml", moved()))
    assert (said.code, said.err) == (0, "")
    assert "~ Vidahost, place: now Germany, no longer United Kingdom" in said.out
    assert "1 difference: 1 is in other places." in said.out
    assert not bare.database.exists()


def test_a_published_list_is_compared_with_the_register_and_every_row_is_named(infotek: Desk) -> None:
    said = infotek.ropa(*ON, *DETECT, "infotek", str(LISTS / "hosting.csv"))
    assert "- UKFast leaves" in said.out
    assert "recorded already: change/ukfast-to-ans" in said.out
    assert "- Vidahost leaves" in said.out
    assert "+ Quarry Mail, LLC joins" in said.out
    assert "hosting.csv: line 7" in said.out
    assert "Pipeten leaves" not in said.out
    assert "'Corporate location', 'Transfer mechanism'" in " ".join(said.out.split())
    assert set(changes_of(infotek)) == {"ukfast-to-ans", "backup-host"}


def test_a_register_is_the_same_as_itself_on_any_day_that_changed_nothing(infotek: Desk) -> None:
    (infotek.folder / "infotek").mkdir()  # a folder of that name is not in the way
    for other in ("infotek", "infotek@2020-01-01", "infotek@before-2", "infotek.yaml"):
        assert infotek.ropa(*ON, *DETECT, other, "infotek").out.splitlines()[-1] == SAME


@pytest.mark.parametrize("name", ["subprocessors.csv", "subprocessors.md"])
def test_the_list_that_ropa_publishes_is_the_same_as_the_register(infotek: Desk, name: str) -> None:
    assert infotek.ropa(*ON, "publish", "infotek", "-o", "page").code == 0
    assert infotek.ropa(*ON, *DETECT, "infotek", f"page/{name}").out.splitlines()[-1] == SAME


def test_a_date_compares_by_the_dates_that_are_recorded(infotek: Desk) -> None:
    later = INFOTEK.replace(VIDAHOST, VIDAHOST + "        since: 2025-03-01\n")
    infotek.ropa(*ON, "load", infotek.file("infotek.yaml", later))
    said = infotek.ropa(*ON, *DETECT, "infotek@2025-02-28", "infotek")
    assert "+ Vidahost joins" in said.out
    assert "the register of Infotek Software on 28 February 2025: 2 subprocessors" in said.out


def test_propose_records_each_once_with_its_parties_and_where_it_is_stated(infotek: Desk) -> None:
    arguments = (*ON, *DETECT, "infotek", str(LISTS / "hosting.csv"), "--propose", "--who", "ada")
    said = infotek.ropa(*arguments)
    assert "5 changes recorded as proposed; nobody was told." in said.out
    assert "party/quarry-mail-llc recorded, with what the list states of it and nothing else" in said.out
    assert "? It reaches no customer by what is recorded" in said.out
    found = changes_of(infotek)
    assert {key: each["state"] for key, each in found.items() if key not in ("ukfast-to-ans", "backup-host")} == {
        "vidahost-leaves": "proposed",
        "sampleton-web-services-inc-joins": "proposed",
        "quarry-mail-llc-joins": "proposed",
        "uberwacht-gmbh-joins": "proposed",
        "vendor-add": "proposed",
    }
    assert found["quarry-mail-llc-joins"]["source"] == "hosting.csv: line 7"
    assert found["vidahost-leaves"]["activities"] == ["customer-data-hosting"]
    before = infotek.database.read_bytes()
    again = infotek.ropa(*arguments)
    assert "No change to record." in again.out
    assert infotek.database.read_bytes() == before
    assert set(changes_of(infotek)) == set(found)


def test_a_vendors_own_list_is_recorded_behind_that_vendor(infotek: Desk) -> None:
    old = infotek.file("old.csv", "Vendor,Location\nAcme,UK\n")
    new = infotek.file("new.csv", "Vendor,Location\nAcme,UK\nAnvil Ltd,Ireland\n")
    said = infotek.ropa(*ON, *DETECT, old, new, "--org", "infotek", "--beneath", "pipeten", "--propose")
    assert "? It reaches" not in said.out
    assert changes_of(infotek)["anvil-ltd-joins"]["beneath"] == "pipeten"
    assert "no party 'pipeteen'; did you mean pipeten?" in infotek.refused(
        *DETECT, old, new, "--org", "infotek", "--beneath", "pipeteen"
    )


def test_json_says_the_same_as_the_text(infotek: Desk) -> None:
    found = infotek.ropa(*ON, *DETECT, "infotek", str(LISTS / "hosting.csv"), "--format", "json").json
    assert (found["format"], found["on"], found["written"]) == (1, "2026-11-21", False)
    assert [(each["kind"], each["recorded"]) for each in found["differences"]][:3] == [
        ("new-activity", None),
        ("remove", "ukfast-to-ans"),
        ("remove", None),
    ]
    assert found["differences"][0]["doubts"]


def test_names_that_steer_a_terminal_are_shown_as_what_they_are(bare: Desk) -> None:
    old = bare.file("old.csv", "Vendor\nAcme\n")
    new = bare.file("new.md", "| Vendor |\n|--|\n| Acme |\n| [/] \u202etxt.exe <script> |\n")
    said = bare.ropa(*DETECT, old, new)
    assert "+ [/] <U+202E>txt.exe <script> joins" in said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nope", "infotek"), "there is no organisation 'nope'"),
        (("nope.csv", "infotek"), "nope.csv: No such file"),
        (("list.docx", "infotek"), "list.docx: what it holds cannot be told from its name"),
        (("infotek@2026-13-01", "infotek"), "'2026-13-01' is not a date"),
        (("infotek@before-1", "infotek"), "there was no organisation 'infotek' before entry 1"),
        (("infotek", "colours.csv"), "colours.csv: line 1: no column is one of names"),
        (("list.csv", "list.csv", "--propose"), "say whose register the changes are for: --organisation ORG"),
        (("list.csv", "list.csv", "--beneath", "pipeten"), "say whose vendor that is"),
        (("list.csv", "list.csv", "--org", "nobody"), "there is no organisation 'nobody'"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_line(infotek: Desk, arguments: tuple[str, ...], words: str) -> None:
    infotek.file("colours.csv", "Colour,Weight\nred,2\n")
    infotek.file("list.csv", "Vendor\nAcme\n")
    infotek.file("list.docx", "")
    assert words in infotek.refused(*DETECT, *arguments)


def test_a_load_says_that_the_list_changed_and_that_no_change_is_recorded(infotek: Desk) -> None:
    path = infotek.file("infotek.yaml", moved())
    dry = infotek.ropa(*ON, "load", path, "--dry-run").out.splitlines()
    assert dry[-4:] == [
        "! Infotek Software: the list of subprocessors would change:",
        "  ~ Vidahost, place: now Germany, no longer United Kingdom",
        "  Customers may have to be told, and no change is recorded for it.",
        "  To record it as proposed: --propose-changes with the load",
    ]
    said = infotek.ropa(*ON, "load", path).out.splitlines()
    assert said[-1] == "  To record it as proposed: ropa changes detect infotek@before-2 infotek --propose"
    assert "list of subprocessors" not in infotek.ropa(*ON, "load", path).out
    assert infotek.ropa(*ON, *said[-1].partition("ropa ")[2].split()).code == 0
    assert changes_of(infotek)["vidahost-in-germany"]["countries"] == ["DE"]


def test_a_load_with_propose_changes_records_them_in_the_same_write(infotek: Desk) -> None:
    path = infotek.file("infotek.yaml", moved())
    said = infotek.ropa(*ON, "load", path, "--propose-changes")
    assert "no longer United Kingdom: proposed as change/vidahost-in-germany" in said.out
    assert changes_of(infotek)["vidahost-in-germany"]["state"] == "proposed"
    again = infotek.ropa(*ON, "load", path, "--propose-changes")
    assert "list of subprocessors" not in again.out
    assert "+ " not in again.out


def test_a_load_is_silent_about_what_a_change_says_already_and_about_a_first_load(infotek: Desk) -> None:
    first = infotek.ropa("--db", "other.db", "load", "infotek.yaml")
    assert "list of subprocessors" not in first.out
    joined = infotek.file("infotek.yaml", INFOTEK.replace(VIDAHOST, STONEFOLD + VIDAHOST))
    said = infotek.ropa(*ON, "load", joined)
    assert "+ engagement/customer-data-hosting/stonefold-backup" in said.out
    assert "list of subprocessors" not in said.out  # change/backup-host says that it joins


def test_a_load_says_what_will_be_on_the_list_on_a_later_day(infotek: Desk) -> None:
    ends = infotek.file("infotek.yaml", INFOTEK.replace(VIDAHOST, VIDAHOST + "        until: 2027-01-31\n"))
    assert "  - Vidahost leaves" in infotek.ropa(*ON, "load", ends).out.splitlines()


def test_a_pruned_party_cannot_be_named_by_a_change_and_that_is_said(infotek: Desk) -> None:
    body = INFOTEK.replace("      - party: vidahost\n        service: data hosting\n", "      - SKIP\n")
    lines, skipping = [], False
    for line in body.splitlines():
        if line == "      - SKIP":
            skipping = True
        elif skipping and not line.startswith("        "):
            skipping = False
        if not skipping:
            lines.append(line)
    text = "\n".join(lines)
    for start, end in (
        ("  vidahost:\n", "\n  # -- Invented: customers"),
        ("  vidahost-terms:\n", "\n  # Invented: what each"),
    ):
        text = text[: text.index(start)] + text[text.index(end) :]
    said = infotek.ropa(*ON, "load", infotek.file("infotek.yaml", text), "--prune", "--propose-changes")
    assert (said.code, said.err) == (0, "")
    assert "- Vidahost leaves (not proposed: the register has no party 'vidahost'" in said.out
