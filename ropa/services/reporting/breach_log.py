"""The breach log as a document (Art. 33(5)): of each breach the facts, its effects, the remedy, and who was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ropa.records.breach import BreachFields
from ropa.reports.page import WORDS, Item, Mark, missing
from ropa.reports.tables import Column, Items, Report, Row, Section
from ropa.rules.dates import long_date
from ropa.rules.moment import moment_words, read_moment
from ropa.services.breaches.words import RISKS, known_breaches, standing_lines
from ropa.services.contacts import party_name
from ropa.services.findings.breaches import customers_of
from ropa.services.reporting.table import finding_item, named, of, or_gap, or_words
from ropa.services.subjects import findings_about, record_title

if TYPE_CHECKING:
    from ropa.services.workspace import View

_COLUMNS = (Column("what", "What", 2), Column("details", "What is recorded", 6), Column("article", "Asked for by", 2))
_LAW = "Art. 33(5)"
_MARKS: dict[str, Mark] = {sign: sign for sign in WORDS if sign}


def breach_log(view: View) -> Report:
    """Every breach that was known by the end of the view's date, the latest first."""
    owner = view.register.organisation
    found = known_breaches(view)
    later = len(view.register.breaches) - len(found)
    remarks = [] if found else [Item("No breach is recorded. That does not say that there was none.", "?")]
    if later:
        remarks.append(Item(f"Known only after {long_date(view.on)}, and left out: {later}."))
    return Report(
        id="breaches",
        title="Log of personal data breaches",
        law="Art. 33, 34",
        organisation=owner.legal_name or owner.name,
        on=view.on,
        unit="Breach",
        columns=_COLUMNS,
        sections=tuple(Section(each.name, tuple(_rows(view, each)), (), each.invented) for each in found),
        remarks=tuple(remarks),
    )


def _rows(view: View, breach: BreachFields) -> Iterator[Row]:
    register = view.register
    activities = [register.activities[key] for key in breach.activities]
    customers = [register.parties[key] for key in customers_of(breach, activities)]
    law = "Art. 33(3)(a), 33(5)"
    rows: tuple[tuple[str, Items, str], ...] = (
        ("Became known", or_gap(_moments(breach.discovered), "Art. 33(1)"), "Art. 33(1), 33(2)"),
        ("Happened", or_gap(list(_when(breach)), _LAW), _LAW),
        ("What happened", or_gap(_text(breach.facts), _LAW), _LAW),
        ("What was lost", or_gap([Item(each) for each in breach.nature], law), law),
        ("Where", or_words(list(_where(view, breach)), "no system and no other party is named"), _LAW),
        ("Activities", or_gap(named(activities), law), law),
        ("Which data", or_gap(named(register.data_categories[key] for key in breach.data_categories), law), law),
        ("Whose data", or_gap(named(register.subject_categories[key] for key in breach.subject_categories), law), law),
        ("How many people", or_gap(_text(breach.people), law), law),
        ("How many records", or_gap(_text(breach.records), law), law),
        ("Consequences", or_gap(_text(breach.consequences), "Art. 33(3)(c), 33(5)"), "Art. 33(3)(c), 33(5)"),
        ("Measures", or_gap(_text(breach.measures), "Art. 33(3)(d), 33(5)"), "Art. 33(3)(d), 33(5)"),
        ("Risk to people", or_gap(list(_risk(breach)), "Art. 33(1), 34(1)"), "Art. 33(1), 34(1)"),
        ("Customers concerned", or_words(named(customers), "none by what is recorded"), "Art. 33(2)"),
        ("Where the duties to tell stand", tuple(map(_signed, standing_lines(view, breach))), "Art. 33(1), 33(2), 34"),
        ("Who was told", or_words(list(_told(view, breach)), "nobody, as far as it is recorded"), "Art. 33, 34"),
        ("Reasons", or_words(list(_reasons(breach)), "none recorded"), "Art. 33(1), 34(3)"),
        ("Lessons", or_words(_text(breach.lessons), "none recorded"), "–"),
        ("Closed", or_words([Item(long_date(breach.closed))] if breach.closed else [], "not closed"), "–"),
        ("Its papers", or_words(_text(breach.location), "where they are is not recorded"), _LAW),
        ("What is wrong or missing", _open(view, breach), "–"),
    )
    for what, details, article in rows:
        yield ((Item(what),), details, (Item(article),))


def _text(words: str | None) -> list[Item]:
    return [Item(words)] if words else []


def _moments(moment: str | None) -> list[Item]:
    return [Item(moment_words(read_moment(moment)))] if moment else []


def _when(breach: BreachFields) -> Iterator[Item]:
    if breach.occurred:
        yield Item(f"began {long_date(breach.occurred)}")
    if breach.ended:
        yield Item(f"was over {long_date(breach.ended)}")


def _where(view: View, breach: BreachFields) -> Iterator[Item]:
    if breach.system is not None:
        system = view.register.systems[breach.system]
        yield of(system, system.name)
    if breach.party is not None:
        party = view.register.parties[breach.party]
        yield of(party, party_name(party))


def _risk(breach: BreachFields) -> Iterator[Item]:
    if breach.risk:
        yield Item(RISKS[breach.risk])
        yield from _text(breach.risk_reasons) or [missing("Art. 33(5)", "why is not recorded")]


def _told(view: View, breach: BreachFields) -> Iterator[Item]:
    """Each notice by whom it went to, when and how; one of a later date is left out."""
    for each in view.register.breach_notices_of(breach.key):
        words = [record_title(view, each)]
        if each.told is None:
            yield of(each, f"{words[0]}: when is not recorded", "?")
            continue
        if read_moment(each.told).date() > view.on:
            continue
        words += [moment_words(read_moment(each.told))]
        words += [how for how in (each.channel, each.reference, each.evidence) if how]
        yield of(each, ", ".join(words))


def _reasons(breach: BreachFields) -> Iterator[Item]:
    for head, words in (
        ("authority not told because", breach.authority_untold),
        ("authority told late because", breach.late_because),
        ("people not told because", breach.people_untold),
    ):
        if words:
            yield Item(f"{head}: {words}")


def _signed(text: str) -> Item:
    mark = _MARKS.get(text[:1], "")
    return Item(text[1:].strip(), mark) if mark else Item(text)


def _open(view: View, breach: BreachFields) -> Items:
    found: Iterable[Item] = (
        finding_item(view, each, breach.name) for _, each in findings_about(view, f"breach/{breach.key}")
    )
    return or_words(tuple(dict.fromkeys(found)), "no rule finds anything here")
