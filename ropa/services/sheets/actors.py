"""The block of a form that says whose record it is: the controller, its officer and its representative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.exchange.cell_text import is_nothing
from ropa.exchange.sheet_grid import Grid, GridRow
from ropa.services.detection.names import same_text
from ropa.services.sheets.mapping import Layout, matches

_WHOSE = {
    "responsable du traitement": "contact", "responsable de traitement": "contact", "controller": "contact",
    "data controller": "contact", "delegue a la protection des donnees": "dpo", "dpo": "dpo",
    "delegue a la protection des donnees dpo": "dpo", "data protection officer": "dpo",
    "representant": "representative", "representative": "representative",
}  # fmt: skip
_PARTS = {
    "nom": "name", "name": "name", "adresse": "address", "address": "address", "adresse postale": "address",
    "cp": "address", "code postal": "address", "postcode": "address", "ville": "address", "city": "address",
    "pays": "address", "country": "address", "tel": "phone", "telephone": "phone", "phone": "phone",
    "email": "email", "e mail": "email", "mail": "email", "courriel": "email", "adresse e mail": "email",
}  # fmt: skip
_ON_BEHALF = ("pour le compte de", "agissant pour le compte de", "on behalf of")
_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]{6,24}")


@dataclass(frozen=True, slots=True)
class Actor:
    """A row of the block: whose it is, and the columns of each part. Without `whose` it is the row of headings."""

    row: GridRow
    whose: str
    parts: dict[str, tuple[int, ...]]


def actors(grid: Grid, layout: Layout) -> Iterator[Actor]:
    """The rows of the block, which stands above the form's sections: below, an officer may be a recipient.

    None in the sheet of a processor, whose controller is a customer.
    """
    if any(same_text(label) in _ON_BEHALF and values for label, values, _ in _labelled(grid)):
        return
    headings: dict[int, str] = {}
    for label, values, row in _labelled(grid):
        if any(matches(each, label) for each in layout.sections):
            return
        found = {column: _PARTS.get(same_text(row.cells[column].text), "") for column in row.cells}
        found.pop(min(row.cells))
        if same_text(label) in ("acteurs", "actors") and all(found.values()):
            headings = found
            yield Actor(row, "", {})
        elif (whose := _WHOSE.get(same_text(label))) and row.cells:
            parts: dict[str, tuple[int, ...]] = {}
            for column in values:
                part = headings.get(column) if headings else _part(row.cells[column].text, first=not parts)
                if part is None:
                    break
                parts[part] = (*parts.get(part, ()), column)
            else:
                yield Actor(row, whose, parts)


def _part(text: str, *, first: bool) -> str:
    if "@" in text:
        return "email"
    return "name" if first else "phone" if _PHONE.fullmatch(text) else "address"


def _labelled(grid: Grid) -> Iterator[tuple[str, list[int], GridRow]]:
    """Each row with its label and the columns beside it that say something."""
    for row in grid.rows:
        at = min(row.cells)
        own = [
            column
            for column, cell in row.cells.items()
            if column != at and not cell.beside and not is_nothing(cell.text)
        ]
        yield row.cells[at].text, own, row
