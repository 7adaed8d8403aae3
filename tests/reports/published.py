"""A register whose public list has every part: several vendors and countries, and a change in each state."""

from __future__ import annotations

import datetime as dt

from ropa.exchange.register_file import read_register
from ropa.records.register import Register

ON = dt.date(2026, 11, 21)

REGISTER = """
format: 1
organisation:
  key: hollin
  name: Hollin
  legal_name: Hollin Software Ltd
  country: United Kingdom
  address: 1 Mill Lane, Hollinbrook, HB1 2AA
  website: https://hollin.example/privacy
  contact: {name: Privacy Office, email: privacy@hollin.example, phone: "+44 20 7946 0000"}
  notice: {authorisation: general, period: 30 days, clock: sent, objection: 14 days, emergency: told-afterwards,
    emergency_notice: 2 business days, business_days: GB-ENG, channel: "e-mail, and this list",
    contact: internal@hollin.example, remedy: the customer may end its contract}
parties:
  cloudy: {name: Cloudy, legal_name: Cloudy GmbH, country: Germany, address: "Ringweg 2, 53111 Bonn",
    website: "https://cloudy.example", contact: {email: dpo@cloudy.example}}
  mailer: {name: Mailer, legal_name: "Mailer, Inc.", country: United States, website: "javascript:alert(1)"}
  deskly: {name: Deskly, country: United Kingdom, website: www.deskly.example}
  indus: {name: Indus Support, legal_name: Indus Support Pvt Ltd, country: India}
  newhost: {name: NewHost, legal_name: NewHost BV, country: Netherlands, address: "Kade 1, Utrecht"}
  oldhost: {name: OldHost, legal_name: OldHost Ltd, country: United Kingdom}
  quiet: {name: Quiet Plan Ltd, country: United Kingdom}
  dropped: {name: Dropped Analytics, legal_name: Dropped Analytics Ltd, country: United Kingdom}
  sample: {name: Samplify, legal_name: Samplify Ltd, country: United Kingdom, invented: true}
  payroll: {name: Payroll House, country: United Kingdom}
  alba: {name: Alba Ltd, country: United Kingdom}
  brae: {name: Brae Ltd, country: United Kingdom}
data_categories:
  contact: {name: Contact details, examples: "name, e-mail"}
  files: {name: Customer files}
  tickets: {name: Support requests}
  wages: {name: Wages}
agreements:
  mailer-indus: {name: Mailer and Indus, type: dpa, between: mailer, party: indus}
activities:
  hosting:
    name: Hosting
    role: processor
    controllers: [alba, brae]
    data_categories: [files, contact]
    engagements:
      - {party: cloudy, service: servers and backups, countries: [Germany], since: 2024-03-01}
      - {party: oldhost, service: servers, since: 2020-01-01, until: 2026-03-31}
  support:
    name: Support
    role: processor
    controllers: [alba]
    data_categories: [tickets, contact]
    engagements:
      - party: mailer
        service: sending e-mail to users
        since: 2025-06-02
        transfer:
          country: United States
          safeguards: [{instrument: uk-idta, signed: 2025-05-20, assessed: 2025-05-10}]
      - {party: deskly, service: help desk, data_categories: [tickets]}
      - {party: sample, service: spell checking, data_categories: [tickets], since: 2026-01-05}
    flows:
      - {origin: party/mailer, destination: party/indus, description: at night and without asking}
  payroll:
    name: Payroll
    role: controller
    data_categories: [wages]
    engagements: [{party: payroll, service: wages}]
changes:
  move:
    name: Get rid of Cloudy
    kind: replace
    party: newhost
    replaces: cloudy
    activities: [hosting]
    service: servers and backups
    countries: [Netherlands]
    safeguard: None needed; the Netherlands are covered by UK adequacy regulations.
    proposed: 2026-10-20
    approved: 2026-11-01
    effective: 2027-01-10
    state: notified
    notices:
      - {customer: alba, sent: 2026-11-04, channel: e-mail, evidence: message 7}
      - {customer: brae, sent: 2026-11-06, channel: e-mail}
  quiet-plan: {name: Quiet plan, kind: add, party: quiet, activities: [support], effective: 2027-03-01}
  left: {name: OldHost, kind: remove, party: oldhost, activities: [hosting], approved: 2026-02-01,
    effective: 2026-04-01, state: effective}
  analytics:
    name: Analytics
    kind: add
    party: dropped
    activities: [support]
    service: product analytics
    approved: 2026-05-04
    effective: 2026-07-01
    withdrawn: 2026-06-11
    withdrawn_because: Brae Ltd objected
    state: withdrawn
  silent-end: {name: Never told, kind: add, party: quiet, state: withdrawn, withdrawn: 2026-05-01}
  samplify: {name: Samplify, kind: add, party: sample, activities: [support], approved: 2025-12-01,
    effective: 2026-01-05, state: effective, invented: true}
  wages: {name: Wages, kind: add, party: payroll, activities: [payroll], state: approved, approved: 2026-11-02}
"""


def published(text: str = REGISTER) -> Register:
    """The register that a text describes."""
    return read_register(text, "published.yaml")
