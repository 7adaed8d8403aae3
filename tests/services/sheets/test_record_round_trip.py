"""The ICO's sheet out and in again: the same register, for all that the sheet can hold."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropa.exchange.register_file import read_register
from ropa.records.activity import ActivityFields
from ropa.records.register import Register
from ropa.services.record.document import record_document
from ropa.services.sheets.importing import SheetPlan, carry_out, plan, read_file
from ropa.services.workspace import View
from ropa.store.store import Store
from tests.store.databases import filled

ON = dt.date(2026, 11, 21)
DATA = Path(__file__).parents[3] / "data"
Suffix = Literal["xlsx", "ods", "csv"]
Role = Literal["controller", "processor"]

HEAD: dict[str, Any] = {
    "format": 1,
    "organisation": {"key": "acme", "name": "Acme", "country": "United Kingdom", "address": "1 High Street, Leeds"},
    "parties": {
        "mailer": {"name": "Mailer", "legal_name": "Mailer, Inc.", "country": "United States", "dpf": "none"},
        "brae": {"name": "Brae Ltd", "address": "2 Glen; Perth", "contact": {"name": "Ann", "email": "a@brae.example"}},
        "corrie": {"name": "Corrie Ltd", "country": "United Kingdom", "contact": {"phone": "01865 000111"}},
    },
    "documents": {
        "lia": {"name": "Newsletter LIA", "type": "lia", "location": "https://acme.example/lia, v2"},
        "dpia": {"name": "DPIA", "type": "dpia", "location": "S:/dpia.docx"},
        "apd": {"name": "Policy document", "type": "appropriate-policy"},
        "terms": {"name": "Mailer terms", "type": "dpa", "location": "terms.pdf"},
    },
    "agreements": {"mailer-dpa": {"name": "DPA with Mailer", "party": "mailer", "document": "terms"}},
    "systems": {"crm": {"name": "CRM", "own": True, "hosting": ["United Kingdom"]}},
}


def _words(signs: str, first: str) -> st.SearchStrategy[str]:
    """Texts on one line, with single spaces, as a form keeps them."""
    return st.text(st.sampled_from(signs), min_size=1, max_size=24).map(lambda text: " ".join(f"{first}{text}".split()))


WORDS = _words("abcde xy,-()&/.'", "z")
PURPOSE = _words("abcdeé ,;:.=+-@•()", "q")
EVENT = _words("abcde ", "the end ")


def few(words: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[list[str]]:
    """Some words, none of which is another in other letters."""
    return st.lists(words, min_size=least, max_size=3, unique_by=lambda text: "".join(filter(str.isalnum, text)))


@st.composite
def activities(draw: st.DrawFn) -> dict[str, Any]:
    subjects, data = draw(few(WORDS)), draw(few(WORDS))
    basis = draw(st.sampled_from(["consent", "contract", "legitimate-interests", "legal-obligation"]))
    more: dict[str, Any] = {"basis": basis}
    if basis == "consent":
        more |= draw(st.sampled_from([{}, {"consent_record": "the sign-up form"}]))
    if basis == "legitimate-interests":
        more |= draw(st.sampled_from([{}, {"justification": "people expect it", "assessment": "lia"}]))
    limit = draw(
        st.sampled_from(
            [
                {"period": "6 years"},
                {"period": "18 months"},
                {"period": "2 years", "stated": "two years or so"},
                {"stated": "as long as needed"},
                {"until": "x"},
            ]
        )
    )
    limit = {key: draw(EVENT) if key == "until" else value for key, value in limit.items()}
    if "period" in limit:
        limit |= draw(st.fixed_dictionaries({}, optional={"trigger": EVENT, "until": EVENT}))
    mailed = draw(st.booleans())
    safe = draw(st.sampled_from([[], ["uk-idta"], ["eu-scc-2021", "uk-addendum"]]))
    stated = draw(st.sampled_from([{}, {"stated": "under clauses of our own"}]))
    engagement = {"party": "mailer", "agreement": "mailer-dpa"}
    transfer = {"country": "United States", "safeguards": safe, **stated}
    joint = draw(st.sampled_from([[], ["brae"], ["brae", "corrie"]]))
    condition = draw(st.sampled_from([None, "art9-a", "sch1-18"]))
    values: dict[str, Any] = {
        "role": "joint-controller" if joint else "controller",
        "joint_controllers": joint,
        "purposes": draw(few(PURPOSE, 1)),
        "security": draw(few(PURPOSE)),
        "rights": draw(few(WORDS)),
        "recipients": draw(few(WORDS)),
        "internal_recipients": draw(few(WORDS)),
        "subject_categories": subjects,
        "data_categories": data,
        "lawful_bases": [more],
        "retention": [limit],
        "engagements": [engagement | {"transfer": transfer}] if mailed else [],
        "systems": draw(st.sampled_from([[], ["crm"]])),
    }
    optional: dict[str, Any] = {
        "business_function": WORDS,
        "data_source": WORDS,
        "location": st.just("the archive in Leeds"),
        "automated_decisions": st.sampled_from(["yes", "no"]),
        "dpia": st.sampled_from(["required", "not-required"]),
        "dpia_progress": st.sampled_from(["not-started", "in-progress", "completed"]),
        "dpia_document": st.just("dpia"),
    }
    values |= draw(st.fixed_dictionaries({}, optional=optional))
    if "automated_decisions" in values:
        values |= draw(st.sampled_from([{}, {"automated_detail": "a score, made at night.\nNobody looks at it."}]))
    if condition:
        values["conditions"] = [{"condition": condition}]
        if condition == "sch1-18":
            values["conditions"][0] |= {"policy_document": "apd", "policy_followed": False, "policy_departure": "new"}
    return values


@st.composite
def registers(draw: st.DrawFn) -> dict[str, Any]:
    """A register file as plain values: categories by name, activities told apart by their first purpose."""
    found = draw(st.lists(activities(), min_size=1, max_size=3))
    data: dict[str, str] = {}
    subjects: dict[str, str] = {}
    for number, each in enumerate(found):
        each["name"] = f"Activity {number}"
        each["purposes"][0] = f"{each['purposes'][0]} {number}".strip()
        each["data_categories"] = [_key(data, name) for name in each["data_categories"]]
        each["subject_categories"] = [_key(subjects, name) for name in each["subject_categories"]]
    return {
        **HEAD,
        "data_categories": {key: {"name": name} for name, key in data.items()},
        "subject_categories": {key: {"name": name} for name, key in subjects.items()},
        "activities": {f"a{number}": each for number, each in enumerate(found)},
    }


def _key(known: dict[str, str], name: str) -> str:
    """The key of a name; names that differ in signs alone are one."""
    mark = "".join(filter(str.isalnum, name))
    for other, key in known.items():
        if "".join(filter(str.isalnum, other)) == mark:
            return key
    return known.setdefault(name, f"k{len(known)}")


def out_and_in(store: Store, register: Register, suffix: Suffix, role: Role, folder: Path) -> SheetPlan:
    path = folder / f"record.{suffix}"
    path.write_bytes(record_document(View(register, ON), suffix, "ico", role).content)
    layout = "ico" if role == "controller" else "ico-processor"
    return plan(store, register.organisation.key, read_file(path, layout))


def held(register: Register, each: ActivityFields) -> dict[str, object]:
    """What the sheet has a column for."""
    key = each.key
    plain = ("business_function", "purposes", "security", "rights", "data_source", "automated_decisions", "dpia",
             "automated_detail", "dpia_progress", "dpia_document", "joint_controllers", "role", "location", "systems",
             "internal_recipients")  # fmt: skip
    every = set(each.data_categories)
    return {
        **{name: getattr(each, name) for name in plain},
        "data": [register.data_categories[name].name for name in each.data_categories],
        "subjects": [register.subject_categories[name].name for name in each.subject_categories],
        "bases": {(one.basis, one.justification, one.assessment, one.consent_record)
                  for one in register.lawful_bases_of(key)},
        "conditions": {(one.condition, one.policy_document, one.policy_followed, one.policy_departure)
                       for one in register.conditions_of(key)},
        "retention": {(one.period, one.trigger, one.until, one.stated, frozenset(one.data_categories or every))
                      for one in register.retention_of(key)},
    }  # fmt: skip


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(registers(), st.sampled_from(["xlsx", "csv", "ods"]))
def test_the_sheet_brings_nothing_new_into_the_register_that_it_came_from(given_: dict[str, Any], suffix: Any) -> None:
    text = json.dumps(given_)
    with TemporaryDirectory() as name:
        store = filled(Path(name) / "ropa.db", text)
        made = out_and_in(store, read_register(text, "r.yaml"), suffix, "controller", Path(name))
    assert (made.added, made.changed) == ((), ())
    assert not [
        each for each in made.told if each.fate in ("kept", "differs") and not each.spot.heading.startswith("Ret")
    ]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(registers(), st.sampled_from(["xlsx", "csv", "ods"]))
def test_a_register_without_activities_gets_the_same_ones_from_the_sheet(given_: dict[str, Any], suffix: Any) -> None:
    source = read_register(json.dumps(given_), "r.yaml")
    bare = {key: value for key, value in given_.items() if key != "activities"}
    with TemporaryDirectory() as name:
        store = filled(Path(name) / "ropa.db", json.dumps(bare))
        made = out_and_in(store, source, suffix, "controller", Path(name))
        carry_out(store, made, who="alice")
        found = store.snapshot("acme").register
    assert [held(found, each) for each in found.activities.values()] == [
        held(source, each) for each in source.activities.values()
    ]
    instruments = {(each.importer, each.country, each.stated, frozenset(
        one.instrument for one in source.safeguards_of(each.key))) for each in source.transfers.values()}  # fmt: skip
    assert {(each.importer, each.country) for each in found.transfers.values()} <= {one[:2] for one in instruments}


CHAIN = """
format: 1
organisation: {key: acme, name: Acme, country: United Kingdom}
parties:
  mailer: {name: Mailer, legal_name: Mailer Ltd, country: United Kingdom}
  cloud: {name: Cloud, legal_name: "Cloud, Inc.", country: United States}
  post: {name: Post, country: United States}
  dove: {name: Dove, country: India}
agreements:
  a: {name: Mailer DPA, party: mailer}
  b: {name: Cloud terms, party: cloud, between: mailer, type: dpa}
data_categories: {mail: E-mail}
subject_categories: {clients: Clients}
activities:
  news:
    name: Newsletter
    role: controller
    purposes: [telling clients]
    data_categories: [mail]
    subject_categories: [clients]
    engagements: [{party: mailer, agreement: a}MORE]
transfers:
  t: {exporter: mailer, importer: cloud, country: United States, safeguards: [uk-idta]}
"""
OTHERS = """, {party: post, transfer: {country: United States, safeguards: [uk-addendum]}},
      {party: dove, transfer: {country: India}}"""


@pytest.mark.parametrize("more", ["", OTHERS])
@pytest.mark.parametrize("layout", ["ico", "cnil"])
def test_what_a_vendor_hands_on_comes_back_as_no_transfer_of_our_own(more: str, layout: Any, tmp_path: Path) -> None:
    store = filled(tmp_path / "ropa.db", CHAIN.replace("MORE", more))
    path = tmp_path / "record.xlsx"
    path.write_bytes(record_document(View(store.snapshot("acme").register, ON), "xlsx", layout).content)
    made = plan(store, "acme", read_file(path), on=ON)
    assert (made.added, made.changed) == ((), ())
    assert any("Cloud, from Mailer" in each.spot.text for each in made.told)


SAMPLES = sorted(path.stem for path in DATA.glob("*.yaml"))


@pytest.mark.parametrize("organisation", SAMPLES)
@pytest.mark.parametrize("layout", ["ico", "cnil"])
def test_no_sample_changes_by_its_own_record(organisation: str, layout: Any, tmp_path: Path) -> None:
    store = filled(tmp_path / "ropa.db", (DATA / f"{organisation}.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "record.xlsx"
    register = store.snapshot(organisation).register
    path.write_bytes(record_document(View(register, ON), "xlsx", layout, None).content)
    made = plan(store, organisation, read_file(path), on=ON)
    assert (made.added, made.changed) == ((), ())
    assert not [each.gap for each in made.told if each.fate == "differs"]


@pytest.mark.parametrize("organisation", ["infotek", "outserve"])
@pytest.mark.parametrize("role", ["controller", "processor"])
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "csv"])
def test_the_samples_come_back_as_they_are(organisation: str, role: Role, suffix: Suffix, tmp_path: Path) -> None:
    store = filled(tmp_path / "ropa.db", (DATA / f"{organisation}.yaml").read_text(encoding="utf-8"))
    made = out_and_in(store, store.snapshot(organisation).register, suffix, role, tmp_path)
    assert (made.added, made.changed) == ((), ())
