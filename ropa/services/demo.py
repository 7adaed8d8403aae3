"""The gallery: every register of a folder loaded, checked and written out as documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from ropa.records.errors import NotFoundError, StoreError
from ropa.services.check_report import INVENTED, about_invented, summary
from ropa.services.loading import load_files
from ropa.services.workspace import View, Workspace

SAMPLE_DATE = dt.date(2026, 11, 21)
"""The date that the sample registers were written for."""


def write_gallery(data: Path, exports: Path, database: Path, on: dt.date) -> Iterator[str]:
    """Do it, and yield what there is to say, line by line.

    A file that holds what it should already is left alone. Raises NotFoundError where the folder has no register
    files, and whatever loading and writing raise.
    """
    files = sorted(data.glob("*.yaml"))
    if not files:
        raise NotFoundError(f"{data}: there are no register files (*.yaml) in this folder")
    _folder(exports)
    for report in load_files(files, database):
        state = "loaded" if report.writes else "as it was"
        yield f"{report.file}: {state}, {report.unchanged + len(report.added) + len(report.changed)} records"
    yield ""
    workspace = Workspace.open(database, on)
    views = workspace.views()
    for view in views:
        yield f"{view.register.organisation.name}: {summary(view).split(' · ')[0]}"
        for finding in view.findings[:3]:
            mark = f" {INVENTED}" if about_invented(view, finding) else ""
            yield f"  {finding.symbol} {finding.title}{mark}"
    yield ""
    for view in views:
        folder = exports / view.register.organisation.key
        _folder(folder)
        yield f"{folder}{_write_documents(view, folder)}"


def _write_documents(view: View, folder: Path) -> str:
    """Write the documents of one register; returns their names, for the line that says where they are."""
    from ropa.services.diagrams import write_diagram
    from ropa.services.notices.documents import notice_report
    from ropa.services.record.article_30 import article_30
    from ropa.services.writing import write_text

    for suffix in ("dot", "svg", "png"):
        write_diagram(view, folder / f"data-flow.{suffix}")
    write_text(folder / "article-30.html", article_30(view, "html"))
    write_text(folder / "article-30.md", article_30(view, "md"))
    write_text(folder / "subprocessor-notice.md", notice_report([view.register], view.on, "md"))
    more = _write_changes(view, folder)
    return f"/: data-flow.svg .png .dot, article-30.html .md, subprocessor-notice.md{more}"


def _write_changes(view: View, folder: Path) -> str:
    """Where a change of subprocessor is open: the report for people and for a spreadsheet, and the public list.

    Drafts are not written: what is in this folder is to be looked at, and nothing of it is to be sent.
    """
    from ropa.services.changes.statuses import open_changes
    from ropa.services.notices.documents import notice_document
    from ropa.services.publishing.folder import publish
    from ropa.services.writing import write_bytes

    if not open_changes(view.register, view.on):
        return ""
    forms: tuple[Literal["html", "xlsx"], ...] = ("html", "xlsx")
    for suffix in forms:
        write_bytes(folder / f"subprocessor-notice.{suffix}", notice_document([view.register], view.on, suffix))
    publish(view.register, view.on, folder / "public")
    return " .html .xlsx, public/index.html"


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
