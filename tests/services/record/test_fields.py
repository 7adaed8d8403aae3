"""Every field that a regulator asks for has a place in the register, and what stands there is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ropa.exchange.register_dump import dump_register
from ropa.exchange.register_file import read_register
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.values import Part
from ropa.services.browsing.details import detail
from ropa.services.record.document import record_document
from ropa.services.record.fields import Template, field_at, places, template, templates
from ropa.services.workspace import View
from tests.records.record_fields_page import render
from tests.registers import TODAY

FILLED = """\
format: 1
organisation:
  key: acme
  name: Acme
  legal_name: Acme Widgets Limited
  country: United Kingdom
  address: 1 High Street
  contact: {name: Privacy office, address: 2 Low Street, email: privacy@acme.example, phone: "+44 1"}
  dpo: {name: Ada Officer, address: 3 Mid Street, email: dpo@acme.example, phone: "+44 2"}
  representative: {name: Rep Limited, address: 4 Far Street, email: rep@acme.example, phone: "+44 3"}
documents:
  paper: {name: Paper, type: lia, location: shelf 7}
parties:
  hub:
    name: Hub
    legal_name: Hub Incorporated
    country: United States
    address: 5 Wide Street
    contact: {name: Hub desk, email: desk@hub.example, phone: "+1 4"}
    dpo: {name: Hub officer, email: dpo@hub.example, phone: "+1 5"}
    representative: {name: Hub rep, address: 6 Side Street, email: rep@hub.example, phone: "+1 6"}
  shop: Shop
systems:
  crm: {name: Contact system, own: true, hosting: [Norway], technology: PostgreSQL}
data_categories:
  notes: {name: Notes, examples: remarks of staff, special: health, criminal: true, classification: confidential}
subject_categories:
  patients: {name: Patients, vulnerable: true}
agreements:
  dpa: {name: Hub terms, party: hub, document: paper, signed: 2025-02-03}
activities:
  care:
    name: Care
    reference: Nr. 12
    role: joint-controller
    purposes: [helping, billing]
    description: It is done by telephone
    business_function: Support
    core: true
    owner: Head of support
    controllers: [shop]
    joint_controllers: [shop]
    processing: [storing]
    subject_categories: [patients]
    data_categories: [notes]
    data_source: from the patients
    combination: matched with orders
    systems: [crm]
    location: a cabinet in Leeds
    internal_recipients: [nurses]
    recipients: [insurers]
    security: [locked doors]
    automated_decisions: "yes"
    automated_detail: a score of urgency
    rights: [access, to object]
    privacy_notice: paper
    retention_policy: paper
    risk: somebody reads it
    mitigation: it is locked away
    dpia: required
    dpia_progress: in-progress
    dpia_document: paper
    consultation: not consulted
    since: 2020-01-02
    until: 2030-01-02
    recorded: 2020-03-04
    updated: 2026-05-06
    lawful_bases:
    - {basis: legitimate-interests, purpose: helping, justification: the interest of help, assessment: paper,
       consent_record: the consent log}
    conditions:
    - {condition: sch1-18, policy_document: paper, policy_followed: false, policy_departure: the archive is full}
    retention:
    - {period: 7 years, trigger: the last visit, until: the case ends, stated: as needed, data_categories: [notes]}
    engagements:
    - party: hub
      service: ticketing
      agreement: dpa
      role: processor
      data_categories: [notes]
transfers:
  out:
    exporter: shop
    importer: hub
    country: United States
    activity: care
    data_categories: [notes]
    frequency: occasional
    stated: with care
    safeguards:
    - {instrument: art49-cli, suitable: encrypted on the way, document: paper, reference: C-9}
breaches:
  lost: {name: Lost file, activities: [care], location: folder 3}
"""


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(FILLED, "filled.yaml")


def values_at(register: Register, place: str) -> list[Any]:
    """What stands at a place, in every record of its kind."""
    kind, _, name = place.partition(".")
    found: list[Any] = list(register.of_kind(kind).values())
    for step in name.split("."):
        found = [getattr(each, step) for each in found if each is not None]
    return [each for each in found if each not in (None, (), "")]


@pytest.mark.parametrize(
    ("id_", "head", "fields"),
    [("article-30-1", 0, 12), ("article-30-2", 0, 10), ("ico-controller", 12, 30), ("ico-processor", 0, 6),
     ("cnil", 0, 21), ("cnpd", 0, 7), ("csm-ropa", 0, 44)],
)  # fmt: skip
def test_every_field_of_every_template_is_in_the_table_once(id_: str, head: int, fields: int) -> None:
    found = template(id_)
    assert (len(found.head), len(found.fields)) == (head, fields)
    headings = [each.heading for each in found.all_fields]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("each", templates(), ids=lambda each: each.id)
def test_every_field_has_a_place_or_says_how_it_follows(each: Template) -> None:
    for field in each.all_fields:
        assert field.places or field.derived.endswith("."), field.heading


@pytest.mark.parametrize("place", places())
def test_every_place_is_in_the_model(place: str) -> None:
    assert field_at(place).title
    assert place.partition(".")[0] in KINDS


@pytest.mark.parametrize("place", places())
def test_a_place_that_is_filled_is_kept_and_shown(register: Register, place: str) -> None:
    values = values_at(register, place)
    assert values, f"nothing is recorded at {place}"
    again = read_register(dump_register(register), "again.yaml")
    assert values_at(again, place) == values
    empty = _without(register, place)
    assert _shown(register, place) != _shown(empty, place), f"{place} is nowhere to be seen"


def _without(register: Register, place: str) -> Register:
    """The register with something else at the place, as nearly empty as its kind allows."""
    from dataclasses import replace

    kind, _, name = place.partition(".")
    head, _, rest = name.partition(".")
    records = {}
    for key, record in register.of_kind(kind).items():
        value = getattr(record, head)
        if rest:
            value = value.model_copy(update={rest: None}) if isinstance(value, Part) else None
        else:
            info = type(record).model_fields[head]
            value = _other(place, value) if info.is_required() or place in _OTHERS else info.default
        records[key] = record.model_copy(update={head: value})
    if kind == "organisation":
        return replace(register, organisation=records["acme"])  # type: ignore[arg-type]
    return replace(register, **{KINDS[kind].section: records})  # type: ignore[arg-type]


_OTHERS: dict[str, Any] = {
    "engagement.party": "shop",
    "engagement.role": "controller",
    "transfer.importer": "shop",
    "lawful_basis.basis": "consent",
    "condition.condition": "art9-a",
    "safeguard.instrument": "uk-idta",
}


def _other(place: str, value: Any) -> Any:
    return _OTHERS.get(place, f"not {value}")


def _shown(register: Register, place: str) -> list[str]:
    """What the details of the records show: of the place's own kind, and of the activity."""
    view = View(register, TODAY)
    kind = place.partition(".")[0]
    subjects = [f"{kind}/{key}" for key in register.of_kind(kind)]
    found = [detail(view, each) for each in subjects]
    return [
        each.title + each.subtitle + "\n".join(line.text for part in each.parts for line in part.lines)
        for each in found
    ]


def test_the_page_is_the_one_that_the_program_writes() -> None:
    page = Path(__file__).parents[3] / "docs" / "record-fields.md"
    assert page.read_text(encoding="utf-8") == render(), "run `make docs`"


@pytest.mark.parametrize(
    "words",
    ["Hub Incorporated", "5 Wide Street", "desk@hub.example", "+1 4", "ticketing", "occasional", "of Notes", "C-9",
     "encrypted on the way", "PostgreSQL", "hosted in Norway", "4 Far Street", "3 Mid Street", "Nr. 12"],
)  # fmt: skip
def test_the_record_in_plain_words_holds_what_the_table_promises_of_a_processor(words: str) -> None:
    """A subprocessor with all ways to reach it (Art. 30(2)(a)), the nature of a transfer, what a system is made of."""
    text = FILLED.replace("role: joint-controller", "role: processor").replace(
        "  out:\n    exporter: shop\n", "  out:\n"
    )
    found = record_document(View(read_register(text, "filled.yaml"), TODAY), "md", "plain", "processor")
    assert words in found.content.decode().replace("\\", "")


def test_a_layout_names_the_service_of_a_vendor_as_left_out_where_it_has_no_column_for_it(register: Register) -> None:
    found = record_document(View(register, TODAY), "md", "cnil", "controller")
    assert "engagement.service" in {each.place for each in found.left_out}
