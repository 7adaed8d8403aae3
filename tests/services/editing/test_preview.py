"""Before a record is saved one sees which findings would go and come, as the whole register would say it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from ropa.records.kinds import KINDS
from ropa.records.register import Register
from ropa.services.editing.preview import preview, with_records
from ropa.services.editing.values import read
from ropa.services.findings.touching import part_of, touched
from ropa.services.workspace import View
from tests.registers import TODAY, register

UNCOVERED = """
parties: {hub: {name: Hub, country: United States}}
data_categories: {name: Name}
activities:
  newsletter:
    name: Newsletter
    role: controller
    data_categories: [name]
    engagements: [{party: hub, transfer: {country: United States}}]
"""


def test_before_saving_one_sees_which_findings_go_and_which_verdicts_change() -> None:
    view = View(register(UNCOVERED), TODAY)
    typed = {"instrument": "uk-idta", "signed": "2026-11-01", "assessed": "2026-10-01"}
    record = read("safeguard", typed, parent="newsletter/hub").record
    assert record is not None
    seen = preview(view, "safeguard", record)
    assert [each.title for each in seen.gone] == ["Hub (United States): no valid safeguard"]
    assert seen.come == ()
    (change,) = seen.verdicts
    assert (change.importer, change.regime, change.before, change.after) == (
        "Hub",
        "uk",
        "unsafeguarded",
        "safeguarded",
    )
    assert seen.lines[0].text == "United States, UK GDPR: safeguard on record"
    assert view.register.safeguards == {}


def test_before_saving_one_sees_what_a_change_would_break() -> None:
    view = View(register(UNCOVERED.replace("United States", "France")), TODAY)
    record = read("party", {"country": "India"}, view.register.parties["hub"]).record
    assert record is not None
    assert "crossing-undocumented" in {each.rule for each in preview(view, "party", record).come}


def test_a_record_that_changes_nothing_changes_no_finding() -> None:
    view = View(register(UNCOVERED), TODAY)
    seen = preview(view, "party", view.register.parties["hub"])
    assert (seen.gone, seen.come, seen.verdicts, seen.lines) == ((), (), (), ())


def test_what_has_nothing_to_do_with_a_record_is_not_judged_again() -> None:
    body = UNCOVERED + "  other: {name: Other, role: controller, data_categories: [name]}\n"
    found = register(body)
    reach = touched(found, [("party", found.parties["hub"])])
    assert reach is not None
    assert set(part_of(found, reach).activities) == {"newsletter"}
    assert touched(found, [("organisation", found.organisation)]) is None


PARTIES = [f"p{number}" for number in range(18)]
ACTIVITIES = [f"a{number}" for number in range(9)]
COUNTRIES = ("GB", "US", "FR", "IN", "US", None)


def any_records(seed: int) -> list[tuple[str, dict[str, Any]]]:
    """The records of a register whose parts hang together at random; any two have the same keys to refer to."""
    dice = Random(seed)  # noqa: S311 no secret hangs on it

    def some(of: Sequence[str], most: int = 3) -> list[str]:
        return dice.sample(of, dice.randint(0, min(most, len(of))))

    def one(*of: Any) -> Any:
        return dice.choice(of)

    data, systems, papers = ["d0", "d1", "d2"], [f"s{number}" for number in range(8)], ["t0", "t1"]
    found: list[tuple[str, dict[str, Any]]] = []
    found += [("document", {"key": key, "name": key, "date": one(None, "2026-01-01")}) for key in papers]
    found += [("party", {"key": key, "name": key, "country": one(*COUNTRIES)}) for key in PARTIES]
    found += [
        (
            "system",
            {"key": key, "name": key, "operator": one(None, one(*PARTIES)), "hosting": one((), ("US",), ("FR",))},
        )
        for key in systems
    ]
    found += [("data_category", {"key": key, "name": key, "special": one(None, "health")}) for key in data]
    found += [("subject_category", {"key": "people", "name": "People", "vulnerable": one(True, False)})]
    for number in range(4):
        agreed = {
            "party": one(*PARTIES),
            "between": one(None, one(*PARTIES)),
            "clauses": one(None, (), tuple("abcdefgh")),
        }
        found.append(("agreement", {"key": f"g{number}", "name": f"g{number}", **agreed}))
    for key in ACTIVITIES:
        role, controllers = one("controller", "processor", None), some(PARTIES, 1)
        lists = {"systems": some(systems, 1), "data_categories": some(data), "subject_categories": one((), ("people",))}
        found.append(("activity", {"key": key, "name": key, "role": role, "controllers": controllers, **lists}))
        for number in range(dice.randint(0, 2)):
            work = {"party": one(*PARTIES), "data_categories": some(data, 1), "countries": one((), ("IN",))}
            work |= {"system": one(None, None, one(*systems)), "agreement": one(None, "g0", "g1")}
            found.append(("engagement", {"key": f"{key}/e{number}", "activity": key, **work}))
        ends = {
            "origin": one("organisation", "system/s0"),
            "destination": one("organisation", f"party/{one(*PARTIES)}", f"system/{one(*systems)}"),
        }
        found.append(("flow", {"key": f"{key}/f", "activity": key, **ends}))
        found.append(("lawful_basis", {"key": f"{key}/b", "activity": key, "basis": one("consent", "contract")}))
        found.append(("retention", {"key": f"{key}/r", "activity": key, "period": one(None, "6 years")}))
    for number in range(5):
        key, ends = f"x{number}", {"exporter": one(None, one(*PARTIES)), "importer": one(*PARTIES)}
        goes = {"country": one(*COUNTRIES), "activity": one(None, one(*ACTIVITIES)), "data_categories": some(data, 1)}
        found.append(("transfer", {"key": key, **ends, **goes}))
        cover = {"instrument": one("uk-idta", "uk-addendum", "eu-scc-2021"), "assessment": one(None, *papers)}
        found.append(("safeguard", {"key": f"{key}/i", "transfer": key, **cover}))
    change = {"party": one(*PARTIES), "activities": some(ACTIVITIES, 1), "effective": one(None, "2026-12-24")}
    told = {"vendor": one(*PARTIES), "about": one(None, one(*PARTIES)), "received": "2026-11-02", "window": "30 days"}
    found.append(("announcement", {"key": "n", "name": "n", "kind": one("add", "remove"), **told}))
    where = {"party": one(None, one(*PARTIES)), "activities": some(ACTIVITIES, 2), "customers": some(PARTIES, 1)}
    found.append(("breach", {"key": "b", "name": "b", "risk": one(None, "high"), **where}))
    return [*found, ("change", {"key": "c", "name": "c", "kind": "add", **change})]


def any_register(seed: int) -> Register:
    owner = KINDS["organisation"].fields.model_validate({"key": "acme", "name": "Acme", "country": "GB"})
    records = [(kind, KINDS[kind].fields.model_validate(values)) for kind, values in any_records(seed)]
    return with_records(register(), [("organisation", owner), *records])


@pytest.mark.parametrize("seed", range(12))
def test_a_part_of_the_register_says_what_the_whole_would_say(seed: int) -> None:
    found, other, dice = any_register(seed), any_register(seed + 1000), Random(seed)  # noqa: S311 as above
    before = View(found, TODAY)
    for kind in ("organisation", *dict(any_records(seed))):
        record = dice.choice(list(other.of_kind(kind).values()))
        after = View(with_records(found, [(kind, record)]), TODAY)
        seen = preview(before, kind, record)
        assert set(seen.gone) == set(before.findings) - set(after.findings), (kind, record.key)
        assert set(seen.come) == set(after.findings) - set(before.findings), (kind, record.key)
