"""The form of each kind of record, made from the fields' own declarations: which widget, which words, which records.

Nothing about a field is said here a second time; a field that is added to a kind is in its form by itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from ropa.records.change import RuleId
from ropa.records.kinds import KINDS, NODE_KINDS
from ropa.records.values import (
    Fields,
    LawId,
    Moment,
    Node,
    OfInstrument,
    Part,
    PeriodText,
    Place,
    Places,
    Ref,
    Refs,
    Text,
)
from ropa.rules.catalogue import CATALOGUE
from ropa.services.wording import NOT_RECORDED

Widget = Literal[
    "text",
    "long text",
    "date",
    "moment",
    "period",
    "country",
    "countries",
    "words",
    "yes-no",
    "yes-no-unknown",
    "choice",
    "choices",
    "reference",
    "references",
    "node",
    "law id",
    "conditions",
    "number",
    "part",
]

YES, NO = "yes", "no"
_EMPTY = re.compile(r"(?:^|; )[Ee]mpty: ([^.;]+)\.?$")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    `choices` are the words that a choice allows, `kind_of_reference` the kind whose records are chosen from,
    `law_shelf` the shelf of the law book, `part` the fields of a nested value. `default` is what the field holds where
    nobody has said anything. `nullable` marks a list for which "nobody has looked" and "there are none" differ.
    `unsaid` is what people read where nothing is chosen.
    """

    name: str
    title: str
    explain: str
    widget: Widget
    required: bool = False
    choices: tuple[str, ...] = ()
    several: bool = False
    kind_of_reference: str = ""
    law_shelf: str = ""
    part: tuple[Field, ...] = ()
    default: str = ""
    nullable: bool = False
    unsaid: str = NOT_RECORDED


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one kind, its fields in the order in which a reader wants them."""

    kind: str
    title: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """A field by name; `contact.email` names one of a part. Raises KeyError for an unknown one."""
        head, _, rest = name.partition(".")
        found = next((each for each in self.fields if each.name == head), None)
        if found is not None and rest:
            found = next((each for each in found.part if each.name == rest), None)
        if found is None:
            raise KeyError(f"{self.kind}.{name}")
        return found


@cache
def form(kind: str) -> Form:
    """The form of a kind: all its fields but the key, which is derived, and the record that it stands in."""
    known = KINDS[kind]
    fields = {field.name: field for field in _fields(known.fields)}
    hidden = ("key", known.parent)
    return Form(kind, known.title, tuple(fields[name] for name in known.order if name not in hidden))


def _fields(model: type[Fields] | type[Part]) -> Iterator[Field]:
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        hint, optional = _given(hints[name])
        look = _look(name, hint, optional=optional)
        chosen = look["widget"] in ("choice", "yes-no") and not optional
        yield Field(
            name=name,
            title=info.title or name,
            explain=info.description or "",
            required=info.is_required() or chosen,
            default=_default(info),
            nullable=optional and _is_list(hint),
            unsaid=_unsaid(info.description or ""),
            **look,
        )


def _given(hint: Any) -> tuple[Any, bool]:
    """The type without `| None`, and whether None was there."""
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        return inner, True
    return hint, False


def _look(name: str, hint: Any, *, optional: bool) -> dict[str, Any]:
    """How a type is shown: the widget, and what belongs to it. Raises TypeError for a type without one."""
    marks = getattr(hint, "__metadata__", ())
    for mark in marks:
        if isinstance(mark, Ref):
            return {"widget": "reference", "kind_of_reference": mark.kind}
        if isinstance(mark, Refs):
            return {"widget": "references", "kind_of_reference": mark.kind, "several": True}
        if isinstance(mark, LawId):
            return {"widget": "law id", "law_shelf": mark.shelf}
        if isinstance(mark, Node):
            return {"widget": "node"}
        if isinstance(mark, OfInstrument):
            return {"widget": "conditions", "several": True}
    if hint == RuleId:
        return {"widget": "choice", "choices": tuple(CATALOGUE)}
    if hint == Place:
        return {"widget": "country"}
    if hint == Places:
        return {"widget": "countries", "several": True}
    if hint == Moment:
        return {"widget": "moment"}
    if hint == PeriodText:
        return {"widget": "period"}
    if hint == Text:
        return {"widget": "long text"}
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(bare) is Literal:
        words = get_args(bare)
        sort = "number" if isinstance(words[0], int) else "choice"
        return {"widget": sort, "choices": tuple(str(word) for word in words)}
    if get_origin(bare) is tuple:
        word = get_args(bare)[0]
        if get_origin(word) is Literal:
            return {"widget": "choices", "choices": get_args(word), "several": True}
        return {"widget": "words", "several": True}
    if isinstance(bare, type):
        if issubclass(bare, Part):
            return {"widget": "part", "part": tuple(_fields(bare))}
        if issubclass(bare, bool):
            return {"widget": "yes-no-unknown" if optional else "yes-no"}
        if issubclass(bare, dt.date):
            return {"widget": "date"}
        if issubclass(bare, str):
            return {"widget": "text"}
    raise TypeError(f"there is no widget for the field {name}: {hint}")


def _unsaid(explain: str) -> str:
    """What a declaration says of a field that is left empty: `Empty: all data of the activity.`"""
    said = _EMPTY.search(explain)
    return said[1] if said else NOT_RECORDED


def _is_list(hint: Any) -> bool:
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return get_origin(bare) is tuple


def _default(info: FieldInfo) -> str:
    value = info.default
    if isinstance(value, bool):
        return YES if value else NO
    return value if isinstance(value, str) else ""


def word_fields() -> Iterator[tuple[str, Field]]:
    """Every field that offers words of its own, with its name: `activity.role`, `agreement.notice.clock`."""
    for kind in KINDS:
        for field in form(kind).fields:
            if field.choices:
                yield f"{kind}.{field.name}", field
            for inner in field.part:
                if inner.choices:
                    yield f"{kind}.{field.name}.{inner.name}", inner


def reference_kinds(field: Field) -> tuple[str, ...]:
    """The kinds whose records a field chooses from; empty where it chooses from none."""
    if field.widget == "node":
        return tuple(NODE_KINDS.values())
    return (field.kind_of_reference,) if field.kind_of_reference else ()
