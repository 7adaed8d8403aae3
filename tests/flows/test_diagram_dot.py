"""The DOT of a diagram: stable, safe whatever a name holds, and readable without seeing colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ropa.flows import diagram_groups, dot_text
from ropa.flows.diagram import Arrow, Box, Diagram, diagram
from ropa.flows.diagram_groups import Group
from ropa.flows.diagram_places import SORTS, Territories
from ropa.flows.diagram_words import WORDS, Standing
from ropa.flows.dot import dot_source
from ropa.flows.dot_check import SVG, XLINK, check_drawn, parsed
from ropa.flows.dot_style import FINE, FRAMES, INK, LINES, PAPER, SHAPES
from ropa.flows.dot_text import clean, listed, quoted, wrapped
from ropa.flows.edges import Edge
from ropa.flows.render import run_graphviz
from ropa.records.register import Register
from tests.flows.diagram_cases import GOLDEN, GOLDEN_CASES, ON, large, sample_diagram

HOSTILE = [
    r"\N \G \E \T \H \L \n\l\r",
    "ends with a backslash \\",
    '"]; evil -> n1 [label="',
    "<b>bold</b> <script>alert(1)</script> &lt;i&gt; &amp; &#60; &eacute;",
    "</td></tr></table>> ]; x [",
    "a:b:c n1:port {rec|ord} /* c */ // # comment",
    "line\nbreak\ttab\r\u2028next",
    "null \x00 bell \x07 escape \x1b[31m \x9b",
    "\u202eright to left\u202c \u200b \ufeff \ufffe \ud800",
    "long" * 75,
    "日本語 עברית العربية 😀👩‍👩‍👧",
    "]]> <!-- comment --> <?xml?> <!DOCTYPE x>",
    "\u200b",
]


def one_of_each(names: list[str]) -> Diagram:
    """A diagram in which every name stands everywhere that text can stand."""
    boxes = tuple(
        Box(f"n{number}", "processor", name, (name,), f"{name}\n{name}") for number, name in enumerate(names, start=1)
    )
    arrows = tuple(
        Arrow(
            f"e{number}",
            "n1",
            f"n{number}",
            "unsafeguarded",
            (Standing("unsafeguarded", name, (name, name), name),),
            (name, name),
            (name,),
            name,
            (),
        )
        for number, name in enumerate(names, start=1)
    )
    return Diagram(names[0], names[-1], names[0], boxes, (), arrows)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8))
@example(HOSTILE)
def test_no_name_can_break_the_picture_or_come_out_as_another(names: list[str]) -> None:
    drawing = one_of_each(names)
    root = parsed(run_graphviz(dot_source(drawing), "svg", ON))
    check_drawn(root, drawing)
    for number, name in enumerate(names, start=1):
        group = next(g for g in root.iter(f"{{{SVG}}}g") if g.get("id") == f"n{number}")
        shown = bare("".join(text.text or "" for text in group.iter(f"{{{SVG}}}text")))
        full = bare(clean(name))
        first = shown.split("…")[0] if len(full) > 20 and "…" in shown else full
        assert shown.startswith(first)
        assert full.startswith(first)
        assert first or "…" in full
        link = next(group.iter(f"{{{SVG}}}a"))
        assert bare(link.get(f"{{{XLINK}}}title", "")) == bare("".join(map(clean, f"{name}\n{name}".split("\n"))))


@given(st.text())
def test_a_quoted_string_has_no_sign_that_means_something_to_graphviz(text: str) -> None:
    inside = quoted(text)[1:-1]
    assert not set(inside) & set('"<>\\\n\r')
    assert not re.search(r"&(?!#\d+;)", inside)


def test_a_tooltip_stays_below_what_graphviz_can_read() -> None:
    assert len(quoted("&é" * 20_000).encode()) < 16_384


@given(st.text(), st.integers(5, 60), st.integers(1, 5))
def test_wrapped_text_keeps_its_bounds(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, most)
    assert len(lines) <= most
    assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["Name", "E-mail"], ["Name, E-mail"]),
        (
            ["Name", "Work e-mail address", "Telephone number", "Bank"],
            ["Name, Work e-mail", "address +\u00a02\u00a0more"],
        ),
        (["An exceedingly long category of data indeed", "B"], ["An exceedingly long", "… +\u00a01\u00a0more"]),
        ([], []),
    ],
)
def test_a_list_is_shortened_with_its_count(words: list[str], lines: list[str]) -> None:
    assert listed(words, 20, 2) == lines


@pytest.mark.parametrize(("name", "activity"), GOLDEN_CASES.items())
def test_the_dot_is_the_one_on_file(name: str, activity: str | None) -> None:
    """If a change is meant, look at the picture and write the files anew; see diagram_cases."""
    assert dot_source(sample_diagram(activity)) == (GOLDEN / f"{name}.dot").read_text(encoding="utf-8")


def test_ids_are_numbers_and_never_what_a_user_wrote() -> None:
    source = dot_source(sample_diagram())
    statements = re.findall(r"^ +(\S+)(?: -> (\S+))? \[", source, re.MULTILINE)
    ids = {end for pair in statements for end in pair if end} - {"graph", "node", "edge"}
    assert all(re.fullmatch(r"n\d+|e\d+p", each) for each in ids)
    assert "URL" not in source
    assert "href" not in source


def test_what_is_wrong_can_be_told_without_colours() -> None:
    def form(look: dict[str, str]) -> tuple[str, ...]:
        return tuple(look.get(key, "") for key in ("style", "penwidth", "arrowhead"))

    wrong, doubtful, unknown, fine = (
        form(dict(LINES[status].line)) for status in ("unsafeguarded", "incomplete", "unknown", "safeguarded")
    )
    assert all(one != other for one, other in combinations((wrong, doubtful, unknown, fine), 2))
    assert wrong[0] == "dashed"
    assert wrong[2] == "normalnormal"
    assert float(wrong[1]) > max(float(each[1]) for each in (doubtful, unknown, fine))
    assert len({look["style"] for sort, look in FRAMES.items() if sort in ("home", "third", "unrecorded")}) == 3


def test_every_sort_of_thing_has_a_look() -> None:
    assert set(SHAPES) == set(WORDS)
    assert set(FRAMES) == set(SORTS)
    assert len({(look["shape"], look.get("peripheries")) for look in SHAPES.values()}) == len(SHAPES)


def test_all_text_has_a_contrast_of_seven_to_one() -> None:
    inks = {INK, FINE, *(look.ink for look in LINES.values())}
    papers = {PAPER, *(look["fillcolor"] for look in FRAMES.values())}
    assert min(_contrast(ink, paper) for ink in inks for paper in papers) >= 7
    assert _contrast(SHAPES["organisation"]["fontcolor"], SHAPES["organisation"]["fillcolor"]) >= 7


def test_the_legend_explains_every_line_with_the_date_and_the_law() -> None:
    source = dot_source(sample_diagram())
    for words in ("Judged on 21 November 2026, UK GDPR", "no valid safeguard", "not complete", "not recorded", "oval"):
        assert words in source


def test_above_forty_arrows_only_what_is_wrong_keeps_its_words() -> None:
    boxes = tuple(Box(f"n{n}", "processor", f"Box {n}", (), "") for n in range(1, 101))
    wrong = Standing("unsafeguarded", "✖ no valid safeguard", ("none is recorded",), "why")
    plain = [Arrow(f"e{n}", "n1", f"n{n}", None, (), ("Secret",), (), "", ()) for n in range(2, 100)]
    arrows = (*plain, Arrow("e100", "n1", "n100", "unsafeguarded", (wrong,), ("Secret",), (), "", ()))
    drawing = Diagram("T", "S", "B", boxes, (), arrows, labelled=False)
    source = dot_source(drawing)
    assert source.count("no valid safeguard: none is") == 1
    assert "Secret" not in source
    check_drawn(parsed(run_graphviz(source, "svg", ON)), drawing)


def test_the_same_register_gives_the_same_dot_whatever_order_sets_have() -> None:
    assert dot_source(diagram(large(60), ON)) == dot_source(diagram(large(60), ON))


def _contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours as #rrggbb."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_comparison_of_colours_is_right() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)


def test_an_arrow_that_stands_for_thousands_of_activities_is_worded_without_trying_each_number_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    real = dot_text._wrap  # noqa: SLF001 the work that must not grow with the register

    def counted(text: str, width: int, most: int) -> list[str]:
        tried.append(text)
        return real(text, width, most)

    monkeypatch.setattr(dot_text, "_wrap", counted)
    assert listed(["x"] * 5_000, 36, 2)[-1].endswith("more")
    assert len(tried) <= 36 * 2 + 1


def test_a_box_is_worked_out_from_its_own_flows_and_not_from_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, int] = {}
    real = diagram_groups._single  # noqa: SLF001 as above

    def counted(register: Register, node: str, edges: Sequence[Edge], territories: Territories) -> Group:
        seen[node] = len(edges)
        return real(register, node, edges, territories)

    monkeypatch.setattr(diagram_groups, "_single", counted)
    flows = [each for arrow in sample_diagram().arrows for each in arrow.flows]
    assert sum(seen.values()) == sum(len({each.origin, each.destination}) for each in flows)
