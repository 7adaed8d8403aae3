"""The one table of keys. Bindings, the bar at the foot, the help and the command palette all read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

Scope = Literal[
    "everywhere", "lines", "list", "findings", "detail", "record", "search", "dialog", "board", "change", "form",
    "question", "sheet", "pick", "picker", "making", "conflict", "map", "fold",
    "columns", "intake", "waiting",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `keys` as Textual names them, `shown` as people read it, `label` for the bar, `explain` for help.

    `bar` says whether the bar at the foot shows it, `first` whether it comes before what the field that has the keys
    makes of it.
    """

    scope: Scope
    keys: str
    shown: str
    action: str
    label: str
    explain: str
    bar: bool = True
    first: bool = False


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
    Key("list", "b", "b", "sort", "sort", "sort by the next column: rising, then falling, then as before"),
    Key("list", "X", "X", "export", "export", "write the rows that are shown to a file for a spreadsheet", bar=False),
    Key("list", "g", "g", "subject", "go to subject", "go to the record that the line is about", bar=False),
    Key("findings", "s", "s", "severity", "severity", "one severity after the other: high, medium, low"),
    Key("findings", "r", "r", "rule", "rule", "show one rule after the other, then all"),
    Key("findings", "enter", "Enter", "mend", "mend", "open the form at the field that mends it"),
    Key("findings", "i", "i", "reasons", "reasons", "the reasons of the finding, and what to do"),
    Key("findings", "A", "A", "accept", "accept", "accept the risk: who, why, until when; it stays in sight"),
    Key("record", "e", "e", "edit", "edit", "edit the record that the line or the screen is about"),
    Key("record", "n", "n", "add", "new", "add something: on a list another row, in a record something inside it"),
    Key("record", "v", "v", "vendor", "vendor", "add a vendor to this activity: all of it in one form"),
    Key("record", "m", "m", "map", "map", "the flows of this activity as a map"),
    Key("record", "d", "d", "duplicate", "duplicate", "make a copy, with what is written inside it", bar=False),
    Key("record", "x", "x", "remove", "remove", "remove it; what depends on it is shown first", bar=False),
    Key("map", "e", "e", "edit", "edit", "edit the record that states the flow under the cursor"),
    Key("map", "o", "o", "draw", "open drawing", "write the drawing and open it in the browser"),
    Key("map", "x,X", "x", "export", "export", "write what is on the screen to a file"),
    Key("detail", "g", "g", "subject", "go to subject", "go to the record that this is about"),
    Key("board", "left", "←", "aside(-1)", "Left", "to the stage before", bar=False),
    Key("board", "right", "→", "aside(1)", "Right", "to the next stage", bar=False),
    # Capital letters change where a change stands; small ones record what happened between you and customers.
    Key("change", "A", "A", "deed('approve')", "approve", "approve it: go ahead, and customers may be told"),
    Key("change", "d", "d", "deed('draft')", "drafts", "write the notices to customers as files to send"),
    Key("change", "s", "s", "deed('sent')", "sent", "record a notice as sent, to one or all customers"),
    Key("change", "r", "r", "deed('received')", "received", "record when a customer received the notice"),
    Key("change", "y", "y", "deed('consent')", "consent", "record that a customer agreed"),
    Key("change", "b", "b", "deed('objection')", "objection", "record that a customer objected"),
    Key("change", "l", "l", "deed('settle')", "settle", "record how an objection was settled"),
    Key("change", "E", "E", "deed('effective')", "effective", "record that it took effect, or see what hinders"),
    Key("change", "M", "M", "deed('move')", "move", "plan it for another date"),
    Key("change", "W", "W", "deed('withdraw')", "withdraw", "give it up"),
    Key("change", "n", "n", "propose", "new", "propose a new change"),
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
    Key("everywhere", "u", "u", "jump('due')", "due", "to what is due, by date", bar=False),
    Key("everywhere", "h", "h", "jump('history')", "history", "to the history: who wrote what, when", bar=False),
    Key("everywhere", "i", "i", "kinds", "all kinds", "to the list of any kind of record", bar=False),
    Key("everywhere", "s", "s", "jump('subprocessor')", "subprocessors", "to the subprocessors", bar=False),
    Key("everywhere", "n", "n", "new", "new", "add a record of any kind, or another organisation", bar=False),
    Key("everywhere", "L", "L", "load", "load", "load register files (YAML) into this database", bar=False),
    Key(
        "everywhere",
        "I",
        "I",
        "bring('spreadsheet')",
        "bring in",
        "bring a spreadsheet in: a record that is kept in one",
        bar=False,
    ),
    Key(
        "everywhere",
        "V",
        "V",
        "bring('vendors')",
        "vendor list",
        "bring a vendor list in: a published table of subprocessors",
        bar=False,
    ),
    Key("everywhere", "z", "z", "undo", "undo", "undo what you last saved, removed or added here", bar=False),
    Key("everywhere", "Z", "Z", "redo", "redo", "do again what you undid", bar=False),
    Key("everywhere", "U", "U", "unsaved", "unsaved", "go on with what you typed and did not save", bar=False),
    Key("everywhere", "slash", "/", "search", "search", "search everything in the register"),
    Key("everywhere", "ctrl+p", "Ctrl+P", "command_palette", "commands", "every command of this screen, by its words"),
    Key("everywhere", "o", "o", "organisations", "organisation", "choose the organisation", bar=False),
    Key("everywhere", "question_mark,f1", "?", "help", "help", "show the keys of this screen"),
    Key("everywhere", "escape,alt+left", "Esc", "back", "back", "back to where you came from", bar=False),
    Key(
        "everywhere",
        "right_square_bracket,alt+right",
        "]",
        "forward",
        "forward",
        "forward again to where you came back from",
        bar=False,
    ),
    Key("everywhere", "H", "H", "been", "been", "where you have been, to go there again", bar=False),
    Key("everywhere", "ctrl+r", "Ctrl+R", "reload", "Read again", "read the database again", bar=False),
    Key("everywhere", "ctrl+t", "Ctrl+T", "theme", "Light or dark", "change between light and dark", bar=False),
    Key("everywhere", "q", "q", "quit", "quit", "leave ropa"),
    Key("dialog", "escape", "Esc", "close", "close", "close this"),
    Key("dialog", "f1", "F1", "app.help", "help", "show the keys of this screen", bar=False),
    Key("sheet", "ctrl+s", "Ctrl+S", "save", "save", "save what stands in the form"),
    Key(
        "sheet",
        "tab",
        "Tab",
        "app.focus_next",
        "next",
        "to the next field; in most of them Enter does the same",
        first=True,
    ),
    Key("sheet", "shift+tab", "Shift+Tab", "app.focus_previous", "Back", "to the field before", bar=False),
    Key(
        "sheet",
        "ctrl+d",
        "Ctrl+D",
        "throw_away",
        "throw away",
        "throw away what was typed before and not saved",
        bar=False,
        first=True,
    ),
    Key("sheet", "pagedown", "PgDn", "page(1)", "Page down", "one page of the form down", bar=False),
    Key("sheet", "pageup", "PgUp", "page(-1)", "Page up", "one page of the form up", bar=False),
    Key("sheet", "escape", "Esc", "close", "leave", "leave the form; what you typed is kept"),
    Key("sheet", "f1", "F1", "app.help", "help", "show the keys of this screen"),
    Key("pick", "enter,space,down", "Enter", "open", "choose", "show what can be chosen; typing finds it"),
    Key("pick", "backspace,delete", "Backspace", "clear", "clear", "take back what was chosen"),
    Key("fold", "enter,space", "Enter", "turn", "open", "open or close a group of fields"),
    Key("fold", "right", "→", "open(True)", "Open", "open the group", bar=False),
    Key("fold", "left", "←", "open(False)", "Close", "close the group", bar=False),
    Key("picker", "up", "↑", "step(-1)", "Up", "one choice up", bar=False),
    Key("picker", "down", "↓", "step(1)", "Down", "one choice down", bar=False),
    Key("picker", "pageup", "PgUp", "page(-1)", "Page up", "one page up", bar=False),
    Key("picker", "pagedown", "PgDn", "page(1)", "Page down", "one page down", bar=False),
    Key(
        "picker", "enter", "Enter", "take", "take", "take the choice; where several fit, mark it or take the mark away"
    ),
    Key("picker", "ctrl+s,tab", "Ctrl+S", "done", "done", "leave with what is marked; Tab too"),
    Key("picker", "ctrl+x", "Ctrl+X", "clear", "none", "leave with nothing chosen"),
    Key("picker", "escape", "Esc", "close", "back", "leave it as it was"),
    Key("picker", "f1", "F1", "app.help", "help", "show the keys of this screen", bar=False),
    Key("making", "ctrl+n", "Ctrl+N", "make", "new", "make a record that is missing; it comes back chosen"),
    Key("columns", "enter", "Enter", "field", "field", "choose the field that the column goes to"),
    Key("columns", "ctrl+s", "Ctrl+S", "go_on", "go on", "go on: see what would be written"),
    Key("columns", "r", "r", "role", "role", "say what the organisation is in all of these activities"),
    Key("columns", "s", "s", "sheet", "sheet", "read another sheet of the file"),
    Key("columns", "K", "K", "keep", "keep", "keep the mapping as a file, to read the next sheet by it"),
    Key("columns", "escape", "Esc", "close", "leave", "leave; nothing is written"),
    Key("columns", "f1,question_mark", "?", "app.help", "help", "show the keys of this screen"),
    Key("intake", "ctrl+s", "Ctrl+S", "write", "write", "write all of it into the register; z undoes it"),
    Key("intake", "m", "m", "mapping", "columns", "see which column goes to which field"),
    Key("intake", "X", "X", "export", "export", "write what becomes of every cell to a file"),
    Key("intake", "escape", "Esc", "close", "back", "back; nothing is written"),
    Key("intake", "f1,question_mark", "?", "app.help", "help", "show the keys of this screen"),
    Key("waiting", "escape", "Esc", "close", "stop", "stop; nothing is written"),
    Key("waiting", "f1", "F1", "app.help", "help", "show the keys of this screen", bar=False),
    Key("conflict", "m", "m", "mine", "all yours", "yours in every field"),
    Key("conflict", "t", "t", "theirs", "all theirs", "theirs in every field"),
    Key("conflict", "ctrl+s", "Ctrl+S", "save", "save", "save what is chosen"),
    Key("conflict", "escape", "Esc", "close", "back", "back to the form; nothing is saved"),
    Key("conflict", "f1", "F1", "app.help", "help", "show the keys of this screen", bar=False),
    Key("form", "ctrl+s", "Ctrl+S", "save", "save", "save what was typed"),
    Key("form", "tab", "Tab", "app.focus_next", "next", "to the next input; Enter does the same", first=True),
    Key("form", "pageup", "PgUp", "scroll(-1)", "Page up", "one page up", bar=False),
    Key("form", "pagedown", "PgDn", "scroll(1)", "Page down", "one page down", bar=False),
    Key("form", "escape", "Esc", "close", "leave", "leave the form; asks before it throws away what was typed"),
    Key("form", "f1", "F1", "app.help", "help", "show the keys of this screen", bar=False),
    Key("question", "y", "y", "yes", "yes", "yes"),
    Key("question", "n,escape", "n", "close", "no", "no; Esc too"),
    Key("question", "f1", "F1", "app.help", "help", "show the keys of this screen", bar=False),
)


def keys_of(scopes: Iterable[Scope]) -> tuple[Key, ...]:
    """The keys of some scopes, in the order of the table; a key that a nearer scope takes is left out further away."""
    wanted = list(scopes)
    taken: set[str] = set()
    found: list[Key] = []
    for scope in wanted:
        for key in KEYS:
            names = set(key.keys.split(","))
            if key.scope == scope and not names <= taken:
                taken |= names
                found.append(key)
    return tuple(found)


def bindings(*scopes: Scope) -> list[BindingType]:
    """The bindings of some scopes for a class that owns their actions."""
    return list(_bindings(scopes))


def _bindings(scopes: Iterable[Scope]) -> Iterator[Binding]:
    for key in keys_of(scopes):
        yield Binding(key.keys, key.action, key.explain, show=False, priority=key.first)
