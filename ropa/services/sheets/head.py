"""What a regulator's sheet says of whose record it is: the organisation, its officer and its representative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ropa.exchange.cell_text import is_nothing
from ropa.exchange.sheet_grid import Grid, GridRow, address
from ropa.records.organisation import Contact, OrganisationFields
from ropa.services.detection.names import bare, same_text
from ropa.services.sheets.actors import actors
from ropa.services.sheets.draft import Spot, Told
from ropa.services.sheets.mapping import Layout, SheetMapping, layouts
from ropa.services.sheets.records import Records

_LABELS = {
    "name": "name", "address": "address", "postal address": "address", "email": "email", "e mail": "email",
    "telephone": "phone", "phone": "phone",
}  # fmt: skip
_WHOSE = (("dpo", r"protection officer|\bdpo\b"), ("representative", r"representative"))
_WORDS = {"dpo": "Data protection officer", "representative": "Representative", "contact": "Contact"}


@dataclass(frozen=True, slots=True)
class Detail:
    """One value of the head: whose it is (contact, dpo or representative), which part, and its cell or cells."""

    whose: str
    part: str
    spot: Spot
    more: tuple[Spot, ...] = ()

    @property
    def whole(self) -> Spot:
        """The cell with what all of them say."""
        return (
            replace(self.spot, text=", ".join(each.text for each in (self.spot, *self.more)))
            if self.more
            else self.spot
        )


def names_in(grid: Grid, mapping: SheetMapping) -> Iterator[tuple[str, str]]:
    """What the sheet says that the organisation is called, with the cell."""
    for each in _details(grid, mapping, []):
        if (each.whose, each.part) == ("contact", "name"):
            yield (
                " ".join(each.spot.text.split()),
                f"{grid.sheet}!{each.spot.address}" if grid.sheet else each.spot.address,
            )


def read_head(grid: Grid, mapping: SheetMapping, records: Records, told: list[Told], *, update: bool) -> None:
    """Take the contacts of the head into the organisation where it lacks them, and tell what differs.

    Where they are of another name, that is told with each of them, and of a form, which may be of anybody, none is
    taken.
    """
    details = list(_details(grid, mapping, told))
    owner: OrganisationFields = records.of("organisation", records.register.organisation.key)
    other = " ".join(next((each.spot.text for each in details if _of_another(each, owner)), "").split())[:80]
    for each in details:
        if other and mapping.shape == "form":
            gap = f"the register is of {owner.name}, the sheet of {other!r}; nothing of that is taken"
            found = _nothing(each.whole) or Told(each.spot, "differs", _WORDS[each.whose], gap)
        else:
            found = _take(records, each.whole, each.whose, each.part, update=update)
            if other and found.fate == "used":
                found.gap = f"the sheet is of {other!r}; look whether that is {owner.name}"
        told += [replace(found, spot=spot) for spot in (each.spot, *each.more)]


def _of_another(detail: Detail, owner: OrganisationFields) -> bool:
    if (detail.whose, detail.part) != ("contact", "name") or is_nothing(detail.spot.text):
        return False
    return not _called(owner, detail.spot.text)


def _called(owner: OrganisationFields, name: str) -> bool:
    return bare(name) in {bare(each) for each in (owner.name, owner.legal_name) if each}


def _nothing(spot: Spot) -> Told | None:
    return Told(spot, "ignored", "it says that there is nothing to record") if is_nothing(spot.text) else None


def _details(grid: Grid, mapping: SheetMapping, told: list[Told]) -> Iterator[Detail]:
    """The values above the headings of a table, or of a form's own block; titles and labels are told on the way."""
    if mapping.shape == "form":
        yield from _of_form(grid, layouts()[mapping.layout], told)
        return
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
                yield Detail(
                    _whose(titles[nearest]), part, _spot(grid, row, column + 1, f"{titles[nearest]}: {cell.text}")
                )


def _of_form(grid: Grid, layout: Layout, told: list[Told]) -> Iterator[Detail]:
    for actor in actors(grid, layout):
        at = min(actor.row.cells)
        used = [column for columns in actor.parts.values() for column in columns]
        for column, cell in actor.row.cells.items():
            if column not in used and not cell.beside:
                why = "a label" if column == at or not actor.whose else "it says that there is nothing to record"
                told.append(Told(_spot(grid, actor.row, column, ""), "ignored", why))
        label = actor.row.cells[at].text
        for part, columns in actor.parts.items():
            first, *more = (_spot(grid, actor.row, column, label) for column in columns)
            yield Detail(actor.whose, part, first, tuple(more))


def _whose(title: str) -> str:
    return next((field for field, words in _WHOSE if re.search(words, title, re.IGNORECASE)), "contact")


def _take(records: Records, spot: Spot, whose: str, part: str, *, update: bool) -> Told:
    """One value into the organisation. Raises ValueError where it cannot be recorded."""
    owner: OrganisationFields = records.of("organisation", records.register.organisation.key)
    if nothing := _nothing(spot):
        return nothing
    text = spot.text if part == "address" else " ".join(spot.text.split())
    if whose == "contact" and part == "name":
        same = _called(owner, text)
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
