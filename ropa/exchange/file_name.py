"""The name of a file as text that can be kept: a file system may hold names that are no text at all."""

from __future__ import annotations

import os


def as_text(name: str | os.PathLike[str]) -> str:
    """The name with each byte that is no UTF-8 written as its escape code: `o\\udcff.yaml`."""
    return os.fspath(name).encode("utf-8", "backslashreplace").decode("utf-8")
