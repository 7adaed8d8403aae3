"""The published page in a browser: everybody can read it, on any screen, and it asks nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it says nothing of its types
from playwright.sync_api import Browser, Page

from ropa.services.publishing.folder import publish
from tests.records.any_register import NASTY
from tests.reports.published import ON, REGISTER, published

Scheme = Literal["light", "dark"]

WIDE, NARROW = 1280, 320
RULES = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
LOOKS = [(width, scheme) for width in (WIDE, NARROW) for scheme in ("light", "dark")]
EMPTY = "format: 1\norganisation: {key: hollin, name: Hollin}\n"
HOSTILE = EMPTY + (
    "parties: {a: {name: %s, legal_name: %s, website: %s, country: France}, b: B}\n"
    "data_categories: {d: %s}\n"
    "activities: {x: {name: X, role: processor, controllers: [b], data_categories: [d], "
    "engagements: [{party: a, service: %s}]}}\n"
    "changes: {c: {name: C, party: a, service: %s, activities: [x], state: approved, effective: 2027-01-01}}\n"
)


def hostile() -> str:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    long = quoted("x" * 290)
    markup = quoted("</table><script>document.title = 'taken'</script><img src=http://evil.example/a.png>" + NASTY[-1])
    return HOSTILE % (long, markup, quoted("https://evil.example/" + "y" * 200), markup, long, markup)


@pytest.fixture(scope="module", params=["full", "empty", "hostile"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp(request.param)
    publish(published({"full": REGISTER, "empty": EMPTY, "hostile": hostile()}[request.param]), ON, made)
    return made


@contextmanager
def opened(
    browser: Browser, folder: Path, width: int = WIDE, scheme: Scheme = "light", *, scripts: bool = True
) -> Iterator[tuple[Page, list[str]]]:
    """The page, and the addresses of every request since it was asked for."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=scripts
    )
    try:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((folder / "index.html").as_uri())
        yield page, asked
    finally:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_at_any_width_in_light_and_dark(
    browser: Browser, folder: Path, width: int, scheme: Scheme
) -> None:
    with opened(browser, folder, width, scheme) as (page, _):
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [WIDE, 700, NARROW])
def test_nobody_has_to_scroll_sideways(browser: Browser, folder: Path, width: int) -> None:
    with opened(browser, folder, width) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_request_leaves_the_page(browser: Browser, folder: Path) -> None:
    with opened(browser, folder) as (page, asked):
        page.mouse.wheel(0, 5000)
        page.wait_for_load_state("networkidle")
        assert asked == [(folder / "index.html").as_uri()]
        assert page.title() == f"Subprocessors of {page.locator('.kicker').inner_text()}"


def test_it_reads_the_same_without_scripts(browser: Browser, folder: Path) -> None:
    with opened(browser, folder) as (page, _):
        with_scripts = page.locator("body").inner_text()
        assert page.evaluate("document.scripts.length") == 0
    with opened(browser, folder, scripts=False) as (page, _):
        assert page.locator("body").inner_text() == with_scripts
        assert page.locator("h1").inner_text() == "Subprocessors"


def test_a_link_to_a_subprocessor_leads_to_it(browser: Browser, tmp_path: Path) -> None:
    publish(published(), ON, tmp_path)
    with opened(browser, tmp_path, NARROW) as (page, _):
        page.get_by_role("link", name="Link to Mailer").click()
        assert page.url.endswith("index.html#subprocessor-mailer")
        assert "Mailer, Inc." in page.locator(":target").inner_text()


def test_the_table_is_a_table_for_screen_readers_on_a_telephone_too(browser: Browser, tmp_path: Path) -> None:
    publish(published(), ON, tmp_path)
    for width in (WIDE, NARROW):
        with opened(browser, tmp_path, width) as (page, _):
            table = page.get_by_role("table", name="Who processes personal data, for what, and where")
            assert table.get_by_role("columnheader").all_inner_texts()[1:3] == ["What for", "Personal data"]
            assert table.get_by_role("rowheader").count() == 5
            assert table.get_by_role("cell").count() == 25


def test_the_first_press_of_tab_offers_to_skip_to_the_list(browser: Browser, folder: Path) -> None:
    with opened(browser, folder) as (page, _):
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the list"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
