"""`ropa report article-30` in every layout and format, from one data set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ropa.reports.article_30 import Role, render_record
from ropa.reports.article_30_layout import LeftOut, render_layout
from ropa.services.record.article_30 import record_of
from ropa.services.record.layouts import Layout, layout_record

if TYPE_CHECKING:
    from ropa.reports.sheet import Sheet
    from ropa.services.workspace import View

RecordFormat = Literal["md", "html", "csv", "xlsx", "ods", "pdf", "json"]


@dataclass(frozen=True, slots=True)
class RecordDocument:
    """The content of a file; `left_out` is what is recorded and the layout has no column for, `remarks` what else."""

    content: bytes
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = ()


def record_document(
    view: View, fmt: RecordFormat, layout: Layout = "plain", role: Role | None = None
) -> RecordDocument:
    """The record of one organisation on the view's date as the content of a file.

    Without a `role` it is the controller's record and, where the organisation is one, the processor's. Raises
    InputError where a format cannot hold the layout, StoreError where it needs a library that is missing.
    """
    if layout != "plain":
        return _layout(view, fmt, layout, role)
    record = record_of(view, role)
    if fmt in ("md", "html"):
        return RecordDocument(render_record(record, fmt).encode("utf-8"))
    if fmt == "json":
        from ropa.services.record.report_json import plain_json

        return RecordDocument(_json(plain_json(view, record)))
    if fmt == "pdf":
        from ropa.reports.article_30_pdf import record_pdf

        picture, remarks = _diagram(view)
        return RecordDocument(record_pdf(record, picture), remarks=remarks)
    from ropa.services.record.sheet import plain_sheets

    return RecordDocument(_sheets(fmt, plain_sheets(record)))


def _layout(view: View, fmt: RecordFormat, layout: Layout, role: Role | None) -> RecordDocument:
    record = layout_record(view, layout, role)
    remarks: tuple[str, ...] = ()
    if fmt in ("md", "html"):
        content = render_layout(record, fmt).encode("utf-8")
    elif fmt == "json":
        from ropa.services.record.report_json import layout_json

        content = _json(layout_json(view, record))
    elif fmt == "pdf":
        from ropa.reports.article_30_pdf import record_pdf

        picture, remarks = _diagram(view)
        content = record_pdf(record, picture)
    else:
        from ropa.services.record.sheet import layout_sheets

        content = _sheets(fmt, layout_sheets(view, layout, role, record.left_out))
    return RecordDocument(content, record.left_out, remarks)


def _sheets(fmt: RecordFormat, sheets: list[Sheet]) -> bytes:
    if fmt == "xlsx":
        from ropa.reports.sheet import workbook

        return workbook(sheets)
    if fmt == "ods":
        from ropa.reports.ods import spreadsheet

        return spreadsheet(sheets)
    from ropa.services.record.sheet import as_csv

    return as_csv(sheets).encode("utf-8")


def _diagram(view: View) -> tuple[str, tuple[str, ...]]:
    """The data-flow diagram as SVG, or a remark that says why there is none in the document."""
    from ropa.flows.render import render
    from ropa.services.diagrams import DrawingError, diagram_of

    try:
        return render(diagram_of(view), "svg", view.on).decode("utf-8"), ()
    except DrawingError as error:
        return "", (f"the document has no diagram: {error}",)


def _json(values: object) -> bytes:
    return (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def left_out_lines(document: RecordDocument) -> list[str]:
    """What the layout has no column for, in words for the end of a command's output."""
    if not document.left_out:
        return []
    found = ["Recorded, and without a column in this layout:"]
    for each in document.left_out:
        many = len(each.records) > 1 and each.place != "transfer.activity"
        count = f"{len(each.records)} activities" if many else ", ".join(each.records)
        found.append(f"  – {each.title}: {count}")
    return found
