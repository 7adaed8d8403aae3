"""The rows of a form: for each field its title, its control, and what is wrong with what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from ropa.services.editing.effects import read_back
from ropa.services.editing.fields import Field, Form
from ropa.services.editing.groups import Group, groups
from ropa.tui.editing.controls import AnyControl, Area, Line, Pick, control
from ropa.tui.editing.fold import Fold, Folded
from ropa.tui.text import plain

CONTROLS = "#form Line, #form Area, #form Pick, #form Fold"
"""What can be gone to with Tab."""


class FormBody(VerticalScroll, can_focus=False):
    """The controls of a form. It holds what stands in them; `label` gives the words for a value of a field."""

    def __init__(self, form: Form, texts: Mapping[str, object], label: Callable[[str, str], str]) -> None:
        super().__init__(id="form")
        self.form = form
        self.groups = groups(form)
        self.label = label
        self.controls: dict[str, AnyControl] = dict(self._made(texts))
        self._first = self.texts()
        self._remarks: dict[str, Static] = {}
        self._problems: Mapping[str, str] = {}
        self._folded: dict[str, Folded] = {}

    def _made(self, texts: Mapping[str, object]) -> Iterator[tuple[str, AnyControl]]:
        for group in self.groups:
            for path, field in group.fields:
                name, _, inner = path.partition(".")
                held = texts.get(name)
                if inner:
                    held = held.get(inner) if isinstance(held, Mapping) else None
                yield path, control(path, field, held, self._labels(path, held))

    def _labels(self, path: str, held: object) -> list[str]:
        values: Sequence[str] = (
            [held] if isinstance(held, str) and held else list(held) if isinstance(held, tuple | list) else []
        )
        return [self.label(path, each) for each in values]

    def compose(self) -> ComposeResult:
        """A row for each field; groups that say nothing yet are closed."""
        for group in self.groups:
            if group.title:
                folded = Folded(Fold(group, opened=self._said(group)), partial(self._rows, group))
                self._folded |= dict.fromkeys((path for path, _ in group.fields), folded)
                yield folded
            else:
                yield from self._rows(group)

    def _rows(self, group: Group) -> list[Vertical]:
        return [self._row(path, field) for path, field in group.fields]

    def _said(self, group: Group) -> bool:
        return any(self.holds(path) and self.controls[path].held != field.default for path, field in group.fields)

    def _row(self, path: str, field: Field) -> Vertical:
        mark = " *" if field.required and not field.default else ""
        line = Horizontal(Static(plain(f"{field.title}{mark}"), classes="label"), self.controls[path])
        remark = Static(classes="remark", markup=False)
        self._remarks[path] = remark
        self._remark(path)
        return Vertical(line, remark, classes="row")

    def texts(self) -> dict[str, object]:
        """What stands in the form, field by field; of a part, a mapping of its own fields."""
        found: dict[str, object] = {}
        for path, each in self.controls.items():
            name, _, inner = path.partition(".")
            if inner:
                part = found.setdefault(name, {})
                assert isinstance(part, dict)  # noqa: S101 made in the line above
                part[inner] = each.held
            else:
                found[name] = each.held
        return found

    def changed(self) -> bool:
        """Whether anything stands in the form that did not at first."""
        return self.texts() != self._first

    def holds(self, path: str) -> bool:
        """Whether something stands in a field; a field that is not on the form counts, so that it is told."""
        return path not in self.controls or self.controls[path].held not in ("", (), None)

    def focused_control(self) -> AnyControl | None:
        """The control that has the keys."""
        found = self.screen.focused
        return found if isinstance(found, Line | Area | Pick) else None

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say below each field what is wrong with it, or how it was understood where that is not plain."""
        self._problems = problems
        for path in self._remarks:
            self._remark(path)
        self._keep_in_sight()

    def _remark(self, path: str) -> None:
        """Below one field; where its group was never opened, its row has yet to be made, and asks for this then."""
        remark, control_ = self._remarks[path], self.controls[path]
        part = self._problems.get(path.partition(".")[0], "") if "." in path else ""
        message = self._problems.get(path) or part
        words = f"✖ {message}" if message else read_back(control_.field, control_.held)
        remark.set_class(bool(message), "-wrong")
        remark.display = bool(words)
        remark.update(plain(words))

    def go_to(self, path: str) -> bool:
        """Put the keys into a field, or into the first of a part; False where there is no such field."""
        for name, each in self.controls.items():
            if name == path or name.startswith(f"{path}."):
                if folded := self._folded.get(name):
                    folded.turn(opened=True)
                    self.call_later(self._into, folded, each)
                else:
                    each.focus()
                return True
        return False

    async def _into(self, folded: Folded, control_: AnyControl) -> None:
        await folded.made()
        control_.focus()

    def on_resize(self) -> None:
        """The field that has the keys stays in sight where the window has become smaller."""
        self._keep_in_sight()

    def on_descendant_focus(self) -> None:
        """With the field comes what is said below it."""
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        def shown() -> None:
            focused = self.screen.focused if self.is_attached else None
            if focused is not None and self in focused.ancestors:
                row = next((each for each in focused.ancestors if each.has_class("row")), focused)
                assert isinstance(row, Widget)  # noqa: S101 a row, or the control itself
                row.scroll_visible(animate=False, immediate=True)

        self.call_after_refresh(shown)

    def on_fold_turned(self, event: Fold.Turned) -> None:
        """Open or close a group; the keys go into the group that was opened."""
        event.stop()
        folded = event.fold.parent
        if isinstance(folded, Folded):
            folded.turn(event.opened)
        if event.opened:
            self.call_after_refresh(self.go_to, event.fold.group.fields[0][0])
