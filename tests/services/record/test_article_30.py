"""The record that an authority reads: what is there, what is missing, and where it comes from."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from ropa.reports.article_30 import ActivityEntry, Record
from ropa.services.record.article_30 import article_30, record_of
from ropa.services.record.document import record_document
from ropa.services.record.layouts import Layout
from ropa.services.workspace import View
from tests.registers import TODAY, register
from tests.reports.sample import REGISTER, view


def record(text: str = REGISTER, on: dt.date = dt.date(2026, 11, 21)) -> Record:
    return record_of(view(text, on))


def activity(key: str, text: str = REGISTER) -> ActivityEntry:
    return next(each for each in record(text).activities if each.key == key)


def words(entry: ActivityEntry, line: str) -> str:
    return " / ".join(f"{item.mark} {item.text}".strip() for item in entry.line(line).items)


def test_both_records_are_there_where_the_organisation_has_both_roles() -> None:
    assert [part.article for part in record().parts] == ["Art. 30(1)", "Art. 30(2)"]
    alone = REGISTER.replace("role: processor", "role: controller").split("changes:")[0]
    alone = alone.replace("    controllers: [alba, brae, corrie]\n", "").replace("    controllers: [dell]\n", "")
    assert [part.article for part in record(alone).parts] == ["Art. 30(1)"]


@pytest.mark.parametrize(
    ("key", "line", "article"),
    [
        ("clinic", "purposes", "Art. 30(1)(b)"),
        ("clinic", "recipients", "Art. 30(1)(d)"),
        ("newsletter", "retention", "Art. 30(1)(f)"),
        ("newsletter", "security", "Art. 30(1)(g)"),
        ("mapping", "security", "Art. 30(2)(d)"),
        ("mapping", "controllers", "Art. 30(2)(a)"),
    ],
)
def test_a_missing_field_is_said_in_words_with_its_article(key: str, line: str, article: str) -> None:
    found = words(activity(key), line)
    assert "? " in found
    assert found.endswith(f"— {article}")


def test_no_cell_is_ever_blank() -> None:
    bare = "format: 1\norganisation: {key: bare, name: Bare}\nactivities: {a: A, b: {name: B, role: processor}}\n"
    found = record(bare)
    lines = [line for part in found.parts for line in part.identity]
    lines += [line for each in found.activities for line in (*each.required, *each.asked, *each.further)]
    assert all(line.items and all(item.text for item in line.items) for line in lines)
    assert "cannot be told: which law binds the organisation" in words(found.activities[0], "transfers")
    assert found.missing > 5


def test_vague_words_are_quoted_and_said_to_be_no_period() -> None:
    (quote, verdict) = activity("newsletter").line("retention").items
    assert (quote.text, quote.quoted, quote.source) == ("kept no longer than needed", True, "Policy, section 9")
    assert verdict.text == "no period is stated — Art. 30(1)(f)"


def test_a_period_stands_with_what_starts_it() -> None:
    assert words(activity("clinic"), "retention") == "8 years, counted from: the last visit"


def test_the_third_country_is_named_and_what_covers_it_is_judged() -> None:
    entry = activity("newsletter")
    assert words(entry, "transfers") == "United States: Mailer (Mailer, Inc.)"
    covered = words(entry, "mechanism")
    assert "Privacy Shield" in covered
    assert "✖ United States, UK GDPR: no valid safeguard" in covered
    assert "It fell on 2020-07-16" in covered


def test_the_same_transfer_was_in_order_while_the_decision_held() -> None:
    entry = next(each for each in record(on=dt.date(2018, 6, 1)).activities if each.key == "newsletter")
    assert "✖" not in words(entry, "mechanism")


def test_special_categories_and_vulnerable_people_are_marked() -> None:
    entry = activity("clinic")
    assert words(entry, "data") == "Health (special category, Art. 9: health)"
    assert words(entry, "subjects") == "Patients (vulnerable)"
    assert words(entry, "condition") == "? not recorded — Art. 9(2)"


def test_recipients_are_named_with_their_legal_entity_part_and_source() -> None:
    (mailer,) = activity("newsletter").line("recipients").items
    assert mailer.text == "Mailer (Mailer, Inc.), processor, sending it"
    assert mailer.source == "Policy, section 4"


def test_the_lawful_basis_stands_with_its_article_and_assessment() -> None:
    assert words(activity("newsletter"), "lawful-basis") == (
        "Legitimate interests, Art. 6(1)(f) / assessment: Newsletter LIA, 1 March 2025"
    )


def test_each_controller_has_a_row_with_real_values() -> None:
    rows = {each.key: each for part in record().parts for each in part.controllers}
    assert set(rows) == {"alba", "brae", "corrie", "dell"}
    alba = {line.id: " / ".join(item.text for item in line.items) for line in rows["alba"].lines}
    assert alba["contact"] == "United Kingdom / alba@alba.example"
    assert alba["processing"] == "Hosting: storage, backup"
    assert alba["security"] == "encryption"
    assert "Germany" in alba["transfers"]
    assert rows["brae"].lines[0].missing


def test_a_representative_is_asked_for_only_where_the_law_asks() -> None:
    def representative(text: str) -> str:
        return next(line for line in record(text).parts[0].identity if line.id == "representative").items[0].text

    assert representative(REGISTER) == "not needed: established in the United Kingdom (Art. 27)"
    both = REGISTER.replace("  address: 1 Mill Lane, Hollinbrook\n", "  regimes: [uk, eu]\n")
    assert representative(both).startswith("none recorded; established outside the territory of the EU GDPR")


def test_activities_that_have_ended_are_left_out_and_counted() -> None:
    assert "old-thing" not in {each.key for each in record().activities}
    assert record().parts[0].left_out == 1
    assert "1 not running on 21 November 2026 left out." in article_30(view(), "md")


def test_the_counts_are_those_of_the_marked_fields() -> None:
    found = record()
    lines = [line for each in found.activities for line in each.required]
    lines += [line for part in found.parts for line in part.identity]
    lines += [line for part in found.parts for each in part.controllers for line in each.lines]
    assert found.missing == sum(line.required and line.missing for line in lines)
    assert f"| Required fields not recorded | {found.missing} |" in article_30(view(), "md")
    assert found.wrong == 1


def test_a_controllers_row_holds_nothing_about_another_controller() -> None:
    text = """
parties:
  ours: {name: Ours Ltd, country: United Kingdom}
  german: {name: Altenheim GmbH, country: Germany}
data_categories: {name: Name}
subject_categories: {people: People}
activities:
  support:
    name: Support
    role: processor
    controllers: [ours, german]
    processing: [answering]
    subject_categories: [people]
    data_categories: [name]
"""
    found = record_of(View(register(text), TODAY))
    rows = {each.key: each for part in found.parts for each in part.controllers}
    said = {key: " ".join(item.text for line in row.lines for item in line.items) for key, row in rows.items()}
    assert "Altenheim" in said["german"]
    assert "Altenheim" not in said["ours"]


DATED = """
parties:
  past: {name: Past Vendor, country: GB}
  now: {name: Present Vendor, country: GB}
  next: {name: Next Vendor, country: GB}
  tool: {name: Tool Maker, country: GB}
  pal: {name: Pal, address: 1 Pal Street, contact: {email: pal@pal.example}}
agreements: {old: {name: Old contract, party: past}}
activities:
  work:
    name: Work
    role: controller
    joint_controllers: [pal]
    engagements:
      - {party: past, role: processor, agreement: old, until: 2022-01-01}
      - {party: now, role: processor}
      - {party: next, role: processor, since: 2027-01-01}
      - {party: tool, role: processor, receives_data: false}
breaches:
  lost: {name: Lost laptop, discovered: "2026-10-24 22:00 Europe/London", activities: [work]}
"""


def test_the_record_of_a_date_names_no_vendor_whose_work_is_over_or_has_not_begun() -> None:
    for layout in ("plain", "ico", "cnil", "cnpd"):
        found = record_document(View(register(DATED), TODAY), "md", layout, "controller").content.decode()
        assert "Present Vendor" in found
        for name in ("Past Vendor", "Next Vendor", "Old contract", "Tool Maker"):
            assert name not in found


def test_the_record_of_a_date_knows_no_breach_of_a_later_one() -> None:
    for layout in ("plain", "ico"):
        before = record_document(View(register(DATED), dt.date(2026, 10, 23)), "md", layout).content.decode()
        assert "Lost laptop" not in before
        after = record_document(View(register(DATED), dt.date(2026, 10, 24)), "md", layout).content.decode()
        assert "Lost laptop" in after


def test_a_joint_controller_is_named_with_all_ways_to_reach_it_whatever_the_role() -> None:
    (entry,) = record_of(View(register(DATED), TODAY)).activities
    assert words(entry, "joint") == "Pal: 1 Pal Street, pal@pal.example"


CUSTOMERS = """
parties: {one: {name: Customer One, country: GB}, two: {name: Customer Two, country: DE}}
activities: {portal: {name: Portal, role: processor, controllers: [one, two]}}
"""


@pytest.mark.parametrize("layout", ["plain", "ico"])
def test_the_row_of_one_customer_never_names_another(layout: Layout) -> None:
    content = record_document(View(register(CUSTOMERS), TODAY), "csv", layout, "processor").content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    mine = [row for row in rows if any("Customer One" in cell for cell in row)]
    assert len(mine) == 1
    assert not any("Customer Two" in cell for row in mine for cell in row)
    other = [row for row in rows if any("Customer Two" in cell for cell in row)]
    assert len(other) == 1
    assert any("United Kingdom" in cell for cell in other[0])
