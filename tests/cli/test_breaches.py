"""`ropa breach` at the command line: a breach from its first hour to what it reached and who was told."""

from __future__ import annotations

import pytest

from tests.cli.desk import ON, Desk
from tests.registers import HEAD
from tests.services.breaches.test_verbs import BODY

RECORD = ("breach", "record", "shop", "--name", "Break-in [/]", "--discovered", "2026-11-19 16:20 Europe/London")
SHOP = HEAD.replace("key: acme", "key: shop") + BODY


@pytest.fixture
def known(desk: Desk) -> Desk:
    assert desk.ropa("load", desk.file("shop.yaml", SHOP)).code == 0
    assert desk.ropa(*ON, *RECORD, "--at", "host").code == 0
    return desk


def test_a_breach_from_the_first_hour_to_who_was_told(known: Desk) -> None:
    listed = known.ropa(*ON, "breach", "list", "shop")
    assert "break-in: Break-in [/]" in listed.out
    assert "72 hours end at 16:20 on 22 November 2026 (UTC), in" in " ".join(listed.out.split())
    proposed = known.ropa(*ON, "breach", "impact", "break-in")
    assert "+ activities: Hosting, Payroll" in proposed.out
    assert "Nothing is written." in proposed.out
    assert known.ropa(*ON, "breach", "list", "shop", "--format", "json").json[0]["activities"] == []
    written = known.ropa(*ON, "breach", "impact", "break-in", "--write")
    assert "2 customers not told (Art. 33(2)): Northgate, Brightway" in written.out
    told = known.ropa(
        *ON, "breach", "told", "shop/break-in", "customer", "--party", "north", "--at", "2026-11-20 09:00 UTC"
    )
    assert "Northgate told at 09:00 on 20 November 2026 (UTC)" in told.out
    assert known.ropa(*ON, "breach", "update", "break-in", "--risk", "high").code == 0
    shown = known.ropa("breach", "show", "break-in", *ON).out
    assert "✖ people not told (Art. 34)" in shown
    assert "customer: Northgate" in shown
    (values,) = known.ropa(*ON, "breach", "list", "shop", "--format", "json").json
    assert (values["deadline"], values["customers_owed"]) == ("2026-11-22T16:20+00:00", ["bright"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("breach", "show", "break-inn"), "there is no breach 'break-inn'; did you mean break-in?"),
        (
            ("breach", "told", "break-in", "authority", "--at", "yesterday"),
            "told: 'yesterday' is not a date with a time",
        ),
        (
            ("breach", "told", "break-in", "customer", "--at", "2026-11-20 09:00 UTC"),
            "party: which customer must be said",
        ),
        (("breach", "update", "break-in", "--discovered", "2026-10-25 01:30 Europe/London"), "showed twice"),
        (("breach", "record", "shop", "--name", "", "--key", "b"), "name: it is empty"),
    ],
)
def test_what_is_wrong_is_said_in_a_line_and_nothing_is_written(
    known: Desk, arguments: tuple[str, ...], words: str
) -> None:
    assert words in known.refused(*ON, *arguments)
