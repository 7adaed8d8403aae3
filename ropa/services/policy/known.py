"""The packaged names of well-known vendors, authorities and mechanisms (known_vendors.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from ropa.services.detection.names import spelt

Sort = Literal["vendor", "service", "authority", "supervisor", "other"]


@dataclass(frozen=True, slots=True)
class Known:
    """One well-known name. `owner` is the company whose service it is, empty for a company. `ordinary`: the name, as it
    stands in the text, is an ordinary word, too."""

    name: str
    sort: Sort
    owner: str = ""
    ordinary: bool = False


@dataclass(frozen=True, slots=True)
class KnownNames:
    """All of the file. `names` are (name as written, what it is); `mechanisms` are (words, id in the law data)."""

    names: tuple[tuple[str, Known], ...]
    mechanisms: tuple[tuple[str, str], ...]
    ordinary: frozenset[str]
    not_names: frozenset[str]
    generic: frozenset[str]
    guidance: frozenset[str]


@cache
def known_names() -> KnownNames:
    """The packaged names, read once."""
    text = resources.files("ropa.services.policy").joinpath("known_vendors.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    ordinary = frozenset(map(spelt, data["ordinary"]))
    names: list[tuple[str, Known]] = []

    def enter(name: str, aliases: list[str], sort: Sort, owner: str = "") -> None:
        for each in (name, *aliases):
            names.append((each, Known(name, sort, owner, sort != "supervisor" and spelt(each) in ordinary)))

    for group in data["vendors"].values():
        for name, aliases in group.items():
            enter(name, aliases, "vendor")
    for owner, services in data["services"].items():
        for name in services:
            # `Excel` and `Microsoft Excel` are one.
            whole = f"{owner} {name}"
            enter(whole, [name], "service", owner) if whole in services else enter(name, [], "service", owner)
    for sort in ("authority", "supervisor"):
        section = {"authority": "authorities", "supervisor": "supervisors"}[sort]
        for name, aliases in data[section].items():
            enter(name, aliases, "authority" if sort == "authority" else "supervisor")
    for name in data["not_vendors"]:
        names.append((name, Known(name, "other")))
    return KnownNames(
        names=tuple(names),
        mechanisms=tuple((words, id_) for id_, every in data["mechanisms"].items() for words in every),
        ordinary=ordinary,
        not_names=frozenset(each.casefold() for each in data["not_names"]),
        generic=frozenset(each.casefold() for each in data["generic"]),
        guidance=frozenset(data["guidance"]),
    )
