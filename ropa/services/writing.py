"""Writing a file whole or not at all, and never over a database: the one way from every command to a file."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from pathlib import Path

from ropa.records.errors import StoreError

_SQLITE = b"SQLite format 3\0"
_BESIDE_A_DATABASE = ("-wal", "-shm", "-journal")


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8 with `\\n` line ends; see `write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file at one stroke, in a folder that is there; left alone where it holds the same already.

    Links are followed and stay links. What is no regular file (a pipe, `/dev/null`, `/dev/stdout`) is written into
    and never replaced. Raises StoreError where the file cannot be written, or is a database or belongs to one; then
    an earlier file of that name is untouched.
    """
    try:
        found = _status(path)
        if found is None or stat.S_ISREG(found.st_mode):
            target = Path(os.path.realpath(path))
            _spare_databases(target)
        if found is None:
            _replace(target, content, None)
        elif (descriptor := _open_already(found)) is not None:
            _into(descriptor, content)
        elif not stat.S_ISREG(found.st_mode):
            with path.open("wb") as file:
                file.write(content)
        elif target.read_bytes() != content:
            _replace(target, content, stat.S_IMODE(found.st_mode))
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def _status(path: Path) -> os.stat_result | None:
    """What is there, links followed; None where there is nothing yet. Raises OSError for a ring of links."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _spare_databases(target: Path) -> None:
    """Raise StoreError where the file is a database of SQLite, or one of the files that SQLite keeps beside one."""
    if _is_database(target):
        raise StoreError("this is a database, and is not written over")
    for suffix in _BESIDE_A_DATABASE:
        database = target.name.removesuffix(suffix)
        if database not in ("", target.name) and _is_database(target.with_name(database)):
            raise StoreError(f"this name belongs to the database {database}, and is not written to")


def _is_database(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except FileNotFoundError:
        return False


def _open_already(found: os.stat_result) -> int | None:
    """The number of our own output that this file is, if it is: `-o /dev/stdout >> list.txt` adds to the list."""
    for stream in (sys.stdout, sys.stderr):
        try:
            descriptor = stream.fileno()
            if os.path.samestat(os.fstat(descriptor), found):
                stream.flush()
                return descriptor
        except (AttributeError, OSError, ValueError):  # no stream, or one without a file below it
            continue
    return None


def _into(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _replace(target: Path, content: bytes, mode: int | None) -> None:
    # Short, for a name as long as names may be; opened so that the machine's own mask sets the mode of a new file.
    temporary = target.with_name(f".ropa-{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            if mode is not None:
                temporary.chmod(mode)
            file.write(content)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
