"""What `ropa policy-check` says: for people as text, for programs as JSON of a stable shape (docs/policy-json.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ropa.exchange.policy_text import Place
from ropa.services.layout import wrapped
from ropa.services.policy.findings import Difference, Group, PolicyCheck, Subject
from ropa.services.wording import counted, long_day

FORMAT = 1
_MOST_PLACES = 3
_GROUPS: dict[Group, str] = {
    "law": "In the policy, and not so by the law of this date",
    "policy": "Named in the policy and not in the register",
    "register": "In the register and not named in the policy",
    "differently": "Named in both, but said differently",
}
_SUBJECTS: dict[Subject, tuple[str, str]] = {
    "vendor": ("vendor or recipient", "vendors and recipients"),
    "country": ("country", "countries"),
    "mechanism": ("transfer mechanism", "transfer mechanisms"),
    "retention": ("period of keeping", "periods of keeping"),
    "deadline": ("time for answers", "times for answers"),
}


def policy_text(found: PolicyCheck) -> str:
    """The comparison for people: by group, each with its place and the words around it, and a count at the end."""
    lines = [f"{found.register.organisation.name} · {found.file} · {long_day(found.on)}", ""]
    for group, title in _GROUPS.items():
        own = [each for each in found.differences if each.group == group]
        if own:
            lines += [f"{title} ({len(own)})", ""]
            for each in own:
                lines += [*_difference(each), ""]
    lines += _agreed(found)
    if found.remarks:
        lines += [*(line for each in found.remarks for line in wrapped(each, 2, 2)), ""]
    lines.append(policy_summary(found))
    return "\n".join(lines)


def policy_summary(found: PolicyCheck) -> str:
    """One line that counts what was found."""
    if not found.differences:
        return "✓ Nothing differs in what was compared."
    counts = [
        f"{number} {words}"
        for group, words in (("law", "against the law"), ("policy", "only in the policy"),
                             ("register", "only in the register"), ("differently", "said differently"))
        if (number := sum(each.group == group for each in found.differences))
    ]  # fmt: skip
    return f"{counted(len(found.differences), 'difference')}: {', '.join(counts)}. Named in both: {len(found.same)}."


def _difference(each: Difference) -> Iterator[str]:
    yield from wrapped(f"{each.mark} {_SUBJECTS[each.subject][0].capitalize()}: {each.name}", 2, 2)
    source = f" ({each.source})" if each.source else ""
    yield from wrapped(f"{each.words}{source}", 4)
    if each.because:
        because = each.because
        if each.subject == "vendor":
            because = f"found as {because}" if each.sure != "clear" else f"it is {because}"
        yield from wrapped(f"{because[0].upper()}{because[1:]}.", 4)
    for place in each.places[:_MOST_PLACES]:
        yield from wrapped(f"{place_words(place)}: “{place.quote}”", 4, 2)
    if len(each.places) > _MOST_PLACES:
        yield from wrapped(f"and {counted(len(each.places) - _MOST_PLACES, 'more place')}", 4)
    if each.records and not each.places:
        more = f" and {len(each.records) - _MOST_PLACES} more" if len(each.records) > _MOST_PLACES else ""
        yield from wrapped(f"recorded as {', '.join(each.records[:_MOST_PLACES])}{more}", 4, 2)


def place_words(place: Place) -> str:
    """`line 12, "Cookies"` or `page 3`."""
    where = f"page {place.page}" if place.page else f"line {place.line}"
    return f"{where}, under “{place.section}”" if place.section else where


def _agreed(found: PolicyCheck) -> Iterator[str]:
    if not found.same:
        return
    yield "Named in both"
    for subject, (one, many) in _SUBJECTS.items():
        names = list(dict.fromkeys(each.name for each in found.same if each.subject == subject))
        if names:
            label = (one if len(names) == 1 else many).capitalize()
            yield from wrapped(f"✓ {label}: {', '.join(names)}", 2, 4)
    yield ""


def policy_values(found: PolicyCheck) -> dict[str, Any]:
    """The comparison as plain values."""
    return {
        "format": FORMAT,
        "organisation": found.register.organisation.key,
        "policy": found.file,
        "on": found.on.isoformat(),
        "counts": {group: sum(each.group == group for each in found.differences) for group in _GROUPS},
        "differences": [
            {
                "group": each.group,
                "subject": each.subject,
                "name": each.name,
                "message": each.words,
                "mark": each.mark,
                "sure": each.sure,
                "because": each.because or None,
                "source": each.source or None,
                "records": list(each.records),
                "places": list(map(_place, each.places)),
            }
            for each in found.differences
        ],
        "same": [
            {
                "subject": each.subject,
                "name": each.name,
                "records": list(each.records),
                "places": list(map(_place, each.places)),
            }
            for each in found.same
        ],
        "remarks": list(found.remarks),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "line": place.line or None,
        "page": place.page or None,
        "section": place.section or None,
        "quote": place.quote,
    }
