"""What a person who writes a register file by hand may rely on."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropa.exchange.yaml_document import Limits, format_path, read_document
from ropa.records.errors import InputError


@pytest.fixture(params=["C parser", "Python parser"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything holds with and without libyaml."""
    loader = yaml.CSafeLoader if request.param == "C parser" else yaml.SafeLoader
    monkeypatch.setattr("ropa.exchange.yaml_scan._LOADER", loader)


def errors(text: str | bytes, limits: Limits | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_document(text, "x.yaml", limits=limits or Limits())
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"), ("no", "no"), ("on", "on"), ("yes", "yes"), ("y", "y"), ("TRue", "TRue"), ("nULL", "nULL"),
        ("12:30:00", "12:30:00"), ("2020-07-16", "2020-07-16"), ("2020-07-16 10:00:00", "2020-07-16 10:00:00"),
        ("010", "010"), ("-010", "-010"), ("00", "00"), ("+441632960000", "+441632960000"), ("+1.5", "+1.5"),
        ("1_000", "1_000"), ("0b11", "0b11"), ("1,5", "1,5"), ("007.5", "007.5"), ("-x", "-x"), (".", "."),
        ("=", "="), ("P6Y", "P6Y"), ("18 months", "18 months"), ("'12'", "12"), ('"null"', "null"),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
        ("null", None), ("Null", None), ("NULL", None), ("~", None), ("", None),
        ("0", 0), ("-7", -7), ("12345678", 12345678), ("0o17", 15), ("0x1F", 31),
        ("1.10", 1.1), ("-.5", -0.5), ("1e3", 1000.0), ("1.5E-3", 0.0015), ("3.", 3.0),
    ],
)  # fmt: skip
def test_an_unquoted_value_is_read_as_yaml_1_2_reads_it(written: str, value: object) -> None:
    root = read_document(f"a: {written}\n", "x.yaml").root
    assert root == {"a": value}
    assert isinstance(root, dict)
    assert type(root["a"]) is type(value)


def test_keys_stay_as_they_were_typed() -> None:
    assert read_document("NO: 1\n010: 2\non: 3\n12:30: 4\n2020-01-01: 5\n'1': 6\n", "x.yaml").root == {
        "NO": 1, "010": 2, "on": 3, "12:30": 4, "2020-01-01": 5, "1": 6,
    }  # fmt: skip


@pytest.mark.parametrize("number", ["1.10", "0x1F", "true", "~", "12e4"])
def test_how_a_number_was_typed_is_not_lost(number: str) -> None:
    document = read_document(f"a:\n  - version: {number}\n  - {number}\n  - text\n", "x.yaml")
    assert document.written(("a", 0, "version")) == number
    assert document.written(("a", 1)) == number
    assert document.written(("a", 2)) is None
    assert document.written(("a", 0, "version", "more")) is None
    assert document.written(()) is None


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_value_knows_the_line_it_was_written_on(line_end: str) -> None:
    text = """\
# a comment
format: 1

activities:
  newsletter:
    purpose: >-
      tell clients
      about products
    engagements:
      - party: mail
        countries: [US,
                    GB]
      -
        party: web
    basis:
      consent
    empty:
"""
    document = read_document(text.replace("\n", line_end), "x.yaml")
    newsletter = ("activities", "newsletter")
    assert document.line(()) == 2
    assert document.line(("format",)) == 2
    assert document.line(("activities",)) == 4
    assert document.line(newsletter) == 5
    assert document.line((*newsletter, "purpose")) == 6
    assert document.line((*newsletter, "engagements")) == 9
    assert document.line((*newsletter, "engagements", 0)) == 10
    assert document.line((*newsletter, "engagements", 0, "countries")) == 11
    assert document.line((*newsletter, "engagements", 0, "countries", 1)) == 12
    assert document.line((*newsletter, "engagements", 1, "party")) == 14
    assert document.line((*newsletter, "basis")) == 16
    assert document.key_line((*newsletter, "basis")) == 15
    assert document.line((*newsletter, "empty")) == 17


def test_a_missing_field_is_blamed_on_the_entry_that_lacks_it() -> None:
    document = read_document("a:\n  b:\n    c: 1\n  d:\n    - 1\n    - e: 2\n", "x.yaml")
    assert document.line(("a", "b", "missing")) == 2
    assert document.key_line(("a", "b", "missing", "deeper", 3)) == 2
    assert document.line(("a", "b", "c", "deeper")) == 3
    assert document.line(("a", "d", 1, "missing")) == 6
    assert document.line(("a", "d", 7)) == 4
    assert document.line(("missing",)) == 1
    assert str(document.problem(("a", "d", 1, "f"), "is missing")) == "x.yaml: line 6: a.d[1].f: is missing"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", b"", b"\xef\xbb\xbf"])
def test_an_empty_file_says_nothing(text: str | bytes) -> None:
    document = read_document(text, "x.yaml")
    assert document.root is None
    assert document.line(("format",)) >= 1


def test_a_path_is_written_as_people_write_it() -> None:
    assert format_path(("activities", "newsletter", "engagements", 0, "party")) == (
        "activities.newsletter.engagements[0].party"
    )
    assert format_path((1, "country")) == "[1].country"
    assert format_path(("parties", "Zürich-AG", 'Acme "A." Ltd\n', "x")) == (
        'parties.Zürich-AG["Acme \\"A.\\" Ltd\\n"].x'
    )
    assert format_path(()) == ""
    assert len(format_path(("x" * 10_000,))) < 100


def test_a_key_that_is_used_twice_is_refused_with_both_lines() -> None:
    text = "parties:\n  mail:\n    name: A\n    'name': B\n  web: {}\n  mail: {}\n"
    assert errors(text) == [
        "x.yaml: line 4: parties.mail.name: the key is used twice in the same place, first on line 3",
        "x.yaml: line 6: parties.mail: the key is used twice in the same place, first on line 2",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n  - &x 1\n", "line 2: a[0]: &x: anchors are not allowed"),
        ("a:\n  - *x\n", "line 2: a[0]: *x: references are not allowed"),
        ("a: &x {b: 1}\n", "line 1: a: &x: anchors are not allowed"),
        ("a:\n  <<: {b: 1}\n", "line 2: a: merge keys (<<) are not allowed"),
        ("a: !!python/object:os.system x\n", 'line 1: a: "!!python/object:os.system": tags (!) are not allowed'),
        ("a: !!str 1\n", 'line 1: a: "!!str": tags'),
        ("a: ! 1\n", 'line 1: a: "!": tags'),
        ("a: !!map {}\n", 'line 1: a: "!!map": tags'),
        ("a: 1\n---\nb: 1\n", "line 2: a second document begins here"),
        ("a: 1\n...\n---\nb: 1\n", "line 3: a second document begins here"),
        ("%YAML 1.1\n---\na: 1\n", "line 1: directives (lines that begin with %) are not allowed"),
        ("%TAG !e! tag:x,2000:\n---\na: 1\n", "line 1: directives"),
        ("a:\n  1: x\n", 'line 2: a: the key 1 is not read as text; put it in quotes: "1"'),
        ("a:\n  true: x\n", "line 2: a: the key true is not read as text"),
        ("? \n: x\n", "an empty key"),
        ("? [a, b]\n: x\n", "line 1: a list or mapping cannot be a key"),
        ("{{a: b}: x}\n", "line 1: a list or mapping cannot be a key"),
        ("a: .inf\n", "line 1: a: .inf is not a number"),
        ("a: .NaN\n", "line 1: a: .NaN is not a number"),
        ("a: 1e999\n", "line 1: a: 1e999 is not a number"),
        ("a: " + "9" * 5000 + "\n", "line 1: a: a number of 5000 characters"),
    ],
)
def test_what_yaml_allows_and_a_register_does_not_is_named(text: str, expected: str) -> None:
    assert errors(text)[0].startswith(f"x.yaml: {expected}") or expected in errors(text)[0]


def test_yaml_1_2_may_be_declared_and_quoted_merge_signs_are_text() -> None:
    assert read_document('%YAML 1.2\n---\n"<<": x\n...\n', "x.yaml").root == {"<<": "x"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb:\n\t- c\n", "line 3: a tab is used for indentation"),
        ("a: 1\nb:\n\tc: 2\n", "line 3: a tab is used for indentation"),
        ("a: 1\nname: Acme: the firm\n", "line 2: a colon and a space where none can stand"),
        ('a: 1\nb: "open\nc: 2\nd: 3\n', "line 2: the quotation mark that opens here is never closed"),
        ("a: 1\nb: 'open\nc: 2\n", "line 2: the quotation mark that opens here is never closed"),
        ("a: 1\nb: [x, y\nc: 2\n", "line 2: the [ that opens here is not closed"),
        ("a: 1\nb: {x: y\nc: 2\n", "line 2: the { that opens here is not closed"),
        ("a: [", "line 1: the file ends inside a list or group"),
        ("a: 1\nb: [x,\n", "line 2: the file ends inside a list or group"),
        ("a: @home\n", "line 1: a sign that YAML keeps for itself"),
        ("a: %x\n", "line 1: a sign that YAML keeps for itself"),
        ("a: ]\n", "line 1: "),
        ('a: "C:\\path"\n', 'line 1: a backslash inside "..."'),
        ("a: 1\n- b\n", "line 2: this line does not fit"),
        ("a:\n  - b\n c: 1\n", "line 3: this line does not fit"),
        ("a: **bold**\n", "line 1: a value begins with * or &"),
        ("a: 1\nb\nc: 2\n", "line 2: a colon is missing"),
        ("a: - b\n", "line 1: a list item (-) where none can stand"),
    ],
)
def test_a_slip_of_the_hand_is_explained_where_it_happened(text: str, expected: str) -> None:
    assert errors(text)[-1].startswith(f"x.yaml: {expected}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: x\x00y\n", "line 2: an invisible character (U+0000)"),
        ("a: 1\r\n# \x1b[31m\r\n", "line 2: an invisible character (U+001B)"),
        ("a: 1\rb: \x7f", "line 2: an invisible character (U+007F)"),
        ("a: x\x85b: y\n", "line 1: an invisible character (U+0085, next line)"),
        ("# a\u2028b: y\n", "line 1: an invisible character (U+2028, line separator)"),
        ("a: x\n\ufeffb: 1\n", "line 2: an invisible character (U+FEFF, byte order mark)"),
        ("a: \ud800\n", "line 1: an invisible character (U+D800)"),
        ("a: \ufffe\n", "line 1: an invisible character (U+FFFE)"),
        (b"a: 1\nb: caf\xe9\n", "line 2: not valid UTF-8 (byte 0xe9)"),
        (b"a: 1\nb: \xed\xa0\x80\n", "line 2: not valid UTF-8"),
        ("a: 1\n".encode("utf-16"), "saved as UTF-16"),
        (b"a: 1\nb: \x00\n", "line 2: an invisible character (U+0000)"),
    ],
)
def test_text_that_cannot_be_seen_or_decoded_is_refused_with_its_line(text: str | bytes, expected: str) -> None:
    assert errors(text)[0].startswith(f"x.yaml: {expected}")


def test_text_in_any_script_is_read() -> None:
    text = "名: 株式会社\nemoji: 👩‍💻\nnbsp: a\u00a0b\ncafé: naïve\n"
    expected = {"名": "株式会社", "emoji": "👩‍💻", "nbsp": "a\u00a0b", "café": "naïve"}
    assert read_document(text, "x.yaml").root == expected
    assert read_document(text.encode(), "x.yaml").root == expected
    assert read_document(b"\xef\xbb\xbf" + text.encode(), "x.yaml").root == expected
    assert read_document("\ufeff" + text, "x.yaml").line(("emoji",)) == 2


@given(st.text(alphabet=" \n\r\t#:-?,[]{}'\"\\&*!|>%@`<~ab01.\x85\u2028\ufeff\ud800é", max_size=40) | st.binary())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_a_document_or_a_plain_refusal(text: str | bytes) -> None:
    try:
        document = read_document(text, "x.yaml")
    except InputError as error:
        problems = error.problems
    else:
        problems = ()
        assert 1 <= document.line(("a", 0)) <= 50
    for problem in problems:
        assert problem.message.isprintable()
        assert 0 <= problem.line <= 50


def test_every_problem_is_listed_up_to_a_number_that_can_be_read() -> None:
    assert len(errors("".join("a: 1\n" for _ in range(5)))) == 4
    assert len(errors("".join("a: 1\n" for _ in range(5000)))) == 20


def test_a_document_has_a_greatest_depth() -> None:
    assert read_document("[" * 50 + "]" * 50, "x.yaml").root
    assert errors("\n" + "[" * 51 + "]" * 51) == ["x.yaml: line 2: nested more than 50 levels deep"]


def test_a_document_has_a_greatest_size_and_number_of_values() -> None:
    assert errors("a: é\n", Limits(size=5)) == ["x.yaml: larger than 5 bytes"]
    assert errors("a: é\n".encode(), Limits(size=5)) == ["x.yaml: larger than 5 bytes"]
    assert read_document("a: é\n", "x.yaml", limits=Limits(size=6)).root == {"a": "é"}
    assert errors("[1, 2, 3]\n", Limits(nodes=3)) == ["x.yaml: more than 3 values"]
    assert read_document("[1, 2]\n", "x.yaml", limits=Limits(nodes=3)).root == [1, 2]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: ", "- ? "])
def test_a_hundred_thousand_open_brackets_give_a_message_and_not_a_crash(opening: str) -> None:
    # In a process of its own: what this guards against ends the interpreter.
    program = (
        "import sys\n"
        "from ropa.exchange.yaml_document import read_document\n"
        "from ropa.records.errors import InputError\n"
        "try:\n"
        "    read_document(sys.argv[1] * 100_000, 'x.yaml')\n"
        "except InputError as error:\n"
        "    print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", program, opening], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("x.yaml: line 1: ")
    assert "nested more than 50 levels deep" in run.stdout or "cannot be a key" in run.stdout
    assert len(run.stdout) < 400
