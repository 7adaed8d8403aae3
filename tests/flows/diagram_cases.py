"""The register that the diagram tests draw, and the way to write the golden files anew when a picture changes:

python -m tests.flows.diagram_cases
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ropa.exchange.register_file import read_register
from ropa.flows.diagram import Diagram, diagram
from ropa.flows.dot import dot_source
from ropa.records.register import Register

ON = dt.date(2026, 11, 21)
GOLDEN = Path(__file__).parent / "golden"
GOLDEN_CASES: dict[str, str | None] = {"all": None, "newsletter": "newsletter", "hosting": "hosting"}

SAMPLE = """
format: 1
organisation: {key: fenwick, name: Fenwick Ltd, country: United Kingdom}
parties:
  mailer: {name: Mailer, legal_name: Mailer Holdings Inc., country: United States}
  tracker: {name: Tracker, country: United States}
  listed: {name: Listed Inc., country: US, dpf: active, dpf_uk_extension: true}
  belga: {name: Belga NV, country: Belgium}
  backup: {name: Zürich Backup AG, country: Switzerland}
  survey: {name: SurveyCo}
  night: {name: Night Support Pvt Ltd, country: India, invented: true}
  tax: {name: HM Revenue & Customs, country: GB, sector: public-authority}
  pension: {name: Pension provider, country: GB}
  bureau: {name: Payroll Bureau Ltd, country: GB}
  seoul: {name: Seoul Cloud, country: South Korea}
  trust: {name: Northgate Trust, country: GB, invented: true}
  codesign: {name: Co-Design LLP, country: GB}
systems:
  crm: {name: CRM on our own servers, own: true, hosting: [GB]}
  desk: {name: Listed Desk, operator: listed, hosting: [Ireland], remote_access: [US]}
  bare: {name: Old file server}
data_categories:
  name: Name
  email: Work e-mail address
  phone: Telephone number
  clicks: Opens and clicks
  bank: Bank account
  health: {name: Health data, special: health}
  pay: {name: Pay and tax data, hr: true}
subject_categories:
  clients: Client contacts
  prospects: Prospects
  staff: Employees
  patients: {name: Patients, vulnerable: true}
activities:
  newsletter:
    name: Client newsletter
    subject_categories: [clients, prospects]
    data_categories: [name, email, clicks]
    systems: [crm]
    engagements:
      - {party: mailer, service: sending, transfer: {country: US, safeguards: [privacy-shield]}}
      - party: tracker
        data_categories: [clicks]
        transfer: {country: US, safeguards: [{instrument: uk-idta, signed: 2023-01-01}]}
  records:
    name: Client records
    joint_controllers: [codesign]
    subject_categories: [clients]
    data_categories: [name, email, phone, bank]
    systems: [crm, bare]
    engagements:
      - {party: listed, system: desk}
      - {party: belga}
      - {party: backup}
      - {party: mailer, service: service messages, transfer: {country: US, safeguards: [privacy-shield]}}
      - {party: codesign, role: joint-controller}
  surveys:
    name: Surveys
    subject_categories: [prospects]
    data_categories: [name]
    engagements: [{party: survey}]
  staff:
    name: Employment
    subject_categories: [staff]
    data_categories: [name, bank, pay]
    engagements:
      - {party: tax, role: controller, data_categories: [name, pay]}
      - {party: pension, role: controller, data_categories: [name, pay]}
      - {party: bureau, remote_access: [India]}
      - {party: seoul}
  hosting:
    name: Hosting for customers
    role: processor
    controllers: [trust]
    subject_categories: [patients]
    data_categories: [name, health]
    engagements:
      - party: night
        service: night support
        invented: true
        transfer: {country: IN, safeguards: [{instrument: uk-idta, signed: 2024-02-01, assessed: 2024-01-15}]}
    flows:
      - {origin: organisation, destination: party/trust, data_categories: [name]}
"""


def sample() -> Register:
    """The register above."""
    return read_register(SAMPLE, "sample.yaml")


def sample_diagram(activity: str | None = None, on: dt.date = ON) -> Diagram:
    """Its diagram."""
    return diagram(sample(), on, activity)


def large(vendors: int) -> Register:
    """A register with this many vendors, each engaged in one of many activities, and with many customers."""
    countries = ("US", "IN", "GB", "DE", "CH", "KR")
    lines = ["format: 1", "organisation: {key: big, name: Big plc, country: GB}", "parties:"]
    lines += [f"  v{n}: {{name: Vendor {n}, country: {countries[n % len(countries)]}}}" for n in range(vendors)]
    lines += [f"  c{n}: {{name: Customer {n}, country: GB}}" for n in range(9)]
    lines += ["data_categories: {name: Name}", "subject_categories:"]
    lines += [f"  s{n}: People {n}" for n in range(9)]
    lines.append("activities:")
    for n in range(0, vendors, 3):
        role = f"role: processor, controllers: [c{n % 9}]" if n % 2 else "role: controller"
        engaged = ", ".join(f"{{party: v{v}}}" for v in range(n, min(n + 3, vendors)))
        lines.append(
            f"  a{n}: {{name: Activity {n}, {role}, subject_categories: [s{n % 9}], "
            f"data_categories: [name], engagements: [{engaged}]}}"
        )
    return read_register("\n".join(lines), "large.yaml")


if __name__ == "__main__":
    for name, activity in GOLDEN_CASES.items():
        (GOLDEN / f"{name}.dot").write_text(dot_source(sample_diagram(activity)), encoding="utf-8")
