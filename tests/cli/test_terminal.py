"""Nothing that a name holds can steer, reorder or forge what the terminal shows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.cli.text import safe
from ropa.services.browsing.listing import kinds
from tests.cli.desk import ON, Desk
from tests.store.databases import filled

SIGNS = "\u202e\u2066\u200b\u200e\ufeff\u2028\u2029\u00ad\u2060\U000e0041"
NAME = "A" + "".join(f"\\U{ord(sign):08x}B" for sign in SIGNS)
HOSTILE = f"""\
format: 1
organisation: {{key: acme, name: "{NAME}", country: United Kingdom}}
parties:
  mailer: {{name: "{NAME}", legal_name: "[bold]{NAME}[/]", country: United States, website: "{NAME}"}}
data_categories:
  names: {{name: "{NAME}", special: health}}
activities:
  news:
    name: "{NAME}"
    purposes: ["{NAME}"]
    data_categories: [names]
    lawful_bases: [{{basis: consent, justification: "{NAME}"}}]
    engagements: [{{party: mailer, service: "{NAME}", transfer: {{stated: "{NAME}", safeguards: [uk-idta]}}}}]
acknowledgements:
  a: {{rule: security-missing, detail: "{NAME}", subject: "{NAME}", reason: "{NAME}", who: "{NAME}"}}
"""


def steering(text: str) -> set[str]:
    """The signs that a terminal obeys, hides or reorders text by; line ends and the joiners aside."""
    kept = "\n\u200c\u200d"
    return {sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") and sign not in kept}


@pytest.fixture
def hostile(bare: Desk) -> Desk:
    filled(bare.database, HOSTILE)
    return bare


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("form", ["table", "json"])
def test_lists_show_what_cannot_be_seen(hostile: Desk, kind: str, form: str) -> None:
    said = hostile.ropa("list", kind, "--format", form, *ON)
    assert said.code == 0
    assert steering(said.out) == set()


@pytest.mark.parametrize(
    "command",
    [
        ("check",), ("check", "--format", "json"), ("dump", "acme"), ("notice", "report"),
        ("load", "edited.yaml", "--dry-run"), ("load", "edited.yaml", "--dry-run", "--prune"),
    ],
)  # fmt: skip
def test_commands_show_what_cannot_be_seen(hostile: Desk, command: tuple[str, ...]) -> None:
    hostile.file("edited.yaml", HOSTILE.replace("A\\U", "C\\U").replace("mailer", "other"))
    said = hostile.ropa(*command)
    assert said.code in (0, 1)
    assert steering(said.out) == set()
    assert steering(said.err) == set()


def test_json_is_exact_all_the_same(hostile: Desk) -> None:
    (row,) = hostile.ropa("list", "party", "--format", "json").json
    assert row["name"] == "A" + "".join(f"{sign}B" for sign in SIGNS)


def test_markup_in_a_name_is_text(hostile: Desk) -> None:
    assert "[bold]A" in hostile.ropa("list", "party").out


def test_a_csv_is_exact_for_the_program_that_reads_it(hostile: Desk) -> None:
    assert "\u202e" in hostile.ropa("list", "party", "--format", "csv").out


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_gets_through_with_a_sign_that_steers(text: str) -> None:
    assert steering(safe(text)) - {"\t"} == set()


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], include_characters="\n")))
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert safe(text) == text
