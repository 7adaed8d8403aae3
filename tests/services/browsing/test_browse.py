"""The lists can be limited by words and tags, and show the worst sign of what belongs to a row."""

from __future__ import annotations

import pytest

from ropa.records.errors import NotFoundError
from ropa.services.browsing.browse import browse
from tests.services.browsing.test_overview import view


def test_an_activity_carries_the_worst_sign_of_its_transfers() -> None:
    items = {item.subject: item for item in browse(view(), "activity").items}
    assert items["activity/news"].mark == "✖"
    assert items["activity/news"].cells[:3] == ("News", "controller", "? not recorded")


def test_transfers_list_crossings_and_say_which_nobody_documented() -> None:
    items = {item.cells[0]: item for item in browse(view(), "transfer").items}
    assert items["Mail (United States)"].cells[2:] == ("no valid safeguard", "yes")
    assert items["Paris (France)"].cells[2:] == ("adequate", "? no")


def test_findings_are_limited_by_severity_rule_and_words() -> None:
    found = browse(view(), "finding")
    assert "transfer-unsafeguarded" in found.rules
    assert [item.mark for item in found.narrowed(tags=("high", "transfer-unsafeguarded"))] == ["✖"]
    assert len(found.narrowed("MAIL safeguard")) == 1
    assert found.narrowed("nobody") == ()
    assert found.narrowed() == found.items


def test_an_unknown_list_is_refused_by_name() -> None:
    with pytest.raises(NotFoundError, match="no list of 'x'"):
        browse(view(), "x")
