"""Fides manifests: what they say comes into the register, and what the register says comes back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from ropa.exchange.fides_manifest import Remark
from ropa.exchange.fides_read import read_manifests
from ropa.exchange.fides_terms import slug, terms
from ropa.exchange.register_dump import dump_register
from ropa.records.category import Special
from ropa.records.errors import InputError
from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.records.values import Part, law_ids
from ropa.services.fides import export_manifest, merged_register, read_back
from tests.records.any_register import registers
from tests.registers import register

FOLDER = Path(__file__).parent / "fides"
SHOP = (FOLDER / "shop.yml").read_bytes()


def brought_in(*files: bytes, known: Register | None = None) -> tuple[Register, list[Remark]]:
    """The register that manifests make, and what is told."""
    named = [(f"{number}.yml", content) for number, content in enumerate(files, 1)]
    stated, remarks = read_manifests(named, "pine-shop", known)
    return merged_register(stated, known), remarks


def refusal(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        brought_in(text.encode())
    return [str(each) for each in caught.value.problems]


def test_a_manifest_becomes_the_register_that_it_describes() -> None:
    found, _ = brought_in(SHOP)
    assert dump_register(found) == (FOLDER / "shop.register.yaml").read_text("utf-8")


def test_what_the_register_has_no_field_for_is_told_with_its_line_and_kept() -> None:
    found, remarks = brought_in(SHOP)
    told = "\n".join(map(str, remarks))
    assert told + "\n" == (FOLDER / "shop.remarks.txt").read_text("utf-8")
    kept = [each for each in remarks if each.kept]
    notes = "\n".join(record.note or "" for kind in KINDS for record in found.of_kind(kind).values())
    for words in ("gvl.42", "checkout", "moon_base", "SCCs", "https://pine.example/security"):
        assert words in notes
    assert len(kept) >= 5


def test_every_value_of_a_manifest_is_in_the_register_or_in_the_report() -> None:
    found, remarks = brought_in(SHOP)
    have = dump_register(found) + "\n".join(map(str, remarks))
    flat = " ".join(have.split())
    for text in _texts(yaml.safe_load(SHOP)):
        term = terms().data_category(text) or terms().data_use(text) or terms().data_subject(text)
        basis = terms().lawful_basis(text) or terms().condition(text) or terms().role(text)
        known = {text, slug(text.removeprefix("user.")), term.name if term else text, basis or text}
        pieces = all(piece.strip() in flat for piece in text.split(";"))
        assert pieces or any(each in flat for each in known) or text in STRUCTURE, text


STRUCTURE = {"user", "garden_advice", "email", "card", "orders", "+44 1904 000000", "dataset", "pine_policy", "system"}
"""Names of collections and fields, which the report counts; words of the format."""


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def test_older_spellings_are_understood() -> None:
    known = register("", "format: 1\norganisation: {key: pine-shop, name: Pine Shop}\n")
    found, remarks = brought_in((FOLDER / "older.yml").read_bytes(), known=known)
    activity = found.activities["statistics-count-visits"]
    assert activity.data_categories == ("contact", "device-cookie-id", "demographic-gender")
    assert (activity.role, activity.dpia, activity.joint_controllers) == ("controller", "required", ("oak-ltd",))
    assert activity.purposes == ("Improve Service",)
    assert "USA, CAN" in (found.systems["statistics"].note or "")
    assert "aggregated" in (activity.note or "")
    assert "_count" in (activity.note or "")
    assert any("older spelling" in each.words for each in remarks)


def test_coming_in_again_changes_nothing() -> None:
    once, _ = brought_in(SHOP)
    again, _ = brought_in(SHOP, known=once)
    assert again == once


def test_what_is_recorded_stays_where_a_manifest_says_nothing() -> None:
    body = """
    parties: {mail: {name: Mailer, legal_name: Mail Machine Inc., country: United States, note: Ours.}}
    systems: {web-shop: {name: Shop, hosting: [Germany], note: Kept.}}
    """
    head = "format: 1\norganisation: {key: pine-shop, name: Pine, country: France, contact: {phone: '1', name: Old}}\n"
    found, _ = brought_in(SHOP, known=register(body, head))
    assert found.systems["web-shop"].hosting == ("DE",)
    assert (found.systems["web-shop"].note or "").startswith("Kept.\nTakes orders.")
    assert found.systems["mail-machine"].operator == "mail"
    assert (found.parties["mail"].name, found.parties["mail"].country) == ("Mailer", "US")
    assert list(found.parties) == ["mail"]
    assert found.organisation.country == "FR"
    assert found.organisation.contact is not None
    assert found.organisation.contact.name == "Pine Shop Ltd"


def test_special_data_is_marked_where_the_taxonomy_says_so_and_nowhere_else() -> None:
    keys = yaml.safe_load(Path("ropa/exchange/fides_terms.yaml").read_text("utf-8"))["data_categories"]
    marked = {key: term.special for key in keys if (term := terms().data_category(key)) and term.special}
    assert marked["user.health_and_medical.record_id"] == "health"
    assert marked["user.health_and_medical.genetic"] == "genetic"
    assert marked["user.biometric.voice"] == "biometric"
    assert "user.demographic.gender" not in marked
    assert "user.childrens" not in marked
    assert set(marked.values()) <= set(get_args(Special))


def test_every_word_of_the_mapping_is_one_of_the_law_book() -> None:
    data = yaml.safe_load(Path("ropa/exchange/fides_terms.yaml").read_text("utf-8"))
    assert set(data["lawful_bases"].values()) <= set(law_ids("lawful-basis"))
    assert set(data["conditions"].values()) <= set(law_ids("condition"))
    assert set(data["transfer_words"]) <= set(law_ids("instrument"))
    for table in ("data_categories", "data_uses"):
        assert set(data[f"former_{table}"].values()) <= set(data[table])


HEAD = "organization: [{fides_key: pine_shop}]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n", "1.yml: this is no Fides manifest"),
        (HEAD + "system: {a: b}\n", "1.yml: line 2: system: this should be a list"),
        (HEAD + "system:\n- name: x\n", "1.yml: line 3: system[0].fides_key: it is required"),
        (HEAD + "system:\n- fides_key: a b\n", "1.yml: line 3: system[0].fides_key: a key has letters"),
        (
            HEAD + "system:\n- fides_key: a\n- fides_key: a\n",
            "1.yml: line 4: system[1].fides_key: system 'a' is already described in 1.yml, line 3",
        ),
        (
            HEAD + "system:\n- fides_key: a\n  privacy_declarations:\n  - name: b\n",
            "1.yml: line 5: system[0].privacy_declarations[0].data_use: it is required",
        ),
        (
            HEAD + "system:\n- fides_key: a\n  uses_profiling: 1\n  privacy_declarations: x\n",
            "1.yml: line 5: system[0].privacy_declarations: this should be a list",
        ),
        (HEAD + f"system:\n- fides_key: a\n  name: {'x' * 301}\n", "1.yml: line 4: system[0].name: it is too long"),
        (HEAD + "system: &x []\n", "1.yml: line 2"),
        ("system: []\n", "there is no organisation 'pine-shop' yet"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_path(text: str, message: str) -> None:
    problems = refusal(text)
    assert any(each.startswith(message) for each in problems), problems


def _usual(name: str, kind: str, value: Any) -> bool:
    return bool(value == KINDS[kind].fields.model_fields[name].default)


def _within(part: Any, whole: Any) -> bool:
    """Whether a value says nothing that the other does not."""
    if isinstance(part, tuple) and isinstance(whole, tuple):
        return set(part) <= set(whole)
    if isinstance(part, Part) and isinstance(whole, Part):
        return part.model_dump(exclude_none=True).items() <= whole.model_dump(exclude_none=True).items()
    return bool(part == whole)


@given(registers())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_manifest_says_nothing_that_the_register_does_not_and_lists_all_that_is_lost(register: Register) -> None:
    export = export_manifest(register)
    back = read_back(export.text, register.organisation.key)
    left = {(each.kind, each.key, each.field) for each in export.left}
    for kind in KINDS:
        there, again = register.of_kind(kind), back.of_kind(kind)
        assert set(again) <= set(there)
        for key, record in there.items():
            if key not in again:
                assert (kind, key, "") in left
                continue
            for name, info in type(record).model_fields.items():
                value = getattr(again[key], name)
                if value != getattr(record, name):
                    assert (kind, key, info.title) in left
                    assert _usual(name, kind, value) or _within(value, getattr(record, name)), (kind, key, name)


HELD = """
format: 1
organisation:
  key: acme
  name: Acme
  note: Sells things.
  contact: {name: Acme Ltd, address: Leeds, email: a@acme.example, phone: '1'}
  dpo: {name: D}
  representative: {email: r@acme.example}
parties:
  mailer: {name: Mailer, legal_name: Mailer Ltd, address: Leeds, contact: {email: m@m.example}, website: 'https://m.example/privacy'}
  bank: {name: Bank, note: Its own.}
systems:
  crm: {name: CRM, operator: mailer, technology: Application, note: All customers.}
  shop: {name: Shop, own: true}
data_categories:
  name: Name
  email: {name: 'E-mail [/] <b>=1+1', examples: work and home, hr: true}
  file: {name: Health file, special: health, credit: true, journalistic: true}
  offences: {name: Offences, criminal: true}
  contact-email: User Contact Email
subject_categories: {customer: Customer, children: {name: Children, vulnerable: true}}
activities:
  orders:
    name: Orders
    role: controller
    purposes: [selling, Marketing]
    business_function: Sales
    subject_categories: [customer]
    data_categories: [name, email, contact-email]
    systems: [crm, shop]
    recipients: [couriers, 'a: b']
    security: [locks]
    dpia: required
    lawful_bases: [{basis: contract, purpose: selling}, {basis: consent, purpose: Marketing}]
    retention: [{period: 6 years, trigger: the last order}]
    engagements: [mailer, {party: bank, role: controller, data_categories: [name]}]
    flows: [{origin: system/shop, destination: system/crm, data_categories: [name]}]
  care:
    name: Care
    role: processor
    purposes: [care]
    subject_categories: [children]
    data_categories: [file, offences]
    systems: [shop]
    conditions: [art9-a]
    retention: [{stated: as long as needed}]
    flows: [{origin: subject/children, destination: system/shop}]
  bare: {name: Orders, data_categories: [name], lawful_bases: [legitimate-interests]}
"""


def test_what_fides_can_hold_comes_back_as_it_was() -> None:
    held = register(HELD, head="")
    export = export_manifest(held)
    assert [str(each) for each in export.left] == []
    assert read_back(export.text, "acme") == held
    assert export.text == (FOLDER / "held.fides.yml").read_text("utf-8")


def test_hostile_names_stay_text_in_a_manifest() -> None:
    nasty = 'a: [b] # "c"\\n- x &y *z <script>'
    body = f"systems: {{s: {{name: {yaml.dump(nasty, width=999).splitlines()[0]}}}}}"
    export = export_manifest(register(body))
    assert yaml.safe_load(export.text)["system"][0]["name"] == nasty
    assert not re.search(r"^(?!#)system:.*\n.*- x", export.text)


def test_a_record_that_a_manifest_cannot_hold_is_listed_by_its_name() -> None:
    found = [str(each) for each in export_manifest(register("documents: {lia: LIA on marketing}")).left]
    assert "document/lia  LIA on marketing (all of it)" in found
