"""Whether each purpose has its lawful basis, and whether the basis exists where and when it is claimed."""

from __future__ import annotations

import datetime as dt

from ropa.law.lawbook import LawBook
from ropa.rules.completeness import gdpr_applies
from ropa.rules.lawfulness import basis_in_force, purposes_covered
from tests.rules.activities import activity, ask, basis

TWO = ("pay staff", "plan shifts")


def test_purposes_without_a_basis_are_named() -> None:
    (gap,) = ask(purposes_covered, activity(purposes=TWO, bases=(basis(purpose="pay staff"),)))
    assert (gap.rule, gap.kind) == ("lawful-basis-incomplete", "gap")
    assert "plan shifts" in gap.message
    assert "pay staff" not in gap.message


def test_a_basis_that_names_no_purpose_is_for_all() -> None:
    bases = (basis(purpose="pay staff"), basis("legal-obligation"))
    assert ask(purposes_covered, activity(purposes=TWO, bases=bases)) == []


def test_purposes_are_matched_whatever_their_capitals_and_spaces() -> None:
    bases = (basis(purpose=" Pay  STAFF "), basis(purpose="Plan shifts"))
    assert ask(purposes_covered, activity(purposes=TWO, bases=bases)) == []


def test_a_basis_for_a_purpose_nobody_recorded_covers_nothing_and_is_said_mildly() -> None:
    found = {each.rule: each for each in ask(purposes_covered, activity(bases=(basis(purpose="pay people"),)))}
    assert set(found) == {"lawful-basis-incomplete", "lawful-basis-unmatched"}
    assert found["lawful-basis-unmatched"].severity == "low"
    assert "“pay people”" in found["lawful-basis-unmatched"].message
    beside = ask(purposes_covered, activity(bases=(basis(), basis(purpose="pay people"))))
    assert [each.rule for each in beside] == ["lawful-basis-unmatched"]


def test_processors_are_not_asked_for_a_basis_of_each_purpose() -> None:
    assert ask(purposes_covered, activity(role="processor", purposes=TWO, bases=(basis(purpose="pay staff"),))) == []


def test_each_regime_that_does_not_know_a_basis_is_told_apart() -> None:
    facts = activity(regimes=("uk", "eu"), bases=(basis("recognised-legitimate-interests"),))
    assert [each.detail for each in ask(basis_in_force, facts)] == ["recognised-legitimate-interests eu"]


def test_the_gdpr_applies_from_the_day_the_law_data_says() -> None:
    law = LawBook.packaged()
    begun = law.law("eu", dt.date(2020, 1, 1)).start
    assert begun is not None
    for regimes in (("eu",), ("uk",), ("uk", "eu"), ()):
        assert gdpr_applies(law, regimes, begun)
        assert not gdpr_applies(law, regimes, begun - dt.timedelta(days=1))
