"""Where one has been: the way forward again after a step back, and the places to go back to from anywhere.

A place is text: `overview`, `list/KIND`, `record/KIND/KEY`, `map/ACTIVITY`, `search/WORDS`.
"""

from __future__ import annotations

from ropa.services.browsing.lists import list_title
from ropa.services.editing.choices import Choice
from ropa.services.subjects import record_of, split, title_of
from ropa.services.workspace import View

_MOST = 40
_NUMBERED = ("record/finding/", "record/crossing/")


class Trail:
    """The places of one register, newest last."""

    def __init__(self) -> None:
        self._ahead: list[str] = []
        self._been: list[str] = []

    def went(self, place: str) -> None:
        """Somebody went to a place: the way forward from before is gone."""
        self._ahead.clear()
        self._remember(place)

    def left(self, place: str) -> None:
        """Somebody stepped back out of a place."""
        if place:
            self._ahead.append(place)

    def forward(self) -> str:
        """The place that was stepped out of last; empty where there is none."""
        place = self._ahead.pop() if self._ahead else ""
        self._remember(place)
        return place

    def renumbered(self) -> None:
        """Another state of the register: findings and crossings, which have numbers for names, may be others."""
        self._ahead = [each for each in self._ahead if not each.startswith(_NUMBERED)]
        self._been = [each for each in self._been if not each.startswith(_NUMBERED)]

    def forget(self) -> None:
        """Another register."""
        self._ahead, self._been = [], []

    def choices(self, view: View) -> list[Choice]:
        """The places to choose from, the newest first, without records that are gone."""
        return [Choice(place, title) for place in reversed(self._been) if (title := place_title(view, place))]

    def _remember(self, place: str) -> None:
        if place:
            self._been = [*(each for each in self._been if each != place), place][-_MOST:]


def place_title(view: View, place: str) -> str:
    """What people call a place; empty for a record that is not there any more."""
    sort, _, rest = place.partition("/")
    match sort:
        case "record":
            kind = split(rest)[0]
            derived = kind in ("finding", "crossing", "history")
            return title_of(view, rest) if derived or record_of(view, rest) is not None else ""
        case "map":
            return f"Map of {title_of(view, f'activity/{rest}')}" if rest in view.register.activities else ""
        case "search":
            return f"Search for “{rest}”" if rest else "Search"
        case "list":
            return list_title(rest.partition("/")[0])
    return sort.capitalize()
