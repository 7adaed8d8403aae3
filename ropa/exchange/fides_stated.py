"""What files state about records: fields by kind and key, gathered piece by piece, and the keys that they get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ropa.exchange.fides_manifest import Gathering, Values
from ropa.exchange.fides_terms import slug
from ropa.exchange.file_problems import field_problems
from ropa.records.kinds import KINDS
from ropa.records.references import references
from ropa.records.register import Register
from ropa.records.values import Fields, Part

LONGEST_NAME = 300
_LONGEST_KEY = 120
_HINTS = {
    "third_country_transfers": "a transfer needs its importer and its safeguard; record it by hand",
    "does_international_transfers": "a transfer needs its importer and its country; record it by hand",
    "legal_basis_for_transfers": "a safeguard belongs to a transfer to one importer; record it by hand",
    "joint_controller_info": "joint controllers are parties; record them by hand",
    "shared_categories": "whom they are shared with is not named",
}
"""What to do about fields that the register keeps in another way."""


@dataclass
class Stated:
    """The fields that files state, by kind and key; what they do not state is not there.

    `places` are the resources that records come from, so that a value that cannot be kept is told with its line.
    """

    records: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    places: dict[tuple[str, str], Values] = field(default_factory=dict)
    _taken: dict[tuple[str, str], str] = field(default_factory=dict)

    def put(self, kind: str, key: str, place: Values, **values: Any) -> None:
        """Add what is stated: lists grow, a field that is empty (None) is not stated, the first of two values stays.

        Another value for the same field goes into the note, and is remarked.
        """
        self.places.setdefault((kind, key), place)
        record = self.records[kind].setdefault(key, {})
        for name, value in values.items():
            earlier = record.get(name)
            if value is None or value == ():
                continue
            if earlier is None:
                record[name] = tuple(dict.fromkeys(value)) if isinstance(value, tuple) else value
            elif isinstance(earlier, tuple):
                record[name] = tuple(dict.fromkeys((*earlier, *value)))
            elif name == "note":
                self.note(kind, key, value)
            elif earlier != value:
                self.note(kind, key, f"{KINDS[kind].fields.model_fields[name].title}: {value}")
                place.remark((), f"{kind}/{key} has another {name} already ({earlier}); kept in its note", kept=True)

    def note(self, kind: str, key: str, lines: str) -> None:
        """Add lines to a record's note, each once."""
        record = self.records[kind].setdefault(key, {})
        record["note"] = grown(record.get("note"), lines)

    def keep_rest(self, kind: str, key: str, values: Values, what: str = "") -> None:
        """Put what nobody asked for into a record's note; `what` says of what part it is."""
        for name, text in values.rest():
            self.note(kind, key, " ".join(filter(None, ("Fides", what, f"{name}: {text}"))))
            hint = _HINTS.get(name, "the register has no such field")
            values.remark(name, f"{hint}; kept in the note of {kind}/{key}", kept=True)

    def short(self, kind: str, key: str, place: Values, name: str) -> tuple[str, ...]:
        """The pieces of a text that lists things, by lines and semicolons; a piece too long goes into the note."""
        found = []
        for piece in (place.text(name) or "").replace("\n", ";").split(";"):
            text = " ".join(piece.split()) if "\t" in piece else piece.strip()
            if len(text) > LONGEST_NAME:
                self.note(kind, key, f"Fides {name}: {text}")
                place.remark(name, f"too long for a list; kept in the note of {kind}/{key}", kept=True)
            elif text:
                found.append(text)
        return tuple(dict.fromkeys(found))

    def key(self, kind: str, origin: str, wanted: str) -> str:
        """A key of its own for what a manifest calls `origin`; the same one when it is asked for again."""
        stem = slug(wanted)[:_LONGEST_KEY].strip("-") or kind.replace("_", "-")
        key, number = stem, 1
        while self._taken.setdefault((kind, key), origin) != origin:
            number += 1
            key = f"{stem}-{number}"
        return key

    def merged(self, current: Register | None) -> dict[str, dict[str, Fields]]:
        """The records together with those that a register has: a stated field replaces, a list or a note grows.

        Raises InputError, with lines, for values that no record can hold and keys that no record has.
        """
        into = Gathering()
        found: dict[str, dict[str, Fields]] = {}
        for kind, records in self.records.items():
            known = {} if current is None else current.of_kind(kind)
            found[kind] = dict(known)
            for key, values in records.items():
                place = self.places[kind, key]
                try:
                    found[kind][key] = _record(kind, key, values, known.get(key))
                except ValidationError as error:
                    into.problems += field_problems(place.document, KINDS[kind], error, place.path, set())
        into.stop()
        for kind, key in self.places:
            for name, target, other in references(KINDS[kind], found[kind][key]):
                if other not in found[target]:
                    place = self.places[kind, key]
                    words = f"{kind}/{key}, {name}: there is no {target} {other!r}"
                    into.problems.append(place.document.problem(place.path, words))
        into.stop()
        return found


def grown(earlier: str | None, lines: str) -> str:
    """A note with further lines, each of which it gets once."""
    have = earlier.split("\n") if earlier else []
    return "\n".join([*have, *(line for line in lines.split("\n") if line not in have)]) if have else lines


def _record(kind: str, key: str, values: Mapping[str, Any], known: Fields | None) -> Fields:
    model = KINDS[kind].fields
    if known is None:
        return model.model_validate({**values, "key": key})
    before = {name: getattr(known, name) for name in model.model_fields}
    whole = {
        name: {**before[name].model_dump(exclude_none=True), **value} if isinstance(before[name], Part) else value
        for name, value in values.items()
    }
    read = model.model_validate({**before, **whole, "key": key})
    more: dict[str, Any] = {}
    for name in values:
        earlier, now = before[name], getattr(read, name)
        if isinstance(earlier, tuple) and isinstance(now, tuple):
            more[name] = tuple(dict.fromkeys((*earlier, *now)))
        elif name == "note" and earlier:
            more[name] = grown(earlier, now)
    return model.model_validate({**{name: getattr(read, name) for name in model.model_fields}, **more})
