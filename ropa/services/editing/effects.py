"""What a form says beside its fields: what a field means, and what would follow if the record were saved so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ropa.law.lawbook import LawBook
from ropa.reports.page import Item
from ropa.rules.dates import long_date, weekday
from ropa.rules.finding import Finding
from ropa.rules.moment import moment_words, read_moment
from ropa.rules.period import Period
from ropa.services.browsing.detail_parts import Detail, Line, Part
from ropa.services.editing.choices import law_explanation, word_explanation
from ropa.services.editing.fields import Field, form
from ropa.services.editing.preview import Preview
from ropa.services.editing.readers import typed_day, typed_moment
from ropa.services.editing.values import REQUIRED
from ropa.services.subjects import findings_about, title_of

_MOST = 8
_HOW = {"words": "One on each line."}
_PLAIN = {"node": "The organisation, a party, a system or people; Enter shows them."}
"""Where the words of the declaration are for whoever writes the file."""


def explained(kind: str, path: str, values: Sequence[str] = ()) -> str:
    """What a field is for, or what the one word or entry of the law means that is chosen in it.

    `path` may name a field of a part: `contact.email`. Raises KeyError for a field that the kind does not have.
    """
    field = form(kind).field(path)
    words = [_PLAIN.get(field.widget, field.explain), _HOW.get(field.widget, "")]
    if len(values) == 1:
        entry = LawBook.in_use().entry(values[0]) if field.law_shelf else None
        if entry is not None and law_explanation(entry):
            words = [law_explanation(entry)]
        elif values[0] in field.choices and field.widget == "choice":
            words = [word_explanation(f"{kind}.{path}", values[0])]
    return " ".join(filter(None, words))


def effects(found: Preview, subject: str) -> Detail:
    """What follows if the record of this subject is saved as it stands in the form."""
    about = [finding for _, finding in findings_about(found.view, subject)]
    name = f"{title_of(found.view, subject)}: "
    lines = [
        *_some("mended", _mended(found), "✓"),
        *_some("new", [each for each in found.come if each not in about]),
        *(Line(each.title.removeprefix(name), each.symbol) for each in about[:_MOST]),
        *([Line(f"and {len(about) - _MOST} more")] if len(about) > _MOST else []),
    ]
    if not lines:
        lines = [Line("Nothing is found wrong. What is not recorded is not known.")]
    parts = [Part("If saved", tuple(lines))]
    verdicts = tuple(_verdicts(found.lines))
    if verdicts:
        parts.insert(0, Part("Verdict", verdicts))
    return Detail("preview", subject, "", "", tuple(parts))


def _mended(found: Preview) -> list[Finding]:
    """The findings that go; not those that only turn up again about another record, under the same rule."""
    again = Counter(each.rule for each in found.come)
    left = []
    for each in found.gone:
        if again[each.rule]:
            again[each.rule] -= 1
        else:
            left.append(each)
    return left


def read_back(field: Field, held: object) -> str:
    """How a date or a period was understood, in full, so that nobody mistakes the month; empty where that is plain."""
    if not isinstance(held, str) or not held.strip():
        return ""
    try:
        if field.widget == "date":
            day = typed_day(held)
            return f"{weekday(day)}, {long_date(day)}"
        if field.widget == "moment":
            moment = read_moment(typed_moment(held))
            return f"{weekday(moment.date())}, {moment_words(moment)}"
        if field.widget == "period":
            words = Period.parse(held.strip()).words()
            return words if words != held.strip() else ""
    except ValueError:
        return ""
    return ""


def waiting(problems: Mapping[str, str]) -> Detail:
    """What is said while nothing can follow yet: what is still needed and what is not right, by the fields' titles."""
    needed = [name for name, message in problems.items() if message == REQUIRED]
    wrong = [name for name, message in problems.items() if message != REQUIRED]
    lines = [Line(f"Still needed: {', '.join(needed)}.", "?")] if needed else []
    lines += [Line(f"Not right yet: {', '.join(wrong)}.", "✖")] if wrong else []
    return Detail("preview", "", "", "", (Part("If saved", tuple(lines)),))


def _some(word: str, findings: Sequence[Finding], mark: str = "") -> Iterator[Line]:
    for each in findings[:_MOST]:
        yield Line(f"{word}: {each.title}", mark or each.symbol)
    if len(findings) > _MOST:
        yield Line(f"{word}: {len(findings) - _MOST} more")


def _verdicts(items: Sequence[Item]) -> Iterator[Line]:
    for each in items:
        yield Line(f"{each.text} [{each.source}]" if each.source else each.text, each.mark)
