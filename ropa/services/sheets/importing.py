"""Bringing a spreadsheet into a register: read, understood, told cell by cell, and written in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ropa.exchange.file_name import as_text
from ropa.exchange.sheet_grid import Grid, address
from ropa.exchange.sheet_limits import LARGEST
from ropa.exchange.sheet_read import read_sheets
from ropa.records.errors import InputError, NotFoundError, Problem
from ropa.services.detection.names import same_text
from ropa.services.input_file import content_of
from ropa.services.loading import Change, user
from ropa.services.sheets.activity import Activities, kinds_in_order
from ropa.services.sheets.beginning import Basis, Owner, basis_of
from ropa.services.sheets.cells import Cells
from ropa.services.sheets.draft import Spot, Told
from ropa.services.sheets.form import form_drafts
from ropa.services.sheets.head import names_in, read_head
from ropa.services.sheets.mapping import SheetMapping, layouts, mapping_for, nothing_meant
from ropa.services.sheets.mapping_file import placed, read_mapping
from ropa.services.sheets.records import Records
from ropa.services.sheets.rows import drafts
from ropa.services.workspace import today
from ropa.store.store import Store
from ropa.store.writer import Put

MAPPINGS = (".yaml", ".yml")
AUTO = "auto"
Watch = Callable[[int, int], None]
"""Is told how many rows of how many are understood; what it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file and how its sheets are to be read. `left` are the sheets that are not read, each with why."""

    file: str
    path: Path
    chosen: tuple[tuple[Grid, SheetMapping], ...]
    left: tuple[tuple[Grid, str], ...] = ()
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What an import would write, and what becomes of every cell.

    `begins` says who named the organisation where the register begins with the file; empty where it is there.
    """

    organisation: str
    file: str
    readings: tuple[SheetMapping, ...]
    told: tuple[Told, ...]
    added: tuple[tuple[str, str], ...]
    changed: tuple[Change, ...]
    activities: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...] = ()
    writes: tuple[Put, ...] = field(default=(), repr=False)
    name: str = ""
    begins: str = ""


def read_file(path: Path, layout: str = AUTO, sheet: str | None = None, *, draft: bool = False) -> Reading:
    """The sheets of a file with the mapping of each that is a record. `layout` is auto, a known shape or a file.

    With `draft`, a sheet of which no heading is understood gets a mapping in which every column is still a note.

    Raises InputError naming file and sheet, or NotFoundError for a file or a sheet that is not there.
    """
    name = as_text(path)
    grids = [each for each in read_sheets(content_of(path, LARGEST), name) if each.rows]
    if not grids:
        raise InputError([Problem("there is nothing in it", name)])
    kept = _kept(layout)
    wanted = sheet or (kept.sheet if kept and any(each.sheet == kept.sheet for each in grids) else None)
    own = [each for each in grids if wanted is None or same_text(each.sheet) == same_text(wanted)]
    if not own:
        raise NotFoundError(
            f"{name}: there is no sheet {wanted!r} with anything in it; there is: "
            + ", ".join(each.sheet for each in grids)
        )
    left = [(each, "another sheet was asked for") for each in grids if each not in own]
    if kept is not None:
        if len(own) > 1:
            names = ", ".join(each.sheet for each in own)
            raise InputError(
                [Problem(f"it has several sheets ({names}); say with --sheet which one the mapping is for", name)]
            )
        return Reading(name, path, ((own[0], placed(kept, own[0])),), tuple(left))
    found, refused = _recognised(own, layout)
    known = [each for each in found if each[1].layout]
    if known:
        left += [(each, "it has not the shape of the others") for each, _ in found if _.layout == ""]
        return Reading(name, path, tuple(known), (*left, *refused))
    if not found and draft and layout == AUTO and len(own) == 1 and (blank := nothing_meant(own[0])):
        return Reading(name, path, ((own[0], blank),), tuple(left), proposed=True)
    if not found:
        raise InputError([problem for _, error in refused for problem in [Problem(error)]])
    best = max(found, key=lambda each: sum(column.field != "note" for column in each[1].columns))
    left += [
        (each, "another sheet looks more like the record; --sheet names this one")
        for each, _ in found
        if each is not best[0]
    ]
    return Reading(name, path, (best,), (*left, *refused), proposed=True)


def _recognised(grids: Sequence[Grid], layout: str) -> tuple[list[tuple[Grid, SheetMapping]], list[tuple[Grid, str]]]:
    found: list[tuple[Grid, SheetMapping]] = []
    refused: list[tuple[Grid, str]] = []
    for grid in grids:
        try:
            found.append((grid, mapping_for(grid, layout)))
        except InputError as error:
            refused.append((grid, str(error)))
    return found, refused


def _kept(layout: str) -> SheetMapping | None:
    """The mapping file that a layout names, None for a known shape. Raises InputError for neither."""
    path = Path(layout)
    if path.suffix.lower() in MAPPINGS:
        return read_mapping(content_of(path, LARGEST), as_text(path))
    if layout != AUTO and layout not in layouts():
        known = ", ".join((AUTO, *layouts()))
        raise InputError([Problem(f"there is no layout {layout!r}; it is one of {known}, or a mapping file (.yaml)")])
    return None


def names_said(reading: Reading) -> list[tuple[str, str]]:
    """Whose record the sheets say that they are, each name with its cell."""
    return [each for grid, mapping in reading.chosen if mapping.layout for each in names_in(grid, mapping)]


def plan(
    store: Store | None,
    owner: Owner | str,
    reading: Reading,
    *,
    update: bool = False,
    on: dt.date | None = None,
    watch: Watch | None = None,
) -> SheetPlan:
    """What the import of a file would write into a register as it stands on a date, today if left out.

    Where there is no such register, it begins with the file, if somebody or the file says whose it is; without a
    store there is no register at all. Nothing is written.

    Raises InputError with each cell that cannot be recorded, or NotFoundError where nobody says whose register it is.
    """
    owner = Owner(owner) if isinstance(owner, str) else owner
    basis = basis_of(store, owner, names_said(reading))
    records = basis.records()
    watching = _Watching(watch, sum(len(grid.rows) for grid, _ in reading.chosen))
    told: list[Told] = []
    problems: list[str] = []
    names: list[tuple[str, str]] = []
    for grid, mapping in reading.chosen:
        cells = Cells(records, told)
        if mapping.layout:
            try:
                read_head(grid, mapping, records, told, update=update)
            except ValueError as error:
                where = "above the headings" if mapping.shape == "table" else "of the controller"
                problems.append(str(grid.problem(f"{where}: {error}")))
        read = form_drafts if mapping.shape == "form" else drafts
        made = list(read(grid, mapping, cells, told, problems, watching.row))
        activities = Activities(records, told, on or today(), update=update)
        for draft in made:
            watching.goes_on()
            try:
                key = activities.finish(draft, mapping.role)
            except ValueError as error:
                problems.append(str(grid.problem(str(error), draft.first.row)))
            else:
                names.append((key, draft.first.address))
    if problems:
        raise InputError([Problem(each) for each in problems])
    remarks = [
        f"{each.sheet}: {words}" if each.sheet else words for each, _ in reading.chosen for words in each.remarks
    ]
    for each, _ in reading.left:
        told += [
            Told(
                Spot(each.sheet, address(row.number, column), row.number, "", cell.text),
                "ignored",
                "its sheet was not read",
            )
            for row in each.rows
            for column, cell in row.cells.items()
            if not cell.beside
        ]
    remarks += [
        f"sheet {each.sheet!r} with {sum(len(row.cells) for row in each.rows):,} cells was not read: {why}"
        for each, why in reading.left
    ]
    added, changed, writes = _writes(basis, records)
    return SheetPlan(
        basis.organisation.key, reading.file, tuple(each for _, each in reading.chosen), tuple(told), added, changed,
        tuple(names), tuple(dict.fromkeys(remarks)), writes, basis.organisation.name, basis.named,
    )  # fmt: skip


def _writes(basis: Basis, records: Records) -> tuple[tuple[tuple[str, str], ...], tuple[Change, ...], tuple[Put, ...]]:
    """The records that are new and those that change, in the order in which they are written."""
    added: list[tuple[str, str]] = []
    changed: list[Change] = []
    writes: list[Put] = []
    for kind, key in kinds_in_order(records.new):
        record = records.new[kind, key]
        snapshot = basis.snapshot
        before = snapshot.register.of_kind(kind).get(key) if (kind, key) in snapshot.versions else None
        if before is None:
            added.append((kind, key))
            writes.append(Put(kind, record))
        elif before != record:
            names = [name for name in type(record).model_fields if getattr(record, name) != getattr(before, name)]
            fields = tuple((name, getattr(before, name), getattr(record, name)) for name in names)
            changed.append(Change(kind, key, fields))
            writes.append(Put(kind, record, snapshot.versions[kind, key]))
    return tuple(added), tuple(changed), tuple(writes)


def carry_out(store: Store, made: SheetPlan, *, who: str | None = None) -> int:
    """Write a plan in one transaction with its history; returns the number of the entry, 0 where nothing is new.

    Raises StaleRecordError where somebody changed the register since the plan was made; then nothing is written.
    """
    if not made.writes:
        return 0
    why = f"import spreadsheet {as_text(Path(made.file).name)}"
    return store.apply(made.organisation, made.writes, who=who or user(), why=why, at=dt.datetime.now(dt.UTC))


class _Watching:
    """Tells how far the rows are understood; without anybody to tell, nothing."""

    def __init__(self, watch: Watch | None, total: int) -> None:
        self._watch, self._total, self._done = watch, total, 0

    def row(self) -> None:
        """A row is come to."""
        self._done += 1
        self.goes_on()

    def goes_on(self) -> None:
        """Another activity is at work; whoever watches may end it."""
        if self._watch is not None:
            self._watch(self._done, self._total)
