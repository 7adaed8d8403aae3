"""The gallery in `exports/` is what the program writes, and a second run changes nothing.

The pictures are left out: their letters come from the fonts of the machine that drew them. What they are drawn from,
the DOT file, is held to the letter.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.services.article_30 import article_30
from ropa.services.demo import SAMPLE_DATE, write_gallery
from ropa.services.diagrams import diagram_source
from ropa.services.notices import notice_report
from ropa.services.workspace import View

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "data").glob("*.yaml"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_text_files_of_the_gallery_are_what_the_program_writes(sample: Path) -> None:
    view = View(read_register(sample.read_bytes(), sample.name), SAMPLE_DATE)
    folder = ROOT / "exports" / view.register.organisation.key
    written = {
        "data-flow.dot": diagram_source(view),
        "article-30.html": article_30(view, "html"),
        "article-30.md": article_30(view, "md"),
        "subprocessor-notice.md": notice_report([view.register], SAMPLE_DATE, "md"),
    }
    for name, text in written.items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"{name}: run `make demo`"
    for name in ("data-flow.svg", "data-flow.png"):
        assert (folder / name).stat().st_size > 1000


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "integra.yaml").write_bytes((ROOT / "data" / "integra.yaml").read_bytes())

    def run() -> dict[str, int]:
        lines = list(write_gallery(data, tmp_path / "out", tmp_path / "demo.db", SAMPLE_DATE))
        assert any("Integra: " in line for line in lines)
        files = (tmp_path / "out").rglob("*.*")
        return {path.name: path.stat().st_mtime_ns for path in files}

    first = run()
    assert set(first) == {
        "data-flow.dot",
        "data-flow.svg",
        "data-flow.png",
        "article-30.html",
        "article-30.md",
        "subprocessor-notice.md",
    }
    assert run() == first
