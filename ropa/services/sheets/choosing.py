"""A person's hand in a mapping: which column is which field, chosen one by one, and the mapping kept as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ropa.exchange.sheet_grid import Grid, letters
from ropa.records.kinds import KINDS
from ropa.services.editing.choices import Choice, Offer, made, word_explanation, word_label
from ropa.services.sheets.fields import FIELDS, IGNORE, NOTE, may_repeat, title_of
from ropa.services.sheets.importing import Reading
from ropa.services.sheets.mapping import Column, SheetMapping, phrases_of
from ropa.services.sheets.mapping_file import ROLES, mapping_text
from ropa.services.writing import write_text

BY_HAND = "chosen by hand"
_OWN = {
    NOTE: "Its text is kept in the note of the activity, with the heading.",
    IGNORE: "It is left out; the report of the import says so for every cell.",
}
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Sample:
    """One column of a sheet as people see it: its letters, its heading, a value, and the field that it goes to."""

    column: Column
    letters: str
    heading: str
    value: str
    title: str
    filled: int


def samples(grid: Grid, mapping: SheetMapping) -> tuple[Sample, ...]:
    """The columns of a table; of a form its labels, which have no column."""
    below = [row for row in grid.rows if row.number > max(mapping.headings, default=0)] if mapping.headings else []
    found = []
    for each in sorted(mapping.columns, key=lambda column: column.column):
        texts = [row.cells[each.column].text for row in below if each.column in row.cells]
        found.append(
            Sample(
                each,
                letters(each.column),
                " ".join(each.heading.split()),
                next((" ".join(text.split())[:_LONGEST] for text in texts), ""),
                title_of(each.field),
                len(texts),
            )
        )
    return tuple(found)


def field_offer() -> Offer:
    """Every field that a column may go to, found by its title, by its name and by the headings that mean it."""
    return made(_field_choices())


def _field_choices() -> Iterator[Choice]:
    for field in (NOTE, IGNORE, *(each for each in FIELDS if each not in (NOTE, IGNORE))):
        kind, _, name = field.partition(".")
        about = ""
        if kind in KINDS and name in KINDS[kind].fields.model_fields:
            about = KINDS[kind].fields.model_fields[name].description or ""
        title = title_of(field)
        yield Choice(field, f"{title[:1].upper()}{title[1:]}", _OWN.get(field, about), phrases_of(field))


def role_offer() -> Offer:
    """What the organisation is in all of these activities, or nothing where a column says it or nobody knows."""
    return made(Choice(each, word_label(each), word_explanation("activity.role", each)) for each in ROLES)


def with_field(mapping: SheetMapping, column: int, field: str) -> tuple[SheetMapping, str]:
    """The mapping with another field for a column, and what else changed by it, in words.

    Where the field holds one value and another column had it, that one is kept as text.
    """
    columns: list[Column] = []
    said = ""
    for each in mapping.columns:
        if each.column == column:
            columns.append(replace(each, field=field, why=BY_HAND) if each.field != field else each)
        elif each.field == field and not may_repeat(field):
            why = f"{title_of(field)} is column {letters(column)} now; its text is kept"
            columns.append(replace(each, field=NOTE, why=why))
            said = f"{title_of(field)} was column {letters(each.column)}, which is kept as text now."
        else:
            columns.append(each)
    return replace(mapping, columns=tuple(columns)), said


def with_role(mapping: SheetMapping, role: str) -> SheetMapping:
    """The mapping with what the organisation is in all of its activities; empty where that is not said."""
    return replace(mapping, role=role)


def with_mapping(reading: Reading, mapping: SheetMapping) -> Reading:
    """The reading of one sheet by another mapping."""
    ((grid, _),) = reading.chosen
    return replace(reading, chosen=((grid, mapping),))


def mapped(reading: Reading) -> tuple[Grid, SheetMapping] | None:
    """The one table whose columns can be chosen; None for a file of several sheets or of a form."""
    if len(reading.chosen) == 1 and reading.chosen[0][1].shape == "table":
        return reading.chosen[0]
    return None


def keep(mapping: SheetMapping, path: Path) -> None:
    """Write the mapping to a file that --layout and the form take. Raises StoreError where that cannot be."""
    write_text(path, mapping_text(mapping))
