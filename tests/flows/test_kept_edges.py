"""The flows are worked out once for a register and a date, and are the same whoever asks first, and for what."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ropa.flows.edges import edges
from ropa.records.register import Register
from tests.registers import COMPLETE, TODAY, register

BODY = COMPLETE + "    since: 2020-01-01\n"


def fresh() -> Register:
    return register(BODY)


def test_one_activity_has_the_same_flows_before_and_after_all_were_asked_for() -> None:
    made = fresh()
    alone = edges(made, TODAY, "newsletter")
    assert alone
    assert edges(made, TODAY) == alone == edges(made, TODAY, "newsletter")


def test_another_date_has_flows_of_its_own() -> None:
    made = fresh()
    assert edges(made, TODAY)
    assert edges(made, dt.date(2019, 1, 1)) == []
    assert edges(made, dt.date(2019, 1, 1), "newsletter") == []


def test_a_register_made_from_another_forgets_its_flows() -> None:
    made = fresh()
    assert edges(made, TODAY)
    assert edges(replace(made, activities={}, engagements={}), TODAY) == []


def test_whoever_gets_the_flows_may_do_with_the_list_as_they_like() -> None:
    made = fresh()
    edges(made, TODAY).clear()
    edges(made, TODAY, "newsletter").clear()
    assert edges(made, TODAY)
