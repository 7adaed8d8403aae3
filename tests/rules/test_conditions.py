"""Which condition allows which sensitive data, under which regime and on which day."""

from __future__ import annotations

import datetime as dt

import pytest

from ropa.rules.activity_facts import ActivityFacts, ConditionFacts
from ropa.rules.conditions import criminal_condition, policy_document, special_condition
from tests.rules.activities import FAITH, HEALTH, RECORDS, activity, ask, under


def special(*conditions: ConditionFacts, regimes: tuple[str, ...] = ("uk",)) -> ActivityFacts:
    return activity(data=(HEALTH, FAITH), special=(HEALTH, FAITH), conditions=conditions, regimes=regimes)


def criminal(*conditions: ConditionFacts, regimes: tuple[str, ...] = ("uk",)) -> ActivityFacts:
    return activity(data=(RECORDS,), criminal=(RECORDS,), conditions=conditions, regimes=regimes)


def test_a_paragraph_of_schedule_1_counts_only_beside_the_condition_it_supports() -> None:
    (wrong,) = ask(special_condition, special(under("art9-b"), under("sch1-18")))
    assert wrong.rule == "schedule-1-condition-missing"
    assert wrong.detail == "art9-b"
    assert "Safeguarding children and individuals at risk (Schedule 1, paragraph 18), does not go with it" in (
        wrong.message
    )
    assert ask(special_condition, special(under("art9-b"), under("sch1-1"))) == []
    assert ask(special_condition, special(under("art9-g"), under("sch1-18"))) == []


def test_a_condition_for_other_data_does_not_count_and_the_uncovered_data_is_named() -> None:
    (gap,) = ask(special_condition, special(under("art9-a", HEALTH)))
    assert gap.rule == "article-9-condition-missing"
    assert "Faith" in gap.message
    assert "Health" not in gap.message
    assert ask(special_condition, special(under("art9-a", HEALTH), under("art9-d", FAITH))) == []


def test_a_paragraph_for_other_data_leaves_the_rest_uncovered() -> None:
    (gap,) = ask(special_condition, special(under("art9-b"), under("sch1-1", HEALTH)))
    assert gap.rule == "schedule-1-condition-missing"
    assert "here for Faith." in gap.message
    assert "is recorded for other data" in gap.message


def test_a_condition_that_needs_no_second_one_is_enough_for_its_data() -> None:
    facts = special(under("art9-a"), under("art9-b"))
    assert ask(special_condition, facts) == []


@pytest.mark.parametrize(("regimes", "asked"), [(("eu",), False), (("uk",), True), (("uk", "eu"), True)])
def test_schedule_1_is_asked_of_the_united_kingdom_alone(regimes: tuple[str, ...], asked: bool) -> None:
    assert bool(ask(special_condition, special(under("art9-b"), regimes=regimes))) is asked


def test_where_nobody_knows_which_law_binds_article_9_is_asked_all_the_same() -> None:
    (gap,) = ask(special_condition, special(regimes=()))
    assert gap.rule == "article-9-condition-missing"
    assert ask(special_condition, special(under("art9-b"), regimes=())) == []


def test_authority_in_law_means_schedule_1_in_the_uk_and_a_law_in_the_eu() -> None:
    both = ("uk", "eu")
    (british,) = ask(criminal_condition, criminal(under("art10-law"), regimes=both))
    assert (british.detail, "UK GDPR" in british.message, "Part 1, 2 or 3" in british.message) == ("uk", True, True)
    assert "Criminal records" in british.message
    (european,) = ask(criminal_condition, criminal(under("sch1-10"), regimes=both))
    assert (european.detail, "EU GDPR" in european.message) == ("eu", True)
    assert {each.detail for each in ask(criminal_condition, criminal(regimes=both))} == {"uk", "eu"}
    assert ask(criminal_condition, criminal(under("art10-law"), under("sch1-10"), regimes=both)) == []


@pytest.mark.parametrize("paragraph", ["sch1-1", "sch1-10", "sch1-33"])
def test_any_of_the_three_parts_allows_criminal_offence_data(paragraph: str) -> None:
    assert ask(criminal_condition, criminal(under(paragraph))) == []


@pytest.mark.parametrize("regime", ["uk", "eu"])
def test_official_authority_is_enough_under_either_regime(regime: str) -> None:
    assert ask(criminal_condition, criminal(under("art10-official-authority"), regimes=(regime,))) == []


def test_a_condition_for_other_data_allows_no_criminal_offence_data() -> None:
    (gap,) = ask(criminal_condition, criminal(under("sch1-10", HEALTH)))
    assert "Criminal records" in gap.message


def test_a_policy_document_is_asked_for_as_surely_as_the_paragraph_asks() -> None:
    (sure,) = ask(policy_document, special(under("sch1-1", policy=False)))
    (maybe,) = ask(policy_document, special(under("sch1-18", policy=False)))
    assert (sure.severity, "needs an appropriate policy document" in sure.message) == ("medium", True)
    assert (maybe.severity, "usually needs" in maybe.message, "check the paragraph" in maybe.message) == (
        "low",
        True,
        True,
    )
    assert ask(policy_document, special(under("sch1-2", policy=False), under("sch1-1"))) == []


def test_processors_and_organisations_outside_the_uk_are_not_asked_for_a_policy_document() -> None:
    assert ask(policy_document, activity(role="processor", conditions=(under("sch1-1", policy=False),))) == []
    assert ask(policy_document, special(under("sch1-1", policy=False), regimes=("eu",))) == []


def test_schedule_1_is_asked_of_the_uk_since_its_act_began() -> None:
    facts = special(under("art9-b"))
    assert ask(special_condition, facts, dt.date(2018, 5, 25))
    assert ask(special_condition, special(under("art9-b"), under("sch1-1")), dt.date(2018, 5, 25)) == []
