"""A form on a screen of its own: judged while it is typed, kept while it is not saved, saved in one stroke."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Input, Static, TextArea

from ropa.services.browsing.detail_parts import Detail
from ropa.services.editing.sheets import Sheet
from ropa.services.workspace import View
from ropa.tui.editing.controls import Edited, Pick
from ropa.tui.editing.following import Following
from ropa.tui.editing.form_body import CONTROLS, FormBody
from ropa.tui.editing.keeping import Keeping
from ropa.tui.editing.offering import offer
from ropa.tui.editing.saving import Saving
from ropa.tui.keys import Scope, bindings
from ropa.tui.screens.base import RegisterScreen
from ropa.tui.text import plain
from ropa.tui.widgets.chrome import Heading, KeyBar, TopBar
from ropa.tui.widgets.document import Document


class SheetScreen(RegisterScreen):
    """A form. `done` is told the key of what was saved; `first` names the field where the cursor begins.

    `said` stands above the form: the finding that it is to mend.
    """

    scopes: ClassVar[tuple[Scope, ...]] = ("sheet",)
    about: ClassVar[str] = (
        "A form. What is wrong stands below its field, what would follow from saving beside the form. Nothing is "
        "written before Ctrl+S; what you typed is kept when you leave, and offered when you come back."
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("sheet")
    PAUSE: ClassVar[float] = 0.3
    """Seconds without a key after which it is worked out what would follow, and at most so long what was typed is
    only here and not kept."""

    def __init__(self, sheet: Sheet, *, first: str = "", said: str = "", done: Callable[[str], None] | None = None):
        super().__init__()
        self.sheet = sheet
        self.first = first
        self.said = said
        self._opened = False
        self._form: FormBody | None = None
        self._draft = Keeping(self, sheet, lambda: self._body.texts())
        self._following = Following(self, self._judgement, self._judged)
        self._saving = Saving(self, sheet, self._tell, done)

    @property
    def is_modal(self) -> bool:
        """Single letters are typed here: the keys that work everywhere else do not."""
        return True

    def compose(self) -> ComposeResult:
        """The form; beside or below it what follows; at the foot what the field is for."""
        yield TopBar()
        yield Heading()
        yield Static(plain(self.said), id="said", markup=False)
        with Container(id="body"):
            yield Container(id="place")
            yield Document(id="effects", message="Reading …")
        yield Static(id="explained", markup=False)
        yield KeyBar(self.scopes)

    def on_mount(self) -> None:
        """Read what the form is about."""
        self._say(self.said)
        self.query_one(Heading).show(self.sheet.title(self.ropa.view), "")
        for bar in self.query(TopBar):
            bar.show(self.ropa.view, several=len(self.ropa.organisations) > 1)
        self.read("sheet", self.sheet.open, lambda _: self._show())

    def show(self, view: View) -> None:
        """Another state of the register: what was typed stays, and what follows from it is worked out anew."""
        del view
        self._following.now()

    def nothing(self) -> None:
        """The form of the first organisation needs no register."""

    def failed(self, message: str) -> None:
        """Say what went wrong where the effects would stand."""
        self._following.failed()
        self.query_one("#effects", Document).show(None, message)

    def _show(self) -> None:
        self.call_later(self._build)

    async def _build(self) -> None:
        if not self.is_attached:
            return
        place = self.query_one("#place")
        await place.remove_children()  # the new controls have the names of the old ones
        self._form = FormBody(
            self.sheet.form, self.sheet.texts, lambda path, value: self.sheet.label(self.ropa.view, path, value)
        )
        await place.mount(self._form)
        kept = self.sheet.draft
        self._say(self.said if kept is None else f"{kept.said} Ctrl+D throws it away.")
        self.query_one(Heading).show(self.sheet.title(self.ropa.view), "")
        self.call_after_refresh(self._begin)

    def _say(self, words: str) -> None:
        said = self.query_one("#said", Static)
        said.display = bool(words)
        said.update(plain(words))

    def _begin(self) -> None:
        self._opened = True
        if not (self.first and self._body.go_to(self.first)):
            self.focus_next(CONTROLS)
        self._following.now()

    @property
    def _body(self) -> FormBody:
        assert self._form is not None  # noqa: S101 only asked for once the form is open
        return self._form

    # -- while it is typed ---------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """A key in a line."""
        event.stop()
        self._typed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """A key in an area."""
        event.stop()
        self._typed()

    def on_edited(self, event: Edited) -> None:
        """Something was chosen."""
        event.stop()
        self._explain()
        self._typed()
        self._following.now()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.focus_next(CONTROLS)

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Say what the field is for that has the keys."""
        self._explain()

    def _explain(self) -> None:
        control = self._body.focused_control() if self._opened else None
        values = control.chosen if isinstance(control, Pick) else ()
        words = "" if control is None else self.sheet.explained(control.path, values)
        self.query_one("#explained", Static).update(plain(words))

    def _typed(self) -> None:
        """What is not right is told at once, where something stands; the rest waits for a pause."""
        if not self._opened or self._saving.running or not self._body.changed():
            return
        told = {
            path: words for path, words in self.sheet.problems(self._body.texts()).items() if self._body.holds(path)
        }
        self._body.show_problems(told)
        self._following.soon(self.PAUSE)
        self._draft.soon(self.PAUSE)

    def _judgement(self) -> Callable[[], Detail] | None:
        """How to work out what would follow from what stands there now."""
        if not self._opened or not self.is_attached:
            return None
        view, texts = self.ropa.view, self._body.texts()
        return lambda: self.sheet.follows(view, texts)

    def _judged(self, found: Detail) -> None:
        self.query_one("#effects", Document).show(found)

    def on_pick_asked(self, event: Pick.Asked) -> None:
        """Show what can be chosen; what is missing is made from there."""
        event.stop()
        offer(self, self.sheet, event, self._body.texts(), self._form_of)

    def _form_of(self, sheet: Sheet, done: Callable[[str], None]) -> None:
        self.app.push_screen(SheetScreen(sheet, done=done))

    # -- saving and leaving --------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save; where something is not right, the cursor goes there."""
        if not self._opened or self._saving.running:
            return
        texts = self._body.texts()
        problems = self.sheet.problems(texts)
        self._tell(problems)
        if not problems:
            self._following.stop()
            self._draft.stop()
            self._saving.save(texts)

    def _tell(self, problems: Mapping[str, str]) -> None:
        """Say what is not right, and go to the first of it."""
        self._body.show_problems(problems)
        if not problems:
            return
        first = next((path for path in self._body.controls if path in problems), next(iter(problems)))
        if not self._body.go_to(first):
            self.ropa.say(problems[first])

    def action_page(self, step: int) -> None:
        """A page of the form further down or up."""
        if self._opened:
            self._body.scroll_relative(y=step * max(1, self._body.size.height - 1), animate=False)

    def action_throw_away(self) -> None:
        """Forget what was typed before, and begin with what is recorded."""
        if self.sheet.draft is not None and self._opened and not self._saving.running:
            self._following.stop()
            self._opened = False
            self.read("sheet", self._draft.start_over(), lambda _: self._show())

    def action_close(self) -> None:
        """Leave; what was typed is kept."""
        if not self._saving.running:
            if self._opened and self._body.changed():
                self.ropa.say("Not saved. What you typed is kept; U goes on with it.")
            self.dismiss()

    def on_unmount(self) -> None:
        """However the form is left, what was typed is kept; of a form that is saved nothing is."""
        if self._opened and self._body.changed():
            self._draft.now()
