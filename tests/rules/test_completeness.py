"""What the record must hold, asked of activities that hold nearly all of it."""

from __future__ import annotations

import datetime as dt

import pytest

from ropa.rules.activity_facts import AgreementFacts, JointFacts
from ropa.rules.completeness import controllers, joint, retention
from tests.rules.activities import HEALTH, NAME, activity, ask, kept


def arrangement(
    signed: dt.date | None = None, expires: dt.date | None = None, kind: str = "joint-controller"
) -> AgreementFacts:
    return AgreementFacts("a", "The arrangement", kind, None, signed, expires)


def together(*agreements: AgreementFacts, role: str = "joint-controller") -> list[str]:
    facts = activity(role=role, joint_controllers=(JointFacts("beta", "Beta", agreements),))
    return [f"{each.rule} {each.detail}: {each.message}" for each in ask(joint, facts)]


def test_a_joint_controller_says_with_whom() -> None:
    (gap,) = ask(joint, activity(role="joint-controller"))
    assert (gap.rule, gap.severity, gap.kind) == ("joint-controllers-missing", "medium", "gap")
    assert ask(joint, activity()) == []


def test_joint_controllers_have_an_arrangement_that_runs() -> None:
    assert together(arrangement()) == []
    (none,) = together()
    assert none.startswith("joint-arrangement-missing beta: ")
    (other,) = together(arrangement(kind="dpa"))
    assert "None is recorded" in other
    (ended,) = together(arrangement(expires=dt.date(2026, 11, 20)))
    assert "expired on 20 November 2026" in ended
    (later,) = together(arrangement(signed=dt.date(2026, 11, 22)))
    assert "was not yet concluded" in later
    assert together(arrangement(signed=dt.date(2026, 11, 21), expires=dt.date(2026, 11, 21))) == []
    assert len(together(role="controller")) == 1


def test_data_that_no_retention_rule_is_for_is_named() -> None:
    (gap,) = ask(retention, activity(data=(NAME, HEALTH), retention=(kept(NAME),)))
    assert gap.rule == "retention-data-uncovered"
    assert "Health" in gap.message
    assert ask(retention, activity(data=(NAME, HEALTH), retention=(kept(NAME), kept()))) == []
    assert ask(retention, activity(data=(NAME, HEALTH), retention=(kept(NAME), kept(HEALTH)))) == []


def test_vague_words_for_the_same_data_are_one_gap_and_for_other_data_another() -> None:
    vague = (
        kept(period=None, stated="as long as needed"),
        kept(period=None, stated="longer for claims"),
        kept(HEALTH, period=None, stated="a while"),
    )
    whole, part = ask(retention, activity(data=(NAME, HEALTH), retention=vague))
    assert "“as long as needed” and “longer for claims”" in whole.message
    assert (whole.detail, part.detail) == ("", "health")


@pytest.mark.parametrize("clear", [kept(), kept(period=None, until="the contract ends")])
def test_a_processor_with_vague_words_only_is_asked_what_happens_at_the_end(clear: object) -> None:
    vague = kept(period=None, stated="as long as necessary")
    (gap,) = ask(retention, activity(role="processor", retention=(vague,)))
    assert gap.rule == "retention-missing"
    assert gap.reasons[0].source == "Art. 28(3)(g)"
    assert "“as long as necessary”" in gap.message
    assert ask(retention, activity(role="processor", retention=(vague, clear))) == []
    assert ask(retention, activity(role="processor", retention=())) == []


def test_a_processor_with_a_basis_of_its_own_is_doubted_unless_a_stated_controller_is_there() -> None:
    (doubt,) = ask(controllers, activity(role="processor"))
    assert (doubt.rule, doubt.severity, doubt.kind, doubt.symbol) == ("processor-decides", "medium", "finding", "!")
    assert "whoever determines purposes and means is the controller" in doubt.message
    assert doubt.reasons[0].source == "Art. 4(7), 28(10)"
    invented = activity(role="processor", controllers=2, stated_controllers=0)
    assert [each.rule for each in ask(controllers, invented)] == ["processor-decides"]
    assert ask(controllers, activity(role="processor", controllers=2, stated_controllers=1)) == []
    assert ask(controllers, activity(role="processor", controllers=2, bases=())) == []
    assert [each.rule for each in ask(controllers, activity(role="processor", bases=()))] == ["controllers-missing"]
