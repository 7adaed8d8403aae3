"""What was typed and not saved: kept in small files of the user's own, offered again, gone once it is saved.

One file for each form that is open, so that two windows never write over each other. Only texts are kept, and only
its owner can read the file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ropa.records.errors import StoreError
from ropa.records.kinds import KINDS
from ropa.rules.dates import long_date
from ropa.services.editing.fields import form
from ropa.services.editing.records import Editing, opened
from ropa.services.editing.values import read
from ropa.services.workspace import Workspace

_FORMAT = 1
_SUFFIX, _ASIDE = ".json", ".damaged"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed into a form. `key` is empty for a new record; `parent` is the record that it stands in.

    `form` names another form than that of the kind: `vendor`. `texts` is what the form holds, `opened` what it showed
    at first, from version `version` of the record. `about` tells apart what was begun from different places: the
    acceptance of one finding from that of another.
    """

    organisation: str
    kind: str
    key: str
    texts: Mapping[str, object]
    parent: str = ""
    version: int | None = None
    opened: Mapping[str, object] | None = None
    form: str = ""
    about: str = ""
    at: str = ""

    @property
    def said(self) -> str:
        """When it was typed, in words."""
        moment = dt.datetime.fromisoformat(self.at)
        return f"You typed this on {long_date(moment.date())} at {moment:%H:%M} UTC and did not save it."


class Unsaved:
    """The drafts of one user for one database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, database: Path) -> Unsaved:
        """The drafts for a database, in the folder where programs keep what is theirs for this user."""
        name = hashlib.sha256(os.path.realpath(database).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return cls(state_folder() / "unsaved" / name)

    def keep(self, draft: Draft) -> None:
        """Keep what is typed, in place of what was kept for the same form. Raises StoreError where it cannot be."""
        path = self._path(draft)
        moment = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        values = {name: getattr(draft, name) for name in Draft.__dataclass_fields__}
        content = json.dumps({"format": _FORMAT, **values, "at": moment}, ensure_ascii=True)
        temporary = path.with_name(f".{secrets.token_hex(8)}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w", encoding="ascii") as file:  # noqa: PTH123 a descriptor, so that it is private from the start
                file.write(content)
            temporary.replace(path)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise StoreError(f"{path}: what is typed cannot be kept: {error.strerror or error}") from error

    def kept(self, organisation: str = "") -> tuple[Draft, ...]:
        """Everything that was kept, of one organisation or of all, newest first; what cannot be read is set aside."""
        try:
            paths = sorted(self.folder.glob(f"*{_SUFFIX}"))
        except OSError:
            return ()
        found = [draft for path in paths if (draft := self._read(path)) is not None]
        wanted = [each for each in found if organisation in ("", each.organisation)]
        return tuple(sorted(wanted, key=lambda each: each.at, reverse=True))

    def find(
        self, organisation: str, kind: str, key: str, parent: str = "", form: str = "", about: str = ""
    ) -> Draft | None:
        """What was kept for one form, or None."""
        path = self._path(Draft(organisation, kind, key, {}, parent, form=form, about=about))
        return self._read(path) if path.exists() else None

    def drop(self, organisation: str, kind: str, key: str, parent: str = "", form: str = "", about: str = "") -> None:
        """Forget what was kept for one form: it was saved, or given up."""
        with suppress(OSError):
            self._path(Draft(organisation, kind, key, {}, parent, form=form, about=about)).unlink(missing_ok=True)

    def _path(self, draft: Draft) -> Path:
        # Keys are other people's words: they name no file.
        place = "" if draft.key else draft.parent
        words = json.dumps([draft.organisation, draft.kind, draft.key, place, draft.form, draft.about])
        return self.folder / (hashlib.sha256(words.encode("ascii")).hexdigest()[:32] + _SUFFIX)

    def _read(self, path: Path) -> Draft | None:
        try:
            return _draft(json.loads(path.read_bytes()))
        except OSError:
            return None
        except (ValueError, RecursionError):
            with suppress(OSError):
                path.replace(path.with_suffix(_ASIDE))
            return None


def resumed(workspace: Workspace, draft: Draft) -> Editing:
    """The form of a draft, open as it was: saving its texts says so where the record was changed meanwhile.

    Raises NotFoundError where the record is no longer there.
    """
    if not draft.key:
        return opened(workspace, draft.organisation, draft.kind, None, draft.parent or None)
    now = opened(workspace, draft.organisation, draft.kind, draft.key)
    if draft.version in (None, now.version) or draft.opened is None:
        return now
    before = read(draft.kind, draft.opened, now.record, key=draft.key, parent=now.parent).record
    if before is None:
        return now
    return Editing(now.kind, now.key, now.parent, before, draft.version, draft.opened, now.taken)


def _draft(found: Any) -> Draft:
    """The draft that a file holds. Raises ValueError where it holds none."""
    if not isinstance(found, dict) or found.pop("format", None) != _FORMAT:
        raise ValueError("no draft of this format")
    names = ("organisation", "kind", "key", "parent", "form", "about", "at")
    if not all(isinstance(found.get(name), str) for name in names) or found["kind"] not in KINDS:
        raise ValueError("a draft without its record")
    dt.datetime.fromisoformat(found["at"])
    version = found.get("version")
    if version is not None and (not isinstance(version, int) or isinstance(version, bool)):
        raise ValueError("a draft of no version")
    first = found.get("opened")
    known = None if found["form"] else found["kind"]
    return Draft(
        **{name: found[name] for name in names},
        texts=_texts(found.get("texts"), known),
        version=version,
        opened=None if first is None else _texts(first, known),
    )


def _texts(found: object, kind: str | None) -> dict[str, object]:
    """Texts as a form holds them; fields that this program does not know are left out."""
    if not isinstance(found, dict):
        raise ValueError("no texts")
    names = None if kind is None else {each.name for each in form(kind).fields}
    return {name: _text(value) for name, value in found.items() if names is None or name in names}


def _text(value: object) -> object:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if isinstance(value, dict):
        return {name: _text(each) for name, each in value.items()}
    raise ValueError("no text")


def state_folder() -> Path:
    """Where programs keep what is theirs for this user, by the habits of the machine."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA")
        return (Path(home) if home else Path.home() / "AppData" / "Local") / "ropa"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "ropa"
    given = os.environ.get("XDG_STATE_HOME", "")
    return (Path(given) if given.startswith("/") else Path.home() / ".local" / "state") / "ropa"
