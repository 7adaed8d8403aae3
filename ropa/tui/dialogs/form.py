"""A form made from a list of questions: what is wrong stands below each input as one types, nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Select, Static

from ropa.services.browsing.details import Line
from ropa.services.subjects import title_of
from ropa.tui.dialogs.confirm import ConfirmScreen
from ropa.tui.dialogs.questions import NEW, Answers, Question
from ropa.tui.keys import bindings
from ropa.tui.text import Visible, clean, plain
from ropa.tui.widgets.chrome import KeyBar
from ropa.tui.widgets.lines import LOOKS

if TYPE_CHECKING:
    from ropa.tui.app import RopaApp

T = TypeVar("T")

SAVING = "Saving …"
_INPUTS = "#form Input, #form Select"


class FormScreen(ModalScreen[T | None], Generic[T]):
    """Asks the questions and gives what `save` made of the answers, or None where the form was left.

    `save` runs in a thread. What it refuses is shown, and what was typed stays. `note` says something above the
    questions that may depend on the answers; it must be quick, since it is asked at every keystroke.
    """

    AUTO_FOCUS = _INPUTS
    BINDINGS: ClassVar[list[BindingType]] = bindings("form")

    def __init__(
        self,
        title: str,
        questions: Sequence[Question],
        save: Callable[[Answers], T],
        *,
        today: dt.date,
        note: Callable[[Answers], Sequence[Line]] | None = None,
    ) -> None:
        super().__init__()
        self.named = title
        self.questions = tuple(questions)
        self.save = save
        self.today = today
        self.note = note
        self.saving = False
        self._tried = False
        self._visited: set[str] = set()

    def compose(self) -> ComposeResult:
        """The note; then for each question its label, its input, and the line for what is to be said about it."""
        with Vertical(id="dialog"):
            with VerticalScroll(id="form", can_focus=False):
                yield Static(id="note", markup=False)
                for each in self.questions:
                    with Vertical(id=f"row-{each.name}", classes="row"):
                        with Horizontal():
                            yield Static(plain(each.label), classes="label")
                            yield _input(each)
                        yield Static(id=f"remark-{each.name}", classes="remark", markup=False)
                yield Static(id="said", markup=False)
            yield KeyBar(("form",))

    def on_mount(self) -> None:
        """Name the form."""
        self.query_one("#dialog").border_title = plain(self.named)
        self._say("")
        self._judge()

    # -- what was typed ------------------------------------------------------------------------------------

    @property
    def answers(self) -> Answers:
        """What stands in the inputs that are asked for."""
        return Answers(self._asked(), self.today)

    @property
    def changed(self) -> bool:
        """Whether anything was typed that leaving the form would lose."""
        return any(self._value(each) != each.value for each in self.questions)

    def _asked(self) -> dict[str, str]:
        everything = {each.name: self._value(each) for each in self.questions}
        answers = Answers(everything, self.today)
        return {
            each.name: everything[each.name] for each in self.questions if each.asked is None or each.asked(answers)
        }

    def _value(self, question: Question) -> str:
        widget = self.query_one(f"#input-{question.name}")
        if isinstance(widget, Select):
            return "" if widget.is_blank() or widget.value == NEW else str(widget.value)
        return cast("Input", widget).value

    # -- what is said about it -----------------------------------------------------------------------------

    def _judge(self) -> Question | None:
        """Say below each input what is wrong or what was understood; the first question that is not right."""
        asked = self._asked()
        first = None
        for each in self.questions:
            self.query_one(f"#row-{each.name}").display = each.name in asked
            if each.name not in asked:
                continue
            typed = asked[each.name]
            wrong = each.wrong(typed, self.today)
            first = first or (each if wrong else None)
            # What is still empty is held against nobody before they have been there or have tried to save.
            told = bool(wrong) and (bool(typed.strip()) or self._tried or each.name in self._visited)
            remark = self.query_one(f"#remark-{each.name}", Static)
            remark.set_class(told, "-wrong")
            words = f"✖ {wrong}" if told else "" if wrong else each.remark(typed, self.today)
            remark.update(plain(words or each.hint))
        self._say_note(Answers(asked, self.today))
        return first

    def _say_note(self, answers: Answers) -> None:
        lines = self.note(answers) if self.note is not None else ()
        note = self.query_one("#note", Static)
        note.display = bool(lines)
        note.update(Content("\n").join(_said(line) for line in lines))

    def _say(self, message: str) -> None:
        said = self.query_one("#said", Static)
        said.display = bool(message)
        said.update(Content("\n").join(plain(line) for line in message.splitlines()))
        if message:
            self.call_after_refresh(said.scroll_visible, animate=False)

    # -- typing and going about ----------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Judge as one types."""
        event.stop()
        self._judge()

    def on_select_changed(self, event: Select.Changed) -> None:
        """Judge what was chosen; what is missing is made in a form of its own, and comes back chosen."""
        event.stop()
        self._judge()
        if event.value == NEW:
            asked = next(each for each in self.questions if f"input-{each.name}" == event.select.id)
            event.select.clear()
            self._ropa.editor.new(asked.make, lambda key: self._made(asked.name, key))

    def _made(self, name: str, key: str) -> None:
        if (view := self._ropa.view) is None or not self.is_attached:
            return
        kind = next(each.make for each in self.questions if each.name == name)
        choice = (key, title_of(view, f"{kind}/{key}"))
        for each in (each for each in self.questions if each.make == kind):
            more = replace(each, choices=(*each.choices, choice))
            self.questions = tuple(more if other is each else other for other in self.questions)
            select = self.query_one(f"#input-{each.name}", Select)
            value = key if each.name == name else select.value
            select.set_options(_words(more))
            select.value = value

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Whoever leaves an input that is needed empty is told so."""
        event.stop()
        self._visited.add((event.input.id or "").removeprefix("input-"))
        self._judge()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next input, from the last one too: nothing is saved by accident."""
        event.stop()
        self.focus_next(_INPUTS)

    def action_scroll(self, step: int) -> None:
        """A page of a form that is longer than the screen."""
        form = self.query_one("#form")
        form.scroll_relative(y=step * max(1, form.size.height - 1), animate=False)

    # -- saving and leaving --------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save, unless something is not right: then the cursor goes there."""
        if self.saving:
            return
        self._tried = True
        if (first := self._judge()) is not None:
            self.query_one(f"#input-{first.name}").focus()
            return
        answers = self.answers
        self.saving = True
        self._say(SAVING)
        self._ropa.write(lambda: self.save(answers), self._saved, self._refused)

    def _saved(self, result: T) -> None:
        self.saving = False
        if self.is_attached:
            self.dismiss(result)

    def _refused(self, message: str) -> None:
        self.saving = False
        if self.is_attached:
            self._say(f"✖ {message}")

    def action_close(self) -> None:
        """Leave; what was typed is thrown away only after a question. While it is being saved, nothing happens."""
        if self.saving:
            return
        if self.changed:
            question = "What you typed is not saved. Throw it away?"
            self.app.push_screen(ConfirmScreen("Leave the form", question), self._answered)
        else:
            self.dismiss(None)

    def _answered(self, thrown: bool | None) -> None:
        if thrown:
            self.dismiss(None)

    @property
    def _ropa(self) -> RopaApp:
        return cast("RopaApp", self.app)


def _input(question: Question) -> Widget:
    """The input of a question. Its id is made from the question's name, which is no text of a user."""
    id_ = f"input-{question.name}"
    if question.offered:
        words = _words(question)
        if question.value:
            return Select(words, value=question.value, allow_blank=not question.required, id=id_, compact=True)
        return Select(words, prompt="choose …", id=id_, compact=True)
    return Input(value=question.value, highlighter=Visible(), id=id_, compact=True)


def _words(question: Question) -> list[tuple[Text, str]]:
    """What stands in the list of a question, which draws words as they are only where they are no str."""
    return [(Text(clean(shown)), value) for value, shown in question.offered]


def _said(line: Line) -> Content:
    text = plain(f"{line.mark} {line.text}".strip())
    return text.stylize(f"$look-{LOOKS[line.mark]}", 0, 1) if line.mark in LOOKS else text
