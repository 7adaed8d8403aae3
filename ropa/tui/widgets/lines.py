"""A scrolling list that draws only the lines that can be seen: the base of tables and of documents.

A hundred thousand rows cost no more than a page. The text is put into segments, which know no markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ropa.tui.keys import bindings
from ropa.tui.text import clean, wrapped

Piece = tuple[str, str]
"""Text and the name of its look: "", "heading", "label", "faint", "wrong", "doubt", "gap" or "done"."""

LOOKS = {"✖": "wrong", "!": "doubt", "?": "gap", "✓": "done"}
GUTTER = 2


class Lines(ScrollView, can_focus=True):
    """Items of one or more lines with a cursor. A subclass says how many there are and how each line is drawn."""

    DEFAULT_CSS = "Lines { overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"lines--{look}" for look in ("cursor", "heading", "label", "faint", "wrong", "doubt", "gap", "done")
    }
    BINDINGS: ClassVar[list[BindingType]] = bindings("lines")

    cursor: reactive[int] = reactive(0)

    class Chosen(Message):
        """An item was opened, by Enter or by the mouse."""

        def __init__(self, lines: Lines, subject: str) -> None:
            super().__init__()
            self.lines = lines
            self.subject = subject

        @property
        def control(self) -> Lines:
            """The list that the item is in."""
            return self.lines

    class Moved(Message):
        """The cursor is on another item."""

        def __init__(self, lines: Lines, subject: str) -> None:
            super().__init__()
            self.lines = lines
            self.subject = subject

        @property
        def control(self) -> Lines:
            """The list that the cursor is in."""
            return self.lines

    def __init__(self, *, id: str | None = None, message: str = "") -> None:  # noqa: A002 Textual's own name
        super().__init__(id=id)
        self.message = message

    # -- what a subclass says ------------------------------------------------------------------------------

    @property
    def fixed(self) -> int:
        """How many lines at the top stay where they are."""
        return 0

    def item_count(self) -> int:
        """How many items there are."""
        return 0

    def line_count(self) -> int:
        """How many lines there are below the fixed ones."""
        return self.item_count()

    def span(self, item: int) -> tuple[int, int]:
        """The first line of an item, and how many it has."""
        return item, 1

    def item_at(self, line: int) -> int | None:
        """The item that a line belongs to, or None."""
        return line if 0 <= line < self.item_count() else None

    def subject_of(self, item: int) -> str:
        """The subject that an item leads to; empty for none."""
        raise NotImplementedError

    def fixed_line(self, line: int, width: int) -> list[Piece]:
        """The pieces of a fixed line."""
        raise NotImplementedError

    def line(self, line: int, width: int) -> list[Piece]:
        """The pieces of a line, without the two cells in front where the cursor stands."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """The cells of a line, without the scroll bar."""
        return self.scrollable_content_region.width

    # -- drawing -------------------------------------------------------------------------------------------

    def changed(self, *, keep: bool = False) -> None:
        """Draw anew after the items have changed; `keep` leaves the cursor where it is."""
        self.virtual_size = Size(self.room, self.fixed + self.line_count())
        self.cursor = max(0, min(self.cursor, self.item_count() - 1)) if keep else 0
        self.scroll_to(y=0, animate=False) if not keep else self._show_cursor()
        self.refresh()

    def on_resize(self) -> None:
        """Lay out for the new width. Textual calls this handler of every class, so subclasses override `resized`."""
        self.resized()

    def resized(self) -> None:
        """Lay out for the new width; the cursor stays on its item and in sight."""
        self.changed(keep=True)

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        width, base = self.room, self.rich_style
        if not self.line_count() and y >= self.fixed and self.message:
            said = wrapped(self.message, width - GUTTER)[y - self.fixed :]
            return self._strip([(said[0], "faint")] if said else [], width, base, "  ")
        if y < self.fixed:
            return self._strip(self.fixed_line(y, width - GUTTER), width, base, "  ")
        number = y - self.fixed + self.scroll_offset.y
        if number >= self.line_count():
            return Strip.blank(width, base)
        item = self.item_at(number)
        if item is None or item != self.cursor:
            return self._strip(self.line(number, width - GUTTER), width, base, "  ")
        first = self.span(item)[0] == number
        sign = ("▸ " if self.has_focus else "▹ ") if first else "  "
        look = base + self.get_component_rich_style("lines--cursor", partial=True) if self.has_focus else base
        return self._strip(self.line(number, width - GUTTER), width, look, sign)

    def _strip(self, pieces: Iterable[Piece], width: int, base: Style, front: str) -> Strip:
        segments = [Segment(front, base)]
        for text, look in pieces:
            style = base
            if look:
                own = self.get_component_rich_style(f"lines--{look}", partial=True)
                style = base + Style(color=own.color if base == self.rich_style else None, bold=own.bold, dim=own.dim)
            segments.append(Segment(clean(text), style))
        return Strip(segments).adjust_cell_length(width, base)

    # -- the cursor ----------------------------------------------------------------------------------------

    def watch_cursor(self) -> None:
        """Draw the cursor at its new place and tell the screen."""
        if self.is_mounted:
            self._show_cursor()
            self.refresh()
            self.tell()

    def tell(self) -> None:
        """Say which item the cursor is on."""
        if self.item_count():
            self.post_message(self.Moved(self, self.subject_of(self.cursor)))

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The cursor looks different in the part that has the keys."""
        super().watch_has_focus(_has_focus)
        self.refresh()

    def _show_cursor(self) -> None:
        if not self.item_count():
            return
        first, height = self.span(self.cursor)
        room = max(1, self.size.height - self.fixed)
        top = int(self.scroll_offset.y)
        if first < top:
            # The first item brings what stands above it back into sight.
            self.scroll_to(y=0 if self.cursor == 0 and first + height <= room else first, animate=False, force=True)
        elif first + height > top + room:
            self.scroll_to(y=min(first, first + height - room), animate=False, force=True)

    def action_move(self, step: int) -> None:
        """The cursor one item further, or a line of scrolling where there is no further item."""
        target = self.cursor + step
        if 0 <= target < self.item_count():
            self.cursor = target
        else:
            self.scroll_relative(y=step, animate=False)

    def action_page(self, step: int) -> None:
        """The cursor one page further; it ends on the item there."""
        room = max(1, self.size.height - self.fixed - 1)
        if not self.item_count():
            self.scroll_relative(y=step * room, animate=False)
            return
        line = max(0, min(self.line_count() - 1, self.span(self.cursor)[0] + step * room))
        passed = (item for each in range(line, -1, -1) if (item := self.item_at(each)) is not None)
        self.cursor = next(passed, 0)
        if step > 0 and self.cursor == self.item_count() - 1:
            self.scroll_end(animate=False)

    def action_edge(self, step: int) -> None:
        """The cursor on the first or the last item."""
        self.cursor = 0 if step < 0 else max(0, self.item_count() - 1)
        if step > 0:
            self.scroll_end(animate=False)
        else:
            self.scroll_home(animate=False)

    def action_choose(self) -> None:
        """Open the item under the cursor."""
        if self.item_count() and (subject := self.subject_of(self.cursor)):
            self.post_message(self.Chosen(self, subject))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; on the item under the cursor, or twice, it opens it."""
        item = self.item_at(int(event.y) - self.fixed + int(self.scroll_offset.y))
        if item is None or event.y < self.fixed:
            return
        if item == self.cursor or event.chain > 1:
            self.action_choose()
        self.cursor = item

    @property
    def current(self) -> str:
        """The subject of the item under the cursor; empty where there is none."""
        return self.subject_of(self.cursor) if self.item_count() else ""

    @property
    def seen(self) -> Region:
        """The part of the lines that is in sight."""
        return Region(0, int(self.scroll_offset.y), self.room, max(0, self.size.height - self.fixed))
