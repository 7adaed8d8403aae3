"""Finding what a key on the command line means: `party/hub`, or `hub` where only one record is called that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from ropa.records.errors import InputError, NotFoundError, Problem
from ropa.records.kinds import KINDS
from ropa.services.workspace import View


def views_with_party(views: Sequence[View], given: str) -> tuple[str, list[View]]:
    """The key of a party, and the views whose register has it. Raises NotFoundError where none has."""
    key = given.removeprefix("party/")
    having = [view for view in views if key in view.register.parties]
    if not having:
        names = (name for view in views for name in view.register.parties)
        raise NotFoundError(_unknown(views, f"no party {key!r}", names, key, "party"))
    return key, having


def views_with_subject(views: Sequence[View], given: str, kinds: Sequence[str]) -> list[tuple[View, str]]:
    """Each view whose register has the record, with the record as kind/key.

    A bare key is looked for in every one of the kinds. Raises InputError where it names several records of one
    register, and NotFoundError where no register has any.
    """
    kind, slash, key = given.partition("/")
    kind = kind.replace("-", "_")
    wanted, key = ((kind,), key) if slash and kind in kinds else (tuple(kinds), given)
    found: list[tuple[View, str]] = []
    for view in views:
        there = [f"{each}/{key}" for each in wanted if key in view.register.of_kind(each)]
        if len(there) > 1:
            where = view.register.organisation.name
            words = f"{key!r} is the key of several records of {where}; write {' or '.join(there)}"
            raise InputError([Problem(words)])
        found += [(view, each) for each in there]
    if not found:
        names = (name for view in views for each in wanted for name in view.register.of_kind(each))
        words = " or ".join(KINDS[each].name.replace("_", " ") for each in wanted)
        raise NotFoundError(_unknown(views, f"no {words} {key!r}", names, key, wanted[0]))
    return found


def _unknown(views: Sequence[View], what: str, names: Iterable[str], key: str, kind: str) -> str:
    who = f"{views[0].register.organisation.name} has" if len(views) == 1 else "the registers here have"
    close = get_close_matches(key, list(dict.fromkeys(names)), n=3)
    hint = f"; did you mean {' or '.join(close)}?" if close else f"; `ropa list {kind}` names those that there are"
    return f"{who} {what}{hint}"
