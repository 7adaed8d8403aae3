"""What can be added where somebody stands."""

from __future__ import annotations

import pytest

from ropa.records.kinds import KINDS, ROOTS, children
from ropa.services.editing.additions import additions
from ropa.services.editing.fields import form
from ropa.services.editing.mending import VENDOR


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_stands_inside_a_record_can_be_added_to_it(kind: str) -> None:
    found = [each.kind for each in additions(f"{kind}/x")]
    assert {each.name for each in children(kind)} <= set(found)
    assert all(each.label and each.choice.explain for each in additions(f"{kind}/x"))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_filled_in_is_a_field_of_the_form(kind: str) -> None:
    for each in additions(f"{kind}/x"):
        if each.kind != VENDOR:
            assert all(form(each.kind).field(name) for name in each.texts)


def test_every_kind_is_added_somewhere() -> None:
    inside = {each.kind for kind in KINDS for each in additions(f"{kind}/x")}
    assert {*ROOTS, *inside, "organisation"} - {VENDOR} == set(KINDS)
    assert additions("activity/x")[0].kind == VENDOR
