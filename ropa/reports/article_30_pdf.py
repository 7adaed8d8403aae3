"""The record of Article 30 as PDF, from the same trees as its pages."""

from __future__ import annotations

from dataclasses import asdict

from ropa.reports.article_30 import Record
from ropa.reports.article_30_layout import LayoutRecord, LeftOut
from ropa.reports.page import WORDS, Item, Line
from ropa.reports.pdf import pdf
from ropa.rules.dates import long_date


def record_pdf(record: Record | LayoutRecord, diagram: str = "") -> bytes:
    """The record as a tagged PDF with contents; `diagram` is an SVG. Raises StoreError where typst is not installed."""
    values = {
        "title": record.title,
        "on": long_date(record.on),
        "subtitle": f"bound by: {record.regimes}" if isinstance(record, Record) else f"in {record.layout_name}",
        "signs": " · ".join(f"{sign} {words}" for sign, words in WORDS.items() if sign),
        "invented": record.invented,
        "counts": _counts(record),
        "parts": _plain_parts(record) if isinstance(record, Record) else _layout_parts(record),
        "left_out": [] if isinstance(record, Record) else [_left_out(each) for each in record.left_out],
        "diagram": diagram,
    }
    return pdf("article_30", values)


def _counts(record: Record | LayoutRecord) -> list[dict[str, object]]:
    if isinstance(record, LayoutRecord):
        return [_item(Item(f"{record.missing} fields not recorded", "?" if record.missing else ""))]
    found = [Item(f"{len(part.activities)} activities as {part.role}") for part in record.parts]
    found += [Item(f"{record.wrong} verdicts: no valid safeguard", "✖")] if record.wrong else []
    found += [Item(f"{record.missing} required fields not recorded", "?" if record.missing else "")]
    found += [Item(f"{record.asked_missing} fields always asked for not recorded", "?" if record.asked_missing else "")]
    return [_item(each) for each in found]


def _plain_parts(record: Record) -> list[dict[str, object]]:
    return [
        {
            "title": f"{part.title}, {part.article}",
            "head": [_line(each) for each in part.identity],
            "controllers": [
                {"name": each.name, "invented": each.invented, "lines": [_line(line) for line in each.lines]}
                for each in part.controllers
            ],
            "left_out": part.left_out,
            "nothing": "" if part.activities else f"no activity is recorded — {part.article}",
            "entries": [
                {
                    "name": each.name,
                    "invented": each.invented,
                    "note": f"Role: {each.role}" + (f" · Source: {each.source}" if each.source else ""),
                    "tables": [
                        {"title": title, "lines": [_line(line) for line in lines]}
                        for title, lines in (
                            (f"Required by {part.article}", each.required),
                            ("Not required by Art. 30, and always asked for", each.asked),
                            ("Also recorded", each.further),
                        )
                        if lines
                    ],
                }
                for each in part.activities
            ],
        }
        for part in record.parts
    ]


def _layout_parts(record: LayoutRecord) -> list[dict[str, object]]:
    return [
        {
            "title": part.title,
            "head": [_line(each) for each in part.head],
            "controllers": [],
            "left_out": 0,
            "nothing": "" if part.entries else "no activity is recorded",
            "entries": [
                {
                    "name": each.name,
                    "invented": each.invented,
                    "note": "",
                    "tables": [{"title": "", "lines": [_line(line) for line in each.lines]}],
                }
                for each in part.entries
            ],
        }
        for part in record.parts
    ]


def _left_out(each: LeftOut) -> dict[str, object]:
    return {"title": each.title, "records": list(each.records)}


def _line(line: Line) -> dict[str, object]:
    return {"label": line.label, "article": line.article, "items": [_item(each) for each in line.items]}


def _item(item: Item) -> dict[str, object]:
    return asdict(item)
