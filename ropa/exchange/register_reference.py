"""The reference of the register file for people, in Markdown, made from the same declarations that read it."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from ropa.exchange.register_file import INLINE_TRANSFER
from ropa.records.change import Override
from ropa.records.kinds import KINDS, Kind, children
from ropa.records.organisation import Contact, NoticeTerms
from ropa.records.values import LawId, Part, law_ids

_INTRODUCTION = """\
# The register file

One YAML file holds the register of one organisation. It is made to be written by hand; `ropa load` reads it, `ropa
dump` writes it, and `ropa schema` prints a JSON Schema of it for editors. This page is made from the program's own
declarations (`make docs`).

- The file begins with `format: 1`, then `organisation:` with its `key:`, then the sections below, in any order.
- In a section each entry stands under its **key**: a short name of small letters, digits and hyphens. Other entries
  and commands use the key. An entry that has only a name may be written as the name: `email: Work e-mail`.
- Lists inside an activity, a transfer or a change (`lawful_bases`, `engagements`, `safeguards` ...) need no keys; one
  may be given as `key:`. An item that has only its first field may be written as that alone: `lawful_bases: [consent]`.
- **Countries** are names or two-letter codes: `United States`, `US`. YAML tools may read a bare `NO` as false; here it
  is Norway.
- **Dates** are written as 2026-11-21. **Periods** as `6 years`, `18 months`, `30 days`, `10 business days`, `P6Y`.
- Leave out what is not recorded. An empty field is never taken for "none" or "fine".
- `true` and `false` are the only truth values; a number that is a name stands in quotes: `"6648132"`.
- Anchors, tags, merge keys and a key given twice are refused.
"""

_PARTS: dict[type[Part], str] = {Contact: "Contact", NoticeTerms: "Notice terms", Override: "Override"}

_TYPES = {
    "Text": "text",
    "Name": "text",
    "Day": "date",
    "Moment": "date, time and zone",
    "Place": "country",
    "PeriodText": "period",
    "Calendar": "calendar of public holidays",
    "Fingerprint": "SHA-256 fingerprint",
    "Truth": "true or false",
}


def register_reference() -> str:
    """The whole reference as Markdown text."""
    parts = [_INTRODUCTION]
    for kind in KINDS.values():
        if not kind.parent:
            parts += _kind(kind, f"`{kind.section}:`", 2)
    for part, title in _PARTS.items():
        parts += _part(part, title)
    return "\n".join(parts)


def _kind(kind: Kind, heading: str, level: int) -> list[str]:
    lines = [f"{'#' * level} {kind.title} ({heading})", "", _first_line(kind.fields), ""]
    lines += ["| field | holds | meaning |", "|---|---|---|"]
    for name in kind.order:
        info = kind.fields.model_fields[name]
        if name != kind.parent and (name != "key" or kind.name == "organisation"):
            lines.append(_row(name, _holds(kind, name, info), info))
    for child in children(kind.name):
        lines.append(f"| `{child.section}` | list | {child.title}, as below. |")
    if kind.name == "engagement":
        words = "The transfer that goes with it: the fields of a transfer, less importer, exporter and activity."
        lines.append(f"| `{INLINE_TRANSFER}` | entry | {words} |")
    lines.append("")
    for child in children(kind.name):
        lines += _kind(child, f"`{child.section}:` inside `{kind.section}`", level + 1)
    return lines


def _part(part: type[Part], title: str) -> list[str]:
    lines = [f"## {title}", "", _first_line(part), "", "| field | holds | meaning |", "|---|---|---|"]
    for name, info in part.model_fields.items():
        lines.append(_row(name, _type_words(info.annotation), info))
    return [*lines, ""]


def _row(name: str, holds: str, info: Any) -> str:
    needed = " **required**" if info.is_required() else ""
    return f"| `{name}`{needed} | {holds} | {info.title}. {info.description} |"


def _holds(kind: Kind, name: str, info: Any) -> str:
    if name in kind.refs:
        return f"key of one of `{KINDS[kind.refs[name]].section}`"
    if name in kind.lists:
        return f"keys of `{KINDS[kind.lists[name]].section}`"
    for mark in info.metadata:
        if isinstance(mark, LawId):
            return ", ".join(f"`{each}`" for each in law_ids(mark.shelf))
    return _type_words(info.annotation)


def _type_words(annotation: Any) -> str:
    """What a type holds, in words."""
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(annotation))
    arguments = [each for each in get_args(annotation) if each not in (type(None), ...)]
    if get_origin(annotation) is tuple:
        return f"list: {_type_words(arguments[0])}"
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return _PARTS[annotation].lower()
    if hasattr(annotation, "__metadata__"):
        return _named(annotation)
    if arguments:
        return _type_words(arguments[0])
    return {"bool": "true or false", "date": "date"}.get(getattr(annotation, "__name__", ""), "text")


def _named(annotation: Any) -> str:
    """An annotated type by the name it has in `ropa.records.values`."""
    from ropa.records import values

    for name, words in _TYPES.items():
        if getattr(values, name) == annotation:
            return words
    return _type_words(get_args(annotation)[0])


def _first_line(thing: type) -> str:
    return (thing.__doc__ or "").strip().split("\n")[0]
