"""Where the data goes: one bar for each kind of territory, with the signs of what is wrong there in words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from ropa.services.browsing.overview import Place
from ropa.tui.text import clean, fitted, width_of

_INLINE = 26
_WORDS = {"✖": "without a safeguard", "!": "incomplete", "?": "not known"}


class Bars(Widget):
    """Bars beside each other in one line where there is little height, below each other where there is room."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 Textual's own name
        super().__init__(id=id)
        self.places: Sequence[Place] = ()

    def show(self, places: Sequence[Place]) -> None:
        """Show these counts."""
        self.places = places
        self.refresh()

    def render(self) -> Content:
        """The bars, drawn for the room that there is."""
        if not self.places:
            return Content("")
        return self._below() if self.size.height >= len(self.places) else self._beside()

    def _beside(self) -> Content:
        ends = [(" " if each.count else "") + f"{each.count}{_short(each)}" for each in self.places]
        words = [f"{clean(place.label)} " for place in self.places]
        taken = sum(width_of(each) for each in (*ends, *words)) + 3 * len(self.places)
        room = min(_INLINE, max(0, self.size.width - taken - 1))
        total = max(1, sum(place.count for place in self.places))
        bars = ["█" * _share(place.count, total, room) for place in self.places]
        return Content(" " + "   ".join(map("".join, zip(words, bars, ends, strict=True))))

    def _below(self) -> Content:
        most = max(1, *(place.count for place in self.places))
        label = max(width_of(place.label) for place in self.places) + 2
        room = max(1, self.size.width - label - 50)
        lines = []
        for place in self.places:
            said = ", ".join(f"{number} {sign} {_WORDS[sign]}" for sign, number in place.marks)
            bar = "█" * _share(place.count, most, room)
            front = f" {fitted(place.label, label)}{bar}{' ' if bar else ''}"
            lines.append(f"{front}{place.count}{f'  ({said})' if said else ''}")
        return Content("\n".join(lines))


def _share(count: int, total: int, room: int) -> int:
    """The length of a bar: in proportion, and at least one cell for anything that is there."""
    return 0 if count == 0 else max(1, round(count * room / total))


def _short(place: Place) -> str:
    return f" ({' '.join(f'{number}{sign}' for sign, number in place.marks)})" if place.marks else ""
