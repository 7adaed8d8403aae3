"""What an import of a spreadsheet or a list would do, in words: row by row, with the address of every cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ropa.exchange.sheet_grid import letters
from ropa.records.kinds import KINDS
from ropa.records.values import Part
from ropa.reports.csv_text import BYTE_ORDER_MARK, csv_text
from ropa.services.sheets.draft import Told
from ropa.services.sheets.fields import NOTE, title_of
from ropa.services.sheets.importing import Reading, SheetPlan
from ropa.services.sheets.vendors import VendorPlan

LONGEST = 70
WIDE = 300
"""Signs of a value in the difference that a list makes: what is agreed to is to be read."""
MOST = 200
"""Cells that are told on a terminal; the file of --report has all of them."""
FATES = {"used": "used", "kept": "kept as text", "differs": "not taken", "ignored": "left out"}
"""What becomes of a cell, in words."""
_SIGNS = {"used": "✓", "kept": "?", "differs": "!", "ignored": "–"}


def mapping_lines(reading: Reading) -> Iterator[str]:
    """How each sheet would be read: its columns with their fields, and what each rests on."""
    for grid, mapping in reading.chosen:
        where = f"sheet {grid.sheet!r}" if grid.sheet else reading.file
        rows = " and ".join(map(str, mapping.headings))
        headings = f", headings in row {rows}" if rows else ""
        yield f"{where}: {mapping.name}{headings}"
        if not mapping.layout:
            for each in mapping.columns:
                what = "kept as text" if each.field == NOTE else f"{title_of(each.field)} ({each.field})"
                yield f"  {letters(each.column):>3}  {_cut(each.heading)!r} → {what}: {each.why}"


def plan_lines(plan: SheetPlan, *, dry_run: bool) -> Iterator[str]:
    """What is written, and every cell that somebody should look at, row by row."""
    would = "would be " if dry_run else ""
    fates = Counter(each.fate for each in plan.told)
    kinds = Counter(kind for kind, _ in plan.added)
    written = f"{len(plan.added)} records {would}added, {len(plan.changed)} {would}changed"
    yield f"{plan.file} → {plan.organisation}: {written}"
    if plan.begins:
        yield _begins(plan, would)
    for kind, count in kinds.items():
        yield f"  + {KINDS[kind].title}: {count}"
    for change in plan.changed:
        for name, before, after in change.fields:
            yield f"  ~ {change.kind}/{change.key}  {name}: {shown(before)} → {shown(after)}"
    yield (
        f"{len(plan.told):,} cells: {fates['used']:,} used, {fates['kept']:,} kept as text, "
        f"{fates['differs']:,} not taken, {fates['ignored']:,} left out"
    )
    for remark in plan.remarks:
        yield f"  ! {remark}"
    telling = [each for each in in_order(plan.told) if each.gap or each.fate in ("kept", "differs")]
    for each in telling[:MOST]:
        yield _line(each)
    if len(telling) > MOST:
        yield f"  … and {len(telling) - MOST:,} more; --report FILE.csv has every cell"
    for words, cells in _left_out(in_order(plan.told)).items():
        yield f"  – {words}: {_some(cells)}"


def report_csv(plan: SheetPlan) -> str:
    """Every cell that is not empty, in the order of the sheet: where it is, what it says, what became of it."""
    head = ("sheet", "cell", "heading", "text", "outcome", "as", "look at")
    rows = [
        (each.spot.sheet, each.spot.address, each.spot.heading, each.spot.text, FATES[each.fate], each.words, each.gap)
        for each in in_order(plan.told)
    ]
    return BYTE_ORDER_MARK + csv_text([head, *rows])


def vendor_lines(plan: VendorPlan, *, dry_run: bool) -> Iterator[str]:
    """The difference that a list makes, row by row."""
    would = "would be " if dry_run else ""
    new = sum(each.new for each in plan.rows)
    changed = sum(not each.new and any(one.taken for one in each.differences) for each in plan.rows)
    same = sum(not (each.new or each.engaged or each.differences or each.gap) for each in plan.rows)
    yield (
        f"{plan.file} → {plan.organisation}: {len(plan.rows)} rows; {new} parties {would}added, "
        f"{changed} {would}changed, {same} as they are"
    )
    if plan.begins:
        yield _begins(plan, would)
    for remark in plan.remarks:
        yield f"  ! {remark}"
    for row in plan.rows:
        sign = "?" if row.gap else "+" if row.new else "~" if row.differences or row.engaged else " "
        if sign == " ":
            continue
        known = f"  party/{row.party}" if row.party else ""
        yield f"  {sign} row {row.line}: {_cut(row.name)}{known}{'' if not row.new else ', new'}"
        if row.engaged:
            yield f"      engaged as processor in {plan.activity}"
        if row.gap:
            yield f"      {row.gap}"
        for each in row.differences:
            taken = "" if each.taken else "  (left as it is; --update takes the list's)"
            what = f"{each.kind} {each.field}".replace("_", " ")
            yield f"      {what}: {_cut(each.before, WIDE) or '–'} → {_cut(each.after, WIDE)}{taken}"


def _begins(plan: SheetPlan | VendorPlan, would: str) -> str:
    named = "" if plan.begins == "as given" else f", called so in {plan.begins}"
    return f"  + a new register {would}begun: {plan.name} ({plan.organisation}){named}"


def in_order(told: Iterable[Told]) -> list[Told]:
    """As somebody reads the sheets: row by row, from the left."""
    given = list(told)
    sheets = {sheet: index for index, sheet in enumerate(dict.fromkeys(each.spot.sheet for each in given))}

    def place(each: Told) -> tuple[int, int, int, str]:
        column = each.spot.address.rstrip("0123456789")
        return sheets[each.spot.sheet], each.spot.row, len(column), column

    return sorted(given, key=place)


def _line(told: Told) -> str:
    sheet = f"{told.spot.sheet}!" if told.spot.sheet else ""
    gap = f": {told.gap}" if told.gap else ""
    words = f"{_SIGNS[told.fate]} {sheet}{told.spot.address}  {_cut(told.spot.heading)!r}  {_cut(told.spot.text)!r}"
    return f"  {words}  {told.words if told.fate != 'differs' else 'not taken'}{gap}"


def _left_out(told: Iterable[Told]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in told:
        if each.fate == "ignored":
            sheet = f"{each.spot.sheet}!" if each.spot.sheet else ""
            found.setdefault(each.words, []).append(f"{sheet}{each.spot.address}")
    return found


def _some(cells: list[str]) -> str:
    return ", ".join(cells[:12]) + (f" and {len(cells) - 12:,} more" if len(cells) > 12 else "")


def shown(value: object) -> str:
    """A value on one line, its beginning where it is long."""
    if value in (None, ()):
        return "–"
    if isinstance(value, Part):
        return shown(tuple(each for each in value.model_dump().values() if each is not None))
    return _cut(", ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def _cut(text: str, longest: int = LONGEST) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
