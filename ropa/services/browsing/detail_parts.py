"""What a detail is made of: titled parts of lines of plain text, some of which lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.flows.crossings import Crossing
from ropa.records.values import Fields
from ropa.rules.finding import Reason
from ropa.services.subjects import findings_about, title_of
from ropa.services.wording import NOT_RECORDED, verdict_mark, verdict_words
from ropa.services.workspace import View


@dataclass(frozen=True, slots=True)
class Line:
    """One statement. `mark` is its sign, `target` the subject (`kind/key`) that it leads to; `indent` in steps."""

    text: str
    mark: str = ""
    target: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one label."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything that is said of one subject, in reading order. `about` is where "go to its subject" leads."""

    kind: str
    key: str
    title: str
    subtitle: str
    parts: tuple[Part, ...]
    about: str = ""

    def as_text(self) -> str:
        """The whole detail as plain text, for a terminal or a file."""
        lines = [self.title, self.subtitle]
        for part in self.parts:
            lines += ["", part.label]
            lines += [f"  {'  ' * line.indent}{line.mark + ' ' if line.mark else ''}{line.text}" for line in part.lines]
        return "\n".join(lines) + "\n"


def missing(what: str = "") -> Line:
    """The line that says that nothing is recorded; it never reads as "fine"."""
    return Line(f"{what} {NOT_RECORDED}".strip(), "?")


def part(label: str, lines: list[Line], *, ask: bool = True) -> list[Part]:
    """A part as a list of one. Where there are no lines: "not recorded" if it is asked for, else no part."""
    if not lines and not ask:
        return []
    return [Part(label, tuple(lines) or (missing(),))]


def needs_part(view: View, subject: str) -> list[Part]:
    """The findings about a record and what belongs to it."""
    name = f"{title_of(view, subject)}: "
    lines = [
        Line(finding.title.removeprefix(name), finding.symbol, f"finding/{number}")
        for number, finding in findings_about(view, subject)
    ]
    return part("Needs you", lines, ask=False)


def reason_line(reason: Reason, indent: int = 1) -> Line:
    """A reason with the article, decision or document that carries it."""
    return Line(f"{reason.text} [{reason.source}]" if reason.source else reason.text, indent=indent)


def verdict_lines(crossing: Crossing, *, target: str = "", indent: int = 1, reasons: bool = True) -> Iterator[Line]:
    """For each regime the verdict in words, with its reasons, warnings and remedies."""
    for verdict in crossing.verdicts:
        words = f"{verdict.regime}: {verdict_words(verdict.status)}"
        if not reasons and verdict.is_finding and verdict.reasons:
            words = f"{words}. {verdict.reasons[0].text}"
        yield Line(words, verdict_mark(verdict.status), target, indent)
        if reasons:
            yield from (reason_line(reason, indent + 1) for reason in (*verdict.reasons, *verdict.warnings))
            yield from (Line(f"→ {remedy}", indent=indent + 1) for remedy in verdict.remedies)


def crossing_numbers(view: View) -> Iterator[tuple[int, Crossing]]:
    """Every crossing of a view with its number."""
    return enumerate(view.crossings)


def sources(record: Fields) -> list[Part]:
    """Where a record is stated, what is noted, and whether it is invented sample data."""
    lines = [Line(text) for text in (record.source, record.note) if text]
    if record.invented:
        lines.append(Line("invented for the sample; no source states this", "!"))
    return part("Source", lines)
