"""Small registers for tests, written the way a user would write them."""

from __future__ import annotations

import datetime as dt
import textwrap

from ropa.exchange.register_file import read_register
from ropa.records.register import Register

TODAY = dt.date(2026, 11, 21)

HEAD = """\
format: 1
organisation:
  key: acme
  name: Acme
  country: United Kingdom
  address: 1 High Street, Leeds
  contact: {email: privacy@acme.example}
"""


def register(body: str = "", head: str = HEAD) -> Register:
    """The register of a file whose sections are `body`, for a British organisation unless `head` says otherwise."""
    return read_register(head + textwrap.dedent(body), "test.yaml")


COMPLETE = """
parties:
  mailer: {name: Mailer, legal_name: Mailer Ltd, country: United Kingdom, address: Leeds, contact: {email: a@b.example}}
data_categories: {name: Name}
subject_categories: {clients: Clients}
agreements:
  mailer-dpa: {name: Mailer DPA, party: mailer, clauses: [a, b, c, d, e, f, g, h]}
activities:
  newsletter:
    name: Newsletter
    role: controller
    purposes: [telling clients]
    subject_categories: [clients]
    data_categories: [name]
    security: [encryption]
    lawful_bases: [consent]
    retention: [{period: 2 years, trigger: the last order}]
    engagements: [{party: mailer, service: sending, agreement: mailer-dpa}]
"""
"""A register that no rule has anything to say about."""
