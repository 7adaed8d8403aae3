"""Text in titled parts that wraps to the width; lines that lead somewhere can be stepped through and opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.geometry import Size

from ropa.services.browsing.details import Detail, Line
from ropa.tui.text import wrapped
from ropa.tui.widgets.lines import LOOKS, Lines, Piece

_LABELS = 14
_NARROW = 50
_LEADS = " ›"


@dataclass(frozen=True, slots=True)
class Row:
    """One laid-out line, and the number of the item that it belongs to (None: it is no item)."""

    pieces: list[Piece]
    item: int | None


class Document(Lines):
    """A detail: title, parts, lines. Further rows of a line that wraps are set in by `hang` cells."""

    def __init__(self, *, id: str | None = None, message: str = "", hang: int = 0) -> None:  # noqa: A002 Textual's own name
        super().__init__(id=id, message=message)
        self.hang = hang
        self.detail: Detail | None = None
        self._laid = (-1, False)
        self._rows: list[Row] = []
        self._spans: list[tuple[int, int]] = []
        self._targets: list[str] = []

    def show(self, detail: Detail | None, message: str = "") -> None:
        """Show a detail, or a message where there is none: from its top, unless the same was shown before."""
        same = self.detail is not None and detail is not None and _name(self.detail) == _name(detail)
        line = int(self.scroll_offset.y)
        here = self.cursor if same else 0
        self.detail, self.message = detail, message
        self._laid = (-1, False)
        self.set_reactive(Lines.cursor, here)
        self.changed(keep=same)
        if same:
            self.scroll_to(y=min(line, max(0, self.line_count() - self.size.height)), animate=False, force=True)

    def item_count(self) -> int:
        """One item for each line that leads somewhere."""
        self._lay_out()
        return len(self._targets)

    def line_count(self) -> int:
        """The lines at this width."""
        self._lay_out()
        return len(self._rows)

    def span(self, item: int) -> tuple[int, int]:
        """Where an item stands."""
        self._lay_out()
        return self._spans[item]

    def item_at(self, line: int) -> int | None:
        """The item that a line belongs to."""
        return self._rows[line].item if 0 <= line < len(self._rows) else None

    def subject_of(self, item: int) -> str:
        """Where an item leads."""
        return self._targets[item]

    def line(self, line: int, width: int) -> list[Piece]:  # noqa: ARG002 laid out for it already
        """The pieces of a laid-out line."""
        return self._rows[line].pieces

    def action_move(self, step: int) -> None:
        """To the next item if it is near; otherwise a line of scrolling, so that nothing is jumped over unread."""
        target = self.cursor + step
        if 0 <= target < self.item_count():
            first, seen = self.span(target)[0], self.seen
            if seen.y - 1 <= first <= seen.bottom:
                self.cursor = target
                return
        self.scroll_relative(y=step, animate=False)

    def action_page(self, step: int) -> None:
        """A page of reading; the cursor goes along to the first item that is then in sight."""
        top = int(self.scroll_offset.y)
        last = max(0, self.line_count() - self.size.height)
        target = max(0, min(last, top + step * max(1, self.size.height - 1)))
        self.scroll_to(y=target, animate=False, force=True)
        seen = range(target, min(self.line_count(), target + self.size.height))
        item = next((item for line in seen if (item := self.item_at(line)) is not None), None)
        if item is not None and self.span(item)[0] in seen:
            self.cursor = item

    def resized(self) -> None:
        """Lay out for the new width, without jumping back to the cursor."""
        self.virtual_size = Size(self.room, self.line_count())
        self.refresh()

    def _lay_out(self) -> None:
        width = self.room - 2
        key = (width, self.detail is not None)
        if key == self._laid:
            return
        self._laid, self._targets = key, []
        self._rows = list(self._made(self.detail, width)) if self.detail is not None and width > 0 else []
        heights = Counter(row.item for row in self._rows)
        starts = {row.item: line for line, row in reversed(list(enumerate(self._rows)))}
        self._spans = [(starts[item], heights[item]) for item in range(len(self._targets))]

    def _made(self, detail: Detail, width: int) -> Iterator[Row]:
        if detail.title:
            yield from (Row([(text, "heading")], None) for text in wrapped(detail.title, width))
        if detail.subtitle:
            yield from (Row([(text, "faint")], None) for text in wrapped(detail.subtitle, width))
        beside = width >= _NARROW
        for part in detail.parts:
            if detail.title or part is not detail.parts[0]:
                yield Row([], None)
            label: Sequence[str] = wrapped(part.label, _LABELS - 1) if beside else [part.label]
            if not beside:
                yield Row([(part.label, "label")], None)
            left = _LABELS if beside else 2
            number = 0
            for line in part.lines:
                for row in self._line_rows(line, width - left):
                    front = label[number] if beside and number < len(label) else ""
                    number += 1
                    yield Row([(front.ljust(left), "label"), *row.pieces], row.item)
            if beside:
                yield from (Row([(rest, "label")], None) for rest in label[number:])

    def _line_rows(self, line: Line, width: int) -> Iterator[Row]:
        item = None
        if line.target:
            item = len(self._targets)
            self._targets.append(line.target)
        indent = "  " * line.indent
        sign = f"{line.mark} " if line.mark else ""
        room = width - len(indent) - len(sign)
        lines = self._hanging(line.text, room - len(_LEADS) if line.target else room)
        for number, each in enumerate(lines, start=1):
            front = sign if number == 1 else " " * len(sign)
            end = _LEADS if line.target and number == len(lines) else ""
            yield Row([(indent, ""), (front, LOOKS.get(line.mark, "")), (each + end, "")], item)

    def _hanging(self, text: str, room: int) -> list[str]:
        if not self.hang or len(text) <= self.hang:
            return wrapped(text, room)
        front, *rest = text[: self.hang], *wrapped(text[self.hang :], room - self.hang)
        return [front + rest[0], *(" " * self.hang + each for each in rest[1:])]


def _name(detail: Detail) -> tuple[str, str, str]:
    return detail.kind, detail.key, detail.title
