"""The record of Article 30 in the terms of the Data Privacy Vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ropa.services.workspace import View


def record_in_dpv(view: View) -> str:
    """The record of an organisation as a JSON-LD document, on the view's date; see `docs/dpv.md`."""
    from ropa.exchange.dpv_write import write_dpv

    return write_dpv(view.register, view.on)
