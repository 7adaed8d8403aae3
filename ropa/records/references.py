"""Which records refer to which."""

from __future__ import annotations

from ropa.records.kinds import KINDS, NODE_KINDS, Kind
from ropa.records.register import Register
from ropa.records.values import Fields


def references(kind: Kind, record: Fields) -> list[tuple[str, str, str]]:
    """Every reference that a record makes, as (field, kind referred to, key)."""
    found = [(name, target, key) for name, target in kind.refs.items() if (key := getattr(record, name)) is not None]
    found += [(name, target, key) for name, target in kind.lists.items() for key in getattr(record, name)]
    for name in kind.nodes:
        word, _, key = getattr(record, name).partition("/")
        if key:
            found.append((name, NODE_KINDS[word], key))
    return found


def referrers(register: Register, kind: str, key: str) -> list[tuple[str, str, str]]:
    """Every record that refers to this one, as (kind, key, field)."""
    found = []
    for name, each in KINDS.items():
        for record in register.of_kind(name).values():
            for field, target, used in references(each, record):
                if (target, used) == (kind, key):
                    found.append((name, record.key, field))
    return found
