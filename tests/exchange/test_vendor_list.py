"""Published lists of vendors, in the shapes that companies publish them in."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.exchange.place_text import read_places
from ropa.exchange.vendor_list import LARGEST, VendorList, read_vendor_list
from ropa.exchange.vendor_row import ListedVendor
from ropa.records.errors import InputError

LISTS = Path(__file__).parent / "vendor_lists"
PLAIN = "Vendor,Purpose,Country\nAcme Ltd,hosting,Ireland\nÉtoile SA,post,France\n"


def sample(name: str) -> VendorList:
    return read_vendor_list((LISTS / name).read_bytes(), name)


def named(found: VendorList) -> dict[str, ListedVendor]:
    return {each.name: each for each in found.vendors}


def read(text: str, name: str = "list.csv") -> VendorList:
    return read_vendor_list(text.encode(), name)


def refusal(content: bytes | str, name: str = "list.csv") -> str:
    with pytest.raises(InputError) as raised:
        read_vendor_list(content if isinstance(content, bytes) else content.encode(), name)
    return str(raised.value)


def test_a_list_with_a_title_above_its_headings_is_read_from_the_headings_on() -> None:
    found = named(sample("hosting.csv"))
    assert list(found)[:3] == ["Pipe Ten Hosting Limited", "Sampleton Web Services, Inc.", "Quarry Mail, LLC"]
    services = found["Sampleton Web Services, Inc."]
    assert services.services == ("Backups", "Monitoring")
    assert (services.aliases, services.line, services.since) == (("SWS",), 5, dt.date(2024, 3, 1))


def test_the_place_of_the_data_is_taken_and_the_seat_of_the_company_kept_beside_it() -> None:
    found = named(sample("hosting.csv"))["Quarry Mail, LLC"]
    assert (found.countries, found.seat) == (("US",), False)
    assert ("Corporate location", "United States") in found.other
    assert named(read("Company,Company location\nAcme,Ireland\n"))["Acme"].seat


def test_a_date_that_can_mean_two_days_is_kept_as_text() -> None:
    found = named(sample("hosting.csv"))["Quarry Mail, LLC"]
    assert found.since is None
    assert ("since", "01/02/2024") in found.other


def test_what_a_company_was_called_before_is_another_name_of_it() -> None:
    assert named(sample("hosting.csv"))["Quarry Mail, LLC"].aliases == ("PostWharf",)
    assert named(sample("support.md"))["Ledger & Pike Ltd"].aliases == ("LP Pay",)


def test_columns_that_mean_nothing_known_are_kept_and_told() -> None:
    found = sample("hosting.csv")
    assert found.remarks == ("columns kept as they are and not compared: 'Corporate location', 'Transfer mechanism'",)
    assert ("Transfer mechanism", "SCC and DPF") in found.vendors[1].other


def test_a_semicolon_list_of_an_old_spreadsheet_is_read_with_its_umlauts() -> None:
    found = sample("printing.csv")
    assert [each.name for each in found.vendors] == ["Müller & Söhne GmbH", "Black Quarry plc"]
    assert (found.vendors[0].countries, found.vendors[0].unread) == (("DE",), ())
    assert found.vendors[1].countries == ("IE", "GB")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_encoding_and_separator_gives_the_same_list(encoding: str, separator: str, end: str) -> None:
    text = PLAIN.replace(",", separator).replace("\n", end)
    assert read_vendor_list(text.encode(encoding), "list.csv") == read(PLAIN)


def test_markdown_tables_are_read_with_their_links_and_other_tables_are_told() -> None:
    found = sample("support.md")
    assert list(named(found)) == ["Stonefold Backup", "Anvil CDN, Inc.", "Ledger & Pike Ltd"]
    assert found.vendors[0].website == "https://stonefold-backup.example/legal"
    assert found.vendors[0].data == ("Name", "e-mail address")
    assert found.vendors[1].unread == ("Global",)
    assert found.vendors[2].services == ("Payments | invoices",)
    assert [each.line for each in found.vendors] == [9, 10, 11]
    assert any("line 19" in each and "'Word', 'Meaning'" in each for each in found.remarks)


def test_lists_under_the_name_of_a_country_are_read_and_others_told() -> None:
    found = sample("by-country.md")
    assert [(each.name, each.countries) for each in found.vendors] == [
        ("Harbour Desk Ltd", ("IE",)),
        ("Tidewater Analytics", ("IE",)),
        ("Quarry Mail, LLC", ("US",)),
        ("Beacon <b>SMS</b>", ("US",)),
    ]
    assert found.vendors[1].services == ("product analytics", "only for customers who switch it on")
    assert found.remarks == (
        "the list on line 17 was not read, for it stands under 'Company news', which names no country",
    )


PAGE = """
## Subprocessors
| Subprocessor | Legal_entity | Where |
|--|--|--|
| Host | not stated | Ireland |

## Former subprocessors
| Subprocessor | Where |
|--|--|
| Gone | France |
"""


def test_who_left_or_is_still_to_come_is_not_taken_for_present() -> None:
    found = read(PAGE, "list.md")
    assert [(each.name, each.legal_name) for each in found.vendors] == [("Host", "")]
    assert found.remarks == (
        "the table on line 8 was not read, for its section 'Former subprocessors' is about another time than now",
    )
    assert named(read(PAGE[PAGE.index("## Former") :], "list.md")).keys() == {"Gone"}


@pytest.mark.parametrize(
    ("text", "countries", "unread"),
    [
        ("Ireland, Germany and US", ("IE", "DE", "US"), ()),
        ("EU (Frankfurt)", ("EU",), ()),
        ("EU (Ireland, Germany)", ("IE", "DE"), ()),
        ("European Economic Area", ("EEA",), ()),
        ("Global", (), ("Global",)),
        ("USA, Global", ("US",), ("Global",)),
        ("San Francisco, CA, USA", ("US",), ()),
        ("Wilmington, DE", (), ("Wilmington, DE",)),
        ("IE, CA, US", ("IE", "CA", "US"), ()),
        ("Atlanta, Georgia, USA", ("US",), ()),
        ("Tbilisi, Georgia", ("GE",), ()),
        ("Korea, Republic of", ("KR",), ()),
        ("Bosnia and Herzegovina", ("BA",), ()),
        ("Ireland and/or Germany", ("IE", "DE"), ()),
        ("United Kingdom (London) and Ireland (Dublin)", ("GB", "IE"), ()),
        ("Germany; France\nIreland", ("DE", "FR", "IE"), ()),
        ("Worldwide (primarily US)", (), ("Worldwide (primarily US)",)),
        ("in", (), ("in",)),
        ("n/a", (), ()),
    ],
)
def test_places_are_understood_or_kept_and_never_guessed(
    text: str, countries: tuple[str, ...], unread: tuple[str, ...]
) -> None:
    assert read_places(text) == (countries, unread)


@given(st.text(max_size=80))
def test_any_text_for_a_place_is_understood_or_kept(text: str) -> None:
    countries, unread = read_places(text)
    assert countries or unread or not any(sign.isalpha() for sign in text) or len(text.strip()) < 8


def test_a_list_without_names_is_refused_with_the_headings_that_it_has() -> None:
    assert refusal("Colour,Weight\nred,2\n") == (
        "list.csv: line 1: no column is one of names (Name, Company, Vendor, Subprocessor ...); "
        "the headings are: 'Colour', 'Weight'"
    )
    assert "'Word', 'Meaning'" in refusal("\n| Word | Meaning |\n|--|--|\n| a | b |\n", "list.md")


def test_prose_and_other_files_are_no_list() -> None:
    register = (Path(__file__).parents[2] / "data" / "infotek.yaml").read_bytes()
    assert "no column is one of names" in refusal(register)
    assert "no table in it" in refusal("# Vendors\n\nWe use Acme.\n", "list.md")
    assert refusal("") == "list.csv: it is empty"
    assert "not a text file" in refusal(b"PK\x03\x04" + bytes(range(256)) * 4)
    assert "larger than 5 MB" in refusal(b"a" * (LARGEST + 1))


def test_a_row_without_a_name_is_refused_by_its_line() -> None:
    assert refusal('Vendor,Country\n"A\nB",Ireland\n,France\n') == (
        "list.csv: line 4: there is no name in this row, and it is not empty"
    )


def test_signs_that_steer_a_terminal_are_refused_by_their_line() -> None:
    assert refusal("Vendor\nAcme\x1b[2J\n") == "list.csv: line 2: it holds the control character U+001B"


def test_a_missing_quotation_mark_does_not_swallow_the_list() -> None:
    rows = "\n".join(f"Vendor {number},Ireland" for number in range(2000))
    assert "is a quotation mark missing?" in refusal(f'Vendor,Country\n"Acme,Ireland\n{rows}\n')


def test_an_address_that_a_browser_would_run_is_kept_as_text_only() -> None:
    found = read("Vendor,Website\nAcme,javascript:alert(1)\nB,https://b.example\n").vendors
    assert [each.website for each in found] == ["", "https://b.example"]
    assert found[0].other == (("website", "javascript:alert(1)"),)


@given(st.text(max_size=200))
def test_no_text_ends_in_anything_but_a_list_or_a_refusal(text: str) -> None:
    for name in ("list.csv", "list.md"):
        try:
            found = read(text, name)
        except InputError:
            continue
        assert all(each.name for each in found.vendors)


@given(st.binary(max_size=200))
def test_no_bytes_end_in_anything_but_a_list_or_a_refusal(content: bytes) -> None:
    with suppress(InputError):
        assert all(each.name for each in read_vendor_list(b"Vendor,Country\n" + content, "list.csv").vendors)
