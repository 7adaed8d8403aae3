"""What shows that a notice went out: a file, a folder of drafts with its manifest, or words; and its fingerprint."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ropa.exchange.file_name import as_text
from ropa.records.errors import InputError, Problem, RefusedError
from ropa.rules.dates import long_date
from ropa.services.drafts.wording import NOT_APPROVED

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one customer was sent; `fingerprint` is the SHA-256 of a file.

    Of a draft (`drafted`), `told` is the date of the change that it states, None where it states none, `counted` the
    day from which it counts. `altered` says that the file is not the one that was drafted, `unfinished` why what was
    drafted was not to be sent as it is.
    """

    words: str | None = None
    fingerprint: str | None = None
    drafted: bool = False
    told: dt.date | None = None
    counted: dt.date | None = None
    altered: bool = False
    unfinished: str = ""


@dataclass(frozen=True, slots=True)
class SentEvidence:
    """The evidence of one sending: the same for every customer, or from a folder of drafts each customer's own."""

    common: Shown
    own: dict[str, Shown] | None = None
    folder: str = ""

    def of(self, customer: str) -> Shown:
        """The evidence for one customer. Raises RefusedError where a folder of drafts has none for it."""
        if self.own is None:
            return self.common
        if customer not in self.own:
            raise RefusedError([f"{self.folder} holds no draft for {customer!r}."])
        return self.own[customer]


def read_evidence(evidence: Path | str | None, *, organisation: str, change: str) -> SentEvidence:
    """Read what is given as evidence: a file, a folder of drafts of this change, words, or nothing.

    Raises InputError for a file or a manifest that cannot be read or is about another change.
    """
    if evidence is None:
        return SentEvidence(Shown())
    if isinstance(evidence, str):
        return SentEvidence(Shown(words=evidence))
    if evidence.is_dir():
        return _drafts(evidence, organisation, change)
    return SentEvidence(Shown(words=as_text(evidence.name), fingerprint=_fingerprint(evidence)))


def as_drafted(shown: Shown, name: str, planned: dt.date | None, on: dt.date, *, correct: bool) -> Iterator[str]:
    """What is to be said of a draft that is recorded as sent on a day to a customer of that name.

    Raises RefusedError for one that was altered or was not to be sent as it is, unless `correct` says that it was.
    """
    if not shown.drafted:
        return
    if shown.altered:
        if not correct:
            words = f"The draft for {name} ({shown.words}) is not as it was drafted; say --correct if it went out so."
            raise RefusedError([words])
        yield f"The notice to {name} differs from its draft; the fingerprint is of the file as it is now."
    elif shown.unfinished:
        if not correct:
            words = f"The draft for {name} ({shown.words}) is not to be sent as it is: {shown.unfinished}"
            raise RefusedError([f"{words}. Draft again, or say --correct if it went out so."])
        yield f"The notice to {name} went out although {shown.unfinished}."
    if shown.counted is not None and shown.counted != on:
        counted = long_date(shown.counted)
        yield f"The notice to {name} counts its dates from {counted}, and is recorded as sent on {long_date(on)}."
    if shown.told is None:
        yield f"The draft for {name} states no date of the change, so none is recorded as told."
    elif shown.told != planned:
        plan = f"is planned for {long_date(planned)}" if planned else "has no date"
        yield f"The notice to {name} states {long_date(shown.told)}; the change {plan} now."


def _drafts(folder: Path, organisation: str, change: str) -> SentEvidence:
    path = folder / MANIFEST
    if not path.is_file():
        raise _unreadable(folder, f"this folder has no {MANIFEST}, so it is no folder of drafts; name the file itself")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        about = (str(manifest["organisation"]), str(manifest["change"]))
        drafts = {str(key): _draft(each, manifest) for key, each in manifest["customers"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unreadable(path, "this is no manifest of drafts that can be read") from error
    if about != (organisation, change):
        words = f"these drafts are for the change {'/'.join(about)}, not for {organisation}/{change}"
        raise _unreadable(path, words)
    found = {}
    for customer, (name, drafted) in drafts.items():
        file = folder / name
        if Path(name).name != name or file.is_symlink():
            raise _unreadable(path, f"{name!r} is no file of this folder")
        fingerprint = _fingerprint(file)
        words = as_text(f"{folder.resolve().name}/{name}")
        found[customer] = replace(
            drafted, words=words, fingerprint=fingerprint, altered=fingerprint != drafted.fingerprint
        )
    return SentEvidence(Shown(), found, as_text(folder))


def _draft(entry: dict[str, Any], manifest: dict[str, Any]) -> tuple[str, Shown]:
    """The name of a draft's file, and what it was when it was written.

    A folder may hold drafts of an earlier plan or state beside newer ones, so each says its own; the manifest speaks
    for those that do not.
    """

    def stated(name: str) -> Any:
        return entry[name] if name in entry else manifest.get(name)

    unfinished = ""
    if entry.get("complete") is False:
        unfinished = f"it is incomplete ({'; '.join(map(str, entry.get('missing', ())))})"
    if stated("status") == NOT_APPROVED:
        unfinished = "it is marked as not approved"
    return str(entry["eml"]), Shown(
        fingerprint=str(entry["sha256"]),
        drafted=True,
        told=_day(stated("planned")),
        counted=_day(stated("on")),
        unfinished=unfinished,
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        words = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _unreadable(path, words) from error


def _unreadable(path: Path, words: str) -> InputError:
    return InputError([Problem(words, as_text(path))])
