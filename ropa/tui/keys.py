"""The one table of keys. Bindings, the bar at the foot, the help and the command palette all read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

Scope = Literal["everywhere", "lines", "list", "findings", "detail", "search", "dialog"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `keys` as Textual names them, `shown` as people read it, `label` for the bar, `explain` for help.

    `bar` says whether the bar at the foot shows it.
    """

    scope: Scope
    keys: str
    shown: str
    action: str
    label: str
    explain: str
    bar: bool = True


KEYS: tuple[Key, ...] = (
    Key("lines", "up,k", "↑", "move(-1)", "Up", "one line up", bar=False),
    Key("lines", "down,j", "↓", "move(1)", "Down", "one line down", bar=False),
    Key("lines", "pageup", "PgUp", "page(-1)", "Page up", "one page up", bar=False),
    Key("lines", "pagedown,space", "PgDn", "page(1)", "Page down", "one page down", bar=False),
    Key("lines", "home", "Home", "edge(-1)", "First", "to the first line", bar=False),
    Key("lines", "end", "End", "edge(1)", "Last", "to the last line", bar=False),
    Key("lines", "enter", "Enter", "choose", "open", "open what the line is about"),
    Key("lines", "tab", "Tab", "app.focus_next", "Next part", "to the next part of the screen", bar=False),
    Key("list", "l", "l", "limit", "limit", "limit the list to what you type"),
    Key("list", "g", "g", "subject", "go to subject", "go to the record that the line is about", bar=False),
    Key("findings", "s", "s", "severity", "severity", "one severity after the other: high, medium, low"),
    Key("findings", "r", "r", "rule", "rule", "show one rule after the other, then all"),
    Key("detail", "g", "g", "subject", "go to subject", "go to the record that this is about"),
    Key("search", "down", "↓", "results", "results", "to the results"),
    Key("search", "enter", "Enter", "first", "open", "open the result that the cursor is on"),
    Key("search", "escape", "Esc", "app.back", "back", "back to where you came from"),
    Key("search", "f1", "F1", "app.help", "help", "show the keys of this screen"),
    Key("everywhere", "w", "w", "jump('overview')", "overview", "to the overview: what needs somebody", bar=False),
    Key("everywhere", "a", "a", "jump('activity')", "activities", "to the processing activities"),
    Key("everywhere", "p", "p", "jump('party')", "parties", "to the parties: vendors, customers, authorities"),
    Key("everywhere", "t", "t", "jump('transfer')", "transfers", "to the transfers out of the territory"),
    Key("everywhere", "f", "f", "jump('finding')", "findings", "to the findings: what is wrong or not recorded"),
    Key("everywhere", "c", "c", "jump('change')", "changes", "to the changes of subprocessors"),
    Key("everywhere", "h", "h", "jump('history')", "history", "to the history: who wrote what, when", bar=False),
    Key("everywhere", "slash", "/", "search", "search", "search everything in the register"),
    Key("everywhere", "o", "o", "organisations", "organisation", "choose the organisation", bar=False),
    Key("everywhere", "question_mark,f1", "?", "help", "help", "show the keys of this screen"),
    Key("everywhere", "escape", "Esc", "back", "back", "back to where you came from", bar=False),
    Key("everywhere", "ctrl+r", "Ctrl+R", "reload", "Read again", "read the database again", bar=False),
    Key("everywhere", "ctrl+t", "Ctrl+T", "theme", "Light or dark", "change between light and dark", bar=False),
    Key("everywhere", "q", "q", "quit", "quit", "leave ropa"),
    Key("dialog", "escape", "Esc", "close", "close", "close this"),
)


def keys_of(scopes: Iterable[Scope]) -> tuple[Key, ...]:
    """The keys of some scopes, in the order of the table; a key that a nearer scope takes is left out further away."""
    wanted = list(scopes)
    taken: set[str] = set()
    found: list[Key] = []
    for scope in wanted:
        for key in KEYS:
            if key.scope == scope and key.keys not in taken:
                taken.add(key.keys)
                found.append(key)
    return tuple(found)


def bindings(*scopes: Scope) -> list[BindingType]:
    """The bindings of some scopes for a class that owns their actions."""
    return list(_bindings(scopes))


def _bindings(scopes: Iterable[Scope]) -> Iterator[Binding]:
    for key in keys_of(scopes):
        yield Binding(key.keys, key.action, key.explain, show=False)
