"""`ropa notice report` in every format, from what was gathered once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from ropa.records.register import Register
from ropa.services.notices.evidence import Span
from ropa.services.notices.gathering import Gathered, gather
from ropa.services.workspace import Workspace
from ropa.store.history import Entry

DocumentFormat = Literal["md", "html", "pdf", "xlsx", "json"]
_ALL = 10**9  # entries of the history: an audit is shown every one


def notice_report(
    registers: Sequence[Register],
    on: dt.date,
    fmt: Literal["md", "html"],
    span: Span | None = None,
    history: Mapping[str, Iterable[Entry]] | None = None,
) -> str:
    """Every open change of these registers and the clock of every customer, as Markdown or one HTML page.

    With `span`, what went out in it as well; `history` are the entries about the notices of each organisation.
    """
    from ropa.reports.notice_report import render_notices
    from ropa.services.notices.pages import notice_page

    return render_notices(notice_page(gathered(registers, on, span, history), on, span), fmt)


def notice_document(
    registers: Sequence[Register],
    on: dt.date,
    fmt: DocumentFormat,
    span: Span | None = None,
    history: Mapping[str, Iterable[Entry]] | None = None,
) -> bytes:
    """The same report as the content of a file. Raises StoreError where the format needs a library that is missing."""
    if fmt in ("md", "html"):
        return notice_report(registers, on, fmt, span, history).encode("utf-8")
    found = gathered(registers, on, span, history)
    if fmt == "json":
        from ropa.services.notices.report_json import as_json

        return (json.dumps(as_json(found, on, span), indent=2, ensure_ascii=False) + "\n").encode("utf-8")
    if fmt == "xlsx":
        from ropa.reports.sheet import workbook
        from ropa.services.notices.sheet import sheets

        return workbook(sheets(found, span))
    from ropa.reports.notice_report import notices_pdf
    from ropa.services.notices.pages import notice_page

    return notices_pdf(notice_page(found, on, span))


def gathered(
    registers: Sequence[Register], on: dt.date, span: Span | None, history: Mapping[str, Iterable[Entry]] | None
) -> list[Gathered]:
    """What the report is about, for each register."""
    entries = history or {}
    return [gather(each, on, span, entries.get(each.organisation.key, ())) for each in registers]


def notice_history(workspace: Workspace, organisations: Iterable[str]) -> dict[str, list[Entry]]:
    """Every entry of the history about the notices of these organisations."""
    return {key: workspace.store.history(key, "notice", limit=_ALL) for key in organisations}
