"""What `ropa report article-30` says to a program: plain values of a stable shape, described in docs/record-json.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ropa.reports.article_30 import ActivityEntry, Part, Record
from ropa.reports.article_30_layout import LayoutRecord
from ropa.reports.page import Item, Line

if TYPE_CHECKING:
    from ropa.services.workspace import View

FORMAT = 1


def plain_json(view: View, record: Record) -> dict[str, Any]:
    """The record in plain words as plain values."""
    return {
        **_head(view, "plain"),
        "missing": record.missing,
        "asked_missing": record.asked_missing,
        "records": [_part(each) for each in record.parts],
        "left_out": [],
    }


def layout_json(view: View, record: LayoutRecord) -> dict[str, Any]:
    """The record in a regulator's layout as plain values, with what the layout has no column for."""
    return {
        **_head(view, record.layout),
        "missing": record.missing,
        "records": [
            {
                "role": part.role,
                "head": [_line(each) for each in part.head],
                "rows": [
                    {
                        "activity": each.key,
                        "name": each.name,
                        "invented": each.invented,
                        "cells": [{"heading": line.label, "items": _items(line.items)} for line in each.lines],
                    }
                    for each in part.entries
                ],
            }
            for part in record.parts
        ],
        "left_out": [
            {"place": each.place, "title": each.title, "activities": list(each.records)} for each in record.left_out
        ],
    }


def _head(view: View, layout: str) -> dict[str, Any]:
    owner = view.register.organisation
    return {
        "format": FORMAT,
        "on": view.on.isoformat(),
        "organisation": {"key": owner.key, "name": owner.name, "legal_name": owner.legal_name},
        "regimes": list(view.regimes),
        "layout": layout,
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "role": part.role,
        "article": part.article,
        "missing": part.missing,
        "not_running": part.left_out,
        "identity": [_line(each) for each in part.identity],
        "controllers": [
            {"key": each.key, "name": each.name, "invented": each.invented, "lines": [_line(one) for one in each.lines]}
            for each in part.controllers
        ],
        "activities": [_activity(each) for each in part.activities],
    }


def _activity(entry: ActivityEntry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "name": entry.name,
        "role": None if entry.role.startswith("?") else entry.role.replace(" ", "-"),
        "source": entry.source or None,
        "invented": entry.invented,
        "missing": list(entry.missing_labels),
        "required": [_line(each) for each in entry.required],
        "asked": [_line(each) for each in entry.asked],
        "further": [_line(each) for each in entry.further],
    }


def _line(line: Line) -> dict[str, Any]:
    return {"id": line.id, "label": line.label, "article": line.article or None, "items": _items(line.items)}


def _items(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [
        {
            "text": each.text,
            "mark": each.mark or None,
            "source": each.source or None,
            "quoted": each.quoted,
            "invented": each.invented,
        }
        for each in items
    ]
