"""Lawful basis, condition and retention in Fides' fields: one of each for a declaration, read and written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ropa.exchange.fides_terms import terms
from ropa.exchange.register_file import local_key
from ropa.records.activity import ActivityFields, LawfulBasisFields, RetentionFields
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.values import Fields
from ropa.rules.period import Period

COUNTED = ", counted from "
"""Between a period and what starts it, in the one text that Fides has for retention."""

P = TypeVar("P")


@dataclass
class Basis:
    """What one declaration says of one purpose: a lawful basis, with its assessment."""

    purpose: str | None
    basis: str
    assessment: str | None = None


def retention_of(words: str) -> dict[str, Any]:
    """A retention rule of Fides' one text: a period, a period and what starts it, else the words as they stand."""
    length, _, trigger = words.partition(COUNTED)
    try:
        period = str(Period.parse(length))
    except ValueError:
        return {"stated": words}
    return {"period": period, "trigger": trigger} if trigger else {"period": period}


def joined(given: Sequence[tuple[Basis, P]], purposes: set[str | None]) -> list[tuple[dict[str, Any], P]]:
    """The bases of an activity: one that all its purposes have is the activity's, any other is for its purpose."""
    found: list[tuple[dict[str, Any], P]] = []
    for basis in dict.fromkeys(each.basis for each, _ in given):
        with_it = [(each, place) for each, place in given if each.basis == basis]
        whole = {each.purpose for each, _ in with_it} == purposes
        for each, place in with_it:
            values: dict[str, Any] = {"basis": basis}
            values |= {"assessment": each.assessment} if each.assessment else {}
            values |= {"purpose": each.purpose} if each.purpose and not whole else {}
            if values not in [known for known, _ in found]:
                found.append((values, place))
    return found


@dataclass
class LawSaid:
    """What the declarations of a register's activities say of the law."""

    register: Register

    def said(self, activity: ActivityFields, purpose: str | None) -> tuple[dict[str, Any], list[str]]:
        """What one declaration says of the law, and which of it is for readers alone."""
        basis = self._basis(activity, purpose)
        rules = self.register.retention_of(activity.key)
        document = self.register.documents.get(basis.assessment) if basis and basis.assessment else None
        special = any(self.register.data_categories[key].special for key in activity.data_categories)
        names = listed(activity.recipients)
        conditions = self.register.conditions_of(activity.key)
        known = [words for each in conditions if (words := terms().written("conditions", each.condition))]
        read = [terms().condition(words) for words in known[:1]]
        period = retention_words(rules[0]) if len(rules) == 1 else "; ".join(map(_rule_words, rules))
        values = {
            "legal_basis_for_processing": terms().written("lawful_bases", basis.basis) if basis else None,
            "impact_assessment_location": document.location if document else None,
            "special_category_legal_basis": known[0] if known else None,
            "processes_special_category_data": True if special else None,
            "retention_period": period or None,
            "data_shared_with_third_parties": True if activity.recipients else None,
            "third_parties": names or "; ".join(activity.recipients) or None,
        }
        exact = {
            "legal_basis_for_processing": self._exact_bases(activity),
            "impact_assessment_location": False,
            "special_category_legal_basis": _same("condition", conditions, [{"condition": term} for term in read]),
            "retention_period": bool(period) and _same("retention", rules, [retention_of(period)]),
            "data_shared_with_third_parties": bool(names),
            "third_parties": bool(names),
        }
        return given(values), [name for name, is_exact in exact.items() if values[name] and not is_exact]

    def _basis(self, activity: ActivityFields, purpose: str | None) -> LawfulBasisFields | None:
        """The basis that is recorded for a purpose, else one for all of them; Fides has room for one."""
        bases = self.register.lawful_bases_of(activity.key)
        own = (each for each in bases if purpose and each.purpose == purpose)
        return next(own, None) or next((each for each in bases if each.purpose is None), None)

    def _exact_bases(self, activity: ActivityFields) -> bool:
        """Whether the bases of the declarations are read as the bases that are recorded."""
        said = [(purpose, self._basis(activity, purpose)) for purpose in activity.purposes or (None,)]
        stated = [Basis(purpose, each.basis) for purpose, each in said if each]
        values = [each for each, _ in joined([(each, None) for each in stated], set(activity.purposes or (None,)))]
        known = all(terms().written("lawful_bases", each.basis) for each in stated)
        return known and _same("lawful_basis", self.register.lawful_bases_of(activity.key), values)


def retention_words(rule: RetentionFields) -> str:
    """A retention rule in the one text that Fides has."""
    if rule.period is None:
        return rule.stated or _rule_words(rule)
    period = Period.parse(rule.period).words()
    return f"{period}{COUNTED}{rule.trigger}" if rule.trigger else period


def _same(kind: str, records: Sequence[Fields], values: Sequence[dict[str, Any]]) -> bool:
    """Whether entries of an activity are what these values are read as, their keys included."""
    taken: dict[str, int] = {}
    said = {local_key(KINDS[kind], each, index, taken): each for index, each in enumerate(values)}
    names = [name for name in (*KINDS[kind].stem, "purpose") if name in KINDS[kind].fields.model_fields]
    recorded = {each.key.rpartition("/")[2]: {name: getattr(each, name) for name in names} for each in records}
    return said == {key: {name: each for name, each in one.items() if each} for key, one in recorded.items()}


def _rule_words(rule: RetentionFields) -> str:
    parts = [Period.parse(rule.period).words() if rule.period else "", rule.trigger and f"from {rule.trigger}"]
    parts += [rule.until and f"until {rule.until}", rule.stated]
    return " ".join(filter(None, parts))


def listed(names: Sequence[str]) -> str:
    """Names as one text that is read as the same names; empty where it cannot be."""
    return "" if any(sign in name for name in names for sign in ";\t") else "; ".join(names)


def given(values: dict[str, Any]) -> dict[str, Any]:
    """The values without those that are empty."""
    return {name: value for name, value in values.items() if value is not None and value != [] and value != {}}
