"""Every HTML report is one page that asks for nothing, runs nothing and can be read by a machine for the blind."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from ropa.services.notices.documents import notice_report
from ropa.services.record.article_30 import article_30
from tests.reports.sample import ON, REGISTER, view
from tests.reports.test_text import HOSTILE

VOID = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """The outline of a page: its tags, headings, ids and links; fails on tags that do not match."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = {name: value or "" for name, value in attrs}
        self.attributes += list(values.items())
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if "style" not in self.open else ""


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


PAGES = {
    "article-30": lambda source: article_30(view(source), "html"),
    "notice": lambda source: notice_report([view(source).register], ON, "html"),
}


def hostile(value: str) -> str:
    """The sample register with every name in it replaced by, or led by, this text."""
    kept = re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", f"x {value} y")  # a register file refuses control characters
    quoted = '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08X}" for c in kept) + '"'
    text = re.sub(r"(\bname: )([A-Z][\w ]*)(?=[,}\n])", lambda m: m[1] + quoted, REGISTER)
    return text.replace('stated: "kept no longer than needed"', f"stated: {quoted}").replace(
        "service: servers", f"service: {quoted}"
    )


@pytest.mark.parametrize("name", PAGES)
def test_the_page_asks_for_nothing_and_runs_nothing(name: str) -> None:
    html = PAGES[name](REGISTER)
    page = read(html)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "style")]
    assert "url(" not in html
    assert "@import" not in html
    assert all(link.startswith("#") for link in page.links)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_has_one_title_its_language_and_links_that_lead_somewhere(name: str) -> None:
    html = PAGES[name](REGISTER)
    page = read(html)
    assert '<html lang="en-GB">' in html
    assert page.tags.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.tags.count("th") == sum(name == "scope" for name, _ in page.attributes)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_names_stay_text_in_every_place_of_the_page(name: str, value: str) -> None:
    page, plain = read(PAGES[name](hostile(value))), read(PAGES[name](hostile("plain")))
    assert plain.text.count("x plain y") > 10
    # Words that bring quotation marks of their own are not given another pair.
    assert [tag for tag in page.tags if tag != "q"] == [tag for tag in plain.tags if tag != "q"]
    assert [name for name, _ in page.attributes] == [name for name, _ in plain.attributes]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * c for c in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_text_can_be_read_on_every_ground() -> None:
    html = PAGES["notice"](REGISTER)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", html))
    grounds = [colours[name] for name in ("paper", "pale", "wrong-pale", "doubt-pale")]
    for name in ("ink", "soft", "accent", "wrong", "doubt"):
        for ground in grounds:
            light, dark = sorted((luminance(colours[name]), luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 7, (name, ground)
