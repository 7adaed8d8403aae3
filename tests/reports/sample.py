"""A small register with every trouble that the reports have to show, on one date."""

from __future__ import annotations

import datetime as dt

from ropa.exchange.register_file import read_register
from ropa.records.register import Register
from ropa.services.workspace import View

ON = dt.date(2026, 11, 21)

REGISTER = """
format: 1
organisation:
  key: hollin
  name: Hollin
  legal_name: Hollin Software Ltd
  country: United Kingdom
  address: 1 Mill Lane, Hollinbrook
  contact: {email: privacy@hollin.example}
  notice: {period: 30 days, clock: sent, authorisation: general}
  source: Policy, section 1
documents:
  lia: {name: Newsletter LIA, type: lia, date: 2025-03-01}
parties:
  mailer: {name: Mailer, legal_name: "Mailer, Inc.", country: United States, dpf: none}
  cloudy: {name: Cloudy GmbH, country: Germany, address: "Ringweg 2, Bonn", contact: {email: dpo@cloudy.example}}
  newhost: {name: NewHost, country: United States, dpf: none}
  alba: {name: Alba Ltd, country: United Kingdom, contact: {email: alba@alba.example}, invented: true}
  brae: {name: Brae Ltd, country: United Kingdom}
  corrie: {name: Corrie Ltd, country: United Kingdom}
  dell: {name: Dell Farm, country: United Kingdom}
data_categories:
  contact: {name: Contact details, examples: "name, e-mail"}
  health: {name: Health, special: health}
  files: {name: Customer files}
subject_categories: {clients: Clients, patients: {name: Patients, vulnerable: true}}
agreements:
  alba-dpa:
    name: DPA with Alba
    party: alba
    signed: 2024-01-01
    notice: {period: 60 days, objection: 14 days, channel: e-mail, contact: alba@alba.example}
  brae-dpa:
    name: DPA with Brae
    party: brae
    signed: 2024-01-01
    notice: {authorisation: specific}
  corrie-old: {name: Ended DPA, party: corrie, expires: 2025-01-01, notice: {period: 90 days}}
activities:
  newsletter:
    name: Newsletter
    purposes: [telling clients about products]
    subject_categories: [clients]
    data_categories: [contact]
    source: Policy, section 2
    lawful_bases: [{basis: legitimate-interests, assessment: lia}]
    retention: [{stated: "kept no longer than needed", source: "Policy, section 9"}]
    engagements:
      - party: mailer
        service: sending it
        source: Policy, section 4
        transfer: {country: United States, stated: "under Privacy Shield", safeguards: [privacy-shield]}
  clinic:
    name: Clinic records
    data_categories: [health]
    subject_categories: [patients]
    security: [encryption]
    retention: [{period: 8 years, trigger: the last visit}]
  old-thing: {name: Old thing, until: 2020-01-01}
  hosting:
    name: Hosting
    role: processor
    controllers: [alba, brae, corrie]
    processing: [storage, backup]
    data_categories: [files]
    security: [encryption]
    engagements: [{party: cloudy, service: servers, countries: [Germany]}]
  mapping:
    name: Mapping
    role: processor
    controllers: [dell]
    processing: [drawing maps]
    data_categories: [files]
changes:
  move:
    name: NewHost takes over from Cloudy
    kind: replace
    party: newhost
    replaces: cloudy
    service: servers
    effective: 2027-01-10
    proposed: 2026-11-01
    notices:
      - {customer: alba, sent: 2026-11-20, channel: e-mail}
      - {customer: brae, sent: 2026-11-02, channel: e-mail, evidence: message 7}
  gone: {name: Cloudy once moved, party: cloudy, activities: [hosting], state: withdrawn, effective: 2026-11-25}
"""


def register(text: str = REGISTER) -> Register:
    """The register that a text describes."""
    return read_register(text, "sample.yaml")


def view(text: str = REGISTER, on: dt.date = ON) -> View:
    """That register on a date."""
    return View(register(text), on)
