"""Several processes with one database: everybody's writes are there afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ropa.store.store import Store
from tests.store.databases import by_hand, filled

WRITERS = 3
EACH = 8

ADD = """
import datetime as dt, sys
from pathlib import Path
from ropa.records.party import PartyFields
from ropa.store.store import Store
from ropa.store.writer import Put
store = Store.open(Path(sys.argv[1]), create=True)
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    party = PartyFields(key=f"{sys.argv[2]}-{number}", name="Vendor")
    store.apply("acme", [Put("party", party)], who=sys.argv[2], why="", at=dt.datetime.now(dt.timezone.utc))
"""

RENAME = """
import datetime as dt, sys
from pathlib import Path
from ropa.records.errors import StaleRecordError
from ropa.records.party import PartyFields
from ropa.store.store import Store
from ropa.store.writer import Put
store = Store.open(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    while True:
        found = store.snapshot("acme")
        count = int(found.register.parties["counter"].name) + 1
        record = PartyFields(key="counter", name=str(count))
        try:
            store.apply("acme", [Put("party", record, found.versions["party", "counter"])], who=sys.argv[2], why="",
                        at=dt.datetime.now(dt.timezone.utc))
            break
        except StaleRecordError:
            pass
"""


def at_once(code: str, path: Path, each: int = EACH) -> None:
    """Run the code in several processes that start together; fails if one of them does."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), f"writer{number}", str(each)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(WRITERS)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    said = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        said.append(process.communicate()[1])
    assert said == [""] * WRITERS


def test_what_several_processes_add_is_all_there(tmp_path: Path) -> None:
    store = filled(tmp_path / "ropa.db")
    at_once(ADD, tmp_path / "ropa.db")
    added = {key for key in store.snapshot("acme").register.parties if key.startswith("writer")}
    assert added == {f"writer{writer}-{number}" for writer in range(WRITERS) for number in range(EACH)}
    entries = [each for each in store.history("acme", "party", limit=1000) if each.who.startswith("writer")]
    assert {(each.who, each.key) for each in entries} == {(key.split("-")[0], key) for key in added}
    assert len({each.batch for each in entries}) == WRITERS * EACH


def test_no_step_of_a_count_that_all_raise_is_lost(tmp_path: Path) -> None:
    store = filled(tmp_path / "ropa.db")
    with by_hand(tmp_path / "ropa.db") as connection:
        connection.execute(
            "INSERT INTO party (organisation, version, key, invented, name, aliases, regimes) "
            "VALUES ('acme', 1, 'counter', 0, '0', '[]', '[]')"
        )
    at_once(RENAME, tmp_path / "ropa.db", each=5)
    found = store.snapshot("acme")
    assert found.register.parties["counter"].name == str(WRITERS * 5)
    assert found.versions["party", "counter"] == WRITERS * 5 + 1


@pytest.mark.parametrize("made", ["not there", "empty"])
def test_several_processes_may_make_the_same_database(tmp_path: Path, made: str) -> None:
    path = tmp_path / "ropa.db"
    if made == "empty":
        path.touch()
    code = "import sys; from pathlib import Path; from ropa.store.store import Store\n"
    code += "from ropa.store import migrate\nprint('ready', flush=True)\nsys.stdin.readline()\n"
    code += "assert Store.open(Path(sys.argv[1]), create=True).organisations() == {}\n"
    at_once(code, path)
    assert Store.open(path).organisations() == {}
