"""Publishing the list of subprocessors: a folder with a page, and the same as JSON, CSV, Markdown and a feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ropa.records.errors import StoreError
from ropa.records.register import Register
from ropa.reports.atom_feed import atom_feed
from ropa.reports.csv_text import BYTE_ORDER_MARK
from ropa.reports.public_data import COLUMNS, csv_list, json_list
from ropa.reports.public_list import FILES, GENERATOR, PublicList, markdown, page
from ropa.services.publishing.values import public_list
from ropa.services.wording import listed
from ropa.services.writing import write_text

_HEAD = 4096  # bytes, within which each file says who wrote it
_PAGE_MARK = f'<meta name="generator" content="{GENERATOR} '
_MARKS = {
    "page": _PAGE_MARK,
    "json": f'"generator": "{GENERATOR}"',
    "csv": BYTE_ORDER_MARK + ",".join(COLUMNS[:3]),
    "md": f"<!-- {GENERATOR} -->",
    "feed": f"<generator>{GENERATOR}</generator>",
}


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: the files that it wrote, none where all held the same already, and what they lack."""

    folder: Path
    written: tuple[Path, ...]
    gaps: tuple[str, ...]


def publish(register: Register, on: dt.date, folder: Path) -> Published:
    """Write the public list of a register on a date into a folder, which is made where it is not there.

    The same register gives the same bytes, and what holds them already is left alone. Raises StoreError, before
    anything is written, where a file of one of these names is not of this list, and where one cannot be written.
    """
    found = public_list(register, on)
    texts = contents(found)
    for form in texts:
        _spare_others(form, folder / FILES[form], found.publisher.key)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror or error}") from error
    written = []
    for form, text in texts.items():
        path = folder / FILES[form]
        if not path.exists() or path.read_bytes() != text.encode("utf-8"):
            write_text(path, text)
            written.append(path)
    return Published(folder, tuple(written), tuple(_gaps(found)))


def contents(found: PublicList) -> dict[str, str]:
    """The text of each file, by form."""
    return {
        "page": page(found),
        "json": json_list(found),
        "csv": BYTE_ORDER_MARK + csv_list(found),
        "md": markdown(found),
        "feed": atom_feed(found),
    }


def _spare_others(form: str, path: Path, organisation: str) -> None:
    """Raise StoreError where there is something else of that name, or the list of another organisation."""
    if not path.exists():
        return
    try:
        if not path.is_file():
            raise StoreError(f"{path}: this is no file that could be written over")
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", errors="replace")
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
    if _MARKS[form] not in head:
        raise StoreError(f"{path}: `{GENERATOR}` did not write this file, and does not write over it")
    if form == "page" and f'{_PAGE_MARK}{organisation}">' not in head:
        raise StoreError(f"{path}: this is the list of another organisation, and is not written over")


def _gaps(found: PublicList) -> Iterator[str]:
    """What a reader of the list will miss, so that it can be recorded before it is put on a website."""
    if not found.publisher.contact:
        yield f"{found.publisher.name}: no contact for questions and objections is recorded"
    for each in found.present:
        absent = {
            "the legal entity": not each.legal_name,
            "the address": not each.address,
            "what it is for": not each.services,
            "which data it gets": not each.data,
            "where the data is": not each.countries,
            "the safeguard": each.safeguards == () or any("not stated" in one for one in each.safeguards or ()),
            "since when": each.since is None,
        }
        if what := [words for words, missing in absent.items() if missing]:
            yield f"{each.name}: not stated: {listed(what)}"
    for change in found.changes:
        if change.announced is None and change.state == "upcoming":
            yield f"{change.title} ({change.key}): no customer is recorded as told of it yet"
        elif change.announced is None:
            yield f"{change.title} ({change.key}): when it was announced is not recorded"
        if change.day is None and change.state != "withdrawn":
            yield f"{change.title} ({change.key}): its date is not recorded"
        if change.overdue:
            yield f"{change.title} ({change.key}): its planned date has passed, and it is still open"
