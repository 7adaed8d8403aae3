"""One subject in full: an activity, a party, a crossing, a finding, or any other record."""

from __future__ import annotations

from ropa.flows.crossings import Crossing, name_of
from ropa.law.lawbook import LawBook
from ropa.records.activity import ActivityFields
from ropa.records.errors import NotFoundError
from ropa.records.party import PartyFields
from ropa.rules.catalogue import CATALOGUE
from ropa.rules.finding import Finding
from ropa.services.browsing.detail_activity import activity_detail
from ropa.services.browsing.detail_history import history_detail
from ropa.services.browsing.detail_parts import Detail, Line, Part, part, reason_line, verdict_lines
from ropa.services.browsing.detail_party import party_detail
from ropa.services.browsing.detail_record import record_detail
from ropa.services.findings.accepting import accepts, stands
from ropa.services.subjects import crossing_of, crossing_title, finding_of, record_of, split, title_of
from ropa.services.workspace import View

__all__ = ["Detail", "Line", "Part", "detail"]


def detail(view: View, subject: str) -> Detail:
    """The detail of `kind/key`, `finding/N` or `crossing/N`.

    Raises NotFoundError where the register holds no such thing. It may ask for everything that is derived, so
    call it off the event loop.
    """
    kind, key = split(subject)
    if kind == "finding" and (finding := finding_of(view, key)) is not None:
        return _finding(view, key, finding)
    if kind == "crossing" and (crossing := crossing_of(view, key)) is not None:
        return _crossing(view, key, crossing)
    if kind == "history" and (entry := next((each for each in view.history if str(each.id) == key), None)):
        return history_detail(view, entry)
    record = record_of(view, subject)
    if record is None:
        raise NotFoundError(f"{subject}: there is no such record in the register of {view.register.organisation.name}")
    if isinstance(record, ActivityFields):
        return activity_detail(view, record)
    if isinstance(record, PartyFields):
        return party_detail(view, record)
    return record_detail(view, kind, record)


def _finding(view: View, key: str, finding: Finding) -> Detail:
    subject = title_of(view, finding.subject)
    rule = CATALOGUE.get(finding.rule)
    said = finding.message
    for reason in finding.reasons:
        said = " ".join(said.replace(reason.text, "").split())
    # Reasons that the message repeats are told once, with their sources; a message that is its reason stays whole.
    message = said if said and any(each.isalnum() for each in said) else finding.message
    reasons = [reason_line(reason, indent=0) for reason in finding.reasons if reason.text != message]
    sources = [Line(reason.source) for reason in finding.reasons if reason.source and reason.text == message]
    word = "not recorded" if finding.kind == "gap" else {"high": "wrong"}.get(finding.severity, "doubtful")
    parts = [
        *part("What", [Line(message, finding.symbol)]),
        *part("Because", reasons, ask=False),
        *part("What to do", [Line(f"→ {finding.remedy}")] if finding.remedy else [], ask=False),
        *part("About", [Line(subject, target=finding.subject)]),
        *part("Law", sources, ask=False),
        *_accepted(view, finding),
        *part("Rule", [Line(finding.rule), *([Line(f"{rule.asks} [{rule.source}]")] if rule else [])]),
    ]
    return Detail("finding", key, finding.title, f"{word} · {finding.severity}", tuple(parts), finding.subject)


def _accepted(view: View, finding: Finding) -> list[Part]:
    """Whether somebody accepted the risk: it stands beside the finding and never removes it."""
    lines = [
        Line(f"{each.who}: {each.reason}", "✓" if stands(each, view.on) else "!", f"acknowledgement/{each.key}")
        for each in view.register.acknowledgements.values()
        if accepts(each, finding)
    ]
    return part("Accepted", lines, ask=False)


def _crossing(view: View, key: str, crossing: Crossing) -> Detail:
    register = view.register
    data = [Line(register.data_categories[each].name, target=f"data_category/{each}") for each in crossing.edge.data]
    country = [Line(LawBook.in_use().country_name(crossing.country))] if crossing.country else []
    recorded = []
    if crossing.transfer is not None:
        transfer = f"transfer/{crossing.transfer}"
        recorded = [Line(title_of(view, transfer), target=transfer)]
        stated = register.transfers[crossing.transfer].stated
        recorded += [Line(f"as stated: “{stated}”", indent=1)] if stated else []
    parts = [
        *part("Verdict", list(verdict_lines(crossing, indent=0))),
        *part("From", [_end(view, crossing.exporter)]),
        *part("To", [_end(view, crossing.importer)]),
        *part("Where", country),
        *part("Activity", [Line(register.activities[crossing.edge.activity].name,
                                target=f"activity/{crossing.edge.activity}")]),
        *part("For", [Line(crossing.edge.service)] if crossing.edge.service else [], ask=False),
        *part("What", data),
        *part("Recorded", recorded),
    ]  # fmt: skip
    about = crossing.importer if crossing.importer.startswith("party/") else crossing.edge.via
    title = crossing_title(view, crossing)
    return Detail("crossing", key, title, "crossing, derived from the flows", tuple(parts), about)


def _end(view: View, node: str) -> Line:
    return Line(name_of(view.register, node), target=node if node.startswith("party/") else "")
