"""One register file that holds a record of every kind, and every form in which a file may write one."""

from __future__ import annotations

EVERY_KIND = """\
format: 1
organisation:
  key: acme
  name: Acme
  legal_name: Acme Limited
  country: United Kingdom
  contact: {email: privacy@acme.example}
  notice: {authorisation: general, period: 30 days, clock: sent, objection: 14 days}
documents:
  policy: {name: Privacy policy, type: policy, date: 2026-01-31}
parties:
  mailer: {name: Mailer, legal_name: "Mailer, Inc.", country: United States, aliases: [PostBox, Letterbox]}
  northgate: Northgate NHS
systems:
  crm: {name: CRM, operator: mailer, hosting: [United States, "NO"]}
data_categories:
  names: Names
  health-notes: {name: Health notes, special: health}
subject_categories:
  clients: Clients
agreements:
  mailer-dpa:
    name: Mailer DPA
    party: mailer
    document: policy
    clauses: [a, b]
    notice: {period: 10 business days}
activities:
  newsletter:
    name: Newsletter
    purposes: [telling clients, "counting = opens"]
    subject_categories: [clients]
    data_categories: [names, health-notes]
    systems: [crm]
    joint_controllers: [northgate]
    lawful_bases:
    - consent
    - {basis: legitimate-interests, assessment: policy}
    conditions: [{condition: art9-a, data_categories: [health-notes]}]
    retention:
    - {period: 18 months, trigger: the last order, data_categories: [names]}
    - {until: consent is withdrawn}
    engagements:
    - party: mailer
      agreement: mailer-dpa
      system: crm
      data_categories: [names]
      transfer:
        country: United States
        safeguards: [{instrument: uk-addendum, module: 2, signed: 2023-02-01}]
    flows:
    - {origin: subject/clients, destination: system/crm, data_categories: [names]}
    - {origin: party/mailer, destination: organisation}
  support:
    name: Support
    role: processor
    controllers: [northgate]
transfers:
  to-northgate:
    importer: northgate
    country: Norway
    data_categories: [health-notes]
    safeguards: [uk-idta]
announcements:
  mailer-host: {name: Mailer moves to another host, vendor: mailer, received: 2026-11-02, window: 14 days}
changes:
  new-host:
    name: New host
    party: mailer
    announcement: mailer-host
    activities: [support]
    data_categories: [names]
    notices: [northgate]
breaches:
  lost-laptop:
    name: Lost laptop
    discovered: 2026-11-20 14:30 UTC
    nature: [confidentiality, availability]
    activities: [support]
    customers: [northgate]
    data_categories: [health-notes]
    subject_categories: [clients]
    breach_notices:
    - {recipient: customer, party: northgate, told: "2026-11-20T16:00+00:00"}
    - {recipient: authority, name: Information Commissioner, reference: "010"}
acknowledgements:
  accepted: {rule: retention-missing, subject: activity/support, reason: known, who: Ada}
"""
