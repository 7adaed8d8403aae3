"""A sheet of one activity, as the CNIL's, into a draft: labels with values beside them, in sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from ropa.exchange.cell_text import is_none, is_nothing, items
from ropa.exchange.place_text import read_places
from ropa.exchange.sheet_grid import Grid, GridCell, GridRow, address
from ropa.services.sheet_cells import Cells
from ropa.services.sheet_draft import Draft, Spot, Told
from ropa.services.sheet_mapping import Known, SheetMapping, layouts, matches

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
_INTERNAL = re.compile(r"interne|internal", re.IGNORECASE)
_PROCESSOR = re.compile(r"sous[- ]traitant|processor", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:catégorie|destinataire|mesure|organisme|category|recipient|measure)[^0-9]*[0-9]+$", re.IGNORECASE
)


def form_drafts(
    grid: Grid, mapping: SheetMapping, cells: Cells, told: list[Told], problems: list[str]
) -> Iterator[Draft]:
    """The one activity of a sheet. Raises nothing; what cannot be recorded goes to `problems` with its cell."""
    reading = _Form(grid, mapping, cells, told)
    for row in grid.rows:
        try:
            reading.row(row)
        except ValueError as error:
            problems.append(str(grid.problem(str(error), row.number, min(row.cells))))
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
        self.transfers = 0

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
                self.cells.read(self.draft, known.field, self._spot(row, column, known.heading))
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
        given = {self.parts.get(column, "") or "detail": column for column in rest}
        texts = {part: rest[column].text for part, column in given.items() if not is_nothing(rest[column].text)}
        match self.section:
            case "data" | "sensitive":
                used = self._data(row, at, label, given, texts)
            case "subjects":
                used = self._list(row, at, label, "subject", texts)
            case "recipients":
                used = self._list(row, at, label, "recipient", texts)
            case "security":
                used = self._list(row, at, label, "security", texts)
            case _:
                used = self._transfer(row, at, given, texts)
        if used:
            for column in rest:
                spot = self._spot(row, column, label)
                nothing = is_nothing(spot.text)
                if self.parts.get(column) == "retention" and not nothing and self.section in ("data", "sensitive"):
                    continue  # told by the time limit
                fate, words = ("ignored", "it says that there is nothing to record") if nothing else ("used", used)
                self.told.append(Told(spot, fate, words))  # type: ignore[arg-type]  # one of two fates

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
        if record is not None and texts.get("description") and record.examples is None:
            records.put("data_category", record.model_copy(update={"examples": texts["description"]}))
        elif record is not None and texts.get("description") not in (None, record.examples):
            spot = self._spot(row, given["description"], label)
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

    def _list(self, row: GridRow, at: int, label: str, what: str, texts: dict[str, str]) -> str:
        detail = texts.get("detail", "")
        sort = texts.get("type") or texts.get("description") or ("" if _NUMBERED.match(label) else label)
        own = self._spot(row, at, label)
        self.told.append(Told(own, "ignored" if _NUMBERED.match(label) else "used", "a label"))
        if what == "subject":
            key = self.cells.records.named("subject_category", _short(sort or detail), self.draft.source)
            self.draft.several("subject_categories", [key], own)
            if detail and sort:
                self.draft.notes[f"{sort}: {detail}"] = None
            return "Whose data"
        if what == "recipient" and _PROCESSOR.search(sort) and detail:
            for each in items(detail):
                self.draft.engaged[self.cells.records.party_or_new(each, self.draft.source)] = None
            return "Processors"
        text = _short(f"{sort}: {detail}" if sort and detail else sort or detail)
        if what == "security":
            self.draft.several("security", [text], own)
            return "Security measures"
        name = "internal_recipients" if _INTERNAL.search(sort) else "recipients"
        self.draft.several(name, [text], own)
        return "Recipients inside" if name == "internal_recipients" else "Recipients"

    def _transfer(self, row: GridRow, at: int, given: dict[str, int], texts: dict[str, str]) -> str:
        self._ignore(row, [at], "a label")
        codes, unread = read_places(texts.get("country", ""))
        if not texts.get("who") or unread or len(codes) != 1 or self.transfers:
            for column in given.values():
                what = (
                    "a second transfer of one sheet"
                    if self.transfers
                    else "recipient and country were not both understood"
                )
                self._keep(row, column, "Transferts hors UE", f"{what}; record it by hand")
            return ""
        self.transfers += 1
        said = self.draft.transfer
        said.importers.append(self.cells.records.party_or_new(texts["who"], self.draft.source))
        said.countries.append((None, codes[0]))
        if "safeguard" in texts:
            spot = self._spot(row, given["safeguard"], "Type de garanties")
            self.cells.read(self.draft, "transfer.safeguards", spot)
            said.spots.remove(spot)
        if "document" in texts:
            said.stated.append(texts["document"])
        return "Transfer"


def _part(heading: str) -> str:
    return next((part for part, words in _PARTS.items() if re.search(words, heading, re.IGNORECASE)), "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > 300:
        raise ValueError(f"{line[:60]!r}… is too long for an entry of a list")
    return line
