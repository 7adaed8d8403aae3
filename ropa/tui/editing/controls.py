"""One control for each field of a form, made from the field's own declaration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol, cast

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from ropa.services.editing.fields import Field
from ropa.tui.keys import bindings
from ropa.tui.text import clean, fitted, width_of

PICKED = frozenset(
    {"country", "countries", "yes-no", "yes-no-unknown", "choice", "choices", "number", "reference", "references",
     "node", "law id", "conditions"}
)  # fmt: skip
"""The widgets of fields that are chosen rather than typed."""

_AREAS = ("long text", "words")
_LOOKS = {
    "date": "a date, as 2026-11-21",
    "moment": "a date, a time and its zone, as 2026-11-21 14:30 Europe/London",
    "period": "a length of time, as 30 days or 6 years",
}


_LONGEST = 300


class Typing(Protocol):
    """What is shown to choose from, and takes what is typed."""

    def type(self, text: str) -> None:
        """Add to what is typed."""


class Edited(Message):
    """What stands in a control has changed."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path


class Line(Input):
    """A text of one line: a name, a date, a period."""

    def __init__(self, path: str, field: Field, value: object) -> None:
        text = value if isinstance(value, str) else ""
        super().__init__(
            value=text,
            placeholder=_LOOKS.get(field.widget, ""),
            id=identifier(path),
            compact=True,
            select_on_focus=False,  # a key pressed by somebody who passes by must not take the place of it all
        )
        self.path = path
        self.field = field

    @property
    def held(self) -> object:
        """What stands in it."""
        return self.value

    def on_resize(self) -> None:
        """The cursor stays in sight where the line has become shorter."""
        self.scroll_to_region(Region(self._cursor_offset, 0, 1, 1), force=True, animate=False)

    @property
    def _value(self) -> Text:
        """Its text on its way to the screen: signs that would do something there are shown instead."""
        return Text(clean(self.value), no_wrap=True, overflow="ignore", end="")


class Area(TextArea):
    """A text of several lines, or a list of names with a line for each."""

    def __init__(self, path: str, field: Field, value: object) -> None:
        text = "\n".join(value) if isinstance(value, tuple | list) else value if isinstance(value, str) else ""
        super().__init__(text, id=identifier(path), tab_behavior="focus", compact=True, soft_wrap=True)
        self.path = path
        self.field = field

    def on_mount(self) -> None:
        """Whoever comes here goes on writing; until then its beginning is shown."""
        self.move_cursor(self.document.end)
        self._in_sight()

    def on_resize(self) -> None:
        """Shown anew from where it is read or written."""
        self._in_sight()

    def on_focus(self) -> None:
        """Written on where the cursor is."""
        self._in_sight()

    def on_blur(self) -> None:
        """Read from its beginning again."""
        self._in_sight()

    def _in_sight(self) -> None:
        def shown() -> None:
            if self.has_focus:
                self.scroll_cursor_visible(animate=False)
            else:
                self.scroll_home(animate=False, force=True)

        self.call_after_refresh(shown)

    def get_line(self, line_index: int) -> Text:
        """A line on its way to the screen: signs that would do something there are shown instead."""
        return Text(clean(self.document.get_line(line_index)), no_wrap=True, end="")

    @property
    def held(self) -> object:
        """The text; of a list, a text for each line."""
        if not self.field.several:
            return self.text
        return tuple(line.strip() for line in self.text.split("\n") if line.strip())


class Pick(Widget, can_focus=True):
    """What was chosen, in words. Enter opens the choices, and so does typing; Backspace takes the choice away."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("pick")

    class Asked(Message):
        """The choices are to be shown, those that hold `typed` first."""

        def __init__(self, pick: Pick, typed: str = "") -> None:
            super().__init__()
            self.pick = pick
            self.typed = typed

    def __init__(self, path: str, field: Field, value: object, labels: Sequence[str]) -> None:
        super().__init__(id=identifier(path))
        self.path = path
        self.field = field
        self.chosen: tuple[str, ...] = ()
        self.labels = tuple(labels)
        self.recorded = value is not None
        self._asked: Pick.Asked | None = None
        self._picker: Typing | None = None
        if isinstance(value, str) and value:
            self.chosen = (value,)
        elif isinstance(value, tuple | list):
            self.chosen = tuple(cast("Sequence[str]", value))

    @property
    def held(self) -> object:
        """The values; of one, the value alone. None where a list was never looked at and nothing is chosen."""
        if self.field.several:
            return None if self.field.nullable and not self.chosen and not self.recorded else self.chosen
        return self.chosen[0] if self.chosen else ""

    def choose(self, values: Sequence[str], labels: Sequence[str]) -> None:
        """Hold these values, which people read as these words."""
        self.chosen, self.labels, self.recorded = tuple(values), tuple(labels), bool(values)
        self.refresh(layout=True)
        self.post_message(Edited(self.path))

    def render(self) -> Content:
        """The words of what is chosen, or what is asked for."""
        words = "; ".join(clean(each) for each in self.labels) if self.chosen else self.field.unsaid
        end = " ▾" if self.has_focus else "  "
        return Content(fitted(words, max(1, self.size.width - 3)) + end)

    def get_content_height(self, *_: object) -> int:
        """One line."""
        return 1

    def get_content_width(self, *_: object) -> int:
        """As wide as the words."""
        return width_of("; ".join(self.labels)) + 3

    def action_open(self) -> None:
        """Show the choices."""
        self._ask("")

    def _ask(self, typed: str) -> None:
        """Show the choices for what is typed, once: what a quick hand types until they stand there goes to them."""
        if self._picker is not None:
            self._picker.type(typed)
        elif self._asked is not None:
            self._asked.typed += typed
        else:
            self._asked = self.Asked(self, typed)
            self.post_message(self._asked)

    def choosing(self, picker: Typing | None) -> None:
        """The choices are shown by this, or by nothing any more."""
        self._picker, self._asked = picker, None

    def action_clear(self) -> None:
        """Nothing is chosen any more."""
        if self.chosen:
            self.choose((), ())

    def on_key(self, event: events.Key) -> None:
        """Whoever types a letter is looking for something."""
        waiting = self._picker is not None or self._asked is not None
        if event.is_printable and event.character and (waiting or not event.character.isspace()):
            event.stop()
            event.prevent_default()
            self._ask(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Who pastes a name is looking for it."""
        event.stop()
        self._ask(" ".join(event.text.split())[:_LONGEST])

    def on_click(self) -> None:
        """A click does what Enter does."""
        self.action_open()


AnyControl = Line | Area | Pick


def control(path: str, field: Field, value: object, labels: Sequence[str] = ()) -> AnyControl:
    """The control of a field; `labels` are the words of what is chosen in it."""
    if field.widget in PICKED:
        return Pick(path, field, value, labels)
    return Area(path, field, value) if field.widget in _AREAS else Line(path, field, value)


def identifier(path: str) -> str:
    """A widget's id from the name of a field, which is no text of a user: `contact.email`."""
    return "field-" + path.replace(".", "--")
