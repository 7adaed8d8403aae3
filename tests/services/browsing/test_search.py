"""Search finds a record by anything that is written in it."""

from __future__ import annotations

import pytest

from ropa.services.browsing.search import index
from tests.services.browsing.test_overview import REGISTER, view

MORE = REGISTER.replace(
    "mail: {name: Mail, country: US}",
    "mail: {name: Mail, country: US, aliases: [Köpenick Post], note: asked for a copy in May,"
    " contact: {email: privacy@mail.example}}",
)


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("mail", "party/mail"),
        ("kopenick", "party/mail"),
        ("KÖPENICK post", "party/mail"),
        ("copy may", "party/mail"),
        ("privacy@mail", "party/mail"),
        ("united states mail", "party/mail"),
        ("party paris", "party/paris"),
        ("privacy shield", "finding/0"),
        ("people", "subject_category/people"),
    ],
)
def test_words_of_a_record_find_it(words: str, subject: str) -> None:
    assert subject in [hit.subject for hit in index(view(text=MORE)).find(words)]


def test_every_word_must_be_there_and_names_come_first() -> None:
    found = index(view(text=MORE))
    assert found.find("mail nowhere") == ()
    assert found.find("   ") == ()
    hits = found.find("mail")
    assert hits[0].subject == "party/mail"
    assert len(found.find("a", limit=2)) == 2


def test_a_hit_says_where_the_words_are_if_not_in_the_name() -> None:
    hit = next(hit for hit in index(view(text=MORE)).find("copy") if hit.subject == "party/mail")
    assert hit.where == "asked for a copy in May"


def test_letters_from_the_middle_of_a_kinds_name_find_nothing() -> None:
    found = index(view(text=MORE))
    assert found.find("indin") == ()
    assert {hit.kind for hit in found.find("findi")} == {"finding"}
