"""The folder of drafts: written whole or not at all, and never over a file that somebody else made or changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ropa.records.errors import StoreError
from ropa.services.drafts.folder_of_drafts import MANIFEST_FORMAT, Drafts
from ropa.services.writing import write_bytes

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What was done: `files` are those that were written anew, `left` those of earlier drafts that no longer count."""

    files: tuple[str, ...]
    left: tuple[str, ...]


def write_drafts(drafts: Drafts, folder: Path) -> Written:
    """Write every draft and the manifest; a file that holds the same already is left alone.

    Drafts for some customers only leave those of the others where they are. Raises StoreError, and writes nothing,
    where the folder holds drafts of another change or a file of these names that is not as it was written here.
    """
    try:
        before = _earlier(folder / MANIFEST, drafts)
        manifest = drafts.manifest()
        kept = {key: entry for key, entry in before.items() if key not in manifest["customers"]}
        left: tuple[str, ...] = ()
        if drafts.chosen:
            manifest["customers"] = {**kept, **manifest["customers"]}
        else:
            left = tuple(str(entry[kind]) for entry in kept.values() for kind in ("eml", "ics"))
        files = {name: content for each in drafts.customers for name, content in each.files.items()}
        new = [name for name, content in files.items() if _changes(folder / name, content, _sums(before))]
        text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{error.filename or folder}: {error.strerror or error}") from error
    for name in new:
        write_bytes(folder / name, files[name])
    # Last: where it stands, everything that it names was written.
    write_bytes(folder / MANIFEST, text.encode("utf-8", "backslashreplace"))
    return Written(tuple(new), left)


def _earlier(path: Path, drafts: Drafts) -> dict[str, dict[str, Any]]:
    """What an earlier manifest says of each customer. Raises StoreError for one that is not of this change."""
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise StoreError(f"{path}: it is no manifest of drafts; name another folder") from error
    if not isinstance(found, dict) or found.get("format") != MANIFEST_FORMAT:
        raise StoreError(f"{path}: it is no manifest of drafts; name another folder")
    of = (found.get("organisation"), found.get("change"))
    if of != (drafts.organisation, drafts.change):
        raise StoreError(f"{path}: this folder holds drafts of {of[0]}/{of[1]}; name another folder")
    entries = found.get("customers")
    if not isinstance(entries, dict) or not all(_is_entry(each) for each in entries.values()):
        raise StoreError(f"{path}: it is no manifest of drafts; name another folder")
    return entries


def _is_entry(entry: object) -> bool:
    names = ("eml", "ics", "sha256", "ics_sha256")
    return isinstance(entry, dict) and all(isinstance(entry.get(name), str) for name in names)


def _sums(before: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What was written here earlier: the sum of each file."""
    pairs = (("eml", "sha256"), ("ics", "ics_sha256"))
    return {entry[name]: entry[digest] for entry in before.values() for name, digest in pairs}


def _changes(path: Path, content: bytes, written: dict[str, str]) -> bool:
    """Whether a file has to be written. Raises StoreError where what is there is not as it was written here."""
    if not path.exists() and not path.is_symlink():
        return True
    if not path.is_file():
        raise StoreError(f"{path}: this is no file that was written here; name another folder")
    found = path.read_bytes()
    if found == content:
        return False
    if written.get(path.name) != hashlib.sha256(found).hexdigest():
        what = "was changed since it was written" if path.name in written else "was not written here"
        raise StoreError(f"{path}: it {what}, and is not written over; move it, or name another folder")
    return True
