"""What an import would write, for a screen: a row for each cell or vendor, gaps first, and each of them in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ropa.records.kinds import KINDS
from ropa.services.browsing.browse import Item
from ropa.services.browsing.details import Detail, Line, Part
from ropa.services.sheets.draft import Told
from ropa.services.sheets.importing import SheetPlan
from ropa.services.sheets.report import FATES, in_order, shown
from ropa.services.sheets.vendors import VendorPlan, VendorRow
from ropa.services.wording import counted

_LOOK, _NOTES, _USED, _LEFT = "To look at", "Kept as text", "Written", "Left out"
_MARKS = {"used": "✓", "kept": "?", "differs": "!", "ignored": ""}
SUMMARY = "summary"
_SHOWN = 300
_SHEET = 14


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows of a preview with their headings, what stands above them, and each row in full by its subject."""

    said: str
    columns: tuple[str, ...]
    items: tuple[Item, ...]
    full: Callable[[str], Detail]
    writes: bool


def preview(plan: SheetPlan | VendorPlan) -> Preview:
    """What an import would write, gaps first."""
    return _of_sheet(plan) if isinstance(plan, SheetPlan) else _of_list(plan)


def _of_sheet(plan: SheetPlan) -> Preview:
    told = in_order(plan.told)
    fates = Counter(each.fate for each in told)
    written = f"{_many(len(plan.added), 'record')} would be added, {len(plan.changed):,} changed"
    cells = f"{_many(len(told), 'cell')}: {fates['used']:,} used, {fates['kept']:,} kept as text"
    more = f", {fates['differs']:,} not taken, {fates['ignored']:,} left out"
    items = [Item(SUMMARY, "", ("", "In all", written, ""), group=_group(plan), under=("", "In all", written, ""))]
    for number, each in sorted(enumerate(told), key=lambda each: _rank(each[1])):
        subject = f"cell/{number}"
        sheet = f"{_short(each.spot.sheet)}!" if len(plan.readings) > 1 and each.spot.sheet else ""
        texts = (each.spot.heading, each.spot.text, _becomes(each))
        cells_ = (f"{sheet}{each.spot.address}", *(text[:_SHOWN] for text in texts))
        mark = "?" if each.gap and each.fate == "used" else _MARKS[each.fate]
        items.append(Item(subject, mark, cells_, group=_named(each), under=cells_))

    def full(subject: str) -> Detail:
        kind, _, number = subject.partition("/")
        return _cell(told[int(number)]) if kind == "cell" else _summary(plan, f"{cells}{more}")

    columns = ("Cell", "Heading", "Says", "Becomes")
    return Preview(f"{written}. {cells}{more}.", columns, tuple(items), full, bool(plan.writes))


def _short(sheet: str) -> str:
    """The name of a sheet with room for what its cell says; in full it stands below."""
    return sheet if len(sheet) <= _SHEET else f"{sheet[: _SHEET - 1]}…"


def _many(number: int, what: str) -> str:
    return counted(number, what).replace(str(number), f"{number:,}", 1)


def _group(plan: SheetPlan | VendorPlan) -> str:
    return f"A new register: {plan.name}" if plan.begins else f"The register of {plan.name}"


def _rank(told: Told) -> tuple[int, int]:
    order = [_LOOK, _NOTES, _USED, _LEFT].index(_named(told))
    # A group is one run of rows with the same sign.
    return order, ["!", "?", "✓", ""].index("?" if told.gap and told.fate == "used" else _MARKS[told.fate])


def _named(told: Told) -> str:
    if told.gap or told.fate == "differs":
        return _LOOK
    return {"used": _USED, "kept": _NOTES}.get(told.fate, _LEFT)


def _becomes(told: Told) -> str:
    words = "not taken" if told.fate == "differs" else told.words
    return f"{words}: {told.gap}" if told.gap else words


def _cell(told: Told) -> Detail:
    place = f"{told.spot.sheet}!{told.spot.address}" if told.spot.sheet else told.spot.address
    parts = [
        *([Part("Heading", (Line(told.spot.heading),))] if told.spot.heading else []),
        Part("Says", tuple(Line(line) for line in told.spot.text.split("\n") if line.strip())),
        Part("Becomes", (Line(f"{FATES[told.fate]}: {told.words}", _MARKS[told.fate]),)),
        *([Part("Look at", (Line(told.gap, "?"),))] if told.gap else []),
    ]
    return Detail("cell", place, place, "", tuple(parts))


def _summary(plan: SheetPlan, cells: str) -> Detail:
    kinds = Counter(kind for kind, _ in plan.added)
    added = [Line(f"{KINDS[kind].title}: {count}", "+") for kind, count in kinds.items()]
    changed = [
        Line(f"{change.kind}/{change.key}  {name}: {shown(before)} → {shown(after)}", "~")
        for change in plan.changed
        for name, before, after in change.fields
    ]
    parts = [
        *_register(plan),
        Part("Added", tuple(added) or (Line("nothing"),)),
        *([Part("Changed", tuple(changed))] if changed else []),
        Part("Cells", (Line(cells),)),
        *([Part("Also", tuple(Line(each, "!") for each in plan.remarks))] if plan.remarks else []),
    ]
    return Detail("summary", "", "In all", "", tuple(parts))


def _register(plan: SheetPlan | VendorPlan) -> Iterator[Part]:
    if plan.begins:
        named = "" if plan.begins == "as given" else f", called so in {plan.begins}"
        yield Part("Register", (Line(f"a new one: {plan.name}{named}; its key is {plan.organisation}", "+"),))


def _of_list(plan: VendorPlan) -> Preview:
    counts = Counter(_vendor_group(each) for each in plan.rows)
    listed = ", ".join(f"{count:,} {name.lower()}" for name, count in counts.items())
    said = f"{_many(len(plan.rows), 'row')}: {listed}."
    parts = [
        *_register(plan),
        Part("Rows", (Line(said),)),
        *([Part("Also", tuple(Line(each, "!") for each in plan.remarks))] if plan.remarks else []),
    ]
    summary = Detail("summary", "", "In all", "", tuple(parts))
    all_ = ("", "In all", said)
    items = [Item(SUMMARY, "", all_, group=_group(plan), under=all_)]
    order = [_LOOK, "New", "Changed", "As it is"]
    for number, row in sorted(enumerate(plan.rows), key=lambda each: order.index(_vendor_group(each[1]))):
        subject = f"row/{number}"
        cells = (str(row.line), row.name, "; ".join(_vendor_words(row, plan.activity)))
        items.append(Item(subject, _vendor_mark(row), cells, group=_vendor_group(row), under=cells))

    def full(subject: str) -> Detail:
        kind, _, number = subject.partition("/")
        return _vendor(plan.rows[int(number)], plan.activity) if kind == "row" else summary

    return Preview(said, ("Row", "Vendor", "What becomes of it"), tuple(items), full, bool(plan.writes))


def _vendor_group(row: VendorRow) -> str:
    if row.gap or any(not each.taken for each in row.differences):
        return _LOOK
    if row.new:
        return "New"
    return "Changed" if row.differences or row.engaged else "As it is"


def _vendor_mark(row: VendorRow) -> str:
    return {_LOOK: "?", "As it is": ""}.get(_vendor_group(row), "✓")


def _vendor_words(row: VendorRow, activity: str) -> Iterator[str]:
    if row.gap:
        yield row.gap
    if row.new:
        yield f"a new party, {row.party}"
    if row.engaged:
        yield f"engaged as processor in {activity}"
    for each in row.differences:
        if not row.new or each.kind != "party":
            yield f"{each.field.replace('_', ' ')}: {each.after if each.taken else 'left as it is'}"


def _vendor(row: VendorRow, activity: str) -> Detail:
    lines = []
    for each in row.differences:
        what = f"{each.kind} {each.field}".replace("_", " ")
        taken = "" if each.taken else "  (left as it is)"
        lines.append(Line(f"{what}: {each.before or '–'} → {each.after}{taken}", "✓" if each.taken else "!"))
    parts = [
        *([Part("Look at", (Line(row.gap, "?"),))] if row.gap else []),
        *([Part("Party", (Line(f"{row.party}{', new' if row.new else ''}"),))] if row.party else []),
        *([Part("Engaged", (Line(f"as processor in {activity}"),))] if row.engaged else []),
        *([Part("Fields", tuple(lines))] if lines else []),
    ]
    return Detail("row", str(row.line), f"Row {row.line}: {row.name}", "", tuple(parts))
