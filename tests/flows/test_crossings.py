"""Which hops leave the territory, what documents them, and what follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ropa.flows import crossings as crossings_module
from ropa.flows.crossings import Crossing, crossings, undocumented, without_crossing
from ropa.law.lawbook import LawBook
from ropa.records.category import DataCategoryFields
from ropa.records.register import Register
from ropa.rules.hop import Hop
from ropa.rules.transfers import judge
from ropa.rules.verdict import Verdict
from tests.registers import HEAD, TODAY, register

BODY = """
parties:
  vendor: {name: Vendor, PARTY}
data_categories: {name: Name, staff: {name: Staff data, hr: true}}
subject_categories: {people: People}
activities:
  work:
    name: Work
    subject_categories: [people]
    data_categories: [name]
    engagements:
      - {party: vendor, ENGAGEMENT}
TRANSFERS
"""


def make(party: str, engagement: str = "service: x", transfers: str = "", head: str = HEAD) -> Register:
    body = BODY.replace("PARTY", party).replace("ENGAGEMENT", engagement).replace("TRANSFERS", transfers)
    return register(body, head)


def met(found: list[Crossing]) -> list[tuple[str | None, list[tuple[str, str]]]]:
    return [(each.country, [(v.regime, v.status) for v in each.verdicts]) for each in found]


def test_a_vendor_at_home_makes_no_crossing() -> None:
    assert crossings(make("country: United Kingdom"), TODAY) == []


def test_a_vendor_in_the_eea_is_a_crossing_that_is_covered() -> None:
    assert met(crossings(make("country: Norway"), TODAY)) == [("NO", [("uk", "adequate")])]


def test_hosting_at_home_does_not_hide_where_the_vendor_is_established() -> None:
    assert met(crossings(make("country: India", "countries: [United Kingdom]"), TODAY)) == [
        ("IN", [("uk", "unsafeguarded")])
    ]


def test_remote_access_from_abroad_is_a_crossing() -> None:
    found = crossings(make("country: United Kingdom", "remote_access: [India]"), TODAY)
    assert met(found) == [("IN", [("uk", "unsafeguarded")])]


def test_a_vendor_of_unknown_country_is_never_shown_as_fine() -> None:
    assert met(crossings(make("website: v.example"), TODAY)) == [(None, [("uk", "unknown")])]


def test_an_exporter_under_both_regimes_is_judged_under_each() -> None:
    both = HEAD.replace("  address", "  regimes: [uk, eu]\n  address")
    found = crossings(make("country: Brazil", head=both), TODAY)
    assert met(found) == [("BR", [("uk", "unsafeguarded"), ("eu", "adequate")])]


def test_a_french_exporter_to_france_stays_inside() -> None:
    assert crossings(make("country: France", head=HEAD.replace("United Kingdom", "France")), TODAY) == []


def test_people_giving_their_own_data_make_no_transfer() -> None:
    french = make("country: United Kingdom")
    assert crossings(french, TODAY) == []


TRANSFER = """
transfers:
  t:
    importer: vendor
    country: United States
    safeguards: [{SAFEGUARD}]
"""


@pytest.mark.parametrize(
    ("safeguard", "status"),
    [
        ("instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01", "safeguarded"),
        ("instrument: uk-idta, signed: 2024-01-01", "incomplete"),
        ("instrument: uk-addendum, signed: 2024-01-01, assessed: 2024-01-01", "incomplete"),
        ("instrument: eu-scc-2021, signed: 2024-01-01, assessed: 2024-01-01", "unsafeguarded"),
        ("instrument: privacy-shield", "unsafeguarded"),
        ("instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01, until: 2026-11-20", "unsafeguarded"),
    ],
)
def test_what_is_recorded_decides(safeguard: str, status: str) -> None:
    found = crossings(make("country: US", transfers=TRANSFER.replace("SAFEGUARD", safeguard)), TODAY)
    assert met(found) == [("US", [("uk", status)])]
    assert found[0].transfer == "t"


def test_an_assessment_on_file_counts_by_the_date_of_its_document() -> None:
    documents = "documents: {tra: {name: TRA, type: tra, date: 2024-01-01}}\n"
    transfer = documents + TRANSFER.replace("SAFEGUARD", "instrument: uk-idta, signed: 2024-01-01, assessment: tra")
    assert met(crossings(make("country: US", transfers=transfer), TODAY)) == [("US", [("uk", "safeguarded")])]


def test_the_bridge_needs_the_list_and_the_extension() -> None:
    listed = "country: US, dpf: active"
    assert crossings(make(listed), TODAY)[0].worst.status == "unknown"
    assert crossings(make(f"{listed}, dpf_uk_extension: false"), TODAY)[0].worst.status == "unsafeguarded"
    assert crossings(make(f"{listed}, dpf_uk_extension: true"), TODAY)[0].worst.status == "adequate"
    assert crossings(make(f"{listed}, dpf_uk_extension: true, sector: bank"), TODAY)[0].worst.status == "unsafeguarded"


def test_staff_data_needs_an_entry_that_covers_staff_data() -> None:
    party = "country: US, dpf: active, dpf_uk_extension: true"
    staff = "data_categories: [staff]"
    assert crossings(make(party, staff), TODAY)[0].worst.status != "adequate"
    assert crossings(make(f"{party}, dpf_hr: true", staff), TODAY)[0].worst.status == "adequate"


def test_the_transfer_recorded_for_the_very_activity_comes_first() -> None:
    transfers = """
transfers:
  general: {importer: vendor, country: United States}
  exact: {importer: vendor, country: United States, activity: work}
  elsewhere: {importer: vendor, country: India}
"""
    made = make("country: US", transfers=transfers)
    found = crossings(made, TODAY)
    assert [(each.transfer, each.transfers) for each in found] == [("exact", ("exact", "general"))]
    assert [each.key for each in without_crossing(made, found, TODAY)] == ["elsewhere"]


def test_a_hop_is_looked_up_among_the_transfers_of_its_own_activity_and_the_general_ones() -> None:
    transfers = """
transfers:
  general: {importer: vendor, country: United States}
  exact: {importer: vendor, country: United States, activity: work}
  other: {importer: vendor, country: United States, activity: rest}
  onward: {exporter: vendor, importer: vendor, country: United States, activity: work}
"""
    made = make("country: US", transfers="  rest: {name: Rest}" + transfers)
    assert [each.key for each in made.transfers_about(None, "vendor", "work")] == ["exact", "general"]
    assert [each.key for each in made.transfers_about("vendor", "vendor", "work")] == ["onward"]


def test_a_crossing_without_a_transfer_is_undocumented() -> None:
    found = crossings(make("country: Japan"), TODAY)
    assert undocumented(found) == found


def test_privacy_shield_was_fine_until_the_day_before_it_fell() -> None:
    made = make("country: US", transfers=TRANSFER.replace("SAFEGUARD", "instrument: privacy-shield"))
    assert crossings(made, dt.date(2020, 7, 15))[0].worst.status == "adequate"
    assert crossings(made, dt.date(2020, 7, 16))[0].worst.status == "unsafeguarded"


def test_several_records_of_one_transfer_count_together() -> None:
    transfers = """
transfers:
  clauses:
    importer: vendor
    country: US
    safeguards: [{instrument: eu-scc-2021, module: 2, signed: 2024-01-01, assessed: 2024-01-01}]
  addendum:
    importer: vendor
    country: US
    activity: work
    safeguards: [{instrument: uk-addendum, signed: 2024-01-01, assessed: 2024-01-01}]
"""
    made = make("country: US", transfers=transfers)
    found = crossings(made, TODAY)
    assert [(each.transfer, each.worst.status) for each in found] == [("addendum", "safeguarded")]
    assert without_crossing(made, found, TODAY) == []


def test_one_record_that_says_systematic_rules_a_derogation_out() -> None:
    transfers = """
transfers:
  once: {importer: vendor, country: IN, frequency: occasional, safeguards: [art49-e]}
  often: {importer: vendor, country: IN, frequency: FREQUENCY}
"""
    for frequency, status in (("occasional", "derogation"), ("systematic", "unsafeguarded")):
        made = make("country: India", transfers=transfers.replace("FREQUENCY", frequency))
        assert met(crossings(made, TODAY)) == [("IN", [("uk", status)])]


def test_a_safeguard_for_some_of_the_data_does_not_carry_the_rest() -> None:
    transfers = """
transfers:
  names:
    importer: vendor
    country: IN
    data_categories: [name]
    safeguards: [{instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01}]
  staff: {importer: vendor, country: IN, data_categories: [staff]}
"""
    both = make("country: India", "data_categories: [name, staff]", transfers)
    assert met(crossings(both, TODAY)) == [("IN", [("uk", "unsafeguarded")])]
    one = make("country: India", "data_categories: [name]", transfers)
    assert [(each.transfers, each.worst.status) for each in crossings(one, TODAY)] == [(("names",), "safeguarded")]


def test_a_transfer_without_a_country_is_to_where_the_importer_is_and_nowhere_else() -> None:
    safeguard = "{instrument: uk-idta, signed: 2024-01-01, assessed: 2024-01-01}"
    transfers = f"transfers: {{t: {{importer: vendor, safeguards: [{safeguard}]}}}}"
    found = crossings(make("country: US", "countries: [India]", transfers), TODAY)
    assert [(each.country, each.transfer, each.worst.status) for each in found] == [
        ("US", "t", "safeguarded"),
        ("IN", None, "unsafeguarded"),
    ]
    unknown = crossings(make("website: v.example", "countries: [India]", transfers), TODAY)
    assert [(each.country, each.transfer) for each in unknown] == [(None, "t"), ("IN", None)]


def test_known_hosting_does_not_hide_that_nobody_knows_where_the_vendor_is() -> None:
    found = crossings(make("website: v.example", "countries: [Norway]"), TODAY)
    assert met(found) == [(None, [("uk", "unknown")]), ("NO", [("uk", "adequate")])]


def test_an_entry_on_a_list_or_in_a_scope_counts_only_where_the_party_is() -> None:
    listed = make("country: Ireland, dpf: active, dpf_uk_extension: true", "countries: [US]")
    assert met(crossings(listed, TODAY)) == [("IE", [("uk", "adequate")]), ("US", [("uk", "unsafeguarded")])]
    inside = make("country: Japan, in_scope: yes", "countries: [Canada]")
    assert met(crossings(inside, TODAY)) == [("JP", [("uk", "adequate")]), ("CA", [("uk", "unknown")])]


def test_an_entry_counts_from_its_day_or_from_the_day_that_somebody_looked() -> None:
    party = "country: US, dpf: active, dpf_uk_extension: true"
    since, looked = make(f"{party}, dpf_from: 2026-06-01"), make(f"{party}, dpf_checked: 2026-06-01")
    before, day = dt.date(2026, 5, 31), dt.date(2026, 6, 1)
    assert [crossings(since, on)[0].worst.status for on in (before, day)] == ["unsafeguarded", "adequate"]
    assert [crossings(looked, on)[0].worst.status for on in (before, day)] == ["unknown", "adequate"]


@pytest.mark.parametrize(
    ("country", "safeguard", "without", "with_it"),
    [
        (
            "IN",
            "instrument: code, assessed: 2024-01-01, signed: 2024-01-01, commitments: true",
            "incomplete",
            "safeguarded",
        ),
        ("IN", "instrument: code, assessed: 2024-01-01, commitments: false", "incomplete", "unsafeguarded"),
        ("IN", "instrument: art49-a, conditions_refused: [explicit-consent]", "derogation", "unsafeguarded"),
        (
            "IN",
            "instrument: art49-cli, conditions_met: [no-other-ground, not-repetitive, few-subjects, "
            "compelling-interest, safeguards-documented, authority-told, subjects-told]",
            "incomplete",
            "derogation",
        ),
    ],
)
def test_what_a_safeguard_says_of_its_conditions_is_heard(
    country: str, safeguard: str, without: str, with_it: str
) -> None:
    record = "transfers: {t: {importer: vendor, country: %s, frequency: occasional, safeguards: [{%s}]}}"
    bare = safeguard.split(", c")[0]
    for text, status in ((bare, without), (safeguard, with_it)):
        found = crossings(make(f"country: {country}", transfers=record % (country, text)), TODAY)
        assert [each.worst.status for each in found] == [status]


def test_old_clauses_end_where_the_processing_is_recorded_as_changed() -> None:
    clauses = "instrument: eu-scc-2010, signed: 2020-01-01"
    record = "transfers: {t: {importer: vendor, country: IN, safeguards: [{%s, %s}]}}"
    on = dt.date(2024, 1, 1)
    for said, status in (("unchanged: true", "safeguarded"), ("unchanged: false", "unsafeguarded")):
        assert crossings(make("country: India", transfers=record % (clauses, said)), on)[0].worst.status == status


def test_journalistic_data_is_outside_the_data_bridge_and_credit_data_outside_koreas_decision() -> None:
    bridge = make("country: US, dpf: active, dpf_uk_extension: true")
    journal = replace(bridge, data_categories={"name": DataCategoryFields(key="name", name="Notes", journalistic=True)})
    assert [crossings(each, TODAY)[0].worst.status for each in (bridge, journal)] == ["adequate", "unsafeguarded"]
    korea = make("country: South Korea, in_scope: yes", head=HEAD.replace("United Kingdom", "France"))
    credit = replace(korea, data_categories={"name": DataCategoryFields(key="name", name="Score", credit=True)})
    assert [crossings(each, TODAY)[0].worst.status for each in (korea, credit)] == ["adequate", "unsafeguarded"]


SYSTEM = """
parties:
  vendor: {name: Vendor, country: United Kingdom}
  host: {name: Host, country: United States}
systems:
  store: {name: Store, SYSTEM}
data_categories: {name: Name}
subject_categories: {people: People}
activities:
  work:
    name: Work
    subject_categories: [people]
    data_categories: [name]
    systems: [store]
    ENGAGEMENT
"""


def in_system(system: str, engagement: str = "note: none") -> list[tuple[str, str, str | None, str]]:
    made = register(SYSTEM.replace("SYSTEM", system).replace("ENGAGEMENT", engagement))
    return [(each.exporter, each.importer, each.country, each.worst.status) for each in crossings(made, TODAY)]


def test_a_system_that_nobody_is_recorded_to_run_is_not_read_as_the_organisations_own() -> None:
    assert in_system("hosting: [India]") == [("organisation", "system/store", "IN", "unsafeguarded")]
    assert in_system("hosting: [Norway]") == [("organisation", "system/store", "NO", "adequate")]
    assert in_system("hosting: [India], own: true") == []
    assert in_system("hosting: [United Kingdom]") == in_system("technology: SQL") == []


def test_whoever_is_engaged_receives_whatever_system_it_uses() -> None:
    engaged = "engagements: [{party: host, system: store}]"
    for system in ("hosting: [India]", "hosting: [India], own: true", "hosting: [India], operator: host"):
        assert [(importer, country) for _, importer, country, _ in in_system(system, engaged)] == [
            ("party/host", "US"),
            ("party/host", "IN"),
        ]


def test_a_vendor_that_works_in_somebody_elses_system_hands_the_data_on() -> None:
    engaged = "engagements: [{party: vendor, system: store}]"
    assert in_system("operator: host, hosting: [India]", engaged) == [
        ("party/vendor", "party/host", "US", "unsafeguarded"),
        ("party/vendor", "party/host", "IN", "unsafeguarded"),
    ]


def test_what_leaves_a_system_that_nobody_is_recorded_to_run_is_still_the_organisations_to_answer_for() -> None:
    found = in_system("hosting: [United Kingdom]", "engagements: [{party: host, from_system: store}]")
    assert found == [("organisation", "party/host", "US", "unsafeguarded")]


def test_what_is_no_restricted_transfer_needs_no_record_of_one() -> None:
    body = """
parties: {client: {name: Client, country: United States}}
data_categories: {name: Name}
activities:
  work:
    name: Work
    role: processor
    controllers: [client]
    data_categories: [name]
    flows: [{origin: organisation, destination: party/client}]
"""
    found = crossings(register(body), TODAY)
    assert met(found) == [("US", [("uk", "not-restricted")])]
    assert undocumented(found) == []


def test_the_same_vendor_in_many_activities_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Hop] = []

    def counted(hop: Hop, regime: str, law: LawBook, on: dt.date) -> Verdict:
        asked.append(hop)
        return judge(hop, regime, law, on)

    monkeypatch.setattr(crossings_module, "judge", counted)
    made = make("country: India")
    activities = {f"a{n}": made.activities["work"].model_copy(update={"key": f"a{n}"}) for n in range(5)}
    engaged = made.engagements["work/vendor"]
    many = {f"a{n}/vendor": engaged.model_copy(update={"key": f"a{n}/vendor", "activity": f"a{n}"}) for n in range(5)}
    assert len(crossings(replace(made, activities=activities, engagements=many), TODAY)) == 5
    assert len(asked) == 1
