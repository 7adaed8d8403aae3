"""Which agreement covers a processor on a date, and what is wrong with the one that an engagement names."""

from __future__ import annotations

import datetime as dt

from ropa.rules.activity_facts import AgreementFacts, PartyFacts, WorkFacts
from ropa.rules.finding import Finding
from ropa.rules.processors import agreement

ON = dt.date(2026, 11, 21)
DAY = dt.timedelta(days=1)
ALL = tuple("abcdefgh")


def paper(
    key: str = "dpa",
    clauses: tuple[str, ...] | None = ALL,
    signed: dt.date | None = None,
    expires: dt.date | None = None,
    kind: str = "dpa",
) -> AgreementFacts:
    return AgreementFacts(key, f"The {key}", kind, clauses, signed, expires)


def judged(*papers: AgreementFacts, named: str | None = None, also: WorkFacts | None = None) -> list[Finding]:
    works = (WorkFacts("Payroll", named), *([also] if also else []))
    party = PartyFacts("acme", "host", "Host", works, (), (), True, True, True, papers)
    return list(agreement(party, ON))


def rules(*papers: AgreementFacts, named: str | None = None) -> list[str]:
    return [each.rule for each in judged(*papers, named=named)]


def test_an_agreement_covers_from_the_day_it_was_signed() -> None:
    assert rules(paper(signed=ON), named="dpa") == []
    (early,) = judged(paper(signed=ON + DAY), named="dpa")
    assert (early.rule, early.severity) == ("agreement-not-signed", "high")
    assert "signed on 22 November 2026 only" in early.message
    assert rules(paper(signed=ON + DAY)) == ["agreement-not-signed"]


def test_the_agreement_that_the_engagement_names_is_judged_whatever_else_is_there() -> None:
    expired, short = paper("old", expires=ON - DAY), paper("short", clauses=("a",))
    assert rules(expired, short, named="old") == ["agreement-expired"]
    assert rules(expired, paper("unread", clauses=None), named="old") == ["agreement-expired"]
    assert rules(short, paper("unread", clauses=None), named="short") == ["agreement-incomplete"]
    assert rules(expired, paper("later", signed=ON + DAY), named="later") == ["agreement-not-signed"]


def test_where_another_agreement_runs_and_is_complete_the_engagement_names_the_wrong_one() -> None:
    (mild,) = judged(paper("old", expires=ON - DAY), paper("new", kind="terms"), named="old")
    assert (mild.rule, mild.severity) == ("agreement-not-current", "low")
    assert mild.title == "Host: the engagement names an agreement that has expired"
    assert "The new runs and holds all the clauses" in mild.message
    assert rules(paper("short", clauses=("a",)), paper("new"), named="short") == ["agreement-not-current"]
    assert rules(paper("old", expires=ON - DAY), paper("chat", kind="other"), named="old") == ["agreement-expired"]


def test_where_none_is_named_the_fullest_that_runs_counts() -> None:
    assert rules(paper("old", expires=ON - DAY), paper("new")) == []
    (short,) = judged(paper("one", clauses=("a",)), paper("two", clauses=tuple("abcdefg")))
    assert short.message == "The two lacks (h) information and audits."
    assert rules() == ["agreement-missing"]
    assert rules(paper(kind="other"), named="dpa") == ["agreement-missing"]
    assert rules(paper("old", expires=ON - DAY)) == ["agreement-expired"]


def test_one_agreement_is_faulted_once_for_all_the_work_it_covers() -> None:
    assert [each.rule for each in judged(paper(clauses=None), named="dpa", also=WorkFacts("Hosting"))] == [
        "agreement-unread"
    ]
