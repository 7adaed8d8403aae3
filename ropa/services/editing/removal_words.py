"""What removing a record comes to, in words, to be read before it is done."""

from __future__ import annotations

from ropa.records.kinds import KINDS
from ropa.services.browsing.detail_parts import Detail, Line, Part
from ropa.services.editing.fields import form
from ropa.services.editing.removal import Removal, Use
from ropa.services.subjects import title_of
from ropa.services.workspace import View

_MOST = 30


def removal_words(view: View, plan: Removal) -> Detail:
    """The records that go with it, the fields that lose something, and what stands in the way."""
    subject = f"{plan.kind}/{plan.key}"
    parts = []
    if plan.blocks:
        lines = [Line(_use(view, each), "✖") for each in plan.blocks]
        lines.append(Line("Emptied, these fields would say something that nobody recorded. Settle them first."))
        parts.append(Part("In the way", tuple(lines)))
    others = [Line(_named(view, kind, key), "!") for kind, key in plan.goes if (kind, key) != (plan.kind, plan.key)]
    if others:
        parts.append(Part("Goes with it", _cut(others)))
    if plan.cleared:
        parts.append(Part("Loses this", _cut([Line(_use(view, each)) for each in plan.cleared])))
    if plan.alone:
        parts.append(Part("Otherwise", (Line("Nothing else is touched."),)))
    if not plan.blocks:
        parts.append(Part("Undo", (Line("It can be undone, and the history keeps it."),)))
    return Detail(plan.kind, plan.key, title_of(view, subject), KINDS[plan.kind].title, tuple(parts))


def _named(view: View, kind: str, key: str) -> str:
    return f"{KINDS[kind].title}: {title_of(view, f'{kind}/{key}')}"


def _use(view: View, use: Use) -> str:
    return f"{_named(view, use.kind, use.key)}, in “{form(use.kind).field(use.field).title}”"


def _cut(lines: list[Line]) -> tuple[Line, ...]:
    rest = len(lines) - _MOST
    return (*lines[:_MOST], Line(f"and {rest} more")) if rest > 1 else tuple(lines)
