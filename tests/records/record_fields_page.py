"""Makes `docs/record-fields.md`: `python -m tests.records.record_fields_page docs/record-fields.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from ropa.records.kinds import KINDS
from ropa.services.record.fields import RecordField, Template, field_at, templates

_HEAD = """\
# What regulators ask for, and where it stands

Each field of Article 30 and of the templates that regulators publish, by its heading, and its place in the register:
the section of the [register file](register-file.md) and the field in it. A place such as `organisation` `contact.email`
is a part of a field. This page is made from `ropa/services/record/record_fields.yaml` (`make docs`), and a test holds
that every place is there.
"""


def render() -> str:
    """The whole page as Markdown."""
    lines = [_HEAD]
    for each in templates():
        lines += [f"## {each.title}", "", f"Source: {each.source}.", ""]
        lines += _table(each.head, "At the head of the record") if each.head else []
        lines += _table(each.fields, "For each activity" if each.head else "")
        lines.append(_count(each))
    return "\n".join(lines)


def _table(fields: tuple[RecordField, ...], title: str) -> list[str]:
    lines = [f"{title}:", ""] if title else []
    lines += ["| | field | recorded as | how it follows |", "|---|---|---|---|"]
    for number, each in enumerate(fields, 1):
        lines.append(
            f"| {number} | {each.heading} | {'<br>'.join(_place(place) for place in each.places)} | {each.derived} |"
        )
    return [*lines, ""]


def _place(place: str) -> str:
    kind, _, name = place.partition(".")
    title = field_at(place).title
    return f"`{KINDS[kind].section}` `{name}` ({title})"


def _count(each: Template) -> str:
    return f"{len(each.all_fields)} fields, each with a place.\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
