"""What a terminal says about drafts: the verdict first, then each customer, then what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ropa.reports.page import Item
from ropa.rules.dates import long_date
from ropa.services.drafts.folder import MANIFEST, Written
from ropa.services.drafts.folder_of_drafts import CustomerDraft, Drafts
from ropa.services.drafts.templates import TEMPLATES
from ropa.services.drafts.wording import VALUES
from ropa.services.layout import wrapped
from ropa.services.wording import counted, listed


def draft_lines(drafts: Drafts, written: Written, folder: Path, templates: Sequence[str] = ()) -> Iterator[str]:
    """Everything that whoever sends the drafts has to know, line by line."""
    when = "in effect since" if drafts.took_effect else "planned for"
    planned = f"{when} {long_date(drafts.planned)}" if drafts.planned else "? no planned date is recorded"
    yield from wrapped(f"{drafts.name} ({drafts.organisation}/{drafts.change}), {planned}", 0, 2)
    for each in (*drafts.remarks, *drafts.verdict):
        yield from wrapped(_item(each), 2, 2)
    for customer in drafts.customers:
        yield ""
        yield from _customer(customer)
    yield ""
    if templates:
        yield f"worded by your own {listed(list(templates))}"
    fresh = f"{counted(len(written.files), 'file')} written" if written.files else "nothing changed"
    yield f"{folder / MANIFEST}: {counted(len(drafts.customers), 'draft')}, {fresh}; nothing was sent"
    if not all(each.complete for each in drafts.customers):
        text = "? Record what is to be completed and draft again: the change sheet inside each e-mail is a PDF."
        yield from wrapped(text, 0, 2)
    for name in written.left:
        yield f"! {folder / name}: from an earlier run; this customer need not be told any more"


def _customer(each: CustomerDraft) -> Iterator[str]:
    sample = " (invented sample data)" if each.sample else ""
    to = ", ".join(each.to) or "? no address: fill it in"
    mark = "?" if each.missing else "✓"
    state = "draft" if each.complete else "incomplete draft"
    yield from wrapped(f"{mark} {each.name}{sample}: {state} {each.stem}.eml", 0, 2)
    yield f"  to {to}"  # on one line: an address is copied
    if each.last_day:
        yield from wrapped(f"last day to send: {long_date(each.last_day)}; dates counted {each.counted}", 2, 2)
    else:
        yield from wrapped(f"dates counted {each.counted}", 2, 2)
    for warning in each.warnings:
        yield from wrapped(_item(warning), 2, 2)
    for what in each.missing:
        yield from wrapped(f"? to be completed: {what}", 2, 2)


def _item(each: Item) -> str:
    return f"{each.mark} {each.text}" if each.mark else each.text


def template_lines() -> Iterator[str]:
    """The templates, and every value that they get."""
    yield "Templates (Jinja2), to be copied with -o and used with `ropa notice draft --templates`:"
    width = max(map(len, (*TEMPLATES, *VALUES)))
    for name, what in TEMPLATES.items():
        yield from wrapped(f"{name:<{width}}  {what}", 2, width + 2)
    yield ""
    yield "Values; what ought to be recorded and is not is a placeholder, [to be completed: ...]:"
    for name, what in VALUES.items():
        yield from wrapped(f"{name:<{width}}  {what}", 2, width + 2)
