"""The text of a PDF, read in a process of its own: `python -m ropa.exchange.policy_pdf < policy.pdf`.

A file can be made to fill the memory of whoever reads it, or to keep it busy for ever; the process has a limit for
both, and whatever becomes of it becomes of nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

from ropa.exchange.policy_text import LONGEST, Line
from ropa.records.errors import InputError, Problem

PAGES = 500
"""Pages of a PDF; a longer one is no privacy policy."""
SECONDS = 60
_MEMORY = 2_000_000_000
_INFLATED = 20_000_000
NO_READER, LOCKED, TOO_LONG, BROKEN = 3, 4, 5, 6

_WORDS = {
    NO_READER: "reading PDF needs the package pypdf, which is not installed; save the policy as text or HTML",
    LOCKED: "it is locked with a password",
    TOO_LONG: f"it has more than {PAGES} pages or {LONGEST:,} signs; this is not a privacy policy",
    BROKEN: "it cannot be read as a PDF",
}


def pdf_lines(content: bytes, name: str) -> Iterator[Line]:
    """The lines of a PDF with their pages. Raises InputError where it cannot be read, or holds no text."""
    try:
        done = subprocess.run(  # noqa: S603 this very module, by the interpreter that runs it
            [
                sys.executable,
                "-I",
                "-c",
                f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import main; main()",
            ],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        words = f"it could not be read within {SECONDS} seconds; save the policy as text or HTML"
        raise InputError([Problem(words, name)]) from error
    if done.returncode:
        raise InputError([Problem(_WORDS.get(done.returncode, _WORDS[BROKEN]), name)])
    pages: list[str] = json.loads(done.stdout)
    if not any(map(str.strip, pages)):
        raise InputError(
            [Problem("there is no text in it; pages that are pictures have to be read into text first", name)]
        )
    for number, page in enumerate(pages, 1):
        for line in page.splitlines():
            yield Line(line, 0, number, ends_block=False)
        yield Line("", 0, number)


def main() -> None:
    """Read a PDF from the standard input, write the texts of its pages as JSON, and end the process."""
    with suppress(ImportError, ValueError, OSError):  # a system without such limits still has the one on time
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    sys.exit(_read())


def _read() -> int:
    import io
    import logging

    try:
        import pypdf
        from pypdf import filters
        from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
    except ImportError:
        return NO_READER
    logging.disable()
    for limit in ("ZLIB_MAX_OUTPUT_LENGTH", "LZW_MAX_OUTPUT_LENGTH", "RUN_LENGTH_MAX_OUTPUT_LENGTH"):
        if hasattr(filters, limit):
            setattr(filters, limit, _INFLATED)
    pages: list[str] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            return LOCKED
        if len(reader.pages) > PAGES:
            return TOO_LONG
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > LONGEST:
                return TOO_LONG
    except (DependencyError, FileNotDecryptedError):
        return LOCKED
    except PyPdfError:
        return BROKEN
    # Lone surrogates stand in no file that anybody reads.
    json.dump([page.encode("utf-8", "replace").decode() for page in pages], sys.stdout)
    return 0
