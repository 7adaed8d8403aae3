"""The one way from words to an e-mail file: a draft that a mail program opens for sending; nothing is sent here.

Names and sentences come from other companies' documents. No text can add a header, a recipient or a part.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP

from ropa.reports.text import visible

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})+")
_NAMED = re.compile(r"[^<>]*<([^<>]*)>")
_LONGEST_LOCAL, _LONGEST = 64, 254  # RFC 5321, section 4.5.3.1
_PLAIN_NAME = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_PLAIN_TEXT = re.compile(r"(?!.*=\?)[!-~]+(?: [!-~]+)*")
_LINE = 60  # of a header, with room for its name


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF to go with a message; `name` is its file name, in ASCII."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be looked at and sent by a person; `sender` and `to` may be empty, to be filled in there.

    `text` and `html` say the same in two ways.
    """

    sender_name: str
    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    attachment: Attachment


def addresses(value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses of a text with commas or semicolons between them, each once, and what in it is none."""
    good: dict[str, None] = {}
    bad: dict[str, None] = {}
    for part in filter(None, map(str.strip, re.split(r"[,;]", value))):
        named = _NAMED.fullmatch(part)
        address = named[1].strip() if named else part
        (good if _is_address(address) else bad)[address if _is_address(address) else part] = None
    return tuple(good), tuple(bad)


def _is_address(text: str) -> bool:
    short = len(text) <= _LONGEST and len(text.partition("@")[0]) <= _LONGEST_LOCAL
    return short and _ADDRESS.fullmatch(text) is not None


def email_message(draft: Draft) -> bytes:
    """The draft as an .eml file: no date, `X-Unsent: 1`, the same bytes for the same words.

    Raises ValueError for an address that is none; ask `addresses` first.
    """
    for each in (*draft.to, *filter(None, (draft.sender,))):
        if not _is_address(each):
            raise ValueError(f"{each!r} is no e-mail address")
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message.set_content(draft.text, cte="quoted-printable")
    message.add_alternative(draft.html, subtype="html", cte="quoted-printable")
    message.add_attachment(draft.attachment.content, "application", "pdf", filename=draft.attachment.name)
    # Boundaries are random otherwise; quoted-printable and base64 cannot hold the `=_` in them.
    seal = hashlib.sha256("\0".join((draft.text, draft.html)).encode("utf-8", "surrogatepass"))
    seal.update(draft.attachment.content)
    multiparts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(multiparts):
        part.set_boundary(f"=_{number}_{seal.hexdigest()[:32]}")
    return "".join(f"{line}\r\n" for line in _head(draft)).encode("ascii") + message.as_bytes()


def _head(draft: Draft) -> Iterator[str]:
    """The headers that hold words; written here, since the library may fold a name so that it becomes addresses."""
    if draft.sender:
        yield f"From: {_name(draft.sender_name)}<{draft.sender}>"
    if draft.to:
        yield "To: " + ",\r\n ".join(draft.to)
    yield "Subject: " + _words(draft.subject, "Subject")


def _name(name: str) -> str:
    name = visible(name).strip()
    if not name:
        return ""
    if len(name) <= _LINE and _PLAIN_NAME.fullmatch(name):
        return f"{name} "
    return _encoded(name, "From") + "\r\n "


def _words(text: str, header: str) -> str:
    text = visible(text).strip()
    if _PLAIN_TEXT.fullmatch(text) and max(map(len, text.split())) <= _LINE:
        return "\r\n ".join(textwrap.wrap(text, _LINE, break_long_words=False, break_on_hyphens=False))
    return _encoded(text, header)


def _encoded(text: str, header: str) -> str:
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")
