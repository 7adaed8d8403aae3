"""Whatever a name holds, it comes out of a report as text, on one line, in its place."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ropa.reports.page import Item
from ropa.reports.text import environment, for_html, for_markdown, render, visible

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/a.png)",
    "<http://evil.example>",
    "[x]: http://evil.example",
    "0 #",
    "title ##",
    "a | b | c",
    "`code` and ``more``",
    "```",
    "~~~",
    "line\nbreak\r\n\r\n# heading",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "---",
    "===",
    "> quote",
    "*a* _b_ **c** ~~d~~",
    "&lt;b&gt; &#60; &amp;",
    "back\\slash \\| \\",
    "\\",
    '"onmouseover="alert(1)',
    "'; --",
    "{{ 7 * 7 }} {% raw %}",
    "</td></tr></table>",
    "<!-- gone",
    "]]>",
    "\u202eevil\u2066\u200b\ufeff",
    "tag\U000e0041",
    "\u2028sep\u2029",
    "    indented",
    "\ttab",
    "$$x$$",
    "\x85next\x0b\x0c",
]
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.text(alphabet="|\\`*_[]()<>!#+-=~&;:.1\n\r\t ab\"'", max_size=30),
)

MARKDOWN = (
    "# {{ v }}\n\n{{ v }}\n\n- {{ v }}\n- **{{ v }}**: {{ v }}\n\n"
    "| h | {{ v }} |\n| --- | --- |\n| {{ v }} | z |\n\nend\n"
)
HTML = (
    '<!doctype html><title>{{ v }}</title><p id="{{ v }}" title="{{ v }}">{{ v }}</p>'
    "<table><tr><td>{{ v }}</td></tr></table>"
)


def _template(fmt: str, source: str) -> Environment:
    return environment("html" if fmt == "html" else "md").overlay(loader=DictLoader({"t": source}))


def _markdown(value: str) -> list[Token]:
    text = _template("md", MARKDOWN).get_template("t").render(v=value)
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def _shape(tokens: list[Token]) -> list[object]:
    return [
        (token.type, _shape([each for each in token.children if each.type != "text_special"]))
        if token.children
        else token.type
        for token in tokens
        if token.type != "text"
    ]


def _inline(tokens: list[Token]) -> list[str]:
    return ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]


@given(texts.filter(lambda text: bool(visible(text).strip())))
def test_no_name_changes_the_structure_of_a_markdown_report(value: str) -> None:
    tokens = _markdown(value)
    assert _shape(tokens) == _shape(_markdown("plain"))


@given(texts.filter(lambda text: bool(visible(text).strip())))
def test_a_reader_of_the_markdown_sees_the_very_name(value: str) -> None:
    seen = _inline(_markdown(value))
    shown = visible(value).strip()
    assert seen == [each.replace("plain", shown) for each in _inline(_markdown("plain"))]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shape: list[tuple[str, tuple[str, ...]]] = []
        self.values: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, tuple(name for name, _ in attrs)))
        self.values += [value or "" for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.shape.append((f"/{tag}", ()))

    def handle_comment(self, data: str) -> None:
        self.shape.append((f"comment {data}", ()))

    def handle_data(self, data: str) -> None:
        self.text += data


def _html(value: str) -> _Page:
    page = _Page()
    page.feed(_template("html", HTML).get_template("t").render(v=value))
    page.close()
    return page


@given(texts)
def test_no_name_changes_the_structure_of_an_html_report(value: str) -> None:
    page, plain = _html(value), _html("plain")
    assert page.shape == plain.shape
    assert page.values == [visible(value)] * 2
    assert page.text == plain.text.replace("plain", visible(value))


@pytest.mark.parametrize("mark", BIDI)
def test_direction_marks_are_shown_and_never_take_effect(mark: str) -> None:
    for shown in (for_html(f"a{mark}b"), for_markdown(f"a{mark}b")):
        assert shown == f"a⟨U+{ord(mark):04X}⟩b"


def test_names_in_other_scripts_stay_as_they_are() -> None:
    for name in ("שלום", "Łódź", "می\u200cخواهم", "北京", "Crème & Fils"):
        assert visible(name) == name
        assert for_markdown(name) == name


@pytest.mark.parametrize("out", [for_html, for_markdown])
def test_a_report_refuses_to_print_nothing(out: object) -> None:
    assert callable(out)
    with pytest.raises(ValueError, match="not recorded"):
        out(None)


def test_templates_for_html_escape_although_their_names_end_in_j2() -> None:
    assert environment("html").autoescape is True


def test_items_in_a_table_cell_keep_the_table_whole() -> None:
    env = environment("md").overlay(loader=DictLoader({"t": "| a |\n| --- |\n| {{ i|items(sources=true) }} |\n"}))
    for value in HOSTILE:
        text = env.get_template("t").render(i=[Item(value, "?", source=value, quoted=True), Item(value, invented=True)])
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        assert [token.type for token in tokens].count("td_open") == 1
        assert "html_inline" not in [child.type for token in tokens for child in token.children or []]


def test_a_report_ends_in_one_line_feed() -> None:
    from ropa.reports.notice_report import NoticePage
    from tests.reports.sample import ON

    text = render("notice", "md", page=NoticePage(ON, ()), date="d", words={"": ""})
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
