"""The notice report in a browser: whoever reads it with a screen reader or in the dark reads all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it says nothing of its types
from playwright.sync_api import Browser

from ropa.services.notices.documents import notice_report
from tests.reports.sample import ON, register


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_on_the_report_stands_in_a_landmark_and_nothing_is_in_the_way(
    browser: Browser, tmp_path: Path, scheme: str
) -> None:
    page_file = tmp_path / "report.html"
    page_file.write_text(notice_report([register()], ON, "html"), encoding="utf-8")
    # The page forbids every script, that of axe too.
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True)
    try:
        page = context.new_page()
        page.goto(page_file.as_uri())
        assert "Invented sample data" in page.inner_text("main")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    finally:
        context.close()
