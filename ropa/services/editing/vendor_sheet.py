"""The form by which a vendor comes to work for an activity, as a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ropa.services.browsing.detail_parts import Detail, Line, Part
from ropa.services.editing import vendor_form
from ropa.services.editing.choices import Offer
from ropa.services.editing.records import Outcome, Saved
from ropa.services.editing.sheets import Sheet
from ropa.services.editing.unsaved import Draft
from ropa.services.editing.values import Texts, misread
from ropa.services.subjects import title_of
from ropa.services.workspace import View, Workspace


class VendorSheet(Sheet):
    """The form by which a vendor comes to work for an activity: party, engagement, transfer and safeguard together."""

    def __init__(self, workspace: Workspace, organisation: str, activity: str) -> None:
        super().__init__(workspace, organisation)
        self.activity = activity
        self.form = vendor_form.vendor_form()

    def title(self, view: View | None) -> str:
        """For which activity."""
        name = "" if view is None else title_of(view, f"activity/{self.activity}")
        return f"Add a vendor to {name}"

    def open(self) -> None:
        """An empty form, or what was kept of it."""
        self.draft = self._kept()
        self.texts = {**vendor_form.vendor_blank(), **(self.draft.texts if self.draft else {})}

    def problems(self, texts: Texts) -> Mapping[str, str]:
        """What can be told without the register: what cannot be read."""
        return misread(self.form.fields, texts)

    def follows(self, view: View | None, texts: Texts) -> Detail:
        """The verdict for each regime."""
        assert view is not None  # noqa: S101 there is an activity, so there is a register
        found = vendor_form.verdict(view, self.activity, texts)
        lines = tuple(Line(f"{each.text} [{each.source}]" if each.source else each.text, each.mark) for each in found)
        return Detail("preview", "", "", "", (Part("Verdict", lines),))

    def save(self, texts: Texts, who: str) -> Outcome:
        """Everything that the form says, together."""
        outcome = vendor_form.save(self.workspace, self.organisation, self.activity, texts, who=who)
        if isinstance(outcome, Saved):
            self.finish()
        return outcome

    def offer(self, view: View, path: str, texts: Texts) -> Offer:
        """What a field can hold."""
        del texts
        return vendor_form.vendor_offer(view, path)

    def label(self, view: View | None, path: str, value: str) -> str:
        """What people read for a value."""
        return value if view is None else vendor_form.vendor_offer(view, path).label(value)

    def explained(self, path: str, values: Sequence[str]) -> str:
        """What a field is for, or what is chosen in it means."""
        return vendor_form.vendor_explained(path, values)

    def _draft(self, texts: Texts) -> Draft:
        return Draft(self.organisation, "engagement", "", texts, self.activity, form="vendor")
