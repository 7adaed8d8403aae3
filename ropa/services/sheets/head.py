"""What stands above the headings of a regulator's sheet: the organisation, its officer and its representative."""

from __future__ import annotations

import re

from ropa.exchange.cell_text import is_nothing
from ropa.exchange.sheet_grid import Grid, GridRow, address
from ropa.records.organisation import Contact, OrganisationFields
from ropa.services.detection.names import bare, same_text
from ropa.services.sheets.draft import Spot, Told
from ropa.services.sheets.mapping import SheetMapping
from ropa.services.sheets.records import Records

_LABELS = {
    "name": "name", "address": "address", "postal address": "address", "email": "email", "e mail": "email",
    "telephone": "phone", "phone": "phone",
}  # fmt: skip
_WHOSE = (("dpo", r"protection officer|\bdpo\b"), ("representative", r"representative"))
_WORDS = {"dpo": "Data protection officer", "representative": "Representative", "contact": "Contact"}


def read_head(grid: Grid, mapping: SheetMapping, records: Records, told: list[Told], *, update: bool) -> None:
    """Take the contacts above the headings into the organisation where it lacks them, and tell what differs."""
    titles: dict[int, str] = {}
    for row in grid.rows:
        if not mapping.headings or row.number >= min(mapping.headings):
            return
        taken: set[int] = set()
        for column, cell in row.cells.items():
            if cell.beside or column in taken:
                continue
            part = _LABELS.get(same_text(cell.text))
            if part is None or not titles:
                titles[column] = cell.text
                told.append(Told(_spot(grid, row, column, ""), "ignored", "it stands above the headings"))
                continue
            told.append(Told(_spot(grid, row, column, ""), "ignored", "a label"))
            if column + 1 in row.cells and same_text(row.cells[column + 1].text) not in _LABELS:
                taken.add(column + 1)
                nearest = max((at for at in titles if at <= column), default=min(titles))
                spot = _spot(grid, row, column + 1, f"{titles[nearest]}: {cell.text}")
                told.append(_take(records, spot, _whose(titles[nearest]), part, update=update))


def _whose(title: str) -> str:
    return next((field for field, words in _WHOSE if re.search(words, title, re.IGNORECASE)), "contact")


def _take(records: Records, spot: Spot, whose: str, part: str, *, update: bool) -> Told:
    """One value into the organisation. Raises ValueError where it cannot be recorded."""
    owner: OrganisationFields = records.of("organisation", records.register.organisation.key)
    if is_nothing(spot.text):
        return Told(spot, "ignored", "it says that there is nothing to record")
    text = spot.text if part == "address" else " ".join(spot.text.split())
    if whose == "contact" and part == "name":
        same = bare(text) in {bare(each) for each in (owner.name, owner.legal_name) if each}
        gap = "" if same else f"the register is of {owner.name}; its name is left as it is"
        return Told(spot, "used" if same else "differs", "Name", gap)
    if whose == "contact" and part == "address":
        before: str | None = owner.address
        new: dict[str, object] = {"address": text}
    else:
        contact = getattr(owner, whose) or Contact()
        before, new = getattr(contact, part), {whose: {**contact.model_dump(), part: text}}
    if before is not None and before != text and not update:
        return Told(spot, "differs", _WORDS[whose], f"the register says {before[:80]!r}; left as it is")
    if before != text:
        records.put("organisation", OrganisationFields.model_validate({**owner.model_dump(), **new}))
    return Told(spot, "used", f"{_WORDS[whose]}, {part}")


def _spot(grid: Grid, row: GridRow, column: int, heading: str) -> Spot:
    return Spot(grid.sheet, address(row.number, column), row.number, heading, row.cells[column].text)
