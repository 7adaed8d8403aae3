"""Every line of the case book holds, and the case book reaches every entry on both sides of each of its dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from ropa.law.entries import Adequacy, Bridge, Exemption, Instrument, Law, Membership
from ropa.law.lawbook import LawBook
from ropa.rules.transfers import judge
from tests.rules.transfer_cases import TransferCase, read_cases

CASES = read_cases()
BOOK = LawBook.packaged()
DAY = timedelta(days=1)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_case_book(case: TransferCase) -> None:
    verdicts = {regime: judge(case.hop, regime, BOOK, case.on) for regime in case.expected}
    assert {regime: verdict.status for regime, verdict in verdicts.items()} == case.expected
    cited = {regime: {reason.source for reason in verdict.reasons} for regime, verdict in verdicts.items()}
    cited["any"] = set().union(*cited.values())
    for regime, source in case.sources.items():
        assert source in cited[regime]


def test_every_finding_says_why_and_what_to_do() -> None:
    for case in CASES:
        for regime in case.expected:
            verdict = judge(case.hop, regime, BOOK, case.on)
            assert verdict.reasons, case.id
            assert all(reason.text.endswith(".") and reason.source for reason in verdict.reasons), case.id
            if verdict.is_finding and case.on >= date(2018, 5, 25):
                assert verdict.remedies, case.id
            if not verdict.is_finding:
                assert not verdict.remedies, case.id


def test_the_case_book_is_not_thin() -> None:
    assert len(CASES) >= 150
    assert len({case.id for case in CASES}) == len(CASES)


def _boundaries(start: date | None, until: date | None) -> Iterator[date]:
    """The last day on one side and the first on the other, for each date."""
    if start is not None:
        yield from (start - DAY, start)
    if until is not None:
        yield from (until, until + DAY)


def _days(entry: object) -> Iterator[tuple[str, date]]:
    match entry:
        case Instrument(terms=terms, start=start, until=until):
            for day in _boundaries(start, until):
                yield "", day
            for regime, term in terms.items():
                for first, last in (
                    (term.start, term.until),
                    (None, term.signed_until),
                    (term.assessment_from, None),
                ):
                    for day in _boundaries(first, last):
                        yield regime, day
        case Adequacy() | Bridge() | Exemption() | Law() | Membership():
            for day in _boundaries(entry.start, entry.until):
                yield "", day


def _concerns(case: TransferCase, entry: object) -> bool:
    hop = case.hop
    match entry:
        case Instrument(id=id_):
            return any(safeguard.instrument == id_ for safeguard in hop.safeguards)
        case Adequacy():
            place = hop.place or ""
            return entry in BOOK.decisions(place, regime=entry.regime, on=case.on)
        case Bridge(places=places) | Membership(places=places):
            return hop.place in places
        case Exemption(when=when):
            return all(getattr(hop, key) == value for key, value in when.items())
        case Law():
            return True
    return False


def test_every_entry_is_judged_on_both_sides_of_each_of_its_dates() -> None:
    missing: list[str] = []
    for entry in BOOK.entries():
        if not isinstance(entry, (Instrument, Adequacy, Bridge, Exemption, Law, Membership)):
            continue
        concerned = [case for case in CASES if _concerns(case, entry)]
        if not concerned:
            missing.append(f"{entry.id}: no case at all")
        days = {case.on for case in concerned}
        missing.extend(f"{entry.id} {regime} {day}" for regime, day in _days(entry) if day not in days)
    assert missing == []
