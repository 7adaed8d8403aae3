"""What a spreadsheet file may hold before anything else opens it: no bombs, no entities, no passwords."""

from __future__ import annotations

import io
import zipfile
import zlib
from pyexpat import XMLParserType
from typing import NoReturn
from xml.parsers import expat

from ropa.records.errors import InputError, Problem

LARGEST = 30_000_000
"""Bytes of a file."""
LARGEST_INSIDE = 300_000_000
"""Bytes of all that is packed in it."""
SMALL = 10_000_000
"""Up to so many bytes, it does not matter how tightly they were packed."""
TIGHTEST = 150
"""How many times larger than the file its content may be; what people write is packed 5 to 50 times."""
MOST_PARTS = 5_000
MOST_ROWS = 100_000
MOST_COLUMNS = 2_000
MOST_CELLS = 2_000_000
DEEPEST = 100
"""How deep the elements of a part may stand inside each other."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CHUNK = 1 << 16
_ENCRYPTED = 0x1


def refuse(name: str, message: str) -> NoReturn:
    """Raise InputError about a file."""
    raise InputError([Problem(message, name)])


def sized(content: bytes, name: str) -> None:
    """Raise InputError where a file is empty or too large."""
    if not content.strip(b"\0 \r\n\t"):
        refuse(name, "it is empty")
    if len(content) > LARGEST:
        refuse(name, f"it is larger than {LARGEST // 1_000_000} MB; save the sheet alone, without pictures")


def opened(content: bytes, name: str) -> zipfile.ZipFile:
    """A packed spreadsheet, once its size and its parts are known to be reasonable.

    Raises InputError for a file with a password, of an old format, damaged, or larger inside than it may be.
    """
    sized(content, name)
    if content.startswith(_OLE):
        refuse(
            name,
            "it is protected with a password, or of the format before 2007; "
            "save it without a password as .xlsx, .ods or .csv",
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        refuse(name, "it is damaged, or no spreadsheet of the sort that its name says")
    if len(parts) > MOST_PARTS:
        refuse(name, f"it has {len(parts):,} parts; a spreadsheet has some dozens")
    if any(each.flag_bits & _ENCRYPTED for each in parts):
        refuse(name, "it is protected with a password; save it without one")
    inside = sum(each.file_size for each in parts)
    if inside > LARGEST_INSIDE or (inside > SMALL and inside > TIGHTEST * len(content)):
        refuse(
            name,
            f"it holds {inside:,} bytes in {len(content):,}; no table that a person wrote does, and it is not opened",
        )
    return archive


def parser_of(name: str) -> XMLParserType:
    """A reader of XML that knows names with their spaces and refuses every declaration of entities."""

    def declared(*_: object) -> None:
        refuse(name, "it declares entities (a DOCTYPE), which no spreadsheet does; it is not read")

    made = expat.ParserCreate(namespace_separator=" ")
    made.StartDoctypeDeclHandler = declared
    made.EntityDeclHandler = declared
    made.buffer_text = True
    return made


def feed(archive: zipfile.ZipFile, part: str, parser: XMLParserType, name: str) -> None:
    """Read a part of a file. Raises InputError where it is damaged, or what a handler of the parser raises."""
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError):
        refuse(name, f"its part {part!r} is damaged")


def no_entities(archive: zipfile.ZipFile, name: str) -> None:
    """Raise InputError where any part of a file declares entities."""
    for part in archive.namelist():
        parser = parser_of(name)
        try:
            with archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk, False)
        except expat.ExpatError:
            continue  # a picture, or damaged, which is told where it is read
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            refuse(name, f"its part {part!r} is damaged")
