"""A register that was written out reads back as it was, and reads well."""

from __future__ import annotations

import math
from datetime import date, datetime

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from ropa.exchange.yaml_document import read_document, write_document

NASTY = [
    "", " ", "0?", "a?b", "\n", "\n\n", "\t", "\r", "\r\n", " a", "a ", "a\n",
    "a\n\n", "\na", "a\n b", " a\nb", "a\n\n\nb\n", "a \nb",
    "a\tb\nc", "\ta\nb", "# a", "a # b", "a #", "a: b", "a:", ":a",
    "- a", "-", "--- a", "---", "...", "... a", "? a", "?",
    "'a'", '"a"', "a 'b' \"c\"", "\\", "\\n", "a\x85b", "a\u2028b",
    "a\u2029b", "\ufeffa", "a\x00b", "\x1b[31m", "\x7f",
    "👩‍💻", "🇳🇴", "\u202eabc", "\u00a0", "a\u00a0b", "NO", "no", "On",
    "y", "N", "true", "TRUE", "~", "null", "Null", "=",
    "<<", "010", "1_000", "0x1F", "0o17", "0b11", "12:30:00", "1:30",
    "190:20:30.15", "1e3", "1.", ".5", "+1", "-1", ".inf",
    "-.INF", "+.inf", ".nan", ".NaN", "2020-07-16", "2020-7-6",
    "2020-07-16T10:00:00Z", "2020-07-16 10:00:00", "[a]",
    "{a}", "a, b", "a]", "&a", "*a", "!a", "!!str a", "|", ">", "|-",
    "%a", "@a", "`a`", "a" * 300, "word " * 80,
    "word: " * 60 + "end",
    "many words " * 30 + "\n" + "more # words " * 30 + "end", "long " * 50 + "\n\n" + "x\n",
    "two  spaces " * 20 + "end", "# " * 80 + "#", "- " * 80 + "-",
    "a\n" + "long " * 50 + "end\n b", "a\n# b\n---\nc",
    "x" * 2000, "é" * 1500 + "\n",
]  # fmt: skip

texts = st.one_of(
    st.text(),
    st.sampled_from(NASTY),
    st.text(alphabet=" \n\t#:-?,[]{}'\"\\&*!|>%@`ab0.\u00a0\u2028\x85é", max_size=150),
    st.lists(st.sampled_from(["word", "a", "#", "-", "b:", "", "\n", "long-word"]), max_size=80).map(" ".join),
)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=5), max_leaves=25
)
documents = st.dictionaries(texts, values, max_size=6)


def same(left: object, right: object) -> bool:
    """Equal, of the same types, in the same order: True is not 1, and 1 is not 1.0."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict) and isinstance(right, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


@given(documents)
@example({text: text for text in NASTY})
@example({"a": {text: [text, {text: text}] for text in NASTY}})
@example({"a": {"b": list(NASTY)}})
def test_what_is_written_reads_back_as_it_was(data: dict[str, object]) -> None:
    text = write_document(data, header="Acme\nregister")
    assert same(read_document(text, "x.yaml").root, data)
    assert same(read_document(text.encode(), "x.yaml").root, data)
    assert write_document(data, header="Acme\nregister") == text


class _Yaml11(yaml.SafeLoader):
    """PyYAML as everybody uses it, but that dates stay text."""


def _date_as_text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_Yaml11.add_constructor("tag:yaml.org,2002:timestamp", _date_as_text)


@given(documents)
@example({text: text for text in NASTY})
@example({"a": [[text] for text in NASTY]})
def test_yaml_1_1_tools_read_the_same(data: dict[str, object]) -> None:
    assert same(yaml.load(write_document(data), Loader=_Yaml11), data)  # noqa: S506 a subclass of SafeLoader


@given(st.sampled_from(NASTY), st.integers(min_value=0, max_value=30))
def test_text_survives_at_any_depth(text: str, depth: int) -> None:
    data: dict[str, object] = {"a": text, text: [text]}
    for level in range(depth):
        data = {"k": data} if level % 2 else {"k": [text, data]}
    assert same(read_document(write_document(data), "x.yaml").root, data)


@given(documents)
def test_no_line_ends_in_blanks(data: dict[str, object]) -> None:
    text = write_document(data)
    assert all(line == line.rstrip(" \t") for line in text.split("\n"))
    assert text.endswith("\n")


@given(st.text())
def test_a_header_stays_a_comment(header: str) -> None:
    assert read_document(write_document({"a": 1}, header=header), "x.yaml").root == {"a": 1}


def test_a_register_looks_as_if_written_by_hand() -> None:
    data = {
        "format": 1,
        "organisation": "Outserve: Limited",
        "country": "NO",
        "since": date(2020, 7, 16),
        "contact": None,
        "activities": {
            "newsletter": {
                "purpose": "Tell clients about products that are like the ones which they have already "
                "bought from us, until they say no.",
                "data": ["name", "email", "clicks"],
                "engagements": [
                    {"party": "mailchimp", "countries": ["US"], "since": "2020-01-01"},
                    {"party": "aws", "note": "first line\nsecond line: with a colon\n"},
                ],
            },
            "events": {"purpose": "Invite clients.", "data": []},
        },
        "parties": {"mailchimp": {"name": "MailChimp"}, "aws": {"name": "AWS"}},
        "sources": ["the policy, section 4, as published", "a list of vendors that somebody sent to us by e-mail"],
    }
    assert (
        write_document(data, header="The register of Outserve")
        == """\
# The register of Outserve

format: 1
organisation: "Outserve: Limited"
country: "NO"
since: 2020-07-16
contact: null

activities:
  newsletter:
    purpose: >-
      Tell clients about products that are like the ones which they have already bought from us,
      until they say no.
    data: [name, email, clicks]
    engagements:
      - party: mailchimp
        countries: [US]
        since: 2020-01-01
      - party: aws
        note: |
          first line
          second line: with a colon

  events:
    purpose: Invite clients.
    data: []

parties:
  mailchimp:
    name: MailChimp
  aws:
    name: AWS

sources:
  - the policy, section 4, as published
  - a list of vendors that somebody sent to us by e-mail
"""
    )


def test_text_is_kept_within_a_hundred_columns_where_it_has_spaces() -> None:
    long = "some words that go on " * 40 + "end\n" + "and on " * 30 + "end"
    text = write_document({"a": {"b": {"c": [{"d": long}, long]}}, "l": {"x": ["slug-of-twenty-chars"] * 9}})
    assert max(map(len, text.splitlines())) <= 100
    assert '"' not in text


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"a": [math.inf]}, ValueError), ({"a": {"b": math.nan}}, ValueError), ({"a": "\ud800"}, ValueError),
        ({"a": 10**400}, ValueError), ({"a": {1: 2}}, TypeError),
        ({"a": b"x"}, TypeError), ({"a": {1, 2}}, TypeError),
        ({"a": datetime(2020, 1, 1)}, TypeError),  # noqa: DTZ001 what is refused has no zone either
    ],
)  # fmt: skip
def test_what_a_document_cannot_hold_is_refused(data: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error, match=r"^a"):
        write_document(data)


def test_nothing_is_written_that_could_not_be_read() -> None:
    fits: object = 1
    for _ in range(49):
        fits = [fits]
    assert read_document(write_document({"a": fits}), "x.yaml").root == {"a": fits}
    with pytest.raises(ValueError, match="nested more than 50 levels deep"):
        write_document({"a": [fits]})
