"""The command palette: every verb of the screen that is shown and of the application, by its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.dom import DOMNode
from textual.screen import Screen

from ropa.records.kinds import KINDS, ROOTS
from ropa.services.browsing.lists import ALL_LISTS, list_title
from ropa.tui.keys import Key, Scope, keys_of
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.widgets.chrome import KeyBar

if TYPE_CHECKING:
    from ropa.tui.app import RopaApp

_FOCUSED: tuple[Scope, ...] = ("lines", "board", "pick")
"""Scopes whose actions belong to the part of the screen that has the keys."""
_ALREADY_HERE = ("command_palette", "app.focus_next", "app.focus_previous")


def commands(app: RopaApp, screen: Screen[object]) -> Iterator[SystemCommand]:
    """A command for each key of the screen, and where one can go anywhere, for each list and each kind to add."""
    scopes = scopes_of(screen)
    for key in keys_of(scopes):
        if _is_a_verb(key):
            first, _, rest = key.explain.partition(": ")
            yield SystemCommand(
                f"{first[:1].upper()}{first[1:]} ({key.shown})", rest or key.label, _pressed(app, screen, key)
            )
    if "everywhere" not in scopes:
        return
    for kind in ALL_LISTS:
        yield SystemCommand(f"List: {list_title(kind)}", "to this list", partial(app.action_jump, kind))
    for kind in ("organisation", *ROOTS):
        known = KINDS[kind]
        about = (known.fields.__doc__ or "").split("\n")[0]
        yield SystemCommand(f"Add to: {known.title}", about, partial(app.editor.new, kind))


def scopes_of(screen: Screen[object]) -> tuple[Scope, ...]:
    """The scopes of the keys that work on a screen; of a dialog, those that its bar shows."""
    if isinstance(screen, RegisterScreen):
        return screen.scopes
    bars = screen.query(KeyBar)
    return bars.first().scopes if bars else ()


def _is_a_verb(key: Key) -> bool:
    """Whether a key does more than move the cursor or open what this is."""
    return key.action not in _ALREADY_HERE and (key.scope not in _FOCUSED or key.bar)


def _pressed(app: RopaApp, screen: Screen[object], key: Key) -> Callable[[], None]:
    def run() -> None:
        owner: DOMNode = app if key.scope == "everywhere" else screen
        if key.scope in _FOCUSED:
            owner = screen.focused or screen
        app.call_later(app.run_action, key.action, owner)

    return run
