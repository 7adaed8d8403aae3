"""Reading the cells of one activity: each field's own way, nothing guessed and nothing dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ropa.exchange.cell_text import is_none, is_nothing, is_open, items, truth, without_gaps
from ropa.services.editing.readers import typed_day
from ropa.services.sheets.draft import Draft, Spot, Told
from ropa.services.sheets.fields import FIELDS, title_of
from ropa.services.sheets.law_cells import LawCells, one_line
from ropa.services.sheets.records import LONGEST_NAME, AmbiguousError, Records, companies, separate_parties

LONGEST_TEXT = 20_000
_WORDS: dict[str, dict[str, str]] = {
    "activity.role": {
        "controller": "controller", "data controller": "controller", "joint controller": "joint-controller",
        "joint-controller": "joint-controller", "processor": "processor", "data processor": "processor",
        "responsable": "controller", "sous-traitant": "processor",
    },
    "activity.dpia": {"required": "required", "not required": "not-required"},
    "activity.dpia_progress": {
        "not started": "not-started", "to do": "not-started", "in progress": "in-progress", "ongoing": "in-progress",
        "started": "in-progress", "complete": "completed", "completed": "completed", "done": "completed",
    },
    "activity.automated_decisions": {},
}  # fmt: skip
_ANSWERS = {"activity.dpia": ("required", "not-required"), "activity.automated_decisions": ("yes", "no")}
_ANSWERED = ("truth", "word", "condition-truth", "note")
"""Where a plain no is an answer, and not the word for nothing."""
_DOCUMENTS = {
    "activity.dpia_document": ("dpia", "Impact assessment"),
    "activity.privacy_notice": ("notice", "Privacy notice"),
    "activity.retention_policy": ("policy", "Retention policy"),
}
_SPECIAL = {
    "racial-or-ethnic-origin": r"\b(?:racial|race|ethnic)|\borigine raciale|ethnique",
    "political-opinions": r"\bpolitical|politiques",
    "religious-or-philosophical-beliefs": r"\breligi|\bphilosophical|philosophiques",
    "trade-union-membership": r"\btrade[- ]union|\bunion membership|syndicale",
    "genetic": r"\bgenetic|génétiques",
    "biometric": r"\bbiometric|biométriques",
    "health": r"\bhealth|\bmedical|\bsickness|\bdisabilit|\bsanté",
    "sex-life-or-orientation": r"\bsex(?:ual)?[- ](?:life|orientation)|\bsexual orientation|vie sexuelle",
}
_CRIMINAL = re.compile(r"\bcriminal|\bconviction|\boffences?\b|condamnations|infractions", re.IGNORECASE)
_INSIDE = " (internal)"
_HOSTED = " (hosted in "


class Cells(LawCells):
    """Reads cells into drafts. `told` is what became of each of them."""

    def __init__(self, records: Records, told: list[Told]) -> None:
        super().__init__(records, told)
        self._read: dict[str, Callable[[Draft, str, Spot], None]] = {
            "text": self._text, "names": self._names, "day": self._day, "word": self._word, "truth": self._truth,
            "parties": self._parties, "subjects": self._subjects, "data": self._data, "special": self._special,
            "systems": self._systems, "document": self._document, "processors": self._processors,
            "agreement": self._agreement, "importer": self._importers, "countries": self._countries,
            "safeguards": self._safeguards, "retention": self._retention, "bases": self._bases,
            "basis-text": self._basis_text, "basis-document": self._basis_document, "conditions": self._conditions,
            "condition-truth": self._condition_text, "condition-text": self._condition_text,
            "condition-document": self._condition_text,
        }  # fmt: skip

    def read(self, draft: Draft, field: str, spot: Spot) -> None:
        """One cell into its field. What cannot be read is kept as text, and told as a gap."""
        reading = FIELDS[field]
        if reading != "ignore" and without_gaps(spot.text).strip():
            spot = replace(spot, text=without_gaps(spot.text).strip())
        if len(spot.text) > LONGEST_TEXT and reading != "ignore":
            raise ValueError(f"its text is longer than {LONGEST_TEXT:,} signs")
        if reading == "ignore":
            self._tell(spot, "ignored", "the mapping leaves this column out")
        elif is_none(spot.text) and reading not in _ANSWERED and field != "activity.name":
            self._none(draft, field, spot)
        elif is_nothing(spot.text) and (reading not in _ANSWERED or truth(spot.text)[0] is None):
            words = (
                "it says that it is not known yet" if is_open(spot.text) else "it says that there is nothing to record"
            )
            self._tell(spot, "ignored", words)
        elif reading == "note":
            draft.note(spot)
            self._tell(spot, "kept", "kept in the note")
        else:
            self._read[reading](draft, field, spot)

    def _none(self, draft: Draft, field: str, spot: Spot) -> None:
        """An answer that there is none, which must not become that nobody recorded it."""
        if field == "activity.recipients" and draft.nobody is None:
            draft.nobody = spot
            self.used(field, spot)
        else:
            draft.note(spot)
            self._tell(spot, "kept", "kept in the note")

    def _text(self, draft: Draft, field: str, spot: Spot) -> None:
        name = field.partition(".")[2]
        one_line = name in ("name", "reference", "business_function", "owner")
        text = " ".join(spot.text.split()) if one_line else spot.text
        if name == "location":
            named = {line: self.records.known("system", line.partition(_HOSTED)[0]) for line in text.split("\n")}
            draft.several("systems", filter(None, named.values()), spot)
            text = "\n".join(line for line, key in named.items() if key is None)
            if not text:
                self.used(field, spot, title_of("activity.systems"))
                return
        if one_line and len(text) > LONGEST_NAME:
            self.kept(draft, spot, f"it is too long for {title_of(field)}")
        elif draft.single(name, text, spot):
            self.used(field, spot)
        else:
            self.kept(draft, spot, f"another row of this activity gives another {title_of(field)}")

    def _names(self, draft: Draft, field: str, spot: Spot) -> None:
        found = [" ".join(each.split()) for each in items(spot.text)]
        if any(len(each) > LONGEST_NAME for each in found):
            self.kept(draft, spot, f"it is too long for an entry of {title_of(field)}")
            return
        if field == "activity.recipients":
            inside = [each for each in found if each.endswith(_INSIDE)]
            draft.several("internal_recipients", (each.removesuffix(_INSIDE) for each in inside), spot)
            found = [each for each in found if each not in inside]
        draft.several(field.partition(".")[2], found, spot)
        self.used(field, spot, f"{title_of(field)}, {len(found)}" if len(found) > 1 else "")

    def _day(self, draft: Draft, field: str, spot: Spot) -> None:
        try:
            day = spot.day or typed_day(spot.text)
        except ValueError as error:
            self.kept(draft, spot, str(error))
            return
        if draft.single(field.partition(".")[2], day, spot):
            self.used(field, spot)
        else:
            self.kept(draft, spot, f"another row of this activity gives another {title_of(field)}")

    def _word(self, draft: Draft, field: str, spot: Spot) -> None:
        name = field.partition(".")[2]
        value, rest = _WORDS[field].get(" ".join(spot.text.casefold().split()).strip(" .")), ""
        if value is None and field in _ANSWERS:
            answer, rest = truth(spot.text)
            value = None if answer is None else _ANSWERS[field][0 if answer else 1]
        if value is None:
            self.kept(draft, spot, f"{title_of(field)}: this is none of the answers that can be recorded")
        elif not draft.single(name, value, spot):
            self.kept(draft, spot, f"another row of this activity gives another {title_of(field)}")
        elif rest and field == "activity.automated_decisions" and "\n" in spot.text:
            detail = spot.text.partition("\n")[2]
            draft.single("automated_detail", detail, spot)
            self.used(field, spot)
        elif rest:
            draft.note(spot)
            self.used(field, spot, f"{title_of(field)}; its words are kept in the note")
        else:
            self.used(field, spot)

    def _truth(self, draft: Draft, field: str, spot: Spot) -> None:
        answer, rest = truth({"main": "yes", "core": "yes", "auxiliary": "no"}.get(spot.text.lower(), spot.text))
        if answer is None or rest or not draft.single(field.partition(".")[2], answer, spot):
            self.kept(draft, spot, f"{title_of(field)}: neither yes nor no")
        else:
            self.used(field, spot)

    def _parties(self, draft: Draft, field: str, spot: Spot) -> None:
        keys = self._named_parties(draft, spot)
        if keys:
            draft.several(field.partition(".")[2], keys, spot)
            self.used(field, spot)

    def _named_parties(self, draft: Draft, spot: Spot) -> list[str]:
        """The parties that a cell names, each on its own; nothing where one of them cannot be told."""
        try:
            texts = separate_parties(spot.text)
            if (
                len(texts) == 1
                and "\n" not in texts[0]
                and "@" not in texts[0]
                and not re.search(r",\s*[0-9]", texts[0])
            ):
                texts = companies(texts[0])
            found = [self.records.party_or_new(each, draft.source) for each in texts if not is_nothing(each)]
        except AmbiguousError as error:
            self.kept(draft, spot, f"{error}; record it by hand")
            return []
        except ValueError as error:
            self.kept(draft, spot, f"no party can be made of it ({error})")
            return []
        if not found:
            self.kept(draft, spot, "it names nobody")
        return list(dict.fromkeys(found))

    def _subjects(self, draft: Draft, field: str, spot: Spot) -> None:
        self._categories(draft, "subject_category", field, spot)

    def _data(self, draft: Draft, field: str, spot: Spot) -> None:
        self._categories(draft, "data_category", field, spot)

    def _systems(self, draft: Draft, field: str, spot: Spot) -> None:
        self._categories(draft, "system", field, spot)

    def _categories(self, draft: Draft, kind: str, field: str, spot: Spot) -> None:
        names = [" ".join(each.split()) for each in items(spot.text)]
        if any(len(each) > LONGEST_NAME for each in names):
            self.kept(draft, spot, f"it is too long for an entry of {title_of(field)}")
            return
        keys = [self.records.named(kind, each, draft.source) for each in names]
        draft.several(field.partition(".")[2], keys, spot)
        if kind == "data_category":
            draft.row_data = (*draft.row_data, *keys)
        self.used(field, spot, f"{title_of(field)}, {len(keys)}" if len(keys) > 1 else "")

    def _special(self, draft: Draft, field: str, spot: Spot) -> None:
        keys, unread = [], []
        for each in items(spot.text):
            name = " ".join(each.split())
            mark = next((kind for kind, words in _SPECIAL.items() if re.search(words, name, re.IGNORECASE)), None)
            criminal = bool(_CRIMINAL.search(name))
            if (mark or criminal) and truth(name)[0] is None and len(name) <= LONGEST_NAME:
                keys.append(key := self.records.named("data_category", name, draft.source))
                if not self._marked(key, mark, criminal=criminal):
                    unread.append(name)
            else:
                unread.append(name)
        if keys:
            draft.several("data_categories", keys, spot)
        if unread:
            self.kept(draft, spot, "which special category of data is meant was not understood; mark it by hand")
        else:
            self.used(field, spot)

    def _marked(self, key: str, special: str | None, *, criminal: bool) -> bool:
        """Mark a category of data; False where it has another mark already, which stays."""
        record = self.records.of("data_category", key)
        new = {"special": special or record.special, "criminal": criminal or record.criminal}
        if record.special not in (None, new["special"]):
            return False
        if new != {"special": record.special, "criminal": record.criminal}:
            self.records.put("data_category", type(record).model_validate({**record.model_dump(), **new}))
        return True

    def _document(self, draft: Draft, field: str, spot: Spot) -> None:
        type_, name = _DOCUMENTS[field]
        key = self.records.document(type_, f"{name}: {one_line(spot.place)}", spot.place, draft.source)
        if draft.single(field.partition(".")[2], key, spot):
            self.used(field, spot)
        else:
            self.kept(draft, spot, f"another row of this activity gives another {title_of(field)}")

    def _processors(self, draft: Draft, field: str, spot: Spot) -> None:
        keys = self._named_parties(draft, spot)
        if keys:
            draft.engaged |= dict.fromkeys(keys)
            self.used(field, spot)

    def _importers(self, draft: Draft, _field: str, spot: Spot) -> None:
        keys = self._named_parties(draft, spot)
        if keys:
            draft.transfer.importers += keys
            draft.transfer.spots.append(spot)


def in_order(fields: Sequence[str]) -> list[int]:
    """The places of a row's columns in the order in which they are read: what others lean on first."""
    late = ("transfer.", "retention", "lawful_basis.", "condition.policy", "agreement.", "note")
    return sorted(range(len(fields)), key=lambda index: (fields[index].startswith(late), index))
