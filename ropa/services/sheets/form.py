"""A sheet of one activity, as the CNIL's, into a draft: labels with values beside them, in sections."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath

from ropa.exchange.cell_text import NONE_NEEDED, is_none, is_nothing, items
from ropa.exchange.law_text import instruments
from ropa.exchange.place_text import read_places
from ropa.exchange.sheet_grid import Grid, GridCell, GridRow, address
from ropa.law.lawbook import LawBook
from ropa.services.detection.names import same_text
from ropa.services.sheets.actors import actors
from ropa.services.sheets.cells import Cells
from ropa.services.sheets.draft import Draft, Spot, Told
from ropa.services.sheets.fields import FIELDS
from ropa.services.sheets.law_cells import ONWARD
from ropa.services.sheets.mapping import Known, SheetMapping, layouts, matches
from ropa.services.sheets.records import AmbiguousError
from ropa.services.sheets.transfers import NO_SAFEGUARD

LONGEST_ENTRY = 300
NOT_RECORDED = "? not recorded: it goes there"
"""How a record that this program wrote says that there is no transfer in it, where data goes abroad."""
_PARTS = {
    "safeguard": r"garantie|guarantee|safeguard",
    "type": r"\btype\b",
    "description": r"description|nature",
    "retention": r"durée|délai|effacement|conservation|retention|erasure",
    "who": r"destinataire|organisme|recipient|organi[sz]ation",
    "country": r"pays|country",
    "document": r"lien|doc|link",
    "detail": r"précision|detail",
}
_FRENCH = re.compile(r"date de|mise|derniere")
"""How the label of a date begins in the sheet as the CNIL publishes it, where no day can be taken for a month."""
_NUMBERS = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
_INTERNAL = re.compile(r"interne|internal", re.IGNORECASE)
_PROCESSOR = re.compile(r"sous[- ]traitant|processor", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:catégorie|destinataire|mesure|organisme|category|recipient|measure)[^0-9]*[0-9]+$", re.IGNORECASE
)


def form_drafts(
    grid: Grid,
    mapping: SheetMapping,
    cells: Cells,
    told: list[Told],
    problems: list[str],
    come: Callable[[], None],
) -> Iterator[Draft]:
    """The one activity of a sheet. Raises nothing; what cannot be recorded goes to `problems` with its cell.

    `come` is called for each row that is come to.
    """
    reading = _Form(grid, mapping, cells, told)
    head = {
        each.row.number for each in actors(grid, layouts()[mapping.layout])
    }  # read by itself, into the organisation
    for row in grid.rows:
        come()
        try:
            if row.number not in head:
                reading.row(row)
        except ValueError as error:
            problems.append(str(grid.problem(str(error), row.number, min(row.cells))))
    if reading.draft.values.get("controllers"):
        reading.draft.values.setdefault("role", "processor")
    if reading.draft.values or reading.draft.notes:
        yield reading.draft


class _Form:
    """The state of a walk down a form."""

    def __init__(self, grid: Grid, mapping: SheetMapping, cells: Cells, told: list[Told]) -> None:
        layout = layouts()[mapping.layout]
        self.known, self.sections = layout.columns, layout.sections
        self.grid, self.cells, self.told = grid, cells, told
        first = grid.rows[0]
        spot = self._spot(first, min(first.cells), "")
        self.draft = Draft(f"{PurePath(grid.file).name}, sheet {grid.sheet!r}", spot)
        self.section = ""
        self.parts: dict[int, str] = {}
        self.unread: set[str] = set()
        self._names = {each.name for each in LawBook.in_use().instruments()}

    def row(self, row: GridRow) -> None:
        """One row: a section's title, a field with its value, an entry of the section, or neither."""
        at = min(row.cells)
        label = row.cells[at].text
        rest = {column: cell for column, cell in row.cells.items() if column != at and not cell.beside}
        if section := next((each for each in self.sections if matches(each, label)), None):
            self.section = section.field
            self.parts = {column: _part(cell.text) for column, cell in rest.items()}
            self._ignore(row, list(row.cells), "a heading")
        elif known := next((each for each in self.known if matches(each, label)), None):
            self.section = ""
            self._field(row, at, known, rest)
        elif self.section and rest:
            self._entry(row, at, label, rest)
        elif rest:
            self._ignore(row, [at], "a label")
            for column in rest:
                self._keep(row, column, label, "its label is not one of this sheet's; record it by hand")
        elif self.section and not _NUMBERED.match(label) and not is_nothing(label):
            self._ignore(row, [at], "a label without a value")
        else:
            self._ignore(row, [at], "a title or label without a value")

    def _spot(self, row: GridRow, column: int, heading: str) -> Spot:
        cell = row.cells[column]
        return Spot(self.grid.sheet, address(row.number, column), row.number, heading, cell.text, cell.day, cell.link)

    def _ignore(self, row: GridRow, columns: list[int], why: str) -> None:
        self.told += [Told(self._spot(row, each, ""), "ignored", why) for each in columns if not row.cells[each].beside]

    def _keep(self, row: GridRow, column: int, heading: str, gap: str) -> None:
        spot = self._spot(row, column, heading)
        if is_nothing(spot.text):
            self.told.append(Told(spot, "ignored", "it says that there is nothing to record"))
        else:
            self.cells.kept(self.draft, spot, gap)

    def _field(self, row: GridRow, at: int, known: Known, rest: dict[int, GridCell]) -> None:
        self._ignore(row, [at], "a label")
        for index, column in enumerate(rest):
            if index == 0:
                spot = self._spot(row, column, known.heading)
                if FIELDS[known.field] == "day" and spot.day is None and _FRENCH.match(same_text(row.cells[at].text)):
                    spot = replace(spot, day=_day_first(spot.text))
                self.cells.read(self.draft, known.field, spot)
            else:
                self._keep(row, column, known.heading, "a second value beside its label; kept as text")

    def _entry(self, row: GridRow, at: int, label: str, rest: dict[int, GridCell]) -> None:
        """An entry of a section: the data, people, recipients, transfers or measures that it lists."""
        if all(is_nothing(cell.text) for cell in rest.values()):
            denied = [column for column, cell in rest.items() if is_none(cell.text)]
            self._ignore(
                row, [at, *(each for each in rest if each not in denied)], "it says that there is nothing to record"
            )
            for column in denied:
                self.cells.kept(self.draft, self._spot(row, column, " ".join(label.split())), "")
            return
        given: dict[str, int] = {}
        for column in rest:
            given.setdefault(self.parts.get(column, "") or "detail", column)
        texts = {part: rest[column].text for part, column in given.items() if not is_nothing(rest[column].text)}
        over = [column for column in rest if column not in self._readable(given, texts)]
        given = {part: column for part, column in given.items() if column not in over}
        texts = {part: text for part, text in texts.items() if part in given}
        match self.section:
            case "data" | "sensitive":
                used = self._data(row, at, label, given, texts)
            case "subjects":
                used = self._list(row, at, label, "subject", given, texts)
            case "recipients":
                used = self._list(row, at, label, "recipient", given, texts)
            case "security":
                used = self._list(row, at, label, "security", given, texts)
            case _:
                used = self._transfer(row, at, given, texts)
        for column in over:
            self._keep(row, column, " ".join(label.split()), "no field is meant by its column; record it by hand")
        if used:
            for column in (each for each in rest if each not in over):
                spot = self._spot(row, column, label)
                nothing = is_nothing(spot.text)
                if self.parts.get(column) == "retention" and not nothing and self.section in ("data", "sensitive"):
                    continue  # told by the time limit
                fate, words = ("ignored", "it says that there is nothing to record") if nothing else ("used", used)
                gap = NO_SAFEGUARD if spot.address in self.unread else ""
                self.told.append(Told(spot, fate, words, gap))  # type: ignore[arg-type]  # one of two fates

    def _unread(self, row: GridRow, columns: list[int], label: str, gap: str) -> str:
        for column in columns:
            self._keep(row, column, " ".join(label.split()), gap)
        return ""

    def _recipient(self, text: str) -> str:
        """The key of the party that a transfer goes to; empty where none is named or it may be several."""
        try:
            return self.cells.records.party_or_new(text, self.draft.source) if text else ""
        except AmbiguousError:
            return ""

    def _readable(self, given: dict[str, int], texts: dict[str, str]) -> list[int]:
        """The columns of an entry that its section has a place for."""
        match self.section:
            case "data" | "sensitive":
                parts = ["description" if "description" in given else "detail", "retention"]
            case "transfers":
                parts = ["who", "country", "safeguard", "document"]
            case _:
                sort = "type" if "type" in texts else "description"
                parts = [sort, "detail" if sort == "description" or "detail" in texts else "description"]
        return [column for part, column in given.items() if part in parts]

    def _data(self, row: GridRow, at: int, label: str, given: dict[str, int], texts: dict[str, str]) -> str:
        field = "data_category.special" if self.section == "sensitive" else "activity.data_categories"
        records = self.cells.records
        own = self._spot(row, at, label)
        before = len(self.told)
        name = " ".join(label.split())
        if field == "data_category.special":
            self.cells.read(self.draft, field, own)
            if self.told[before].fate != "used":
                for column in given.values():
                    self._keep(row, column, label, "which special category it is was not understood")
                return ""
            key = records.known("data_category", name)
        else:
            key = records.named("data_category", name, self.draft.source)
            self.draft.several("data_categories", [key], own)
            self.told.append(Told(own, "used", "Which data"))
        record = records.of("data_category", key) if key else None
        texts["description"] = texts.get("description") or texts.get("detail", "")
        if record is not None and texts.get("description") and record.examples is None:
            records.put("data_category", record.model_copy(update={"examples": texts["description"]}))
        elif record is not None and texts["description"] not in ("", record.examples):
            spot = self._spot(row, given.get("description") or given["detail"], label)
            self.draft.note(spot)
        if "retention" in texts and key:
            column = given["retention"]
            self.draft.row_data = (key,)
            spot = self._spot(row, column, label)
            self.cells.read(self.draft, "retention", spot)
            self.draft.explicit |= set(self.draft.retention)
        elif "retention" in given:
            self._keep(row, given["retention"], label, "")
        return "What the data holds"

    def _list(self, row: GridRow, at: int, label: str, what: str, given: dict[str, int], texts: dict[str, str]) -> str:
        there = [texts[part] for part in ("type", "description", "detail") if part in texts]
        detail = texts.get("detail", "") or (there[1] if len(there) > 1 else "")
        columns = list(given.values())
        sort = texts.get("type") or texts.get("description") or ("" if _NUMBERED.match(label) else label)
        own = self._spot(row, at, label)
        self.told.append(Told(own, "ignored" if _NUMBERED.match(label) else "used", "a label"))
        if what == "subject":
            name = " ".join((sort or detail).split())
            if len(name) > LONGEST_ENTRY:
                return self._unread(row, columns, label, "it is too long for a name")
            key = self.cells.records.named("subject_category", name, self.draft.source)
            self.draft.several("subject_categories", [key], own)
            if detail and sort:
                self.draft.notes[f"{sort}: {detail}"] = None
            return "Whose data"
        if what == "recipient" and _PROCESSOR.search(sort) and detail:
            try:
                keys = [self.cells.records.party_or_new(each, self.draft.source) for each in items(detail)]
            except AmbiguousError as error:
                return self._unread(row, columns, label, f"{error}; record it by hand")
            self.draft.engaged |= dict.fromkeys(keys)
            return "Processors"
        text = " ".join((f"{sort}: {detail}" if sort and detail else sort or detail).split())
        if len(text) > LONGEST_ENTRY:
            return self._unread(row, columns, label, "it is too long for an entry of a list")
        if what == "security":
            self.draft.several("security", [text], own)
            return "Security measures"
        name = "internal_recipients" if _INTERNAL.search(sort) else "recipients"
        self.draft.several(name, [text], own)
        return "Recipients inside" if name == "internal_recipients" else "Recipients"

    def _transfer(self, row: GridRow, at: int, given: dict[str, int], texts: dict[str, str]) -> str:
        self._ignore(row, [at], "a label")
        if any(line.startswith(NOT_RECORDED) for cell in row.cells.values() for line in cell.text.split("\n")):
            self._ignore(row, list(given.values()), "the record that this sheet comes from has no such transfer")
            return ""
        if self.cells.records.is_onward(texts.get("who", "")):
            return ONWARD
        codes, unread = read_places(texts.get("country", ""))
        who, safeguard = texts.get("who", ""), texts.get("safeguard", "")
        said = self.draft.transfer
        key = self._recipient(who)
        words = [line for line in safeguard.split("\n") if line and line not in self._names]
        papers = texts.get("document", "").split("\n")
        words += [line for line in papers if line and not self.cells.records.knows_document(line)]
        own: tuple[list[str], list[str]] = (list(instruments(safeguard).ids), words)
        if safeguard == NONE_NEEDED:
            own = ([], [])
        if not key or unread or (key in said.own and said.own[key] != own):
            what = "recipient and country were not both understood"
            if key and not unread:
                what = "transfers to one recipient are covered in two ways"
            return self._unread(row, list(given.values()), "Transferts hors UE", f"{what}; record it by hand")
        if safeguard and safeguard != NONE_NEEDED and not own[0]:
            self.unread.add(address(row.number, given["safeguard"]))
        said.importers.append(key)
        said.own[key] = own
        said.countries += [(key, code) for code in codes]
        said.spots += [] if codes else [self._spot(row, given["who"], "Organisme destinataire")]
        return "Transfer"


def _day_first(text: str) -> dt.date | None:
    """The day of a date as France writes it, 03/04/2026; None for any other."""
    found = _NUMBERS.fullmatch(text.strip())
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _part(heading: str) -> str:
    return next((part for part, words in _PARTS.items() if re.search(words, heading, re.IGNORECASE)), "")
