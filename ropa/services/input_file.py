"""The content of a file that somebody names: an ordinary one, and no larger than such a file may be."""

from __future__ import annotations

import stat
from pathlib import Path

from ropa.exchange.file_name import as_text
from ropa.records.errors import InputError, NotFoundError, Problem


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
