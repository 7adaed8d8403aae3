"""Bad input anywhere: one clear line on stderr, exit code 2, nothing written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ropa.records.errors import RopaError
from tests.cli.desk import Desk
from tests.store.databases import by_hand

MAIN = [sys.executable, "-c", "from ropa.cli.main import main; main()"]
LOOKING = (
    ("list", "party"), ("check",), ("dump", "acme"), ("diagram", "acme", "-o", "x.dot"),
    ("report", "article-30", "acme", "-o", "x.md"), ("notice", "report", "-o", "x.md"),
)  # fmt: skip


@pytest.mark.parametrize("command", LOOKING)
def test_a_database_that_is_not_there_is_told_and_not_made(bare: Desk, command: tuple[str, ...]) -> None:
    line = bare.refused(*command)
    assert line == f"{bare.database}: there is no such database; `ropa load FILE` makes one"


@pytest.mark.parametrize("command", LOOKING)
def test_a_file_that_is_no_database_is_told(bare: Desk, command: tuple[str, ...]) -> None:
    bare.file("ropa.db", "dear diary, " * 500)
    assert bare.refused(*command) == f"{bare.database}: it is not a ropa database"


@pytest.mark.parametrize("command", [*LOOKING, ("load", "good.yaml"), ("load", "good.yaml", "--dry-run")])
def test_a_database_of_a_newer_version_is_told(desk: Desk, command: tuple[str, ...]) -> None:
    desk.file("good.yaml", "format: 1\norganisation: {key: good, name: Good}\n")
    with by_hand(desk.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer version of ropa (schema 9999)" in desk.refused(*command)


@pytest.mark.parametrize(
    "command",
    [
        ("check", "acne"), ("dump", "acne"), ("list", "party", "--org", "acne"), ("diagram", "acne", "-o", "x.dot"),
        ("report", "article-30", "acne", "-o", "x.md"), ("notice", "report", "acne", "-o", "x.md"),
    ],
)  # fmt: skip
def test_an_organisation_that_is_not_there_is_told_with_those_that_are(desk: Desk, command: tuple[str, ...]) -> None:
    assert desk.refused(*command) == f"there is no organisation 'acne' in {desk.database}; there is: acme"


@pytest.mark.parametrize(
    "date", ["2026-02-30", "21/11/2026", "tomorrow", "20261121", "2026-W47-6", "2026-11-21T10", ""]
)
@pytest.mark.parametrize("before", [True, False])
def test_a_date_that_is_none_is_told(desk: Desk, date: str, before: bool) -> None:
    command = ("--on", date, "check") if before else ("check", "--on", date)
    assert desk.refused(*command) == f"Invalid value for '--on': {date!r} is not a date; write it as in 2026-11-21"


@pytest.mark.parametrize(
    "command",
    [
        ("report", "article-30", "acme", "-o", "x.docx"), ("report", "article-30", "acme", "-o", "x"),
        ("notice", "report", "-o", "x.txt"), ("diagram", "acme", "-o", "x.jpeg"), ("diagram", "acme", "-o", "x"),
    ],
)  # fmt: skip
def test_a_suffix_that_nothing_can_be_written_for_is_told(desk: Desk, command: tuple[str, ...]) -> None:
    assert command[-1] in desk.refused(*command)


@pytest.mark.parametrize(
    "command",
    [
        ("report", "article-30", "acme", "-o", "missing/x.md"), ("dump", "acme", "-o", "missing/x.yaml"),
        ("schema", "-o", "missing/x.json"), ("diagram", "acme", "-o", "missing/x.dot"),
    ],
)  # fmt: skip
def test_a_folder_that_is_not_there_is_told(desk: Desk, command: tuple[str, ...]) -> None:
    assert "missing" in desk.refused(*command)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("nonsense",), "nonsense"),
        (("list",), "KIND"),
        (("list", "vendor"), "there is no kind 'vendor'"),
        (("list", "party", "--format", "xml"), "xml"),
        (("check", "--fail-on", "never"), "never"),
        (("check", "--what"), "--what"),
        (("load",), "FILES"),
        (("load", "missing.yaml"), "missing.yaml: No such file or directory"),
        (("load", "."), "directory"),
        (("dump",), "ORGANISATION"),
        (("report", "article-30", "acme"), "--output"),
        (("diagram", "acme", "--activity", "nothing", "-o", "x.dot"), "nothing"),
        (("explain", "nothing"), "there is no rule 'nothing'"),
    ],
)
def test_a_slip_on_the_command_line_is_told(desk: Desk, command: tuple[str, ...], words: str) -> None:
    assert words in desk.refused(*command)


def test_every_mistake_in_a_file_is_a_line_with_file_line_and_field(desk: Desk) -> None:
    path = desk.file("bad.yaml", "format: 1\norganisation: {key: bad, name: Bad}\nparties:\n  a: {nam: A}\n  B: B\n")
    said = desk.ropa("load", path)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == [
        f"ropa: {path}: line 4: parties.a.name: it is required",
        f"ropa: {path}: line 4: parties.a.nam: there is no such field here; did you mean 'name'?",
        f"ropa: {path}: line 5: parties.B: 'B' is not a key: small letters, digits and single hyphens, "
        "as in 'crown-co'",
    ]
    assert desk.ropa("list", "organisation", "--format", "json").json[0]["key"] == "acme"


def test_what_a_file_holds_cannot_steer_the_terminal_through_an_error(desk: Desk) -> None:
    path = desk.file("bad.yaml", 'format: 1\norganisation: {key: "\\e[2J\u202egnp", name: B}\n')
    said = desk.ropa("load", path)
    assert said.code == 2
    assert not {"\x1b", "\u202e"} & set(said.err)


@pytest.mark.parametrize(
    "command", [("--help",), ("-h",), ("--version",), ("load", "--help"), ("schema",), ("explain",)]
)
def test_help_needs_no_database(bare: Desk, command: tuple[str, ...]) -> None:
    said = bare.ropa(*command)
    assert (said.code, said.err) == (0, "")
    assert said.out
    assert not bare.database.exists()


def test_the_environment_names_the_database(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    other = desk.folder / "other.db"
    desk.database.rename(other)
    assert "no such database" in desk.refused("check")
    monkeypatch.setenv("ROPA_DB", str(other))
    done = subprocess.run(
        [*MAIN, "list", "organisation", "--format", "csv"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[1].startswith("acme,acme,Acme")


def test_the_process_ends_with_the_code_of_its_command(desk: Desk) -> None:
    for arguments, code in ((["explain"], 0), (["--db", "ropa.db", "check"], 1), (["check", "--on", "x"], 2)):
        done = subprocess.run([*MAIN, *arguments], capture_output=True, text=True, cwd=desk.folder, check=False)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr


def test_a_terminal_that_lacks_a_sign_still_gets_the_rest(desk: Desk) -> None:
    done = subprocess.run(
        [*MAIN, "--db", "ropa.db", "check", "--on", "2026-11-21"],
        capture_output=True, cwd=desk.folder, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == b""
    assert b"Acme" in done.stdout


def test_a_reader_that_has_seen_enough_ends_the_command_in_peace(desk: Desk) -> None:
    big = "format: 1\norganisation: {key: big, name: Big}\nparties:\n"
    path = desk.file("big.yaml", big + "".join(f"  p{number}: {'Vendor ' * 30}\n" for number in range(3000)))
    assert desk.ropa("load", path).code == 0
    with subprocess.Popen(
        [*MAIN, "--db", "ropa.db", "dump", "big"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=desk.folder
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_an_error_of_the_product_is_never_a_traceback(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RopaError("the disk is\x1b[2J full")

    monkeypatch.setattr("ropa.services.workspace.Workspace.views", fails)
    assert desk.refused("check") == "the disk is<U+001B>[2J full"


def test_no_command_leaves_files_beside_its_output(desk: Desk) -> None:
    for name, command in {
        "r.yaml": ("dump", "acme"), "r.md": ("report", "article-30", "acme"), "n.html": ("notice", "report"),
        "d.dot": ("diagram", "acme"), "s.json": ("schema",),
    }.items():  # fmt: skip
        assert desk.ropa(*command, "-o", name).code == 0, command
        assert Path(name).read_bytes()
    assert sorted(path.name for path in desk.folder.iterdir()) == [
        "d.dot", "n.html", "r.md", "r.yaml", "ropa.db", "s.json",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        ("dump", "acme"), ("schema",), ("notice", "report"), ("report", "article-30", "acme"), ("diagram", "acme"),
        ("impact", "party/mailer"),
    ],
)  # fmt: skip
def test_no_command_writes_over_the_database(desk: Desk, command: tuple[str, ...]) -> None:
    # A suffix that the command would write, on a link to the database.
    suffix = {"diagram": ".dot", "impact": ".dot"}.get(command[0], ".md")
    link = desk.folder / f"x{suffix}"
    link.symlink_to(desk.database)
    assert "this is a database" in desk.refused(*command, "-o", str(link))
    assert link.is_symlink()


@pytest.mark.parametrize("command", [("check",), ("list", "party"), ("list", "party", "--format=json"), ("explain",)])
def test_a_full_disk_behind_stdout_is_told_and_is_no_finding(desk: Desk, command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run([*MAIN, "--db", "ropa.db", *command], stdout=full, stderr=subprocess.PIPE, text=True,
                              cwd=desk.folder, check=False)  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "ropa: No space left on device; what is to be read or written cannot be\n"


@pytest.mark.parametrize("command", [("check",), ("list", "party"), ("explain",), ("--help",)])
def test_where_nobody_reads_at_all_a_command_ends_in_peace(desk: Desk, command: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run([*MAIN, "--db", "ropa.db", *command], stdout=writer, stderr=subprocess.PIPE,
                              cwd=desk.folder, check=False)  # fmt: skip
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_stream_that_is_closed_changes_no_exit_code(desk: Desk) -> None:
    for command, code in (("check >&-", 1), ("check nobody 2>&-", 2), ("explain >&- 2>&-", 0)):
        line = f'exec "$0" -c "$1" --db ropa.db {command}'
        done = subprocess.run(["sh", "-c", line, sys.executable, MAIN[2]], cwd=desk.folder, check=False)
        assert done.returncode == code, command


def test_a_mistake_of_the_program_is_no_finding(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ropa.services.workspace.Workspace.views", lambda *_: 1 // 0)
    said = desk.ropa("check")
    assert (said.code, said.out) == (70, "")
    assert "Traceback" in said.err
    assert said.err.splitlines()[-1].startswith("ropa: this is a mistake in ropa itself; please report it")


def test_without_a_terminal_there_are_no_screens(desk: Desk) -> None:
    done = subprocess.run([*MAIN, "--db", "ropa.db"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          cwd=desk.folder, check=False)  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "need a terminal" in done.stderr


def test_documents_on_stdout_are_utf_8_whatever_the_terminal_speaks(desk: Desk) -> None:
    path = desk.file("o.yaml", "format: 1\norganisation: {key: o, name: Örn →}\n")
    assert desk.ropa("load", path).code == 0
    for command in (("dump", "o"), ("list", "organisation", "--format", "json"),
                    ("list", "organisation", "--format", "csv")):  # fmt: skip
        done = subprocess.run([*MAIN, "--db", "ropa.db", *command], capture_output=True, cwd=desk.folder,
                              env={**os.environ, "PYTHONIOENCODING": "latin-1"}, check=True)  # fmt: skip
        assert "Örn →" in done.stdout.decode("utf-8")
