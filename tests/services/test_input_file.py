"""The files that somebody names: what is no file is refused, and nothing waits for it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from ropa.records.errors import InputError, NotFoundError
from ropa.services.input_file import content_of
from ropa.services.law import use_law_files
from ropa.services.loading import load_files


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "record.csv"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="a pipe or a device"):
        content_of(pipe, 10)


def test_a_folder_is_told_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder"):
        content_of(tmp_path, 10)


def test_a_file_is_read_whole_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "record.csv"
    path.write_bytes(b"0123456789")
    assert content_of(path, 10) == b"0123456789"
    with pytest.raises(InputError, match="it is larger than"):
        content_of(path, 9)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"nothing\.csv"):
        content_of(tmp_path / "nothing.csv", 10)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_register_or_law_file_that_never_ends_is_refused_and_does_not_fill_the_memory(tmp_path: Path) -> None:
    for read in (lambda path: load_files([path], tmp_path / "ropa.db"), lambda path: use_law_files([path])):
        with pytest.raises(InputError, match="larger than 20,000,000 bytes"):
            read(Path("/dev/zero"))
    assert not (tmp_path / "ropa.db").exists()


def test_a_register_may_come_through_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "acme.yaml"
    os.mkfifo(pipe)
    text = "format: 1\norganisation: {key: acme, name: Acme}\n"
    writer = threading.Thread(target=pipe.write_text, args=(text,))
    writer.start()
    (report,) = load_files([pipe], tmp_path / "ropa.db")
    writer.join()
    assert report.added == (("organisation", "acme"),)
