"""From a finding to the form that mends it: every finding of the samples leads to a form that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.exchange.register_file import read_register
from ropa.records.kinds import KINDS
from ropa.services.editing.fields import form
from ropa.services.editing.mending import VENDOR, Mend, mend
from ropa.services.editing.values import read
from ropa.services.workspace import View
from tests.registers import TODAY, register

SAMPLES = sorted((Path(__file__).parents[3] / "data").glob("*.yaml"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_finding_of_a_sample_leads_to_a_form_that_can_be_opened(path: Path) -> None:
    view = View(read_register(path.read_bytes(), path.name), TODAY)
    assert view.findings
    for finding in view.findings:
        found = mend(view, finding)
        assert found is not None, finding
        if found.kind == VENDOR:
            assert found.parent in view.register.activities
            continue
        if found.key is not None:
            assert found.key in view.register.of_kind(found.kind)
        elif KINDS[found.kind].parent:
            assert found.parent in view.register.of_kind(KINDS[found.kind].parent)
        if found.field:
            assert form(found.kind).field(found.field).title
        assert not set(found.texts) & set(read(found.kind, found.texts).problems)


GAPS = """
parties:
  desk: {name: Desk, country: United States}
data_categories: {name: Name}
subject_categories: {clients: Clients}
activities:
  support:
    name: Support
    role: controller
    subject_categories: [clients]
    data_categories: [name]
    lawful_bases: [legitimate-interests]
    engagements: [desk]
"""


def mends() -> dict[str, Mend | None]:
    view = View(register(GAPS), TODAY)
    return {finding.rule: mend(view, finding) for finding in view.findings}


def test_a_missing_transfer_is_begun_with_who_and_where() -> None:
    found = mends()["crossing-undocumented"]
    assert found == Mend("transfer", field="country", texts={"importer": "desk", "country": "United States"})


def test_a_missing_assessment_leads_to_the_basis_that_needs_it() -> None:
    assert mends()["lia-missing"] == Mend("lawful_basis", "support/legitimate-interests", "support")


def test_a_missing_period_leads_to_a_new_rule_of_that_activity() -> None:
    assert mends()["retention-missing"] == Mend("retention", None, "support")
