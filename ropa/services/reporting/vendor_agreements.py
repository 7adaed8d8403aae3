"""What a due-diligence sheet says of a vendor's agreements: signed, until when, which clauses, what notice it gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ropa.flows.edges import edges
from ropa.records.agreement import AgreementFields
from ropa.records.organisation import NoticeTerms
from ropa.records.party import PartyFields
from ropa.reports.page import Item, missing
from ropa.rules.dates import long_date
from ropa.rules.notice_counting import notice_words
from ropa.rules.period import Period
from ropa.rules.processors import ARTICLE_28_CLAUSES
from ropa.services.reporting.table import document_items, ends, of
from ropa.services.wording import CLOCK_WORDS

if TYPE_CHECKING:
    from ropa.services.workspace import View

_SORTS = {
    "dpa": "Article 28 agreement",
    "terms": "terms that hold the Article 28 clauses",
    "joint-controller": "joint controllers' arrangement",
    "scc": "standard contractual clauses",
    "idta": "International Data Transfer Agreement",
    "other": "of another sort",
}
NOT_ASKED = "none recorded; asked of processors, and it works as none by what is recorded"


def agreement_items(view: View, party: PartyFields) -> Iterator[Item]:
    """Its agreements with the organisation; where there is none, whether one is asked for."""
    own = [each for each in view.register.agreements_with(party.key) if each.between is None]
    for each in own:
        yield from _agreement(view, each)
    if not own:
        asked = is_processor(view, party)
        yield missing("Art. 28(3)", "no agreement is recorded") if asked else Item(NOT_ASKED, source="Art. 28(3)")


def is_processor(view: View, party: PartyFields) -> bool:
    """Whether it acts for the organisation: an engagement or a flow says so, or nobody recorded in which role it is."""
    node = f"party/{party.key}"
    return any(each.receiver == node and each.role in ("processor", "") for each in edges(view.register, view.on))


def _agreement(view: View, each: AgreementFields) -> Iterator[Item]:
    """One agreement: signed, until when, which clauses it holds, and where its text is."""
    yield of(each, f"{each.name} ({_SORTS[each.type]})")
    if each.signed is None:
        yield missing("Art. 28(9)", "when it was signed is not recorded")
    elif each.signed > view.on:
        yield Item(f"is signed on {long_date(each.signed)} only", "✖")
    else:
        yield Item(f"signed {long_date(each.signed)}")
    yield from ends(each.expires, view.on, "expires", "expired") or (Item("no end is recorded"),)
    if each.type in ("dpa", "terms"):
        yield _clauses(each)
        if each.onward_terms is None:
            yield missing("Art. 28(4)", "whether it binds those below is not recorded")
        else:
            bound = each.onward_terms
            yield Item(
                "binds those below" if bound else "does not bind those below", "" if bound else "✖", "Art. 28(4)"
            )
    if each.document is None:
        yield missing("Art. 28(9)", "the signed text is not recorded")
    else:
        yield from document_items(view.register.documents[each.document], view.on)


def _clauses(each: AgreementFields) -> Item:
    if each.clauses is None:
        return missing("Art. 28(3)(a) to (h)", "which clauses it holds is not recorded")
    left = [f"({letter}) {words}" for letter, words in ARTICLE_28_CLAUSES.items() if letter not in each.clauses]
    held = ", ".join(f"({letter})" for letter in ARTICLE_28_CLAUSES if letter in each.clauses)
    if not left:
        return Item("holds all clauses (a) to (h)", source="Art. 28(3)")
    return Item(f"holds {held or 'no clause'}; lacks {', '.join(left)}", "✖", "Art. 28(3)")


def notice_items(view: View, party: PartyFields) -> Iterator[Item]:
    """What its contract says about changes of those behind it."""
    found = False
    for each in view.register.agreements_with(party.key):
        if each.between is None and each.notice is not None:
            found = True
            yield of(each, f"{each.name}: {_terms(each.notice)}")
    if not found:
        asked = is_processor(view, party)
        yield missing("Art. 28(2), 28(4)") if asked else Item(NOT_ASKED, source="Art. 28(2), 28(4)")


def _terms(terms: NoticeTerms) -> str:
    clock = f" {CLOCK_WORDS[terms.clock]}" if terms.clock else ", from when is not recorded"
    period = (
        f"{notice_words(Period.parse(terms.period), terms.counting)}{clock}" if terms.period else "length not recorded"
    )
    words = [f"notice {period}"]
    words += [f"{terms.authorisation} authorisation"] if terms.authorisation else []
    words.append(
        f"objection {Period.parse(terms.objection).words()}" if terms.objection else "time to object not recorded"
    )
    words += [f"by {terms.channel}"] if terms.channel else []
    words += [f"to {terms.contact}"] if terms.contact else []
    return ", ".join(words)
