"""The files that somebody names: what is no file is refused, and nothing waits for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ropa.records.errors import InputError, NotFoundError
from ropa.services.input_file import content_of


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
