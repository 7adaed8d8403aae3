"""A draft opens in a mail program as what was meant: these headers, these recipients, these parts, and no others."""

from __future__ import annotations

import email
import email.policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.reports.email_message import Attachment, Draft, addresses, email_message
from ropa.reports.text import visible

HOSTILE = [
    "Acme\r\nBcc: thief@evil.example",
    'Müller, "Söhne" <thief@evil.example>; Co ' * 6,
    "plain, name, " * 20,
    "日本電気株式会社" * 12,
    "=?utf-8?q?Bcc=3A?= x",
    "Acme (UK) [Ltd] \\ :;@,.",
    "\u202ereversed\u0000",
    "a" * 300,
    "😀👍🏽" * 40,
]


def bare(text: str) -> str:
    return "".join(visible(text).split())


def decoded(made: bytes, header: str) -> str:
    """A header by RFC 2047, without spaces: of a name in several parts, Python 3.11 reads a space between each two."""
    return "".join(str(make_header(decode_header(email.message_from_bytes(made)[header]))).split())


def draft(
    name: str = "Acme Ltd", to: tuple[str, ...] = ("dpo@north.example",), subject: str = "A change", text: str = "Hello"
) -> Draft:
    sheet = Attachment("sheet.pdf", b"%PDF-1.7 \x00\xff")
    return Draft(name, "privacy@acme.example", to, subject, text, f"<p>{text}</p>", sheet)


def read(made: bytes) -> EmailMessage:
    found = email.message_from_bytes(made, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_or_subject_adds_no_header_and_no_recipient(text: str) -> None:
    made = email_message(draft(name=text, subject=text))
    found = read(made)
    assert found.keys() == ["From", "To", "Subject", "X-Unsent", "MIME-Version", "Content-Type"]
    (sender,) = found["From"].addresses
    assert sender.addr_spec == "privacy@acme.example"
    assert decoded(made, "From") == bare(f"{text}<privacy@acme.example>")
    assert str(found["Subject"]) == visible(text).strip()
    assert [each.addr_spec for each in found["To"].addresses] == ["dpo@north.example"]


@given(st.text(), st.text(), st.text())
def test_any_words_come_back_as_they_went_in(name: str, subject: str, body: str) -> None:
    made = email_message(draft(name, subject=subject, text=visible(body)))
    found = read(made)
    assert len(found.keys()) == 6
    assert decoded(made, "From") == bare(f"{name}<privacy@acme.example>")
    assert decoded(made, "Subject") == bare(subject)
    assert [each.addr_spec for each in found["From"].addresses] == ["privacy@acme.example"]
    assert all(len(line) <= 998 for line in made.split(b"\r\n"))
    assert made.isascii()
    part = found.get_body(("plain",))
    assert part is not None
    assert part.get_content().splitlines() == visible(body).splitlines() + [""] * (not visible(body))


def test_a_draft_opens_as_one_and_has_text_html_and_the_sheet() -> None:
    made = email_message(draft(to=("a@b.example", "c@d.example")))
    found = read(made)
    assert found["X-Unsent"] == "1"
    assert found["Date"] is None
    assert found["Message-ID"] is None
    assert [each.addr_spec for each in found["To"].addresses] == ["a@b.example", "c@d.example"]
    html = found.get_body(("html",))
    assert html is not None
    assert html.get_content().strip() == "<p>Hello</p>"
    (sheet,) = found.iter_attachments()
    assert (sheet.get_content_type(), sheet.get_filename()) == ("application/pdf", "sheet.pdf")
    assert sheet.get_content() == b"%PDF-1.7 \x00\xff"


def test_the_same_words_are_the_same_bytes() -> None:
    assert email_message(draft()) == email_message(draft())
    assert email_message(draft()) != email_message(draft(text="Other"))


def test_where_no_address_is_known_the_line_is_left_out_to_be_filled() -> None:
    found = read(email_message(draft(to=())))
    assert found["To"] is None


def test_addresses_are_told_from_what_is_none() -> None:
    good = "dpo@a.example, Legal <legal@b.example>; dpo@a.example,"
    assert addresses(good) == (("dpo@a.example", "legal@b.example"), ())
    bad = "x@y, @a.example, a b@c.example, a@b.example\r\nBcc: c@d.example, ü@a.example, a..b@c.example, by post"
    found, wrong = addresses(bad)
    assert found == ()
    assert len(wrong) == 7
    assert addresses("") == ((), ())
    assert addresses(f"{'a' * 65}@b.example")[0] == ()


def test_what_is_no_address_never_becomes_a_header() -> None:
    with pytest.raises(ValueError, match="no e-mail address"):
        email_message(draft(to=("a@b.example\r\nBcc: c@d.example",)))
