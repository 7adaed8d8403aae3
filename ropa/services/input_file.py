"""The content of a file that somebody names, and no more of it than such a file may hold."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

from ropa.exchange.file_name import as_text
from ropa.exchange.yaml_document import DEFAULT_LIMITS
from ropa.records.errors import InputError, NotFoundError, Problem

_SHOWN = 4


def content_of(path: Path, largest: int, larger: str = "") -> bytes:
    """What is in a file, of at most `largest` bytes; `larger` is what its refusal says further.

    Raises InputError for a file that is larger or for what is no file, such as a pipe, which may never end, and
    NotFoundError where there is none that can be read.
    """
    name = as_text(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError([Problem("it is a folder, not a file", name)])
        if not stat.S_ISREG(mode):
            raise InputError([Problem("it is a pipe or a device, not a file; save it as a file first", name)])
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise NotFoundError(f"{name}: {error.strerror or error}") from error
    if len(content) > largest:
        raise InputError([Problem(f"it is larger than {largest // 1_000_000} MB{larger}", name)])
    return content


def typed_path(typed: str) -> Path:
    """The path that somebody typed: `~` is their home; where nobody knows whose home it is, it stays as it stands."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)


def wrong_with(typed: str, suffixes: Sequence[str]) -> str:
    """What is wrong with the name of a file that somebody is typing; empty where it can be read.

    A folder is answered with what it has of such files.
    """
    path = typed_path(typed)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            own = sorted(each.name for each in path.iterdir() if each.suffix.lower() in suffixes)
            return f"it is a folder; {_some(own) or 'no such file is in it'}"
    except FileNotFoundError:
        return "there is no such file"
    except (OSError, ValueError) as error:  # no name that a file can have, not allowed
        return getattr(error, "strerror", None) or "no file can be called that"
    if not stat.S_ISREG(mode):
        return "it is a pipe or a device, not a file"
    if path.suffix.lower() not in suffixes:
        return f"its name should end with one of {', '.join(suffixes)}"
    return ""


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(as_text(each) for each in names[:_SHOWN])
    return f"in it: {shown}{' …' if len(names) > _SHOWN else ''}" if names else ""


def yaml_of(path: Path) -> bytes:
    """What is in a YAML file, a pipe included; of what never ends, as a device may, so much that it is refused for it.

    Raises OSError where there is none that can be read.
    """
    with path.open("rb") as file:
        return file.read(DEFAULT_LIMITS.size + 1)
