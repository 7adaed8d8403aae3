"""Is there a restricted transfer at all? (EDPB Guidelines 05/2021; ICO, international transfers guidance)"""

from __future__ import annotations

from collections.abc import Callable

from ropa.rules.finding import Reason
from ropa.rules.transfers.question import Answer, Case, earliest

Question = Callable[[Case], Answer | None]


def exporter_not_bound(case: Case) -> Answer | None:
    """A hop whose exporter the regime does not bind is no restricted transfer of its own."""
    regimes = case.hop.exporter_regimes
    if regimes is None or case.regime in regimes:
        return None
    if case.law.regime in {case.book.law(regime, case.on).regime for regime in regimes}:
        return None
    who = case.hop.exporter_name or "the exporter"
    text = (
        f"{case.law.name} does not bind {who} for this processing. What counts here are the onward terms of the "
        f"safeguard above it."
    )
    return Answer("not-restricted", (Reason(text, case.law.articles["transfers"]),), rests_on=(case.law.id,))


def exempt(case: Case) -> Answer | None:
    """Disclosures that the regime does not count: by the person, to an employee, back to one's own controller."""
    hop = case.hop
    roles = {"exporter_role": hop.exporter_role, "importer_role": hop.importer_role}
    for exemption in case.book.exemptions(case.regime, case.on):
        if all(roles.get(key) == value for key, value in exemption.when.items()):
            reason = Reason(f"Not a restricted transfer: {exemption.name}. {exemption.explain}", exemption.source)
            return Answer("not-restricted", (reason,), rests_on=(exemption.id,), until=exemption.until)
    return None


def one_legal_entity(case: Case) -> Answer | None:
    """A transfer goes to somebody else: another controller or processor, a separate legal entity."""
    if case.hop.same_entity is not True:
        return None
    text = "Not a restricted transfer: exporter and importer are recorded as one legal entity."
    return Answer("not-restricted", (Reason(text, case.law.articles["transfers"]),), rests_on=(case.law.id,))


def place_not_known(case: Case) -> Answer | None:
    """Without the importer's country nothing can be judged, and Article 30(1)(e) asks for it."""
    if case.place and case.book.territory(case.place) is not None:
        return None
    source = "Art. 30(1)(e)"
    if case.hop.importer_organisation:
        return None
    if case.place:
        text = f"The importer's country is recorded as “{case.place}”, which is no country that the law data knows."
    else:
        text = "The importer's country is not recorded, so nothing can be said about this transfer."
    reasons = [Reason(text, source)]
    recorded = [case.book.instrument(s.instrument) for s in case.hop.safeguards]
    names = ", ".join(i.name if i else s.instrument for i, s in zip(recorded, case.hop.safeguards, strict=True))
    if names:
        reasons.append(Reason(f"Recorded: {names}. A safeguard with no country cannot be checked.", source))
    return Answer("unknown", tuple(reasons), (f"Record the country of {case.hop.importer}.",))


def importer_inside(case: Case) -> Answer | None:
    """An importer inside the regime's own territory is in no third country."""
    if not case.book.inside(case.place, case.regime, case.on):
        return None
    own = case.book.regime(case.law.regime)
    territory = case.book.territory(own.territory)
    where = own.inside.format(place=case.place_name)
    reason = Reason(f"Not a restricted transfer: {where}.", territory.source if territory else own.source)
    memberships = [m for m in case.book.memberships_of(case.place) if m.in_force(case.on)]
    ends = [m.until for m in memberships]
    until = None if None in ends else max((day for day in ends if day), default=None)
    return Answer("not-restricted", (reason,), rests_on=tuple(m.id for m in memberships), until=until)


def bridged(case: Case) -> Answer | None:
    """A place that for a time was not treated as a third country."""
    bridge = case.book.bridge(case.place, case.regime, case.on)
    if bridge is None:
        return None
    text = (
        f"Not a restricted transfer: from {bridge.start} until {bridge.until} {case.place_name} was not treated "
        f"as a third country."
    )
    return Answer("not-restricted", (Reason(text, bridge.source),), rests_on=(bridge.id,), until=earliest(bridge.until))


# In this order; the first that answers decides.
QUESTIONS: tuple[Question, ...] = (
    exporter_not_bound,
    exempt,
    one_legal_entity,
    place_not_known,
    importer_inside,
    bridged,
)
