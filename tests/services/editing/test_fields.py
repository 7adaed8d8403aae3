"""Whatever a register file can say about a record has its place in the record's form."""

from __future__ import annotations

import pytest

from ropa.records.kinds import KINDS
from ropa.records.values import Part
from ropa.services.editing.fields import Field, form, reference_kinds, word_fields


def parts(field: Field) -> set[str]:
    return {each.name for each in field.part}


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_of_a_kind_is_missing_from_its_form(kind: str) -> None:
    known = KINDS[kind]
    shown = [field.name for field in form(kind).fields]
    assert set(shown) == set(known.fields.model_fields) - {"key", known.parent}
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_named_and_explained(kind: str) -> None:
    for field in form(kind).fields:
        for each in (field, *field.part):
            assert each.title, f"{kind}.{each.name}"
            assert each.explain, f"{kind}.{each.name}"


def test_no_field_of_a_nested_value_is_missing() -> None:
    models = {each.__name__: set(each.model_fields) for each in Part.__subclasses__()}
    shown = [parts(field) for kind in KINDS for field in form(kind).fields if field.widget == "part"]
    assert {frozenset(each) for each in shown} == {frozenset(each) for each in models.values()}


@pytest.mark.parametrize(
    ("name", "widget"),
    [
        ("party.name", "text"),
        ("party.country", "country"),
        ("party.aliases", "words"),
        ("party.contact", "part"),
        ("party.contact.address", "long text"),
        ("party.dpf_from", "date"),
        ("party.intra_group", "yes-no-unknown"),
        ("party.regimes", "choices"),
        ("data_category.criminal", "yes-no"),
        ("system.hosting", "countries"),
        ("activity.role", "choice"),
        ("activity.systems", "references"),
        ("activity.dpia_document", "reference"),
        ("agreement.clauses", "choices"),
        ("agreement.notice.period", "period"),
        ("flow.origin", "node"),
        ("safeguard.instrument", "law id"),
        ("safeguard.module", "number"),
        ("acknowledgement.rule", "choice"),
    ],
)
def test_each_type_has_its_widget(name: str, widget: str) -> None:
    kind, _, field = name.partition(".")
    assert form(kind).field(field).widget == widget


def test_what_has_to_be_filled_in_is_marked() -> None:
    required = {f"{kind}.{field.name}" for kind in KINDS for field in form(kind).fields if field.required}
    assert {"party.name", "engagement.party", "flow.origin", "safeguard.instrument", "document.type"} <= required
    assert not {"party.country", "activity.role", "agreement.clauses", "party.intra_group"} & required


def test_a_new_record_begins_with_what_holds_until_somebody_says_otherwise() -> None:
    defaults = {each.name: each.default for each in form("engagement").fields}
    assert (defaults["role"], defaults["receives_data"], defaults["authorisation"]) == ("processor", "yes", "")


def test_a_list_that_nobody_has_looked_for_is_told_from_an_empty_one_where_they_differ() -> None:
    assert form("agreement").field("clauses").nullable
    assert not form("activity").field("purposes").nullable


def test_a_field_that_refers_says_to_what() -> None:
    assert reference_kinds(form("activity").field("systems")) == ("system",)
    assert reference_kinds(form("flow").field("origin")) == ("party", "system", "subject_category")
    assert reference_kinds(form("party").field("name")) == ()


def test_an_unknown_field_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"party\.colour"):
        form("party").field("colour")


def test_the_words_of_a_nested_value_are_found_too() -> None:
    assert {"activity.role", "organisation.notice.clock"} <= {name for name, _ in word_fields()}
