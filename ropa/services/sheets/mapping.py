"""Which column of a sheet is which field: recognised by a known shape, proposed by heading, or kept in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

from ropa.exchange.sheet_grid import Grid, letters
from ropa.exchange.yaml_document import read_document
from ropa.records.errors import InputError
from ropa.services.detection.names import same_text
from ropa.services.sheets.fields import NOTE, may_repeat, title_of

LOOKED_AT = 40
"""Rows in which the headings of a table may stand."""
LONGEST_HEADING = 12
"""Words of a heading of which a part may say what it is."""

Shape = Literal["table", "form"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet, or one label of a form: what it holds, and why that is thought."""

    heading: str
    field: str
    column: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How a sheet is read. `headings` are the rows that they stand in; empty for a form."""

    name: str
    shape: Shape
    columns: tuple[Column, ...]
    headings: tuple[int, ...] = ()
    role: str = ""
    sheet: str = ""
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A heading of a known shape. With `numbered` a number may follow it."""

    heading: str
    field: str
    also: tuple[str, ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A shape of sheets: the headings in their order, and how many of them tell it. `sections` are those of a form."""

    key: str
    name: str
    shape: Shape
    role: str
    least: int
    columns: tuple[Known, ...]
    sections: tuple[Known, ...] = ()


@cache
def layouts() -> dict[str, Layout]:
    """The known shapes, by key."""
    return {key: _layout(key, given) for key, given in _data()["layouts"].items()}


def _layout(key: str, given: Mapping[str, Any]) -> Layout:
    def known(each: Mapping[str, Any]) -> Known:
        field = each.get("field", each.get("of", ""))
        return Known(each["heading"], field, tuple(each.get("also", ())), each.get("numbered", False))

    return Layout(
        key, given["name"], given["shape"], given["role"], given["least"],
        tuple(map(known, given["columns"])), tuple(map(known, given.get("sections", ()))),
    )  # fmt: skip


@cache
def _phrases() -> dict[str, str]:
    """The words of headings, and the field that they mean."""
    return {same_text(phrase): field for field, given in _data()["headings"].items() for phrase in given}


@cache
def phrases_of(field: str) -> tuple[str, ...]:
    """The headings that mean a field."""
    return tuple(_data()["headings"].get(field, ()))


@cache
def _data() -> dict[str, Any]:
    text = (files("ropa.services.sheets") / "sheet_layouts.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], read_document(text, "sheet_layouts.yaml").root)


@lru_cache(maxsize=10_000)
def words_of(heading: str) -> str:
    """A heading as it is compared: without case, punctuation, accents, and what says that it may be empty."""
    return same_text(heading).removesuffix(" if applicable").removesuffix(" if possible").strip(" *")


def matches(known: Known, heading: str) -> bool:
    """Whether a heading of a sheet is this one."""
    asked = words_of(heading)
    if known.numbered:
        asked = asked.rstrip(" 0123456789")
    return asked in {words_of(each) for each in (known.heading, *known.also)}


def mapping_for(grid: Grid, layout: str = "auto") -> SheetMapping:
    """The mapping of a sheet: of the shape named, else of the shape that its headings tell, else by its headings.

    Raises InputError where the sheet is not of the shape named, or has no row of headings.
    """
    wanted = layouts().values() if layout == "auto" else _wanted(layout)
    best: tuple[int, SheetMapping] | None = None
    for each in wanted:
        score, found = _form(grid, each) if each.shape == "form" else _table(grid, each)
        if score >= each.least and (best is None or score > best[0]):
            best = score, found
    if best is not None:
        return best[1]
    if layout != "auto":
        known = layouts()[next(iter(_wanted(layout))).key]
        raise InputError([grid.problem(f"it is not {known.name}: too few of its headings are there")])
    return _proposed(grid)


def _wanted(layout: str) -> list[Layout]:
    return [each for key, each in layouts().items() if key == layout or key.startswith(f"{layout}-")]


def _form(grid: Grid, layout: Layout) -> tuple[int, SheetMapping]:
    labels = [cell.text for row in grid.rows for cell in list(row.cells.values())[:1]]
    known = [each for each in (*layout.columns, *layout.sections) if any(matches(each, label) for label in labels)]
    columns = tuple(Column(each.heading, each.field) for each in layout.columns)
    return len(known), SheetMapping(layout.name, "form", columns, role=layout.role, sheet=grid.sheet, layout=layout.key)


def _table(grid: Grid, layout: Layout) -> tuple[int, SheetMapping]:
    best: tuple[int, SheetMapping] = (0, SheetMapping(layout.name, "table", ()))
    for rows, headings in heading_rows(grid):
        left = list(layout.columns)
        found: list[Column] = []
        for column, heading in headings.items():
            hit = next((each for each in left if matches(each, heading)), None)
            if hit is not None:
                left.remove(hit)
            why = f"a heading of {layout.name}" if hit else "no heading of this shape"
            found.append(Column(heading, hit.field if hit else NOTE, column, why))
        score = len(layout.columns) - len(left)
        if score > best[0]:
            best = score, SheetMapping(layout.name, "table", tuple(found), rows, layout.role, grid.sheet, layout.key)
    return best


def _proposed(grid: Grid) -> SheetMapping:
    """What each column of an unknown sheet may be, by its heading."""
    score = 0
    rows: tuple[int, ...] = ()
    columns: list[Column] = []
    for candidate, headings in heading_rows(grid):
        found = [Column(heading, *_meant(heading, column)) for column, heading in headings.items()]
        if len(candidate) > 1 and not _heads(grid, candidate[-1]):
            continue
        known = sum(each.field != NOTE for each in found)
        if known > score and (known > 1 or len(headings) == 1):
            score, rows, columns = known, candidate, found
    if not score:
        words = "no row of headings was found in it, with words such as Purpose, Data subjects, Retention"
        words += "; say with a mapping file what its columns are (--write-mapping makes one to fill in)"
        raise InputError([grid.problem(words)])
    return SheetMapping("by its headings", "table", tuple(_once(columns)), rows, sheet=grid.sheet)


def nothing_meant(grid: Grid) -> SheetMapping | None:
    """A mapping to be filled in: the first of the widest rows as headings, every column a note; None without rows."""
    candidates = [(rows, found) for rows, found in heading_rows(grid) if len(rows) == 1 and len(found) > 1]
    if not candidates:
        return None
    rows, headings = max(candidates, key=lambda each: len(each[1]))
    columns = (Column(text, NOTE, at, "no field is meant by this heading") for at, text in headings.items())
    return SheetMapping("by its headings", "table", tuple(columns), rows, sheet=grid.sheet)


def _heads(grid: Grid, number: int) -> bool:
    """Whether the lower of two rows has words of headings, rather than those of the first activity."""
    texts = [cell.text for row in grid.rows if row.number == number for cell in row.cells.values() if not cell.beside]
    return 2 * sum(_meant(each, 0)[0] != NOTE for each in texts) >= len(texts)


def heading_rows(grid: Grid) -> Iterator[tuple[tuple[int, ...], dict[int, str]]]:
    """The rows that may be the headings, one or two of them, with the heading of each column.

    Of two rows, the upper one may stand over several columns; where the lower one does not say by itself what its
    column is, both do.
    """
    rows = [row for row in grid.rows if row.number <= LOOKED_AT]
    for index, row in enumerate(rows):
        single = {column: cell.text for column, cell in row.cells.items() if not cell.beside}
        if single:
            yield (row.number,), single
        below = rows[index + 1] if index + 1 < len(rows) else None
        if below is None or below.number != row.number + 1 or len(row.cells) < 2:
            continue
        both: dict[int, str] = {}
        upper = ""
        for column in range(1, max(*row.cells, *below.cells) + 1):
            over = row.cells.get(column)
            under = below.cells.get(column)
            lower = under.text if under is not None and not under.beside else ""
            upper = over.text if over is not None else upper
            if lower and upper and words_of(lower) not in _phrases():
                both[column] = f"{upper}: {lower}"
            elif lower or over is not None:
                both[column] = lower or upper
        yield (row.number, below.number), both


def _meant(heading: str, column: int) -> tuple[str, int, str]:
    """The field that a heading means, its column, and what that rests on."""
    asked = words_of(heading)
    if field := _phrases().get(asked):
        return field, column, f"{heading!r} is a word for it"
    words = asked.split()
    if len(words) <= LONGEST_HEADING:
        for length in range(min(len(words), 6), 0, -1):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length])
                if (field := _phrases().get(part)) and (length > 1 or part not in _ALONE):
                    return field, column, f"the heading has the words {part!r}"
    return NOTE, column, "no field is meant by this heading; its text is kept"


_ALONE = frozenset(("id", "no", "ref", "number", "who", "what", "why", "people", "name", "title", "until", "until",
                    "contract", "controls", "access", "process", "function", "team", "area", "client", "customer",
                    "tool", "source", "storage", "people", "role", "owner", "risk", "created", "updated", "duree",
                    "daten", "verarbeitung", "verfahren", "betroffene", "systeme"))  # fmt: skip
"""Words that mean something only as the whole heading."""


def _once(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns, where a field that holds one value is given once: the surest heading, then the first."""
    ranked = sorted(columns, key=lambda each: (not each.why.endswith("is a word for it"), each.column))
    taken: dict[str, int] = {}
    for each in ranked:
        taken.setdefault(each.field, each.column)
    for each in columns:
        if may_repeat(each.field) or taken[each.field] == each.column:
            yield each
        else:
            why = f"{title_of(each.field)} is column {letters(taken[each.field])} already; its text is kept"
            yield Column(each.heading, NOTE, each.column, why)
