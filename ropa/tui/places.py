"""Which screen shows a place, as `ropa.tui.trail` names places."""

from __future__ import annotations

from collections.abc import Mapping

from textual.screen import Screen

from ropa.services.subjects import split
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.screens.calendar import CalendarScreen
from ropa.tui.screens.change import ChangeScreen
from ropa.tui.screens.changes import BoardScreen
from ropa.tui.screens.detail import DetailScreen
from ropa.tui.screens.findings import FindingsScreen
from ropa.tui.screens.flow_map import FlowMapScreen
from ropa.tui.screens.listing import ListScreen
from ropa.tui.screens.search import SearchScreen
from ropa.tui.screens.subprocessors import SubprocessorsScreen

_SCREENS: Mapping[str, type[RegisterScreen]] = {
    "finding": FindingsScreen,
    "change": BoardScreen,
    "due": CalendarScreen,
    "subprocessor": SubprocessorsScreen,
}
"""The lists that have a screen of their own."""


def screen_of(place: str) -> RegisterScreen | None:
    """A new screen for a place; None for the overview, which lies below all others."""
    sort, _, rest = place.partition("/")
    kind, key = split(rest)
    match sort:
        case "record":
            return ChangeScreen(key) if kind == "change" else DetailScreen(rest)
        case "map":
            return FlowMapScreen(rest)
        case "search":
            return SearchScreen(rest)
        case "list" if kind == "finding":
            return FindingsScreen(rule=key)
        case "list":
            return _SCREENS[kind]() if kind in _SCREENS else ListScreen(kind)
    return None


def shows_list(screen: Screen[object], kind: str) -> bool:
    """Whether a screen is that of a list."""
    own = _SCREENS.get(kind)
    return (isinstance(screen, ListScreen) and screen.kind == kind) or (own is not None and isinstance(screen, own))
