"""The data-audit list: all that is in use, and when somebody last looked at whose it is."""

from __future__ import annotations

from ropa.services.reporting.audit_list import audit_list
from ropa.services.workspace import View
from tests.registers import TODAY, register
from tests.services.reporting.reported import cells, texts

TOOLS = """
documents:
  policy: {name: Policy, type: policy, about: mailer, date: 2026-01-05, review: 2026-06-05}
parties:
  mailer: {name: Mailer, legal_name: Mailer Ltd, country: United Kingdom, website: "http://mailer.example"}
  idle: {name: Idle, country: United Kingdom}
systems:
  crm: {name: CRM, operator: mailer, hosting: [Germany]}
  attic: {name: Attic}
data_categories: {name: Name}
activities:
  news:
    name: News
    role: controller
    data_categories: [name]
    systems: [crm]
    engagements: [{party: mailer, service: sending, system: crm}]
"""


def test_systems_and_vendors_with_what_for_whose_where_and_when() -> None:
    system, vendor = cells(audit_list(View(register(TOOLS), TODAY)))
    looked = ["5 January 2026: Policy", "! review was due 5 June 2026"]
    assert system == [["CRM"], ["News"], ["Mailer Ltd"], ["http://mailer.example"], ["hosted in Germany"], looked]
    assert vendor == [
        ["Mailer"],
        ["News: sending (processor)"],
        ["Mailer Ltd"],
        ["http://mailer.example"],
        ["Germany"],
        looked,
    ]


def test_a_system_that_nothing_uses_is_named_and_not_listed() -> None:
    assert "Recorded, and used by no activity that runs: Attic." in texts(audit_list(View(register(TOOLS), TODAY)))


def test_a_vendor_that_nobody_looked_at_is_marked() -> None:
    found = register(TOOLS.replace("about: mailer, ", ""))
    assert cells(audit_list(View(found, TODAY)))[1][5] == ["? no dated paper about it — Art. 28(1)"]
