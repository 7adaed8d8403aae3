"""`ropa publish`: a folder for the website, and what is said on the way."""

from __future__ import annotations

from ropa.reports.public_list import FILES
from tests.cli.desk import ON, Desk
from tests.reports.published import REGISTER
from tests.store.databases import filled


def test_a_folder_is_written_and_a_second_time_nothing_changes(desk: Desk) -> None:
    folder = desk.folder / "site" / "list"
    said = desk.ropa("publish", "acme", "-o", str(folder), *ON)
    assert said.code == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES.values())
    assert [line for line in said.out.splitlines() if line.startswith("wrote ")] == [
        f"wrote {folder / name}" for name in FILES.values()
    ]
    again = desk.ropa("publish", "acme", "-o", str(folder), "--on", "2026-11-22")
    assert (again.code, again.out.splitlines()[0]) == (0, f"{folder}: nothing changed")


def test_what_the_list_lacks_is_said_before_it_goes_to_the_website(bare: Desk) -> None:
    filled(bare.database, REGISTER)
    said = bare.ropa("publish", "hollin", "-o", str(bare.folder / "site"), *ON)
    assert "? Deskly: not stated: the legal entity, the address and since when" in said.out


def test_the_date_decides_what_is_upcoming(bare: Desk) -> None:
    filled(bare.database, REGISTER)
    bare.ropa("publish", "hollin", "-o", str(bare.folder / "site"), "--on", "2026-03-31")
    page = (bare.folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "OldHost leaves" in page
    assert "NewHost" not in page


def test_a_file_of_somebody_else_an_unknown_name_and_a_file_for_a_folder_are_refused(desk: Desk) -> None:
    desk.file("index.html", "<p>our home page</p>")
    line = desk.refused("publish", "acme", "-o", str(desk.folder), *ON)
    assert line.endswith("index.html: `ropa publish` did not write this file, and does not write over it")
    assert "nobody" in desk.refused("publish", "nobody", "-o", str(desk.folder / "site"), *ON)
    taken = desk.file("taken", "x")
    assert "taken" in desk.refused("publish", "acme", "-o", taken, *ON)
    assert "--output" in desk.refused("publish", "acme", *ON)
