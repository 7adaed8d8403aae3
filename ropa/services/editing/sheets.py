"""What a form screen works on: opened, judged as one types, kept while it is not saved, saved in one stroke.

The methods say where they may be called: those that read or write files or judge a register belong off the event loop.
"""

from __future__ import annotations

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ropa.records.change import AcknowledgementFields
from ropa.records.kinds import KINDS
from ropa.services.browsing.detail_parts import Detail
from ropa.services.editing.choices import Offer, label, offer
from ropa.services.editing.conflicts import Conflict
from ropa.services.editing.effects import effects, explained, waiting
from ropa.services.editing.fields import Form, form
from ropa.services.editing.preview import preview
from ropa.services.editing.records import Editing, Outcome, Saved, after, opened, save
from ropa.services.editing.unsaved import Draft, Unsaved, resumed
from ropa.services.editing.values import Texts, new_key, read
from ropa.services.subjects import title_of
from ropa.services.workspace import View, Workspace, nothing_yet

_OF_TODAY = ("who", "on")
"""What is filled in by who asks and when, and does not tell one new record from another."""


class Sheet(ABC):
    """One open form. `texts` is what it shows at first, `draft` what was kept of it, once `open` has run."""

    form: Form

    def __init__(self, workspace: Workspace, organisation: str) -> None:
        self.workspace = workspace
        self.organisation = organisation
        self.texts: Mapping[str, object] = {}
        self.draft: Draft | None = None
        self._unsaved = Unsaved.of(workspace.path)
        self._keeping = threading.Lock()
        self._kept_last = 0
        self._saved = False

    @abstractmethod
    def title(self, view: View | None) -> str:
        """What the form is of, in words. Quick."""

    @abstractmethod
    def open(self) -> None:
        """Read the record and what was kept of it. Reads files. Raises NotFoundError where it is gone."""

    @abstractmethod
    def problems(self, texts: Texts) -> Mapping[str, str]:
        """What is not right, by field. Quick enough for each key pressed."""

    @abstractmethod
    def follows(self, view: View | None, texts: Texts) -> Detail:
        """What would follow from saving. Judges a register."""

    @abstractmethod
    def save(self, texts: Texts, who: str) -> Outcome:
        """Save. Writes the database."""

    @abstractmethod
    def offer(self, view: View, path: str, texts: Texts) -> Offer:
        """What a field can hold. Looks at a register."""

    @abstractmethod
    def label(self, view: View | None, path: str, value: str) -> str:
        """What people read for a value. Quick."""

    @abstractmethod
    def explained(self, path: str, values: Sequence[str]) -> str:
        """What a field is for and what is chosen in it means. Quick."""

    @abstractmethod
    def _draft(self, texts: Texts) -> Draft:
        """What is kept of the form."""

    def keep(self, texts: Texts, turn: int = 0) -> None:
        """Keep what is typed. Writes a file.

        `turn` counts the calls: what was typed earlier never takes the place of what was typed later, and nothing is
        kept any more of a form that is saved.
        """
        with self._keeping:
            if not self._saved and (not turn or turn > self._kept_last):
                self._kept_last = max(turn, self._kept_last)
                self._unsaved.keep(self._draft(texts))

    def drop(self) -> None:
        """Forget what was kept. Writes a file."""
        mine = self._draft({})
        self._unsaved.drop(mine.organisation, mine.kind, mine.key, mine.parent, mine.form, mine.about)

    def finish(self) -> None:
        """Forget what was kept, since it is saved, and keep no more. Writes a file."""
        with self._keeping:
            self._saved = True
            self.drop()

    def start_over(self, turn: int = 0) -> None:
        """Forget what was kept up to this turn, and show what there is without it. Reads and writes files."""
        with self._keeping:
            self._kept_last = max(turn, self._kept_last)
            self.drop()
        self.open()

    def _kept(self) -> Draft | None:
        mine = self._draft({})
        return self._unsaved.find(mine.organisation, mine.kind, mine.key, mine.parent, mine.form, mine.about)


class RecordSheet(Sheet):
    """The form of one record, or of a new one."""

    def __init__(
        self,
        workspace: Workspace,
        organisation: str,
        kind: str,
        key: str | None = None,
        parent: str | None = None,
        given: Texts | None = None,
    ) -> None:
        super().__init__(workspace, organisation)
        self.kind = kind
        self.key = key
        self.parent = parent
        self.given = dict(given or {})
        self.form = form(kind)
        self.editing: Editing | None = None

    def title(self, view: View | None) -> str:
        """The kind, and the name of the record or of what it will stand in."""
        name = self.kind.replace("_", " ")
        if self.key is not None and view is not None:
            return f"{name.capitalize()}: {title_of(view, f'{self.kind}/{self.key}')}"
        if self.parent and view is not None:
            return f"New {name} of {title_of(view, f'{KINDS[self.kind].parent}/{self.parent}')}"
        return f"New {name}"

    def open(self) -> None:
        """Read the record as it is now; where something was kept, as it was when that was typed."""
        self.draft = self._kept()
        if self.draft is not None:
            self.editing = resumed(self.workspace, self.draft)
            self.texts = {**self.editing.texts, **self.draft.texts}
            return
        self.editing = opened(self.workspace, self.organisation, self.kind, self.key, self.parent)
        self.texts = {**self.editing.texts, **self.given}

    @property
    def _open(self) -> Editing:
        if self.editing is None:
            raise RuntimeError("the sheet is not open")
        return self.editing

    def problems(self, texts: Texts) -> Mapping[str, str]:
        """What is not right, by field."""
        editing = self._open
        found = read(self.kind, texts, editing.record, key=editing.key, parent=editing.parent)
        note = found.record
        until = note.until if isinstance(note, AcknowledgementFields) else None
        if until is not None and until < self.workspace.on and texts.get("until") != editing.texts.get("until"):
            return {"until": "that day is over: the risk would count as not accepted"}
        return found.problems

    def follows(self, view: View | None, texts: Texts) -> Detail:
        """The findings that saving would mend or bring, and the verdicts."""
        editing = self._open
        found = read(self.kind, texts, editing.record, key=editing.key, parent=editing.parent)
        if found.record is None:
            return waiting({_field_title(self.form, path): words for path, words in found.problems.items()})
        record = found.record
        if not editing.key:
            key = new_key(self.kind, record.model_dump(), editing.taken, editing.parent)
            record = record.model_copy(update={"key": key})
            if self.kind == "organisation" or view is None:
                first = preview(nothing_yet(self.workspace.on), self.kind, record)
                return effects(replace(first, gone=()), f"{self.kind}/{key}")
        assert view is not None  # noqa: S101 only a new organisation has none
        return effects(preview(view, self.kind, record), f"{self.kind}/{record.key}")

    def save(self, texts: Texts, who: str) -> Outcome:
        """Save, and forget what was kept where that went well."""
        outcome = save(self.workspace, self.organisation, self._open, texts, who=who)
        if isinstance(outcome, Saved):
            self.finish()
        return outcome

    def settle(self, conflict: Conflict, texts: Texts, who: str) -> Outcome:
        """Save over what somebody else did, as was chosen."""
        self.editing = after(self.workspace, self.organisation, self._open, conflict)
        return self.save(texts, who)

    def offer(self, view: View, path: str, texts: Texts) -> Offer:
        """What a field can hold."""
        return offer(view, self.kind, path, texts)

    def label(self, view: View | None, path: str, value: str) -> str:
        """What people read for a value."""
        return value if view is None else label(view, self.kind, path, value)

    def explained(self, path: str, values: Sequence[str]) -> str:
        """What a field is for and what is chosen in it means."""
        return explained(self.kind, path, values)

    def _draft(self, texts: Texts) -> Draft:
        version = first = None
        if self.editing is not None:
            version, first = self.editing.version, self.editing.texts
        about = json.dumps({name: each for name, each in self.given.items() if name not in _OF_TODAY}, sort_keys=True)
        return Draft(
            self.organisation, self.kind, self.key or "", texts, self.parent or "", version, first,
            about=about if self.given else "",
        )  # fmt: skip


def _field_title(shown: Form, path: str) -> str:
    try:
        return shown.field(path).title
    except KeyError:
        return path or shown.title
