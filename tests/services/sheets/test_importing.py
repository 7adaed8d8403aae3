"""A spreadsheet into a register: what is understood, what is kept as text, and that no cell is passed over."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropa.exchange.cell_text import joined
from ropa.exchange.sheet_read import read_sheets
from ropa.records.errors import InputError, NotFoundError
from ropa.records.register import Register
from ropa.services.sheets.importing import SheetPlan, carry_out, plan, read_file
from ropa.services.sheets.mapping import layouts
from ropa.services.sheets.report import plan_lines, report_csv
from ropa.store.store import Store
from tests.exchange.sheets.make import FOLDER
from tests.store.databases import filled

ACME = """
format: 1
organisation: {key: acme, name: Acme, country: United Kingdom}
parties:
  mailer: {name: Mailer, legal_name: Mailer Ltd, aliases: [PostBird]}
data_categories: {mail: E-mail}
activities:
  news: {name: Newsletter, role: controller, purposes: [telling clients], business_function: Sales}
"""
HEADINGS = ("Activity", "Purpose", "Data subjects", "Personal data", "Processors", "Third countries", "Safeguards",
            "Retention", "Lawful basis", "Last updated", "Mood")  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path / "ropa.db", ACME)


def sheet(folder: Path, *rows: tuple[str, ...], name: str = "ropa.csv") -> Path:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def told(made: SheetPlan) -> dict[str, tuple[str, str]]:
    return {each.spot.address: (each.fate, each.gap) for each in made.told}


def imported(store: Store, path: Path, layout: str = "auto") -> tuple[SheetPlan, Register]:
    made = plan(store, "acme", read_file(path, layout))
    carry_out(store, made, who="alice")
    return made, store.snapshot("acme").register


def test_every_cell_is_accounted_for_once(store: Store, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ("Our record", "", ""),
        HEADINGS,
        ("Payroll", "paying staff; taxes", "Employees", "name, pay", "Payo Ltd", "India", "BCR", "forever", "because",
         "03/04/2024", "grim"),
        ("Key: BCR = binding corporate rules",),
        ("", "", "", "sickness notes", "", "", "", "1 year", "6(1)(c)", "", ""),
    )  # fmt: skip
    made, _ = imported(store, path)
    (grid,) = read_sheets(path.read_bytes(), "a.csv")
    cells = [(row.number, column) for row in grid.rows for column in row.cells]
    assert len(made.told) == len(cells) == len({(each.spot.sheet, each.spot.address) for each in made.told})
    outcome = {address: fate for address, (fate, _) in told(made).items()}
    assert outcome["A1"] == outcome["A2"] == outcome["A4"] == "ignored"
    assert [outcome[f"{letter}3"] for letter in "ABCDEFGHIJK"] == [
        "used", "used", "used", "used", "used", "used", "used", "kept", "kept", "kept", "kept",
    ]  # fmt: skip


def test_what_is_not_understood_is_kept_in_words_and_told_as_a_gap(store: Store, tmp_path: Path) -> None:
    row = ("Payroll", "paying staff", "", "", "", "Atlantis", "", "as long as needed", "because", "03/04/2024", "grim")
    made, register = imported(store, sheet(tmp_path, HEADINGS, row))
    note = register.activities["payroll"].note or ""
    for words in ("Third countries: Atlantis", "Lawful basis: because", "Last updated: 03/04/2024", "Mood: grim"):
        assert words in note
    (rule,) = register.retention_of("payroll")
    assert (rule.period, rule.stated) == (None, "as long as needed")
    gaps = {address: gap for address, (_, gap) in told(made).items() if gap}
    assert {"F2", "H2", "I2", "J2"} <= set(gaps)
    assert "can be 3 April 2024 or 4 March 2024" in gaps["J2"]
    assert any("J2" in line for line in plan_lines(made, dry_run=True))


def test_a_row_becomes_an_activity_with_all_that_belongs_to_it(store: Store, tmp_path: Path) -> None:
    row = ("Payroll", "paying staff", "Employees", "pay; e mail", "PostBird", "US", "SCC + IDTA",
           "6 years after the tax year", "6(1)(c)", "3 May 2024", "")  # fmt: skip
    _, register = imported(store, sheet(tmp_path, HEADINGS, row))
    activity = register.activities["payroll"]
    assert activity.data_categories == ("pay", "mail")
    assert str(activity.updated) == "2024-05-03"
    assert activity.source == "ropa.csv, row 2"
    assert [each.party for each in register.engagements_of("payroll")] == ["mailer"]
    assert [each.basis for each in register.lawful_bases_of("payroll")] == ["legal-obligation"]
    (rule,) = register.retention_of("payroll")
    assert (rule.period, rule.trigger) == ("P6Y", "the tax year")
    (transfer,) = register.transfers.values()
    assert (transfer.importer, transfer.country, transfer.stated) == ("mailer", "US", "SCC + IDTA")
    assert {each.instrument for each in register.safeguards.values()} == {"eu-scc", "uk-idta"}


def test_a_country_without_a_recipient_makes_no_transfer(store: Store, tmp_path: Path) -> None:
    row = ("Payroll", "paying staff", "", "", "", "US", "SCC", "", "", "", "")
    made, register = imported(store, sheet(tmp_path, HEADINGS, row))
    assert not register.transfers
    assert told(made)["F2"][0] == told(made)["G2"][0] == "kept"
    assert "who receives it is not said" in told(made)["F2"][1]
    assert "Third countries: US" in (register.activities["payroll"].note or "")


@pytest.mark.parametrize(
    "text", ["United States: Mailer (Mailer Ltd)", "Mailer (United States)", "PostBird – US", "Mailer Ltd: USA"]
)
def test_a_country_beside_a_known_party_is_its_transfer(store: Store, tmp_path: Path, text: str) -> None:
    row = ("Payroll", "paying staff", "", "", "Payo Ltd; Other Ltd", text, "IDTA", "", "", "", "")
    _, register = imported(store, sheet(tmp_path, HEADINGS, row))
    assert [(each.importer, each.country) for each in register.transfers.values()] == [("mailer", "US")]


@pytest.mark.parametrize("text", ["Nobody Inc (United States)", "United States: Nobody Inc", "US; Atlantis"])
def test_a_country_beside_an_unknown_name_is_nobody_elses_transfer(store: Store, tmp_path: Path, text: str) -> None:
    row = ("Payroll", "paying staff", "", "", "Mailer Ltd", text, "IDTA", "", "", "", "")
    made, register = imported(store, sheet(tmp_path, HEADINGS, row))
    assert told(made)["F2"][0] == "kept"
    assert text in (register.activities["payroll"].note or "")
    assert not register.transfers


def test_data_that_the_sheet_calls_special_is_marked_also_where_it_is_known(store: Store, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ("Activity", "Purpose", "Personal data", "Special category data"),
        ("Payroll", "paying staff", "pay; health records", "Health records; Trade union membership; other"),
    )
    made, register = imported(store, path)
    marks = {each.name: each.special for each in register.data_categories.values()}
    assert marks["health records"] == "health"
    assert marks["Trade union membership"] == "trade-union-membership"
    assert told(made)["D2"][0] == "kept"


def test_several_rows_of_one_activity_are_one_with_time_limits_by_data(store: Store, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ("Activity", "Purpose", "Personal data", "Retention"),
        ("Payroll", "paying staff", "pay", "6 years"),
        ("Payroll", "paying staff", "sickness notes", "1 year"),
    )
    _, register = imported(store, path)
    assert [each for each in register.activities if each.startswith("payroll")] == ["payroll"]
    rules = {each.period: each.data_categories for each in register.retention_of("payroll")}
    assert rules == {"P6Y": ("pay",), "P1Y": ("sickness-notes",)}


def test_what_the_register_says_is_not_overwritten_unless_asked(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path, ("Activity", "Purpose", "Department"), ("Newsletter", "telling clients", "Marketing"))
    made, register = imported(store, path)
    assert register.activities["news"].business_function == "Sales"
    assert told(made)["C2"][0] == "differs"
    updated = plan(store, "acme", read_file(path), update=True)
    assert [(each.key, each.fields[0][2]) for each in updated.changed] == [("news", "Marketing")]


def test_the_same_file_twice_writes_once(store: Store, tmp_path: Path) -> None:
    row = ("Payroll", "paying staff; taxes", "Employees", "name, pay", "Payo Ltd", "India", "IDTA", "7 years",
           "contract", "", "grim\ntoday")  # fmt: skip
    path = sheet(tmp_path, HEADINGS, row)
    imported(store, path)
    again, _ = imported(store, path)
    assert (again.added, again.changed, again.writes) == ((), (), ())


def test_it_is_one_entry_of_the_history_and_a_plan_writes_nothing(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path, HEADINGS, ("Payroll", "paying staff"))
    before = store.snapshot("acme").register
    made = plan(store, "acme", read_file(path))
    assert store.snapshot("acme").register == before
    batch = carry_out(store, made, who="alice")
    entries = [each for each in store.history("acme") if each.batch == batch]
    assert {(each.who, each.why) for each in entries} == {("alice", "import spreadsheet ropa.csv")}


def test_a_cell_that_cannot_be_recorded_is_named_and_nothing_is_written(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path, HEADINGS, ("Payroll", "paying staff", "", "", "", "", "", "", "", "", "x" * 20_001))
    with pytest.raises(InputError, match="K2"):
        plan(store, "acme", read_file(path))
    with pytest.raises(NotFoundError):
        read_file(tmp_path / "none.csv")
    with pytest.raises(NotFoundError, match="ROPA"):
        read_file(FOLDER / "merged.xlsx", sheet="Nowhere")


@pytest.mark.parametrize("name", ["merged.xlsx", "hidden.xlsx", "cp1252-semicolons.csv", "repeated-and-merged.ods"])
def test_ugly_sheets_give_their_activities(store: Store, name: str) -> None:
    made, register = imported(store, FOLDER / name)
    assert "payroll" in register.activities
    assert register.lawful_bases_of("payroll")
    if name == "merged.xlsx":
        assert register.activities["payroll"].business_function == "Sales and staff"
    if name == "hidden.xlsx":
        assert any("'Old'" in each and "not read" in each for each in made.remarks)


def test_the_icos_sheet_comes_in_with_what_it_can_hold(store: Store, tmp_path: Path) -> None:
    values = {
        "activity.business_function": "Sales",
        "activity.purposes": "telling clients",
        "activity.joint_controllers": "Partner Ltd\n1 High Street, Leeds\nprivacy@partner.example",
        "activity.subject_categories": "Clients",
        "activity.data_categories": "E-mail",
        "activity.recipients": "printers",
        "retention": "2 years after the last order",
        "activity.security": "encryption; access control",
        "lawful_basis": "Article 6(1)(f)",
        "lawful_basis.justification": "keeping clients informed",
        "lawful_basis.assessment": "https://files.example/lia",
        "activity.rights": "access\nerasure",
        "activity.automated_decisions": "No",
        "activity.location": "UK data centre",
        "activity.dpia": "No",
    }
    columns = layouts()["ico"].columns
    seen: set[str] = set()
    row = []
    for each in columns:
        row.append("" if each.field in seen else values.get(each.field, ""))
        seen.add(each.field)
    made, register = imported(store, sheet(tmp_path, tuple(each.heading for each in columns), tuple(row)))
    assert made.readings[0].layout == "ico"
    activity = register.activities["news"]  # found by its function and purposes, for the sheet has no names
    assert activity.role == "controller"
    (partner,) = activity.joint_controllers
    party = register.parties[partner]
    assert (party.name, party.address, party.contact and party.contact.email) == (
        "Partner Ltd", "1 High Street, Leeds", "privacy@partner.example",
    )  # fmt: skip
    assert (activity.rights, activity.dpia, activity.automated_decisions) == (
        ("access", "erasure"),
        "not-required",
        "no",
    )
    (basis,) = register.lawful_bases_of("news")
    assert (basis.basis, basis.justification) == ("legitimate-interests", "keeping clients informed")
    assert register.documents[basis.assessment or ""].location == "https://files.example/lia"
    assert activity.security == ("encryption", "access control")


def test_the_head_of_the_icos_sheet_fills_in_the_organisation_and_differs_in_words(
    store: Store, tmp_path: Path
) -> None:
    columns = layouts()["ico"].columns
    row = tuple(
        {"activity.purposes": "faxing", "activity.automated_decisions": "N/A"}.get(each.field, "") for each in columns
    )
    path = sheet(
        tmp_path,
        ("Controller", "", "Data Protection Officer (if applicable)", ""),
        ("Name", "Someone Else", "Name", "Jo Doe"),
        ("Email", "a@acme.example", "Email", "N/A"),
        tuple(each.heading for each in columns),
        row,
    )
    made, register = imported(store, path)
    owner = register.organisation
    assert (owner.name, owner.contact and owner.contact.email) == ("Acme", "a@acme.example")
    assert owner.dpo is not None
    assert (owner.dpo.name, owner.dpo.email) == ("Jo Doe", None)
    assert told(made)["B2"] == ("differs", "the register is of Acme; its name is left as it is")
    assert register.activities["faxing"].automated_decisions is None
    assert len(made.told) == 12 + len(columns)


CNIL = (
    ("Modèle de fiche de registre", "", "", "ref-001"),
    ("Nom du traitement", "Gestion des comptes"),
    ("N° / RÉF", "001"),
    ("Date de création du traitement", "8 March 2026"),
    ("Finalité principale", "Accès au site"),
    ("Sous-finalité 1", "Mise à jour du profil"),
    ("Catégories de données personnelles concernées", "Description", "Délai d'effacement"),
    ("État civil, identité", "Nom, prénom", "1 mois après départ"),
    ("Vie personnelle", "-", "-"),
    ("Données sensibles", "Description", "Délai d'effacement"),
    ("Données concernant la santé", "aptitude", "5 ans"),
    ("Catégories de personnes concernées", "Description", "Précisions"),
    ("Catégorie de personnes 1", "Salariés", ""),
    ("Destinataires", "Type de destinataire", "Précisions"),
    ("Destinataire 1", "Service interne", "RH"),
    ("Destinataire 2", "Sous-traitant", "Hébergeur SAS"),
    ("Mesures de sécurité", "Type", "Précisions"),
    ("Mesure 1", "Chiffrement", "SSH"),
    ("Transferts hors UE", "Destinataire", "Pays", "Type de Garanties", "Lien vers le doc"),
    ("Organisme 1", "Cloud Inc.", "United States", "clauses contractuelles types", ""),
)


def test_the_cnils_sheet_of_one_activity_is_understood(store: Store, tmp_path: Path) -> None:
    made, register = imported(store, sheet(tmp_path, *CNIL))
    activity = register.activities["gestion-des-comptes"]
    assert made.readings[0].layout == "cnil"
    assert (activity.reference, str(activity.recorded)) == ("001", "2026-03-08")
    assert activity.purposes == ("Accès au site", "Mise à jour du profil")
    assert activity.internal_recipients == ("Service interne: RH",)
    assert activity.security == ("Chiffrement: SSH",)
    health = register.data_categories[activity.data_categories[1]]
    assert health.special == "health"
    rules = {each.period: (each.trigger, each.data_categories) for each in register.retention_of(activity.key)}
    assert rules == {"P1M": ("départ", activity.data_categories[:1]), "P5Y": (None, activity.data_categories[1:])}
    assert [register.parties[each.party].name for each in register.engagements_of(activity.key)] == ["Hébergeur SAS"]
    (transfer,) = register.transfers.values()
    assert (register.parties[transfer.importer].name, transfer.country) == ("Cloud Inc.", "US")
    assert [each.instrument for each in register.safeguards.values()] == ["eu-scc"]
    (grid,) = read_sheets((tmp_path / "ropa.csv").read_bytes(), "a.csv")
    cells = {(row.number, column) for row in grid.rows for column in row.cells}
    assert len({each.spot.address for each in made.told}) == len(cells)


def test_the_report_file_holds_every_cell_and_no_formula(store: Store, tmp_path: Path) -> None:
    made, _ = imported(store, sheet(tmp_path, HEADINGS, ("Payroll", "=cmd()", "@x")))
    rows = list(csv.reader(io.StringIO(report_csv(made).removeprefix("\ufeff"))))
    assert len(rows) == len(made.told) + 1
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


_WORDS = (
    st.text("abcdeé ,;.:()-=0123456789&/", min_size=1, max_size=20)
    .map(lambda each: " ".join(each.split()))
    .filter(lambda each: any(sign.isalpha() for sign in each))
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=4, unique=True), st.lists(_WORDS, min_size=1, max_size=3, unique=True))
def test_lists_that_a_sheet_holds_come_back_the_same(
    store: Store, tmp_path: Path, security: list[str], rights: list[str]
) -> None:
    columns = layouts()["ico"].columns
    values = {
        "activity.purposes": "a purpose",
        "activity.security": joined(security),
        "activity.rights": joined(rights),
    }
    row = tuple(values.get(each.field, "") for each in columns)
    made = plan(store, "acme", read_file(sheet(tmp_path, tuple(each.heading for each in columns), row)))
    (activity,) = (put.record.model_dump() for put in made.writes if put.kind == "activity")
    for name, expected in (("security", security), ("rights", rights)):
        if expected != ["none"]:
            assert activity[name] == tuple(expected)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(st.text(max_size=25), min_size=11, max_size=11), min_size=1, max_size=4))
def test_no_cell_brings_a_traceback_and_none_is_lost(store: Store, tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "any.csv"
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *rows])
    path.write_bytes(out.getvalue().encode("utf-8", "replace"))
    try:
        reading = read_file(path)
        made = plan(store, "acme", reading)
    except InputError:
        return
    cells = sum(not cell.beside for row in reading.chosen[0][0].rows for cell in row.cells.values())
    assert len({each.spot.address for each in made.told}) == cells


def test_another_time_limit_than_the_registers_is_told_and_not_taken(store: Store, tmp_path: Path) -> None:
    head = ("Activity", "Purpose", "Retention")
    imported(store, sheet(tmp_path, head, ("Payroll", "paying staff", "7 years")))
    other = sheet(tmp_path, head, ("Payroll", "paying staff", "9 years"))
    made, register = imported(store, other)
    assert told(made)["C2"] == (
        "differs", "the register has other time limits for this activity; left as they are"
    )  # fmt: skip
    assert [each.period for each in register.retention_of("payroll")] == ["P7Y"]
    made = plan(store, "acme", read_file(other), update=True)
    carry_out(store, made, who="alice")
    assert [each.period for each in store.snapshot("acme").register.retention_of("payroll")] == ["P9Y"]


def test_that_there_is_none_does_not_become_that_nobody_recorded_it(store: Store, tmp_path: Path) -> None:
    head = ("Activity", "Purpose", "Recipients", "Third countries", "Special categories", "Safeguards")
    made, register = imported(store, sheet(tmp_path, head, ("Payroll", "paying", "None", "No", "none", "n/a")))
    activity = register.activities["payroll"]
    assert activity.recipients == ("None",)
    assert activity.note == "Special categories: none\nThird countries: No"
    assert [told(made)[each][0] for each in ("C2", "D2", "E2", "F2")] == ["used", "kept", "kept", "ignored"]


def test_that_there_are_no_recipients_is_not_recorded_beside_recipients(store: Store, tmp_path: Path) -> None:
    head = ("Activity", "Purpose", "Recipients", "Processors")
    made, register = imported(store, sheet(tmp_path, head, ("Payroll", "paying", "None", "Payo Ltd")))
    activity = register.activities["payroll"]
    assert (activity.recipients, activity.note) == ((), "Recipients: None")
    assert told(made)["C2"][0] == "kept"
    again, _ = imported(store, sheet(tmp_path, head, ("Payroll", "paying", "None", "Payo Ltd")))
    assert not again.writes


def test_a_country_is_not_taken_to_be_one_recipients_where_there_are_others(store: Store, tmp_path: Path) -> None:
    head = ("Activity", "Purpose", "Processors", "Recipients", "Third countries")
    made, register = imported(store, sheet(tmp_path, head, ("Payroll", "paying", "PostBird", "The tax office", "US")))
    assert not register.transfers
    assert told(made)["E2"][0] == "kept"


def test_a_transfer_whose_recipient_was_inferred_is_to_be_looked_at(store: Store, tmp_path: Path) -> None:
    head = ("Activity", "Purpose", "Processors", "Third countries")
    made, register = imported(store, sheet(tmp_path, head, ("Payroll", "paying", "PostBird", "US")))
    assert [each.importer for each in register.transfers.values()] == ["mailer"]
    assert told(made)["D2"] == ("used", "taken to be about Mailer, the only recipient that is recorded; check that")


def test_companies_with_commas_in_their_names_are_not_run_together(store: Store, tmp_path: Path) -> None:
    head = ("Activity", "Purpose", "Processors")
    _, register = imported(store, sheet(tmp_path, head, ("Web", "selling", "AWS EMEA SARL, Cloudy, Inc., Mailer Ltd")))
    names = [register.parties[each.party].name for each in register.engagements_of("web")]
    assert names == ["AWS EMEA SARL", "Cloudy, Inc.", "Mailer"]


def test_a_remark_below_the_table_becomes_no_activity(store: Store, tmp_path: Path) -> None:
    row = ("Payroll", "paying", *("" for _ in HEADINGS[2:]))
    made, register = imported(
        store, sheet(tmp_path, HEADINGS, row, ("Last reviewed by Jane. Do not delete this row.",))
    )
    assert set(register.activities) == {"news", "payroll"}
    assert told(made)["A3"][0] == "ignored"


def test_the_report_goes_row_by_row_from_the_left(store: Store, tmp_path: Path) -> None:
    rows = [("Payroll", "p", "", "", "", "US", "SCC", "forever", "because", "", "grim")] * 2
    made = plan(store, "acme", read_file(sheet(tmp_path, HEADINGS, *rows)))
    addresses = [line.split()[1] for line in plan_lines(made, dry_run=True) if line.startswith("  ? ")]
    assert addresses == ["F2", "G2", "H2", "I2", "K2", "F3", "G3", "H3", "I3", "K3"]


def test_the_first_activity_is_not_read_as_a_second_row_of_headings(store: Store, tmp_path: Path) -> None:
    head = ("Purpose", "Purpose", "Retention", "Retention", "")
    made, register = imported(store, sheet(tmp_path, head, ("Selling", "Billing", "1 year", "2 years", "x")))
    assert register.activities["selling"].purposes == ("Selling", "Billing")
    assert told(made)["E2"][0] == "kept"


def test_recipients_are_not_put_beside_that_there_are_none(store: Store, tmp_path: Path) -> None:
    head = ("Activity", "Purpose", "Recipients")
    imported(store, sheet(tmp_path, head, ("Payroll", "paying", "None")))
    other = sheet(tmp_path, head, ("Payroll", "paying", "The tax office"))
    made, register = imported(store, other)
    assert register.activities["payroll"].recipients == ("None",)
    assert told(made)["C2"] == ("differs", "the register says 'None'; left as it is")
    carry_out(store, plan(store, "acme", read_file(other), update=True), who="alice")
    assert store.snapshot("acme").register.activities["payroll"].recipients == ("The tax office",)


def test_a_no_on_the_cnils_sheet_is_no_yes_and_is_kept(store: Store, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ("Nom du traitement", "Paie", "", "", ""),
        ("N° / RÉF", "1", "", "", ""),
        ("Date de création du traitement", "2023-05-01", "", "", ""),
        ("Mise à jour du traitement", "2024-01-02", "", "", ""),
        ("Finalité principale", "Payer", "", "", ""),
        ("Données sensibles", "Description", "Délai d'effacement", "", ""),
        ("Opinions politiques", "Non", "Non", "", ""),
        ("Données de santé", "arrêts", "2 ans", "", ""),
        ("Transferts hors UE", "Destinataire", "Pays", "Type de Garanties", "Liens vers la doc"),
        ("Organisme destinataire 1", "PostBird", "États-Unis", "Clauses contractuelles types", ""),
        name="fiche.csv",
    )
    made, register = imported(store, path)
    assert {each.special for each in register.data_categories.values()} == {None, "health"}
    assert "Opinions politiques: Non" in (register.activities["paie"].note or "")
    assert told(made)["B7"][0] == told(made)["C7"][0] == "kept"
    assert [(each.importer, each.country) for each in register.transfers.values()] == [("mailer", "US")]


def test_several_transfers_of_a_cnil_sheet_keep_their_own_safeguards(store: Store, tmp_path: Path) -> None:
    rows = (
        *CNIL,
        ("Organisme 2", "Infosys", "Inde", "BCR", ""),
        ("Organisme 3", "Nordica", "", "", ""),
    )
    made, register = imported(store, sheet(tmp_path, *rows))
    said = {
        register.parties[each.importer].name: (
            each.country,
            each.stated,
            {one.instrument for one in register.safeguards_of(each.key)},
        )
        for each in register.transfers.values()
    }
    assert said == {
        "Cloud Inc.": ("US", "clauses contractuelles types", {"eu-scc"}),
        "Infosys": ("IN", "BCR", set()),
        "Nordica": (None, None, set()),
    }
    assert "no safeguard that the law knows" in told(made)["D21"][1]
    assert not plan(store, "acme", read_file(tmp_path / "ropa.csv")).writes


def test_a_column_that_a_section_of_a_form_has_no_place_for_is_kept(store: Store, tmp_path: Path) -> None:
    rows = (
        *CNIL[:13],
        ("Destinataires", "Type de destinataire", "Précisions", "Commentaires", "Depuis"),
        ("Destinataire 1", "Service interne", "RH", "à revoir", "2024"),
        ("Mesures de sécurité", "Type", "Précisions"),
        ("Mesure 1", "Chiffrement", "long " * 80),
    )
    made, register = imported(store, sheet(tmp_path, *rows))
    note = register.activities["gestion-des-comptes"].note or ""
    assert told(made)["D15"][0] == told(made)["E15"][0] == told(made)["C17"][0] == "kept"
    assert "à revoir" in note
    assert "2024" in note
    assert "long long" in note


def test_a_processors_cnil_sheet_says_for_whom_it_is_done(store: Store, tmp_path: Path) -> None:
    whose = ("Pour le compte de", "Brae Ltd: for Ann, a@brae.example")
    _, register = imported(store, sheet(tmp_path, *CNIL[:4], whose, *CNIL[4:]))
    activity = register.activities["gestion-des-comptes"]
    (controller,) = (register.parties[key] for key in activity.controllers)
    assert (activity.role, controller.name, controller.address) == ("processor", "Brae Ltd", None)
    assert controller.contact is not None
    assert (controller.contact.name, controller.contact.email) == ("Ann", "a@brae.example")


def test_a_recipient_that_the_same_row_names_beside_a_country_is_who_receives_it(store: Store, tmp_path: Path) -> None:
    rows = (
        ("Activity", "Purpose", "Recipients", "Third countries", "Safeguards"),
        ("Payroll", "paying staff", "HMRC; HubSpot (HubSpot, Inc.)", "United States: HubSpot", "SCC"),
    )
    _, register = imported(store, sheet(tmp_path, *rows))
    (transfer,) = register.transfers.values()
    party = register.parties[transfer.importer]
    assert (party.name, party.legal_name, transfer.country) == ("HubSpot", "HubSpot, Inc.", "US")


def test_a_difference_is_told_at_the_cell_that_it_stands_in(store: Store, tmp_path: Path) -> None:
    head = ("Activity", "Retention", "Lawful basis", "Legitimate interests")
    imported(store, sheet(tmp_path, head, ("Payroll", "6 years", "6(1)(f)", "people expect it")))
    made, _ = imported(store, sheet(tmp_path, head, ("Payroll", "6 years", "6(1)(f)", "nobody minds")))
    assert {at: fate for at, (fate, _) in told(made).items() if fate == "differs"} == {"D2": "differs"}


def test_what_was_not_understood_of_a_safeguard_is_told(store: Store, tmp_path: Path) -> None:
    row = ("Payroll", "paying staff", "", "", "Mailer Ltd", "US", "IDTA in progress", "", "", "", "")
    made, register = imported(store, sheet(tmp_path, HEADINGS, row))
    assert not register.safeguards
    assert [each.stated for each in register.transfers.values()] == ["IDTA in progress"]
    assert "no safeguard that the law knows" in told(made)["G2"][1]


def test_german_headings_are_understood(tmp_path: Path) -> None:
    rows = (
        ("Aktivität", "Zweck", "Betroffene Personen", "Datenkategorien", "Empfänger", "Drittland", "Rechtsgrundlage",
         "Löschfrist", "TOM"),
        ("Lohn", "Gehälter", "Mitarbeiter", "Name", "Bank", "keine", "Vertrag", "10 Jahre", "Schloss"),
    )  # fmt: skip
    path = tmp_path / "de.csv"
    path.write_bytes("\r\n".join(";".join(row) for row in rows).encode("cp1252"))
    ((_, mapping),) = read_file(path).chosen
    assert [each.field for each in mapping.columns] == [
        "activity.name", "activity.purposes", "activity.subject_categories", "activity.data_categories",
        "activity.recipients", "transfer.country", "lawful_basis", "retention", "activity.security",
    ]  # fmt: skip


def test_the_cells_of_a_sheet_that_is_not_read_are_in_the_report(store: Store, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    for row in (HEADINGS, ("Payroll", "paying staff")):
        book.active.append(row)
    book.create_sheet("Lists").append(("Yes", "No"))
    path = tmp_path / "book.xlsx"
    book.save(path)
    made, _ = imported(store, path)
    assert [each.spot.address for each in made.told if each.spot.sheet == "Lists"] == ["A1", "B1"]
    assert {each.words for each in made.told if each.spot.sheet == "Lists"} == {"its sheet was not read"}


def test_what_is_still_to_be_confirmed_is_not_called_nothing(store: Store, tmp_path: Path) -> None:
    made, _ = imported(store, sheet(tmp_path, HEADINGS, ("Payroll", "paying staff", "TBC", "N/A")))
    words = {each.spot.address: each.words for each in made.told}
    assert words["C2"] == "it says that it is not known yet"
    assert words["D2"] == "it says that there is nothing to record"


def test_a_sheet_of_unknown_headings_gets_a_mapping_to_fill_in(tmp_path: Path) -> None:
    path = sheet(tmp_path, ("Florp", "Glim"), ("a", "b"))
    with pytest.raises(InputError, match="--write-mapping"):
        read_file(path)
    ((_, mapping),) = read_file(path, draft=True).chosen
    assert [(each.heading, each.field) for each in mapping.columns] == [("Florp", "note"), ("Glim", "note")]


def test_a_title_merged_across_the_table_is_no_activity(store: Store, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    for row in (("Activity", "Purpose", "Retention"), ("HUMAN RESOURCES",), ("Payroll", "paying staff", "6 years")):
        book.active.append(row)
    book.active.merge_cells("A2:C2")
    path = tmp_path / "book.xlsx"
    book.save(path)
    made, register = imported(store, path)
    assert set(register.activities) == {"news", "payroll"}
    assert [each.fate for each in made.told if each.spot.address == "A2"] == ["ignored"]


@pytest.mark.parametrize("text", ["*", "-; -", "•"])
def test_a_cell_of_processors_that_names_nobody_is_told(store: Store, tmp_path: Path, text: str) -> None:
    made, _ = imported(store, sheet(tmp_path, HEADINGS, ("Pay", "", "", "", text)))
    assert "E2" in told(made)


ACTORS = (
    ("Nom / sigle", "Paie"),
    ("Date de création", "03/04/2026"),
    ("Mise à jour", "05.06.2026"),
    ("Acteurs", "Nom", "Adresse", "CP", "Ville", "Pays", "Tél", "Email"),
    (
        "Responsable du traitement",
        "Acme",
        "1 rue de Rivoli",
        "75001",
        "Paris",
        "France",
        "+33 1 23 45",
        "a@acme.example",
    ),
    ("Délégué à la protection des données", "Jeanne Dupont", "", "", "", "", "", "dpo@acme.example"),
    ("Représentant", "-"),
    ("Finalité principale", "payer les salariés"),
    ("Catégories de personnes concernées", "Description"),
    ("Catégorie de personnes 1", "Salariés"),
    ("Destinataires", "Type de destinataire", "Précisions"),
    ("DPO", "Service interne", "Jeanne"),
)


def test_the_actors_of_the_cnils_sheet_go_to_the_organisation_and_not_into_a_note(store: Store, tmp_path: Path) -> None:
    made, register = imported(store, sheet(tmp_path, *ACTORS))
    owner = register.organisation
    assert owner.address == "1 rue de Rivoli, 75001, Paris, France"
    assert owner.contact is not None
    assert (owner.contact.email, owner.contact.phone) == ("a@acme.example", "+33 1 23 45")
    assert owner.dpo is not None
    assert (owner.dpo.name, owner.dpo.email) == ("Jeanne Dupont", "dpo@acme.example")
    assert owner.representative is None
    paie = register.activities["paie"]
    assert paie.note is None
    assert any("Jeanne" in each for each in (*paie.internal_recipients, *paie.recipients))
    assert {each.spot.address for each in made.told} == {
        f"{'ABCDEFGH'[at]}{number}" for number, row in enumerate(ACTORS, 1) for at, text in enumerate(row) if text
    }


def test_the_actors_of_another_are_not_taken(store: Store, tmp_path: Path) -> None:
    rows = [tuple("Bolt SAS" if text == "Acme" else text for text in row) for row in ACTORS]
    made, register = imported(store, sheet(tmp_path, *rows))
    assert register.organisation.dpo is None
    assert told(made)["B6"][0] == "differs"


def test_a_processors_sheet_names_its_customer_as_controller(store: Store, tmp_path: Path) -> None:
    _, register = imported(store, sheet(tmp_path, ("Pour le compte de", "Bolt SAS"), *ACTORS))
    assert register.organisation.dpo is None
    assert register.organisation.address is None


def test_a_date_of_a_french_sheet_has_its_day_first(store: Store, tmp_path: Path) -> None:
    _, register = imported(store, sheet(tmp_path, *ACTORS))
    paie = register.activities["paie"]
    assert (paie.recorded, paie.updated) == (dt.date(2026, 4, 3), dt.date(2026, 6, 5))
    english = [
        ("Date of creation", "03/04/2026"), ("Name of the processing", "Pay"), ("Main purpose", "paying"),
        ("Legal basis", "Contract"), ("Categories of data subjects", "Description"), ("Security measures", "Type"),
    ]  # fmt: skip
    made, _ = imported(store, sheet(tmp_path, *english))
    assert "can be 3 April 2026 or 4 March 2026" in told(made)["B1"][1]
