"""The tree of a map: one line for each hop, so that its branches stay whole; what is too long ends in `…`."""

from __future__ import annotations

from collections.abc import Sequence

from ropa.services.browsing.flow_map import MapLine
from ropa.tui.text import fitted, width_of
from ropa.tui.widgets.lines import LOOKS, Lines, Piece

_GAP = 2
_NAMES = 62  # per cent of the width that the tree may keep before the data give way
_DEEP = 40  # per cent of the width that the branches before a name may take


class Branches(Lines):
    """Where each hop goes, its flag, its data; Enter goes to the node."""

    def __init__(self, *, id: str | None = None, message: str = "") -> None:  # noqa: A002 Textual's own name
        super().__init__(id=id, message=message)
        self.hops: Sequence[MapLine] = ()
        self._names = self._flags = self._data = 0

    def show(self, hops: Sequence[MapLine], message: str = "") -> None:
        """Show these lines; the cursor stays where it was, if it can."""
        self.hops, self.message = hops, message
        self._names = max((width_of(each.branch + each.text) for each in hops), default=0)
        self._flags = max((width_of(_flag(each)) for each in hops), default=0)
        self._data = max((width_of(each.data) for each in hops), default=0)
        self.changed(keep=True)
        self.tell()

    @property
    def hop(self) -> MapLine | None:
        """The line under the cursor."""
        return self.hops[self.cursor] if self.hops else None

    def item_count(self) -> int:
        """One item for each line."""
        return len(self.hops)

    def subject_of(self, item: int) -> str:
        """The record of a node."""
        return self.hops[item].target

    def line(self, line: int, width: int) -> list[Piece]:
        """Branch and name, flag, data."""
        hop = self.hops[line]
        flags = self._flags + _GAP if self._flags else 0
        names = min(self._names, max(width * _NAMES // 100, width - flags - _GAP - self._data))
        branch = _branch(hop.branch, width * _DEEP // 100)
        name = fitted(hop.text, names - width_of(branch))
        pieces = [(branch, "faint"), (name, ""), (" " * _GAP if flags else "", "")]
        pieces.append((fitted(_flag(hop), self._flags), LOOKS.get(hop.mark, "")))
        room = width - names - flags - _GAP
        return [*pieces, (" " * _GAP + fitted(hop.data, max(0, room)), "label")]


def _flag(hop: MapLine) -> str:
    return f"{hop.mark}{hop.note}" if hop.note else ""


def _branch(branch: str, room: int) -> str:
    """What stands before the arrow: of a name the beginning, of a deep drawing the end, since that tells more."""
    if width_of(branch) <= room:
        return branch
    return f"{fitted(branch, room - 1)} " if branch.endswith(" ") else f"…{branch[len(branch) - room + 1 :]}"
