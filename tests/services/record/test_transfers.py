"""What the record of Article 30 says about transfers: never "none" where nobody can tell."""

from __future__ import annotations

import pytest

from ropa.services.findings.checking import findings_of
from ropa.services.record.article_30 import record_of
from ropa.services.record.document import left_out_lines, record_document
from tests.registers import HEAD, TODAY
from tests.reports.sample import view

NONE = "none: by what is recorded, the data does not leave the territory"
BODY = (
    HEAD
    + """
parties:
  host: {name: Host, PARTY}
  desk: {name: Desk, country: Norway}
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
    EXTRA
"""
)


def text(party: str = "country: GB", system: str = "own: true, hosting: [GB]", extra: str = "note: none") -> str:
    return BODY.replace("PARTY", party).replace("SYSTEM", system).replace("EXTRA", extra)


def shown(body: str, line: str = "transfers") -> list[str]:
    (entry,) = record_of(view(body, TODAY)).activities
    return [f"{item.mark} {item.text}".strip() for item in entry.line(line).items]


def test_none_is_said_where_everything_that_the_data_reaches_is_placed() -> None:
    assert shown(text()) == [NONE]
    assert shown(text(extra="engagements: [host]")) == [NONE]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (text(system="hosting: [GB]"), "who runs Store not recorded"),
        (text(system="own: true"), "where Store is hosted not recorded"),
        (text(system="technology: SQL"), "who runs Store and where Store is hosted not recorded"),
        (text(system="operator: host"), "where Store is hosted not recorded"),
        (
            text(extra="recipients: [couriers, auditors]"),
            "the unnamed recipients are (couriers; auditors) not recorded",
        ),
    ],
)
def test_it_cannot_be_told_where_something_is_not_recorded(body: str, what: str) -> None:
    (said,) = shown(body)
    assert said.startswith("? cannot be told: ")
    assert what in said


def test_a_party_below_whose_country_nobody_knows_keeps_none_from_being_said() -> None:
    body = text(party="country: India", extra="engagements: [desk]")
    chain = "agreements: {a: {name: A, between: host, party: below}}\n"
    parties = "parties:\n  below: {name: Below}\n"
    made = body.replace("parties:\n", parties).replace("data_categories: {name", chain + "data_categories: {name")
    engaged = made.replace("[desk]", "[host]").replace("country: India", "country: GB")
    assert any("Below" in each and each.startswith("?") for each in shown(engaged))
    assert NONE not in shown(engaged)


def test_transfers_that_are_found_do_not_hide_what_else_is_unknown() -> None:
    said = shown(text(system="technology: SQL", extra="engagements: [desk]"))
    assert said[0].startswith("? Norway: Desk: it goes there, and no transfer is recorded")
    assert said[1].startswith("? whether there are more cannot be told: who runs Store")


def test_data_in_a_system_abroad_that_nobody_is_recorded_to_run_is_named() -> None:
    said = shown(text(system="hosting: [India]"))
    assert said[0].startswith("? India: Store (who runs it is not recorded)")


def test_what_leaves_without_being_a_restricted_transfer_is_named_and_check_agrees() -> None:
    body = text(party="country: United States", extra="role: processor\n    controllers: [host]")
    sent = body + "    flows: [{origin: organisation, destination: party/host}]\n"
    (said,) = shown(sent)
    assert said.startswith("United States: Host; not a restricted transfer: ")
    seen = view(sent, TODAY)
    assert not {each.rule for each in findings_of(seen.register, TODAY)} & {"crossing-undocumented"}


def test_everybody_who_receives_stands_among_the_recipients() -> None:
    body = text(extra="role: joint-controller\n    joint_controllers: [host]\n    engagements: [desk]")
    assert [each.split(",")[0].removeprefix("? ") for each in shown(body, "recipients")] == ["Desk", "Host"]


def test_the_safeguards_of_every_record_that_documents_a_transfer_are_listed() -> None:
    transfers = """
transfers:
  one: {importer: desk, country: Norway, safeguards: [adequacy]}
  two: {importer: desk, country: Norway, activity: work, safeguards: [{instrument: uk-idta, signed: 2024-01-01}]}
"""
    said = " / ".join(shown(text(extra="engagements: [desk]") + transfers, "mechanism"))
    assert "an adequacy decision" in said
    assert "International Data Transfer Agreement" in said


LOST = """transfers:
  gone: {importer: desk, country: China, activity: work, SAFEGUARD}
"""


def lost(safeguard: str = "safeguards: [{instrument: eu-scc-2021, module: 1, signed: 2024-01-01}]") -> str:
    return text() + LOST.replace("SAFEGUARD", safeguard)


def test_a_recorded_transfer_that_no_flow_makes_stands_in_the_record_with_its_safeguards() -> None:
    found = shown(lost())
    assert found == ["! China: Desk; recorded as a transfer, and no flow that is recorded makes it"]
    covered = shown(lost(), "mechanism")
    assert covered == ["Desk: EU standard contractual clauses 2021, module 1, signed 1 January 2024"]
    assert shown(lost("note: none"), "mechanism") == ["? Desk: no safeguard recorded — Art. 30(1)(e), 46"]


def test_the_layouts_hold_the_safeguards_of_a_transfer_that_no_flow_makes() -> None:
    for layout in ("ico", "cnil", "cnpd"):
        found = record_document(view(lost(), TODAY), "md", layout, "controller").content.decode()
        assert "China" in found
        assert "EU standard contractual clauses 2021" in found
        assert "no safeguard recorded" not in found


def test_the_transfer_of_work_that_is_over_is_no_transfer_of_today() -> None:
    over = lost().replace("note: none", "engagements: [{party: desk, until: 2022-01-01}]")
    assert shown(over) == [NONE]
    for layout in ("ico", "cnil", "cnpd"):
        assert "China" not in record_document(view(over, TODAY), "md", layout, "controller").content.decode()


COMPELLING = "engagements: [{party: desk, role: controller, countries: [US], transfer: {country: US, SAFEGUARDS}}]"


def compelling(more: str = "") -> str:
    return text(extra=COMPELLING.replace("SAFEGUARDS", f"safeguards: [{{instrument: art49-cli{more}}}]"))


def test_the_documentation_of_suitable_safeguards_stands_in_the_record_or_is_missing() -> None:
    head = "Desk: suitable safeguards (Art. 49(1) second subparagraph)"
    assert f"{head}: redacted, sealed" in shown(compelling(', suitable: "redacted, sealed"'))
    assert f"? {head}: their documentation is not recorded — Art. 30(1)(e)" in shown(compelling())
    for layout in ("ico", "cnil", "cnpd"):
        there = record_document(view(compelling(", suitable: sealed"), TODAY), "md", layout, "controller")
        assert "sealed" in there.content.decode()
        assert not [each for each in there.left_out if each.place == "safeguard.suitable"]
        bare = record_document(view(compelling(), TODAY), "md", layout, "controller").content.decode()
        assert "suitable safeguards" in bare


def test_a_recorded_transfer_that_names_no_activity_is_left_out_of_no_record() -> None:
    body = text() + LOST.replace("activity: work, ", "").replace("SAFEGUARD", "safeguards: [uk-idta]")
    (part,) = record_of(view(body, TODAY)).parts
    (found,) = [each for each in part.identity if each.id == "loose-transfers"]
    assert [item.text for item in found.items] == [
        "China: Desk; recorded as a transfer, and no flow that is recorded makes it",
        "Desk: International Data Transfer Agreement (IDTA)",
    ]
    assert not [each for each in record_of(view(text(), TODAY)).parts[0].identity if each.id == "loose-transfers"]
    told = left_out_lines(record_document(view(body, TODAY), "xlsx", "ico"))
    assert "  – Transfers of no recorded activity: Desk" in told
