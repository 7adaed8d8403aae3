"""Where data is, and which, as the public list says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from ropa.law.lawbook import LawBook
from ropa.records.register import Register
from ropa.reports.public_list import Country
from ropa.services.publishing.subprocessor_list import Basis

_BASES: tuple[Basis, ...] = ("data", "access", "establishment")


def at_home(register: Register, codes: Collection[str], on: dt.date) -> bool:
    """Whether every place lies inside the territory of every regime that binds the organisation; no if unknown."""
    law, bound = LawBook.in_use(), register.regimes(on)
    return bool(codes) and bool(bound) and all(law.inside(code, each, on) for code in codes for each in bound)


def data_names(register: Register, keys: Iterable[str]) -> tuple[str, ...]:
    """The names of data categories, each once."""
    return tuple(dict.fromkeys(register.data_categories[key].name for key in keys))


def places(found: Iterable[tuple[str, Basis]]) -> tuple[Country, ...]:
    """Countries by name, each once: that the data lies there says more than that it is reached from there."""
    law = LawBook.in_use()
    best: dict[str, Basis] = {}
    for code, basis in found:
        if code not in best or _BASES.index(basis) < _BASES.index(best[code]):
            best[code] = basis
    return tuple(Country(code, law.country_name(code), basis) for code, basis in best.items())
