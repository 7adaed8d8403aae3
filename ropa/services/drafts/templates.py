"""The wording of notices: Jinja2 templates that a user can copy and change, and that can do nothing but write words.

A user's template is rendered in a sandbox, from the values that `drafts.wording` explains and from
nothing else.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, Undefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from ropa.records.errors import InputError, Problem, StoreError
from ropa.reports.text import for_html, visible
from ropa.services.drafts.wording import Row, Wording
from ropa.services.writing import write_text

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES: dict[str, str] = {
    "subject.txt.j2": "The subject of the e-mail; its first line counts.",
    "message.txt.j2": "The e-mail as plain text.",
    "message.html.j2": "The e-mail as HTML; every value is escaped.",
}
"""The files that a user may copy and change, and what each makes."""

_OURS = files("ropa.reports") / "templates" / "notices"
# No `safe`, and none that calls another by name or makes a text grow without end.
_FILTERS = frozenset(
    {"capitalize", "count", "d", "default", "e", "escape", "first", "join", "last", "length", "list"}
    | {"lower", "replace", "reverse", "sort", "title", "trim", "truncate", "unique", "upper", "wordwrap"}
)
# What a template can do wrong while it runs; a mistake in it is never a mistake in ropa.
_MISTAKES = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Worded:
    """One notice in words: the subject on one line, the text and the HTML of the message."""

    subject: str
    text: str
    html: str


class _Sandbox(ImmutableSandboxedEnvironment):
    """No attribute that starts with an underscore, no call but of a template's own macros, no arithmetic that grows."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def is_safe_callable(self, obj: Any) -> bool:
        """A macro of the template itself; the methods of a text can make one that fills the memory."""
        return isinstance(obj, Macro | Undefined)  # which says its name

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 jinja2's signature
        """Refuse it: wording needs none of these, and each can grow a text without end."""
        raise SecurityError(f"the operator {operator} is not allowed in a template")


class WordingTemplates:
    """The templates in use: the user's where there is one, else ours."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read every template. Raises StoreError where the folder is none, InputError for one that cannot be used."""
        if folder is not None and not folder.is_dir():
            raise StoreError(f"{folder}: there is no such folder of templates")
        self._text, self._html = _environment(folder, html=False), _environment(folder, html=True)
        self._folder = folder
        self._templates = {name: self._read(name) for name in TEMPLATES}

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of those that are the user's own."""
        return () if self._folder is None else tuple(name for name in TEMPLATES if (self._folder / name).is_file())

    def words(self, wording: Wording) -> Worded:
        """One notice. Raises InputError, naming file and line, for a template that cannot be rendered."""
        text = self._render("message.txt.j2", wording)
        html = self._render("message.html.j2", wording)
        subject = self._render("subject.txt.j2", wording).strip().split("\n", 1)[0]
        if not subject:
            raise _problem(self._where("subject.txt.j2"), 1, "it makes an empty subject")
        return Worded(subject=subject, text=text, html=html)

    def _read(self, name: str) -> Template:
        environment = self._html if ".html" in name else self._text
        try:
            return environment.get_template(name)
        except TemplateSyntaxError as error:
            raise _problem(error.filename or self._where(name), error.lineno, str(error.message)) from error
        except (TemplateError, UnicodeDecodeError, RecursionError, SyntaxError) as error:
            raise _problem(self._where(name), 0, str(error)) from error

    def _render(self, name: str, wording: Wording) -> str:
        template = self._templates[name]
        try:
            return template.render(_values(wording)).strip("\n") + "\n"
        except TemplateSyntaxError as error:  # of a file that this one includes
            raise _problem(error.filename or self._where(name), error.lineno, str(error.message)) from error
        except _MISTAKES as error:
            file, line = _place(error, {template.filename or "", *self._files()}) or (self._where(name), 0)
            raise _problem(file, line, str(error) or type(error).__name__) from error

    def _files(self) -> set[str]:
        return set() if self._folder is None else {str(each) for each in self._folder.iterdir()}

    def _where(self, name: str) -> str:
        return str(self._folder / name) if name in self.changed and self._folder is not None else name


def copy_templates(folder: Path) -> list[Path]:
    """Copy our templates into a folder, to be changed there. Raises StoreError before a file that differs is lost."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ours = {folder / name: (_OURS / name).read_text(encoding="utf-8") for name in TEMPLATES}
        for path, text in ours.items():
            if path.exists() and path.read_bytes() != text.encode("utf-8"):
                raise StoreError(f"{path}: it is there already and is not ours; name another folder, or move it")
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror or error}") from error
    for path, text in ours.items():
        write_text(path, text)
    return list(ours)


def _environment(folder: Path | None, *, html: bool) -> _Sandbox:
    own = [] if folder is None else [FileSystemLoader(folder)]
    made = _Sandbox(
        loader=ChoiceLoader([*own, PackageLoader("ropa.reports", "templates/notices")]),
        autoescape=html,
        finalize=_html if html else _text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.clear()  # range, dict, lipsum ...: wording needs none, and they make long loops and long texts
    made.filters = {name: made.filters[name] for name in _FILTERS}
    return made


def _html(value: object) -> Markup:
    # Escaped here as well: `{% autoescape false %}` would switch off what the environment does.
    return escape(for_html(value))


def _text(value: object) -> str:
    return visible(for_html(value))


def _values(wording: Wording) -> dict[str, object]:
    """The values of one notice, every text as `visible` shows it before any filter sees it."""
    return {name: _shown(value) for name, value in wording.values.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Row):
        return Row(value.id, visible(value.label), tuple(map(visible, value.texts)), value.complete)
    return tuple(map(_shown, value)) if isinstance(value, tuple) else value


def _place(error: BaseException, files: set[str]) -> tuple[str, int] | None:
    """The file and line of a template at which an error arose: the innermost of those that are templates."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename in files]
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else None


def _problem(file: str, line: int, message: str) -> InputError:
    return InputError([Problem(message, file=file, line=line)])
