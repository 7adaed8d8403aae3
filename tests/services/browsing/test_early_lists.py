"""A list that is shown before the rules have run says so in each row, and leaves nothing out."""

from __future__ import annotations

import pytest

from ropa.services.browsing.browse import EARLY, browse, prepare
from tests.services.browsing.test_overview import view


@pytest.mark.parametrize("kind", EARLY)
def test_no_row_of_an_early_list_looks_as_if_nothing_were_wrong(kind: str) -> None:
    found = browse(view(), kind, judged=False)
    assert found.items
    assert {item.mark for item in found.items} == {"…"}
    assert not found.judged


@pytest.mark.parametrize("kind", EARLY)
def test_an_early_list_has_the_rows_of_the_judged_one_in_its_order(kind: str) -> None:
    seen = view()
    early = browse(seen, kind, judged=False)
    assert not seen.judged
    judged = browse(seen, kind)
    assert seen.judged
    assert judged.judged
    assert [(item.subject, item.cells[0]) for item in early.items] == [
        (item.subject, item.cells[0]) for item in judged.items
    ]


def test_what_goes_abroad_is_not_denied_before_it_is_known() -> None:
    assert {item.cells[4] for item in browse(view(), "activity", judged=False).items} == {"…"}


def test_a_list_that_was_prepared_is_the_one_that_is_shown() -> None:
    seen = view()
    prepare(seen)
    assert browse(seen, "activity") is browse(seen, "activity")
    assert browse(seen, "activity") == browse(view(), "activity")
