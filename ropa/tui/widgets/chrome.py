"""The first and the last line of every screen: whose register on which date, and the keys that work here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from ropa.services.wording import long_day
from ropa.services.workspace import View
from ropa.tui.keys import Scope, keys_of
from ropa.tui.text import clean, fitted, width_of


class TopBar(Widget):
    """The organisation at the left, its regimes and the date at the right."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.title = title
        self._name = "reading …"
        self._several = False
        self._right = ""

    def show(self, view: View | None, *, several: bool) -> None:
        """Name the organisation of a view; `several` says whether there are others to choose from."""
        if view is not None:
            self._name = view.register.organisation.name
            regimes = " and ".join(view.regimes) or "no regime recorded"
            self._right = f"{regimes} · {long_day(view.on)}"
        else:
            self._name = "no register yet"
        self._several = several
        self.refresh()

    def render(self) -> Content:
        """One line, the name cut before the date is."""
        right = f"{clean(self._right)} "
        room = max(0, self.size.width - len(right) - 8)
        name = clean(self._name) + (" ▾" if self._several else "")
        if width_of(name) > room:
            name = fitted(name, room)
        gap = " " * max(1, self.size.width - len(right) - len(" ropa · ") - width_of(name))
        choose = Style(bold=True) + (Style.from_meta({"@click": "app.organisations"}) if self._several else Style())
        return Content.assemble(" ropa · ", (name, choose), gap, right)


class KeyBar(Widget):
    """The keys of a screen, as many as fit; each can be clicked."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        super().__init__()
        self.scopes = tuple(scopes)
        self.hidden: frozenset[str] = frozenset()

    def hide(self, actions: Iterable[str]) -> None:
        """Leave out the keys of these actions: they would only say why they cannot do it now."""
        self.hidden = frozenset(actions)
        self.refresh()

    def render(self) -> Content:
        """One line made from the table of keys."""
        parts: list[Content] = [Content(" ")]
        used = 1
        shown = [key for key in keys_of(self.scopes) if key.bar and key.action not in self.hidden]
        # Help stays in sight however narrow the screen is: it names all the others.
        last = [key for key in shown if key.action == "help"]
        reserve = sum(width_of(f"{key.shown} {key.label}  ") for key in last)
        for key in [*(key for key in shown if key not in last), *last]:
            size = width_of(f"{key.shown} {key.label}  ")
            if key in last:
                reserve -= size
            if used + size - 2 + reserve > self.size.width:
                continue
            click = Style.from_meta({"@click": _where(key.scope, key.action)})
            parts.append(Content.assemble((key.shown, Style(bold=True) + click), (f" {key.label}", click), "  "))
            used += size
        return Content.assemble(*parts)


class Heading(Widget):
    """The title of a list at the left; what limits it and how many rows it shows at the right."""

    def __init__(self, title: str = "", *, id: str | None = None) -> None:  # noqa: A002 Textual's own name
        super().__init__(id=id)
        self.title = title
        self.right = ""

    def show(self, title: str, right: str) -> None:
        """Say what is shown."""
        self.title, self.right = title, right
        self.refresh()

    def render(self) -> Content:
        """One line."""
        width = self.size.width - 2
        right = fitted(self.right, min(width_of(self.right), max(0, width - width_of(self.title) - 2)))
        left = fitted(self.title, max(0, width - width_of(right)))
        return Content.assemble(" ", (left, Style(bold=True)), right, " ")


def _where(scope: Scope, action: str) -> str:
    """The action with its owner: the application's own, the focused part's, or the screen's."""
    if action.startswith("app."):
        return action
    if scope == "everywhere":
        return f"app.{action}"
    return f"app.press('{action}')" if scope == "lines" else f"screen.{action}"
