"""The gallery in `exports/` is what the program writes, and a second run changes nothing.

The pictures are left out: their letters come from the fonts of the machine that drew them. What they are drawn from,
the DOT file, is held to the letter.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.reports.public_list import FILES
from ropa.services.changes.statuses import open_changes
from ropa.services.demo import SAMPLE_DATE, write_gallery
from ropa.services.diagrams import diagram_source
from ropa.services.notices.documents import notice_report
from ropa.services.publishing.folder import contents
from ropa.services.publishing.values import public_list
from ropa.services.record.article_30 import article_30
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
    if open_changes(view.register, SAMPLE_DATE):
        written["subprocessor-notice.html"] = notice_report([view.register], SAMPLE_DATE, "html")
        public = public_list(view.register, SAMPLE_DATE)
        written |= {f"public/{FILES[form]}": text for form, text in contents(public).items()}
        assert (folder / "subprocessor-notice.xlsx").stat().st_size > 1000
    for name, text in written.items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"{name}: run `make demo`"
    for name in ("data-flow.svg", "data-flow.png"):
        assert (folder / name).stat().st_size > 1000


ALWAYS = {
    "data-flow.dot",
    "data-flow.svg",
    "data-flow.png",
    "article-30.html",
    "article-30.md",
    "subprocessor-notice.md",
}
WHERE_A_CHANGE_IS_OPEN = {
    "subprocessor-notice.html",
    "subprocessor-notice.xlsx",
    *(f"public/{name}" for name in FILES.values()),
}


@pytest.mark.parametrize(("sample", "more"), [("integra", set()), ("infotek", WHERE_A_CHANGE_IS_OPEN)])
def test_a_second_run_writes_nothing(tmp_path: Path, sample: str, more: set[str]) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / f"{sample}.yaml").write_bytes((ROOT / "data" / f"{sample}.yaml").read_bytes())
    out = tmp_path / "out"

    def run() -> dict[str, int]:
        lines = list(write_gallery(data, out, tmp_path / "demo.db", SAMPLE_DATE))
        assert any(f"{sample.capitalize()}" in line for line in lines)
        files = (path for path in (out / sample).rglob("*") if path.is_file())
        return {path.relative_to(out / sample).as_posix(): path.stat().st_mtime_ns for path in files}

    first = run()
    assert set(first) == ALWAYS | more
    assert run() == first
