"""A published list of vendors into a register: matched, shown, and never written over."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropa.exchange.vendor_list import read_vendor_list
from ropa.records.errors import InputError, NotFoundError
from ropa.records.register import Register
from ropa.services.sheets.report import vendor_lines
from ropa.services.sheets.vendors import VendorPlan, VendorRow, carry_out, plan_vendors
from ropa.store.store import Store
from tests.exchange.sheets.make import workbook
from tests.store.databases import filled

ACME = """
format: 1
organisation: {key: acme, name: Acme, country: United Kingdom}
parties:
  mailer: {name: Mailer, legal_name: Mailer Ltd, aliases: [PostBird], website: "https://mailer.example"}
  rival: {name: Rival}
data_categories: {mail: E-mail, name: Name}
activities:
  news:
    name: Newsletter
    role: processor
    data_categories: [mail, name]
    engagements: [{party: mailer, service: sending mail, countries: [Ireland]}]
"""
LIST = """\
Subprocessor,Purpose,Data processed,Location
Mailer Limited,sending mail,"e-mail; name",Ireland
Cloudy Inc.,hosting,,"Germany, European Economic Area and United States"
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path / "ropa.db", ACME)


def taken(store: Store, path: Path, **given: object) -> tuple[VendorPlan, Register]:
    made = plan_vendors(store, "acme", path, **given)  # type: ignore[arg-type]  # the options as a test gives them
    carry_out(store, made, who="alice")
    return made, store.snapshot("acme").register


def written(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def rows(made: VendorPlan) -> dict[str, VendorRow]:
    return {each.name: each for each in made.rows}


def test_a_vendor_is_known_by_its_legal_entity_and_a_new_one_is_added(store: Store, tmp_path: Path) -> None:
    made, register = taken(store, written(tmp_path, LIST), activity="news")
    assert rows(made)["Mailer Limited"].party == "mailer"
    cloudy = rows(made)["Cloudy Inc."]
    assert (cloudy.new, cloudy.engaged, cloudy.line) == (True, True, 3)
    assert register.parties[cloudy.party].source == "list.csv, row 3"
    assert register.parties[cloudy.party].country is None  # where data lies is not where a company is
    (engaged,) = register.engagements_with(cloudy.party)
    assert (engaged.service, set(engaged.countries)) == ("hosting", {"DE", "EEA", "US"})
    assert (engaged.source, engaged.role) == ("list.csv, row 3", "processor")


def test_without_an_activity_nothing_that_the_list_says_is_lost(store: Store, tmp_path: Path) -> None:
    made, register = taken(store, written(tmp_path, LIST))
    note = register.parties[rows(made)["Cloudy Inc."].party].note or ""
    assert "Service as listed: hosting" in note
    assert "Location as listed: Germany, European Economic Area and United States" in note
    assert not register.engagements_with(rows(made)["Cloudy Inc."].party)


def test_a_difference_is_shown_and_left_alone_until_it_is_asked_for(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "Name,Service,Location,Website\nMailer,printing,France,https://other.example\n")
    made, register = taken(store, path, activity="news")
    found = {each.field: each for each in rows(made)["Mailer"].differences}
    assert [(each.before, each.after, each.taken) for each in (found["service"], found["countries"])] == [
        ("sending mail", "printing", False),
        ("Ireland", "France", False),
    ]
    assert not found["website"].taken
    assert register.engagements["news/mailer"].service == "sending mail"
    assert made.writes == ()
    _, register = taken(store, path, activity="news", update=True)
    assert register.engagements["news/mailer"].countries == ("FR",)
    assert register.parties["mailer"].website == "https://other.example"


def test_another_name_of_a_known_entity_becomes_an_alias(store: Store, tmp_path: Path) -> None:
    made, register = taken(store, written(tmp_path, "Name,Legal entity\nBirdSend (formerly PostBird),Mailer Ltd\n"))
    assert register.parties["mailer"].aliases == ("PostBird", "BirdSend")
    assert any("aliases: PostBird → PostBird, BirdSend" in line for line in vendor_lines(made, dry_run=False))


def test_the_seat_of_a_company_fills_in_its_country(store: Store, tmp_path: Path) -> None:
    _, register = taken(store, written(tmp_path, "Name,Country of the entity\nRival,Norway\n"))
    assert register.parties["rival"].country == "NO"


def test_the_same_list_twice_writes_once(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, LIST + "Cloudy Inc.,backups,,Spain\n")
    _, register = taken(store, path, activity="news")
    (engaged,) = register.engagements_with("cloudy-inc")
    assert engaged.service == "hosting; backups"
    again, after = taken(store, path, activity="news")
    assert [each for each in again.writes if each.kind == "party"] == []
    assert after.parties == register.parties


def test_a_name_of_two_parties_is_a_gap_and_takes_neither(tmp_path: Path) -> None:
    two = ACME.replace("rival: {name: Rival}", "rival: {name: Rival Ltd}\n  rival-inc: {name: Rival Inc}")
    store = filled(tmp_path / "two.db", two)
    made, _ = taken(store, written(tmp_path, "Name,Service\nRival,things\n"))
    assert "may be each of" in rows(made)["Rival"].gap
    assert made.writes == ()


HTML = """
<html><head><script>var x = "<table><tr><td>Evil</td></tr></table>";</script></head><body>
<h2>Our subprocessors</h2>
<table><thead><tr><th>Entity<th>Service</th><th>Location</th></tr></thead>
<tr><td rowspan="2"><a href="https://cloudy.example">Cloudy &amp; Sons</a></td><td>hosting</td>
<td>Germany<br>France</td></tr>
<tr><td>backups</td><td>EEA</td></tr>
</table><h3>Ireland</h3><ul><li><b>Payo Ltd</b> - payments<ul><li>cards</li></ul></li></ul>
"""


def test_a_page_of_html_is_read_with_its_links_spans_and_lists() -> None:
    found = read_vendor_list(HTML.encode(), "list.html").vendors
    assert [(each.name, each.services, each.countries) for each in found] == [
        ("Cloudy & Sons", ("hosting",), ("DE", "FR")),
        ("Cloudy & Sons", ("backups",), ("EEA",)),
        ("Payo Ltd", ("payments", "cards"), ("IE",)),
    ]
    assert found[0].website == "https://cloudy.example"


def test_a_workbook_is_read_below_its_title() -> None:
    def fill(book: object) -> None:
        sheet = book.add_worksheet("Vendors")  # type: ignore[attr-defined]  # xlsxwriter comes without types
        for number, row in enumerate(
            (("Our vendors",), (), ("Vendor", "Purpose", "Country"), ("Payo", "cards", "Spain"))
        ):
            for column, text in enumerate(row):
                sheet.write(number, column, text)

    (found,) = read_vendor_list(workbook(fill), "list.xlsx").vendors
    assert (found.name, found.services, found.countries, found.line) == ("Payo", ("cards",), ("ES",), 4)


@pytest.mark.parametrize("mark", ["<a", "<!--", "<table><tr>", "<td rowspan=9>x", "<![CDATA[", "</", "&#x"])
def test_a_page_of_nothing_but_beginnings_ends(mark: str) -> None:
    with pytest.raises(InputError):
        read_vendor_list((mark * 20_000).encode(), "list.html")


def test_what_is_not_there_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="news"):
        plan_vendors(store, "acme", written(tmp_path, LIST), activity="nws")
    with pytest.raises(InputError, match="list of vendors"):
        plan_vendors(store, "acme", written(tmp_path, LIST, "list.pdf"))
    with pytest.raises(NotFoundError):
        plan_vendors(store, "acme", tmp_path / "none.csv")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=200), st.sampled_from([".html", ".md", ".csv"]))
def test_no_text_brings_a_traceback(store: Store, tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(
        (f"<table><tr><th>Name<th>Service<tr><td>{text}" if suffix == ".html" else text).encode("utf-8", "replace")
    )
    with suppress(InputError):
        plan_vendors(store, "acme", path, activity="news")


def test_a_legal_entity_in_brackets_is_no_part_of_the_name(store: Store, tmp_path: Path) -> None:
    listed = "Subprocessor,Purpose\nPigeon (The Pigeon Post LLC),mail\nMailer (Mailer Ltd),mail\nGull (beta),tests\n"
    made, register = taken(store, written(tmp_path, listed))
    assert (register.parties["pigeon"].name, register.parties["pigeon"].legal_name) == (
        "Pigeon", "The Pigeon Post LLC"
    )  # fmt: skip
    assert rows(made)["Mailer"].party == "mailer"
    assert register.parties["gull-beta"].legal_name is None


def test_a_row_that_counts_the_others_is_no_vendor(store: Store, tmp_path: Path) -> None:
    made, register = taken(store, written(tmp_path, f"{LIST}Total: 2,,,\nTotal Energy,heating,,France\n"))
    assert "Total Energy" in {each.name for each in register.parties.values()}
    assert not any("Total: 2" in each.name for each in register.parties.values())
    assert any("it counts the others" in each for each in made.remarks)


PAGE = """<table><thead>
<tr><th rowspan=2>Third-party Sub-processor</th><th colspan=2>Details</th></tr>
<tr><th>Services</th><th>Country of processing</th></tr></thead>
<tr><td>Alpha GmbH</td><td>hosting</td><td rowspan=2>Ireland, Germany</td></tr>
<tr><td>Beta Inc.</td><td>backup</td></tr>
<tr><td colspan=3>Affiliates</td></tr>
<tr><td>Gamma Ltd</td><td>support</td><td>U.S.A.</td></tr>
<tr><td colspan=3>Former sub-processors</td></tr>
<tr><td>Delta AG</td><td>chat</td><td>France</td></tr></table>"""


def test_headings_in_two_rows_and_titles_between_the_rows_become_no_vendors() -> None:
    found = read_vendor_list(PAGE.encode(), "list.html")
    assert [(each.name, each.services, each.countries) for each in found.vendors] == [
        ("Alpha GmbH", ("hosting",), ("IE", "DE")),
        ("Beta Inc.", ("backup",), ("IE", "DE")),
        ("Gamma Ltd", ("support",), ("US",)),
    ]
    assert any("Affiliates" in each for each in found.remarks)
    assert any("row 9 was not read" in each and "another time" in each for each in found.remarks)


def test_a_title_that_names_a_country_is_where_the_rows_below_it_are() -> None:
    found = read_vendor_list(b"Vendor,Service\nUnited States,\nAlpha Inc.,mail\nIreland,\nBeta Ltd,chat\n", "a.csv")
    assert [(each.name, each.countries) for each in found.vendors] == [("Alpha Inc.", ("US",)), ("Beta Ltd", ("IE",))]


def test_what_stands_in_brackets_behind_the_name_in_a_list_is_what_it_is_for() -> None:
    found = read_vendor_list(b"## Ireland\n- Alpha Ltd (support channel)\n- Beta Ltd (formerly Gamma)\n", "a.md")
    assert [(each.name, each.services, each.aliases) for each in found.vendors] == [
        ("Alpha Ltd", ("support channel",), ()),
        ("Beta Ltd", (), ("Gamma",)),
    ]


def test_what_a_new_vendor_brings_is_shown_before_it_is_written(store: Store, tmp_path: Path) -> None:
    made = plan_vendors(store, "acme", written(tmp_path, LIST), activity="news")
    shown = {(each.kind, each.field): each.after for each in rows(made)["Cloudy Inc."].differences}
    assert shown == {
        ("engagement", "service"): "hosting",
        ("engagement", "countries"): "Germany, European Economic Area, United States",
    }
    assert any("engagement countries: – → Germany" in each for each in vendor_lines(made, dry_run=True))


def test_a_row_of_several_companies_is_told_and_never_doubles_a_known_one(store: Store, tmp_path: Path) -> None:
    text = "Vendor,Country\nMailer Ltd / Mailer Inc.,Ireland\nAlpha Ltd / Alpha LLC,Ireland\n"
    made, register = taken(store, written(tmp_path, text))
    known, new = made.rows
    assert "of which one is known" in known.gap
    assert "record each of them" in new.gap
    assert set(register.parties) == {"mailer", "rival", new.party}


def test_a_title_merged_across_a_workbook_is_no_vendor() -> None:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    for row in (("Company", "Service", "Location"), ("EU hosting",), ("Hetzner Online GmbH", "hosting", "Germany")):
        book.active.append(row)
    book.active.merge_cells("A2:C2")
    content = BytesIO()
    book.save(content)
    found = read_vendor_list(content.getvalue(), "list.xlsx")
    assert [each.name for each in found.vendors] == ["Hetzner Online GmbH"]
