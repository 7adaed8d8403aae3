"""Policies as files of every sort: the words, where they stand, and files made to do harm."""

from __future__ import annotations

import io
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.exchange import policy_pdf
from ropa.exchange.policy_read import LARGEST, policy_of
from ropa.exchange.policy_text import LONGEST, Place, PolicyText
from ropa.records.errors import InputError


def place_of(policy: PolicyText, words: str) -> Place:
    start = policy.text.index(words)
    return policy.place(start, start + len(words))


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(InputError) as caught:
        policy_of(content, name)
    assert str(caught.value).startswith(f"{name}: ")
    return str(caught.value).removeprefix(f"{name}: ")


# -- plain text ------------------------------------------------------------------------------------------------------

PLAIN = """Privacy notice

1. Who we are

Acme is a company
in Leeds.
  * We use Mailer;
2. How long we keep it

Six years.
Your rights
You may ask us for a copy.
"""


def test_a_text_keeps_its_lines_and_its_headings() -> None:
    policy = policy_of(PLAIN.encode(), "policy.txt")
    assert place_of(policy, "Mailer") == Place(7, 0, "Who we are", "Acme is a company in Leeds. * We use Mailer;")
    assert place_of(policy, "Six").section == "How long we keep it"
    assert (place_of(policy, "copy").line, place_of(policy, "copy").section) == (12, "Your rights")


def test_a_wrapped_paragraph_is_no_heading() -> None:
    text = "About us\n\nThe newsletter of our company is sent for us by Mailer\nWorldwide, and the rest by hand.\n"
    policy = policy_of(text.encode(), "p.txt")
    assert place_of(policy, "Worldwide").section == "About us"
    assert "Mailer\nWorldwide" in policy.text


def test_items_of_a_list_are_no_headings() -> None:
    policy = policy_of(b"What we hold\n\n  1. Name\n  2. Telephone number\n  3. Notes\nThe rest of it.\n", "p.txt")
    assert place_of(policy, "The rest").section == "What we hold"


def test_a_quote_is_cut_between_words_and_stays_in_its_paragraph() -> None:
    text = f"{'before ' * 40}Mailer {'after ' * 40}\n\nElsewhere."
    quote = place_of(policy_of(text.encode(), "p.txt"), "Mailer").quote
    assert quote.startswith("…before ")
    assert quote.endswith(" after…")
    assert "Mailer" in quote
    assert len(quote) < 180
    assert place_of(policy_of(b"One.\n\nTwo Mailer.\n\nThree.", "p.txt"), "Mailer").quote == "Two Mailer."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    policy = policy_of("Crème Brûlée Ltd’s café, used by us for the newsletter.".encode(encoding), "p.txt")
    assert "Crème Brûlée Ltd’s café" in policy.text


def test_what_nobody_sees_parts_no_word() -> None:
    assert "MailChimp" in policy_of("We use Mail\u00adChi\u200bmp.".encode(), "p.txt").text


# -- Markdown --------------------------------------------------------------------------------------------------------


def test_markdown_loses_its_marks_and_keeps_lines_links_and_cells() -> None:
    text = (
        "# Privacy\n\nWe use **Mailer** and\n[Widget](https://widget.example/privacy).\n\n"
        "## Table\n\n| Who | Where |\n|---|---|\n| Acorn | France |\n"
    )
    policy = policy_of(text.encode(), "p.md")
    assert "We use Mailer and\nWidget." in policy.text
    assert place_of(policy, "Widget").line == 4
    assert place_of(policy, "Acorn").section == "Table"
    assert place_of(policy, "France").line == 10
    link = policy.links[0]
    assert (policy.text[link.start : link.end], link.target) == ("Widget", "https://widget.example/privacy")


# -- HTML ------------------------------------------------------------------------------------------------------------

PAGE = """<!doctype html><html><head><title>T</title><style>Hidden { }</style></head>
<body><h1>Privacy &amp; you</h1>
<p>We use <b>Mail</b>er and
<a href="https://widget.example/privacy">Widget&#39;s policy</a>.</p>
<script>var Secret = "<p>Amazon</p>";</script><ul><li>Acorn<li>Birch</ul>
<select><option>Zambia</select><!-- Comment -->
</body></html>"""


def test_a_page_is_read_as_its_reader_sees_it() -> None:
    policy = policy_of(PAGE.encode(), "p.html")
    for hidden in ("Hidden", "Secret", "Amazon", "Zambia", "Comment", "<"):
        assert hidden not in policy.text
    assert place_of(policy, "Mailer") == Place(3, 0, "Privacy & you", "We use Mailer and Widget's policy.")
    assert place_of(policy, "Widget's").line == 4
    assert "Acorn\n\nBirch" in policy.text
    link = policy.links[0]
    assert (policy.text[link.start : link.end], link.target) == ("Widget's policy", "https://widget.example/privacy")


def test_a_page_says_its_own_encoding() -> None:
    page = '<meta charset="iso-8859-2"><p>Čapek používá Mailer</p>'.encode("iso-8859-2")
    assert "Čapek" in policy_of(page, "p.html").text
    assert "caf" in policy_of(b'<meta charset="no-such"><p>caf\xe9</p>', "p.html").text


@pytest.mark.parametrize(
    "piece", [b"<", b"<a ", b"<!--", b"<![CDATA[", b"<div>", b'<a href="', b"<?", b"</", b"&", b"<title>", b"<script>"]
)
def test_a_page_of_nothing_but_beginnings_comes_to_an_end(piece: bytes) -> None:
    """Python's own parser takes time that grows with the square of these."""
    content = b"<p>We use Mailer.</p>" + piece * (150_000 // len(piece))
    assert "We use Mailer." in policy_of(content, "p.html").text


@given(st.text(alphabet="<>/!-a b=\"'&#x;[]?p\n", max_size=200))
def test_no_page_breaks_the_reader(markup: str) -> None:
    with suppress(InputError):  # there may be no text in it
        policy = policy_of(markup.encode(), "p.html")
        assert policy.place(0, len(policy.text)).line >= 1


# -- PDF -------------------------------------------------------------------------------------------------------------


def pdf(*pages: bytes, packed: bool = False) -> bytes:
    """A PDF of these content streams."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for page in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R".encode())
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (number + 1)
        )
        stream = zlib.compress(page, 9) if packed else page
        how = b" /Filter /FlateDecode" if packed else b""
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(stream), how, stream))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    starts = []
    for number, each in enumerate(objects, 1):
        starts.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % start for start in starts))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def shown(*lines: str) -> bytes:
    return b"BT /F 12 Tf 50 700 Td " + b" ".join(b"(%s) Tj 0 -20 Td" % line.encode() for line in lines) + b" ET"


def test_a_pdf_keeps_its_pages() -> None:
    policy = policy_of(pdf(shown("Privacy notice", "We use Mailer."), shown("We keep it for six years.")), "p.pdf")
    assert place_of(policy, "Mailer").page == 1
    place = place_of(policy, "six years")
    assert (place.line, place.page, place.quote) == (0, 2, "We keep it for six years.")


def test_a_pdf_that_swells_is_refused() -> None:
    content = pdf(b"BT " + b" " * 60_000_000 + b"ET", packed=True)
    assert len(content) < 100_000
    assert refusal(content, "p.pdf") == "it cannot be read as a PDF"


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4\n", b"not a pdf", pdf(shown("x"))[:200], b"%PDF-1.4\n" + b"[" * 100_000]
)
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    assert "PDF" in refusal(content, "p.pdf")


def test_a_pdf_of_pictures_is_refused_with_what_to_do() -> None:
    assert "pictures" in refusal(pdf(b"0 0 10 10 re f"), "p.pdf")


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_pdf, "SECONDS", 0.001)
    assert "within 0.001 seconds" in refusal(pdf(shown("x")), "p.pdf")


# -- refusals --------------------------------------------------------------------------------------------------------


def test_files_that_are_no_policy_are_refused_by_name() -> None:
    assert refusal(b"x" * (LARGEST + 1), "p.txt") == "it is larger than 5 MB; this is not a privacy policy"
    assert "400,000 signs" in refusal(b"ten signs\n" * (LONGEST // 10 + 1), "p.txt")
    assert "400,000 signs" in refusal(b"ten signs\n" * (LONGEST // 10 + 1), "p.md")
    assert refusal(b" \n\t\n", "p.txt") == "there is no text in it"
    assert refusal(b"<p></p>", "p.html") == "there is no text in it"
    assert refusal(b"a\0b", "p.txt") == "it is not a text file"
    assert refusal(b"x", "p.docx") == "its suffix must be one of .txt, .md, .html, .pdf, for that says how to read it"


@given(st.text(max_size=400))
def test_every_place_of_a_text_has_its_line(text: str) -> None:
    try:
        policy = policy_of(text.encode(), "p.txt")
    except InputError:
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for start in range(len(policy.text)):
        place = policy.place(start, start)
        assert 1 <= place.line <= len(lines)
        if not policy.text[start].isspace():
            assert policy.text[start] in lines[place.line - 1]
