"""The JSON Schema of the register file, made from the same declarations that read it."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from ropa.exchange.register_file import FORMAT, INLINE_TRANSFER
from ropa.records.kinds import KINDS, Kind, children
from ropa.records.values import SLUG, LawId, law_ids

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def register_schema() -> dict[str, Any]:
    """The schema as plain values: what may stand in a register file, with the explanation of each field."""
    definitions: dict[str, Any] = {}
    sections: dict[str, Any] = {"format": {"const": FORMAT}}
    for kind in KINDS.values():
        definitions[kind.name] = _entry(kind, definitions)
        if kind.name == "organisation":
            sections[kind.section] = {"$ref": "#/$defs/organisation"}
        elif not kind.parent:
            sections[kind.section] = _keyed(kind)
    definitions["engagement"]["properties"][INLINE_TRANSFER] = {
        "description": "The transfer that goes with this engagement; importer and activity follow from it.",
        "allOf": [{"$ref": "#/$defs/inline_transfer"}],
    }
    inline = dict(definitions["transfer"]["properties"])
    for name in ("exporter", "importer", "activity"):
        inline.pop(name)
    definitions["inline_transfer"] = {"type": "object", "properties": inline, "additionalProperties": False}
    return {
        "$schema": _DRAFT,
        "title": "ropa register file, format 1",
        "type": "object",
        "properties": sections,
        "required": ["format", "organisation"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _keyed(kind: Kind) -> dict[str, Any]:
    entry: dict[str, Any] = {"$ref": f"#/$defs/{kind.name}"}
    if "name" in kind.fields.model_fields:
        entry = {"anyOf": [{"type": "string", "description": "Its name, where nothing else is recorded."}, entry]}
    return {
        "type": "object",
        "description": f"{kind.title}, by key.",
        "propertyNames": {"pattern": f"^{SLUG}(/{SLUG})*$"},
        "additionalProperties": entry,
    }


def _entry(kind: Kind, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = TypeAdapter(kind.fields).json_schema(ref_template="#/$defs/{model}")
    for name, part in schema.pop("$defs", {}).items():
        definitions[name] = part
    properties = schema["properties"]
    required = [name for name in schema.get("required", []) if name not in ("key", kind.parent)]
    if kind.name == "organisation":
        required.insert(0, "key")
    elif not kind.parent:
        properties.pop("key")
    else:
        properties.pop(kind.parent)
    _name_law(kind, properties)
    for child in children(kind.name):
        item: dict[str, Any] = {"$ref": f"#/$defs/{child.name}"}
        if len(child.stem) == 1:
            item = {"anyOf": [{"type": "string", "description": f"Its {child.stem[0]} alone."}, item]}
        properties[child.section] = {"type": "array", "items": item, "description": f"{child.title}."}
    return {
        "type": "object",
        "description": (kind.fields.__doc__ or "").strip().split("\n")[0],
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _name_law(kind: Kind, properties: dict[str, Any]) -> None:
    """List the ids that the packaged law knows where a field holds one."""
    for name, info in kind.fields.model_fields.items():
        for mark in info.metadata:
            if isinstance(mark, LawId):
                properties[name]["enum"] = law_ids(mark.shelf)
