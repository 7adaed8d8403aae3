"""Drawing: the file is what was asked for, whole and always the same, or there is no file."""

from __future__ import annotations

import datetime as dt
import re
import stat
import sys
from pathlib import Path

import pytest

from ropa.flows import render as rendering
from ropa.flows.diagram import diagram
from ropa.flows.dot_check import SVG, DrawingError, parsed, strokes_in
from ropa.flows.render import render, run_graphviz
from ropa.records.errors import InputError, NotFoundError, StoreError
from ropa.services.diagrams import diagram_source, write_diagram
from ropa.services.workspace import View
from tests.flows.diagram_cases import ON, large, sample, sample_diagram


@pytest.fixture
def view() -> View:
    return View(sample(), ON)


def program(folder: Path, body: str) -> None:
    """A program called dot, in Python."""
    path = folder / "dot"
    path.write_text(f"#!{sys.executable}\nimport sys, os\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_picture_is_the_same_every_time(form: str) -> None:
    first = render(sample_diagram(), form, ON)
    assert first == render(sample_diagram(), form, ON)
    assert first.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[form])


def test_a_pdf_is_dated_like_its_register() -> None:
    assert b"CreationDate (D:20261121120000" in render(sample_diagram(), "pdf", ON)


def test_the_svg_says_nothing_of_the_program_that_drew_it() -> None:
    drawn = render(sample_diagram(), "svg", ON).decode()
    assert "graphviz" not in drawn.lower()
    assert "<!--" not in drawn
    assert "href" not in drawn
    assert "<a " not in drawn


def test_every_arrow_of_the_diagram_is_in_the_svg_by_its_id() -> None:
    drawing = sample_diagram()
    root = parsed(render(drawing, "svg", ON))
    found = {
        re.sub(r"[ab]$", "", group.get("id", "")) for group in root.iter(f"{{{SVG}}}g") if group.get("class") == "edge"
    }
    assert found == {arrow.id for arrow in drawing.arrows}


def test_titles_in_the_svg_are_words_for_people() -> None:
    drawn = render(sample_diagram(), "svg", ON).decode()
    titles = re.findall(r"<title>(.*?)</title>", drawn, re.DOTALL)
    assert titles[0].startswith("Where the data goes: Fenwick Ltd\n21 November 2026")
    assert any("Fenwick Ltd → Mailer" in title and "C-311/18" in title for title in titles)
    assert not [title for title in titles if re.fullmatch(r"[ne]\d+p?|cluster_\d+|n\d+.*->.*", title)]


@pytest.mark.parametrize("vendors", [60, 200])
def test_a_large_register_is_drawn_whole(vendors: int) -> None:
    drawing = diagram(large(vendors), ON)
    assert render(drawing, "svg", ON)


def lossy(source: str, form: str, on: dt.date) -> bytes:
    """Graphviz, but the third edge is lost on the way."""
    lines = source.splitlines(keepends=True)
    edges = [number for number, line in enumerate(lines) if " -> " in line and line.startswith("  n")]
    del lines[edges[2]]
    return run_graphviz("".join(lines), form, on)


def flattened(source: str, form: str, on: dt.date) -> bytes:
    """Graphviz, but an edge has no line."""
    drawn = run_graphviz(source, form, on)
    return re.sub(rb'(<g id="e2b".*?<path [^>]*?) d="[^"]*"', rb"\1", drawn, count=1, flags=re.DOTALL)


def redirected(source: str, form: str, on: dt.date) -> bytes:
    """Graphviz, but an edge goes somewhere else."""
    return run_graphviz(re.sub(r"e2p -> n\d+", "e2p -> n1", source), form, on)


def doubled(source: str, form: str, on: dt.date) -> bytes:
    """Graphviz, but with an edge that nobody asked for."""
    return run_graphviz(source.replace("  n1 -> ", "  n1 -> n2;\n  n1 -> ", 1), form, on)


def blank(_source: str, form: str, on: dt.date) -> bytes:
    """An empty picture."""
    return run_graphviz("digraph {}", form, on)


def nonsense(_source: str, _form: str, _on: dt.date) -> bytes:
    """No picture at all."""
    return b"Segmentation fault"


@pytest.mark.parametrize("engine", [lossy, flattened, redirected, doubled, blank, nonsense])
@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_picture_that_lacks_or_invents_anything_is_refused(form: str, engine: rendering.Engine) -> None:
    with pytest.raises(DrawingError, match="Graphviz"):
        render(sample_diagram(), form, ON, engine)


def test_the_message_names_the_flow_that_was_lost() -> None:
    with pytest.raises(DrawingError, match=r"Graphviz left out .+ → .+; nothing was written"):
        render(sample_diagram(), "svg", ON, lossy)


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_a_broken_file_of_dots_is_refused_though_the_svg_was_whole(form: str) -> None:
    def half(source: str, wanted: str, on: dt.date) -> bytes:
        return run_graphviz(source, wanted, on) if wanted == "svg" else b""

    with pytest.raises(DrawingError, match=form.upper()):
        render(sample_diagram(), form, ON, half)


def test_the_dot_program_is_used_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(
        tmp_path,
        "import pygraphviz\n"
        f"open({str(tmp_path / 'called')!r}, 'w').write(' '.join(sys.argv[1:]))\n"
        "graph = pygraphviz.AGraph(string=sys.stdin.read())\n"
        "sys.stdout.buffer.write(graph.draw(format='svg', prog='dot'))",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    assert render(sample_diagram(), "svg", ON)
    assert "-Tsvg" in (tmp_path / "called").read_text()


def test_a_failing_dot_program_is_an_error_in_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "sys.stderr.write('Format: \"svg\" not recognized')\nsys.exit(1)")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DrawingError, match="could not draw"):
        render(sample_diagram(), "svg", ON)


def test_a_dot_program_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "import threading\nthreading.Event().wait()")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(rendering, "SECONDS", 1)
    with pytest.raises(DrawingError, match="within 1 seconds"):
        render(sample_diagram(), "svg", ON)


def test_without_graphviz_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pygraphviz.py").write_text("raise ImportError\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(DrawingError, match=r"install the `dot` program .* `pip install pygraphviz`"):
        render(sample_diagram(), "svg", ON)
    assert render(sample_diagram(), "dot", ON).startswith(b"digraph")


@pytest.mark.parametrize("suffix", ["dot", "svg", "png", "pdf", "SVG"])
def test_the_suffix_chooses_the_format(view: View, tmp_path: Path, suffix: str) -> None:
    write_diagram(view, tmp_path / f"flow.{suffix}")
    beginning = {"dot": b"digraph", "svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[suffix.lower()]
    assert (tmp_path / f"flow.{suffix}").read_bytes().startswith(beginning)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", ["flow.jpeg", "flow", ".svg", "flow.svg.txt"])
def test_another_suffix_is_refused_and_nothing_is_written(view: View, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"\.dot, \.svg, \.png, \.pdf"):
        write_diagram(view, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_an_unknown_activity_writes_nothing(view: View, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        write_diagram(view, tmp_path / "flow.svg", "nope")
    assert not list(tmp_path.iterdir())


def test_a_picture_that_is_refused_leaves_the_earlier_file_alone(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "flow.svg"
    path.write_text("the earlier one")
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "sys.stdout.write('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')")
    with pytest.raises(DrawingError, match="left out"):
        write_diagram(view, path)
    assert path.read_text() == "the earlier one"


def test_a_folder_that_is_not_there_is_one_clear_error(view: View, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        write_diagram(view, tmp_path / "none" / "flow.dot")


def test_one_activity_alone_is_drawn_alone(view: View) -> None:
    source = diagram_source(view, "hosting")
    assert "activity: Hosting for customers" in source
    assert "Mailer" not in source
    drawing = diagram(view.register, view.on, "hosting", view.crossings)
    root = parsed(run_graphviz(source, "svg", ON))
    assert len(strokes_in(root)) == 2 * len(drawing.arrows)
