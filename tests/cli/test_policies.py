"""`ropa policy-check` at the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.desk import ON, Desk
from tests.registers import COMPLETE, HEAD
from tests.store.databases import filled

POLICY = "We use Mailer for the newsletter.\n\nWe keep it for two years and answer requests within one month.\n"


def office(desk: Desk) -> Desk:
    filled(desk.database, HEAD + COMPLETE)
    return desk


def test_the_exit_code_says_whether_something_differs(bare: Desk) -> None:
    desk = office(bare)
    said = desk.ropa("policy-check", "acme", desk.file("policy.txt", POLICY), *ON)
    assert (said.code, said.err) == (0, "")
    assert "Nothing differs" in said.out
    said = desk.ropa("policy-check", "acme", desk.file("policy.txt", POLICY + "\nHubSpot helps.\n"), *ON)
    assert said.code == 1
    assert "! Vendor or recipient: HubSpot" in said.out
    assert "line 5: “HubSpot helps.”" in said.out


def test_the_json_is_the_one_that_the_documentation_describes(bare: Desk) -> None:
    desk = office(bare)
    said = desk.ropa(
        "policy-check", "acme", desk.file("p.md", "# Who\n\nHubSpot and Mailer.\n"), "--format", "json", *ON
    )
    assert said.code == 1
    found = said.json
    page = (Path(__file__).parent.parent.parent / "docs" / "policy-json.md").read_text("utf-8")
    fields = {*found, *found["differences"][0], *found["same"][0], *found["differences"][0]["places"][0]}
    assert [each for each in fields if f'"{each}"' not in page] == []
    first = found["differences"][0]
    assert (first["group"], first["name"], first["places"][0]["line"], first["places"][0]["section"]) == (
        "policy",
        "HubSpot",
        3,
        "Who",
    )


def test_the_date_decides_what_holds(bare: Desk) -> None:
    desk = office(bare)
    policy = desk.file("p.html", f"<p>{POLICY}</p><p>Mailer is Privacy Shield certified.</p>")
    assert "holds no longer" not in desk.ropa("policy-check", "acme", policy, "--on", "2019-01-01").out
    assert "holds no longer since 16 July 2020" in desk.ropa("policy-check", "acme", policy, *ON).out


def test_what_cannot_be_read_is_refused_in_a_line(bare: Desk) -> None:
    desk = office(bare)
    assert "its suffix must be one of" in desk.refused("policy-check", "acme", desk.file("p.docx", "x"))
    assert "there is no text in it" in desk.refused("policy-check", "acme", desk.file("p.html", "<p></p>"))
    assert "cannot be read as a PDF" in desk.refused("policy-check", "acme", desk.file("p.pdf", "x"))
    assert "No such file" in desk.refused("policy-check", "acme", str(desk.folder / "none.txt"))
    assert "nobody" in desk.refused("policy-check", "nobody", desk.file("p.txt", POLICY))


def test_a_policy_cannot_steer_the_terminal(bare: Desk) -> None:
    desk = office(bare)
    hostile = "Evil\x1b[2J\u202eName Ltd processes it [/] <b> for HubSpot\x07.\n"
    for form in ("text", "json"):
        said = desk.ropa("policy-check", "acme", desk.file("p.txt", hostile), "--format", form, *ON)
        assert said.code == 1
        assert not set("\x1b\x07\u202e") & set(said.out)


def test_nothing_is_written(bare: Desk) -> None:
    desk = office(bare)
    before = desk.database.read_bytes()
    desk.ropa("policy-check", "acme", desk.file("p.txt", POLICY), *ON)
    assert desk.database.read_bytes() == before
