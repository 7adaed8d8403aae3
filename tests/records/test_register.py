"""The register as everything reads it: what belongs to what, and what follows without being typed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError

import pytest

from ropa.exchange.register_file import read_register
from ropa.records.kinds import KINDS, children
from ropa.records.references import references, referrers
from ropa.records.register import Register
from tests.records.every_kind import EVERY_KIND

ON = dt.date(2026, 11, 21)
HEAD = "format: 1\norganisation: {key: acme, name: Acme}\n"


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(EVERY_KIND, "r.yaml")


def test_each_record_is_found_under_what_it_belongs_to(register: Register) -> None:
    assert [each.basis for each in register.lawful_bases_of("newsletter")] == ["consent", "legitimate-interests"]
    assert [each.condition for each in register.conditions_of("newsletter")] == ["art9-a"]
    assert [each.period for each in register.retention_of("newsletter")] == ["P18M", None]
    assert [each.party for each in register.engagements_of("newsletter")] == ["mailer"]
    assert [each.activity for each in register.engagements_with("mailer")] == ["newsletter"]
    assert [each.destination for each in register.flows_of("newsletter")] == ["system/crm", "organisation"]
    assert [each.instrument for each in register.safeguards_of("to-northgate")] == ["uk-idta"]
    assert [each.key for each in register.transfers_to("mailer")] == ["newsletter/mailer"]
    assert [each.key for each in register.agreements_with("mailer")] == ["mailer-dpa"]
    assert [each.customer for each in register.notices_of("new-host")] == ["northgate"]
    assert [each.party for each in register.breach_notices_of("lost-laptop")] == ["northgate", None]
    assert register.lawful_bases_of("support") == ()
    assert register.engagements_of("nothing") == ()


def test_no_data_named_is_all_data_of_the_activity(register: Register) -> None:
    assert register.data_of("newsletter") == ("names", "health-notes")
    assert register.data_of("newsletter", ["names"]) == ("names",)


@pytest.mark.parametrize(
    ("engagement", "found"),
    [
        ("{party: host}", ("host",)),
        ("{party: host, role: controller}", ()),
        ("{party: host, receives_data: false}", ()),
    ],
)
@pytest.mark.parametrize("role", ["processor", "controller"])
def test_a_subprocessor_is_who_works_on_data_that_we_process_for_others(
    engagement: str, found: tuple[str, ...], role: str
) -> None:
    activity = f"{{name: A, role: {role}, controllers: [c], engagements: [{engagement}]}}"
    body = f"parties: {{host: H, c: C}}\nactivities: {{a: {activity}}}"
    register = read_register(HEAD + body, "r.yaml")
    assert register.subprocessors == (found if role == "processor" else ())
    assert register.customers == ("c",)


@pytest.mark.parametrize(
    ("fields", "regimes"),
    [("country: United Kingdom", ("uk",)), ("country: Ireland", ("eu",)), ("country: India", ()), ("note: none", ()),
     ("country: India, regimes: [uk, eu]", ("uk", "eu")), ("country: Ireland, regimes: [uk]", ("uk",))],
)  # fmt: skip
def test_the_regimes_follow_from_the_country_unless_recorded(fields: str, regimes: tuple[str, ...]) -> None:
    register = read_register(f"format: 1\norganisation: {{key: a, name: A, {fields}}}\n", "r.yaml")
    assert register.regimes(ON) == regimes


def test_a_register_cannot_be_changed(register: Register) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(register, "parties", {})  # noqa: B010 as code that is not type-checked would


def test_every_reference_points_to_a_record_and_is_found_from_it(register: Register) -> None:
    count = 0
    for kind in KINDS.values():
        for record in register.of_kind(kind.name).values():
            for field, target, key in references(kind, record):
                assert key in register.of_kind(target)
                assert (kind.name, record.key, field) in referrers(register, target, key)
                count += 1
    assert count > 30
    assert ("flow", "newsletter/party-mailer-organisation", "origin") in referrers(register, "party", "mailer")
    assert referrers(register, "acknowledgement", "accepted") == []


def test_a_kind_comes_after_the_kinds_it_refers_to() -> None:
    order = list(KINDS)
    for kind in KINDS.values():
        for target in kind.refs.values():
            # A document may be about a party, an entry that the file may hold below it.
            if (kind.name, target) != ("document", "party"):
                assert order.index(target) < order.index(kind.name), (kind.name, target)
        if kind.parent:
            assert kind in children(kind.parent)
            assert kind.parent in kind.fields.model_fields
        assert all(name in kind.fields.model_fields for name in kind.stem)


def test_each_kind_has_a_place_of_its_own_in_the_register() -> None:
    assert len({kind.section for kind in KINDS.values()}) == len(KINDS)
    assert {kind.section for kind in KINDS.values()} == set(Register.__dataclass_fields__)
