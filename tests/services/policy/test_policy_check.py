"""A privacy policy against the register: what a user is told differs, where, and what is let be."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.exchange.policy_read import policy_of
from ropa.records.errors import InputError
from ropa.services.policy.check import check_policy
from ropa.services.policy.findings import Difference, PolicyCheck
from ropa.services.policy.known import known_names
from ropa.services.policy.periods import periods_in
from ropa.services.policy.report import policy_text, policy_values
from tests.registers import HEAD, TODAY, register

SUPPLIES = """
parties:
{parties}
data_categories: {{name: Name}}
subject_categories: {{clients: Clients}}
activities:
  newsletter:
    name: Newsletter
    role: controller
    data_categories: [name]
    subject_categories: [clients]
    retention: [{retention}]
    engagements: [{engagements}]
"""


def against(
    policy: str, parties: str = "", *, engaged: str = "", retention: str = "", more: str = "", name: str = "p.txt",
    on: dt.date = TODAY,
) -> PolicyCheck:  # fmt: skip
    """A policy checked against a register of these parties (one a line), each engaged unless `engaged` says who."""
    lines = [line.strip() for line in parties.strip().splitlines()]
    keys = [line.partition(":")[0] for line in lines]
    engagements = engaged or ", ".join(f"{{party: {key}}}" for key in keys)
    body = SUPPLIES.format(
        parties="\n".join(f"  {line}" for line in lines) or "  {}", engagements=engagements, retention=retention
    )
    return check_policy(register(body + more), on, policy_of(policy.encode(), name))


def told(found: PolicyCheck, subject: str, group: str) -> dict[str, Difference]:
    return {each.name: each for each in found.differences if (each.subject, each.group) == (subject, group)}


def unknown(policy: str, parties: str = "") -> set[str]:
    """The vendors that are named and not in the register."""
    return set(told(against(policy, parties), "vendor", "policy"))


def named(found: PolicyCheck, subject: str = "vendor") -> set[str]:
    return {each.name for each in found.same if each.subject == subject}


# -- the register's own names ----------------------------------------------------------------------------------------

MAILER = "mailer: {name: Mailer, legal_name: Mailer Worldwide Ltd, aliases: [Old Post], country: United Kingdom}"


@pytest.mark.parametrize(
    "text",
    [
        "We use Mailer.",
        "MAILER'S SERVERS SEND IT.",
        "Sent by Mailer’s people.",
        "(Mailer)",
        "Mailer/Acorn",
        "sent by mailer",
        "sent by Mailer Worldwide\nLimited",
        "by Máiler",
        "see www.mailer.com",
    ],
)
def test_a_party_is_named_however_it_is_written(text: str) -> None:
    assert "Mailer" in named(against(text, MAILER))


@pytest.mark.parametrize("text", ["Mailers are sent.", "Our webmailer.", "Write to ask@mailer.com.", "The mail er."])
def test_a_part_of_another_word_names_nobody(text: str) -> None:
    found = against(text, MAILER)
    assert named(found) == set()
    assert set(told(found, "vendor", "register")) == {"Mailer"}


def test_a_short_or_ordinary_name_needs_its_capital() -> None:
    go = "go: {name: Go, country: United Kingdom}"
    assert named(against("We go on. Google is good. GO on.", go)) == set()
    assert named(against("Our pages are made by Go.", go)) == {"Go"}
    box = "box: {name: Box, country: United Kingdom}"
    assert named(against("Tick the box. The Box Hill office. Write to PO Box 12.", box)) == set()
    assert named(against("Files are stored with Box.", box)) == {"Box"}


def test_a_name_over_two_lines_or_in_two_words_is_one() -> None:
    assert named(
        against(
            "The direct debits of our own customers are paid by Go\nCardless.",
            "gc: {name: GoCardless, country: United Kingdom}",
        )
    ) == {"GoCardless"}
    assert named(against("Sent by Mail-\nChimp.", "mc: {name: MailChimp, country: United Kingdom}")) == {"MailChimp"}
    assert named(against("Paid by GoCardless.", "gc: {name: Go Cardless, country: United Kingdom}")) == {"Go Cardless"}


def test_words_that_only_sound_like_a_name_are_let_be() -> None:
    assert unknown("Where we transfer data. We talk talk. Live chat records. A full story. One trust.") == set()


def test_a_party_that_the_policy_does_not_name_is_told_with_its_record() -> None:
    found = told(against("Nobody is named.", MAILER), "vendor", "register")["Mailer"]
    assert "party/mailer" in found.records
    assert found.places == ()


def test_customers_and_parties_that_get_nothing_are_left_out_and_that_is_said() -> None:
    more = """
  hosting:
    name: Hosting
    role: processor
    controllers: [client]
"""
    parties = MAILER + "\nclient: {name: Client House}\nspare: {name: Spare Host}"
    found = against("We use Mailer.", parties, engaged="{party: mailer}", more=more)
    assert told(found, "vendor", "register") == {}
    assert any("1 customer" in each for each in found.remarks)
    assert any("Spare Host" in each for each in found.remarks)


def test_another_name_of_a_party_is_said_differently() -> None:
    found = told(against("We use Old Post.", MAILER), "vendor", "differently")["Mailer"]
    assert "calls it Old Post" in found.words
    found = told(
        against("Sent by Mailer Worldwide Ltd.", MAILER.replace("name: Mailer,", "name: Postie,", 1)),
        "vendor",
        "differently",
    )["Postie"]
    assert "only the company" in found.words


def test_a_company_s_service_does_not_name_its_other_services() -> None:
    parties = "yt: {name: YouTube, legal_name: Google LLC, country: United Kingdom}"
    found = against("We use Google Analytics.", parties)
    assert set(told(found, "vendor", "register")) == {"YouTube"}
    assert set(told(found, "vendor", "policy")) == {"Google Analytics"}


def test_an_engagement_that_ended_is_still_named() -> None:
    found = against("We use Mailer.", MAILER, engaged="{party: mailer, until: 2025-03-31}")
    assert "31 March 2025" in told(found, "vendor", "differently")["Mailer"].words


# -- vendors that the register lacks ---------------------------------------------------------------------------------


def test_well_known_vendors_are_found_wherever_they_stand() -> None:
    text = "We use HubSpot. hotjar records visits. Paid by Sage Pay. Google\nAnalytics counts."
    assert unknown(text) == {"HubSpot", "hotjar", "Sage Pay", "Google Analytics"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Payroll is run by Moorland Payroll Bureau Ltd.", "Moorland Payroll Bureau Ltd"),
        ("Accountancy – Crumb & Co Accountants Limited.", "Crumb & Co Accountants Limited"),
        ("Kept with Trellia GmbH for us.", "Trellia GmbH"),
        ("Chat by Kvapil s.r.o. only.", "Kvapil s.r.o."),
        ("See Quadrant's privacy policy.", "Quadrant"),
        ("We use hosting providers such as Trellia.", "Trellia"),
        ("Our ticketing system is called ‘Frobnix’.", "Frobnix"),
        ("Our providers are:\n\n  • Widgetron – error logs\n", "Widgetron"),
        ("We share data with these third parties:\n  • Banking – Brassbank\n", "Brassbank"),
    ],
)
def test_an_unknown_name_is_found_by_the_words_around_it(text: str, name: str) -> None:
    found = told(against(text), "vendor", "policy")
    assert set(found) == {name}
    assert found[name].because


def test_names_in_tables_and_links_of_pages_are_found() -> None:
    table = "# Our subprocessors\n\n| Name | Where |\n|---|---|\n| Widgetron | Leeds |\n| Trellia | York |\n"
    assert {"Widgetron", "Trellia"} <= set(told(against(table, name="p.md"), "vendor", "policy"))
    page = '<p>Read about <a href="https://privacy.trellia.example/privacy">how they work</a>.</p>'
    assert set(told(against(page, name="p.html"), "vendor", "policy")) == {"privacy.trellia.example"}


@pytest.mark.parametrize(
    "text",
    [
        "Meet us at Market Square. The buffer is full, with slack in this segment. Tick a box.",
        "Delete cookies in Google Chrome, Mozilla Firefox or Safari. See www.allaboutcookies.org.",
        "Under the Data Protection Act you may complain to the Information Commissioner's Office (ico.org.uk).",
        "Acme Ltd and Acme Limited use software providers. Both of these providers are good. N.B. Providers change.",
        "We use the details in our Data Audit for suppliers. Monday to Friday our provider is open.",
    ],
)
def test_what_is_no_vendor_raises_no_alarm(text: str) -> None:
    assert unknown(text) == set()


def test_a_vendor_under_another_of_its_well_known_names_is_no_stranger() -> None:
    found = against("Mail by Mailchimp.", "m: {name: The Rocket Science Group, country: United Kingdom}")
    assert told(found, "vendor", "policy") == {}
    assert "Mailchimp" in told(found, "vendor", "differently")


# -- countries -------------------------------------------------------------------------------------------------------

US = "mailer: {name: Mailer, country: United States}"


def test_countries_of_one_side_only_are_told() -> None:
    found = against("We use Mailer. Data is stored in India.", US)
    assert set(told(found, "country", "policy")) == {"India"}
    assert set(told(found, "country", "register")) == {"United States"}
    assert named(against("We use Mailer. Data is stored in the U.S.", US), "country") == {"United States"}


@pytest.mark.parametrize(
    "text",
    [
        "Tell us what to do with us.",
        "Michael Jordan stores it.",
        "Stored in New Jersey Road.",
        "Google Ireland stores it.",
        "Registered in England and Wales.",
        "The Turkey Ltd stores it.",
        "EU standard contractual clauses store it.",
    ],
)
def test_words_that_are_no_country_here_are_let_be(text: str) -> None:
    assert told(against(text), "country", "policy") == {}


def test_a_group_of_countries_covers_its_members() -> None:
    found = against("Mailer stores it within the EEA.", "mailer: {name: Mailer, country: Ireland}")
    assert told(found, "country", "register") == told(found, "country", "policy") == {}


def test_a_policy_that_denies_transfers_is_held_against_the_flows() -> None:
    found = against("Mailer. We never transfer your data outside the UK or the EEA.", US)
    assert "the United States" in told(found, "country", "differently")["outside the United Kingdom"].words
    found = against("Mailer. We do not transfer your data outside the EEA without a safeguard.", US)
    assert told(found, "country", "differently") == {}


# -- mechanisms ------------------------------------------------------------------------------------------------------


def law(policy: str, *, head: str = HEAD, on: dt.date = TODAY) -> dict[str, Difference]:
    found = check_policy(register("", head), on, policy_of(policy.encode(), "p.txt"))
    return {each.name: each for each in found.differences if each.group == "law"}


def test_privacy_shield_holds_to_its_last_day_and_no_longer() -> None:
    text = "Our vendors are EU/US Privacy Shield certified."
    assert law(text, on=dt.date(2020, 7, 15)) == {}
    fallen = law(text, on=dt.date(2020, 7, 16))["Privacy Shield"]
    assert (fallen.mark, fallen.sure) == ("✖", "clear")
    assert "16 July 2020" in fallen.words
    assert "C-311/18" in fallen.source
    assert fallen.places[0].line == 1


def test_a_policy_that_says_that_it_gave_it_up_is_only_asked_about() -> None:
    assert law("We no longer rely on the Privacy Shield.")["Privacy Shield"].mark == "?"


def test_the_eu_clauses_alone_are_no_safeguard_under_uk_law() -> None:
    assert (
        "UK Addendum"
        in law("We use standard contractual clauses.")["EU standard contractual clauses, version not stated"].words
    )
    assert law("We use standard contractual clauses with the UK Addendum.") == {}
    eu = HEAD.replace("United Kingdom", "Ireland")
    assert law("We use standard contractual clauses (SCCs).", head=eu) == {}
    assert "28 December 2022" in next(iter(law("By 2010/87/EU.", head=eu).values())).words


def test_the_framework_needs_its_uk_side_under_uk_law() -> None:
    assert "UK-US data bridge" in law("By the EU-US Data Privacy Framework.")["Data Privacy Framework"].words
    assert law("By the EU-US Data Privacy Framework and the UK-US data bridge.") == {}


def test_mechanisms_are_compared_with_the_safeguards_on_record() -> None:
    more = """
transfers:
  t: {importer: mailer, country: United States, safeguards: [{instrument: uk-addendum}, {instrument: eu-scc-2021}]}
"""
    found = against("Mailer, US. We rely on standard contractual clauses and binding corporate rules.", US, more=more)
    assert set(told(found, "mechanism", "register")) == {"UK Addendum to the EU standard contractual clauses"}
    assert set(told(found, "mechanism", "policy")) == {"binding corporate rules for controllers"}
    assert (
        "2021" in told(found, "mechanism", "differently")["EU standard contractual clauses, version not stated"].words
    )


# -- periods ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("6 years", ["P6Y"]),
        ("seven (7) years", ["P7Y"]),
        ("1 year and 6 months", ["P1Y6M"]),
        ("two and a half years", ["P2Y6M"]),
        ("twenty-four months", ["P24M"]),
        ("an 18-month period", ["P18M"]),
        ("six\nyears", ["P6Y"]),
        ("between 6 and 12 months'", ["P6M", "P12M"]),
        ("3-5 years", ["P3Y", "P5Y"]),
        ("10 working days", ["10 business days"]),
        ("a further 6 months", ["P6M"]),
        ("72 hours", []),
        ("13 years old", []),
        ("the last 12 months", []),
        ("twice a year", []),
        ("many years", []),
        ("6 May 2018", []),
    ],
)
def test_lengths_of_time_are_read_as_people_write_them(text: str, periods: list[str]) -> None:
    assert [str(period) for _, _, period in periods_in(f"Kept for {text}.")] == periods


def test_periods_of_keeping_are_compared_by_what_they_amount_to() -> None:
    rule = "{period: 18 months}, {period: 3 years}, {stated: for a minimum of six years}"
    found = against(
        "We keep it for 1 year and 6 months. Calls are deleted after ninety days. Kept six years.", retention=rule
    )
    assert named(found, "retention") == {"1 year and 6 months", "6 years"}
    assert set(told(found, "retention", "policy")) == {"90 days"}
    assert set(told(found, "retention", "register")) == {"3 years"}


def test_other_times_are_no_periods_of_keeping() -> None:
    text = (
        "We report a breach within 3 days. New subprocessors are told 30 days prior to the change. Open 5 days a week."
    )
    found = against(text)
    assert {each.subject for each in found.differences} | {each.subject for each in found.same} == set()


@pytest.mark.parametrize(
    ("time", "mark"),
    [
        ("one month", ""),
        ("28 days", ""),
        ("10 working days", ""),
        ("30 days", "!"),
        ("20 working days", "!"),
        ("40 days", "✖"),
        ("two months", "✖"),
    ],
)
def test_times_for_answers_are_held_against_the_law_s_month(time: str, mark: str) -> None:
    found = against(f"We will respond to your request within {time}.")
    marks = [each.mark for each in found.differences if each.subject == "deadline"]
    assert marks == ([mark] if mark else [])
    assert len(named(found, "deadline")) == (not mark)


def test_the_extension_for_complex_requests_is_known() -> None:
    text = "We answer requests within one month. Where a request is complex we may extend this by {} further months."
    assert named(against(text.format("two")), "deadline") == {"1 month", "2 months"}
    assert [each.mark for each in against(text.format("four")).differences if each.subject == "deadline"] == ["✖"]


def test_forty_days_are_recognised_as_the_former_law_s() -> None:
    found = told(against("We reply to requests within forty days."), "deadline", "law")["40 days"]
    assert "Data Protection Act 1998" in found.words
    assert "12(3)" in found.source


# -- the report ------------------------------------------------------------------------------------------------------


def test_the_report_groups_and_counts_and_quotes() -> None:
    found = against(
        "Transfers\n\nHubSpot is Privacy Shield certified.\nKept for six years.", MAILER, retention="{period: 6 years}"
    )
    text = policy_text(found)
    for words in (
        "by the law of this date",
        "not in the register (",
        "not named in the policy (",
        "Named in both",
        "line 3, under “Transfers”",
    ):
        assert words in text
    assert text.index("by the law") < text.index("HubSpot") < text.index("Mailer")
    values = policy_values(found)
    assert sum(values["counts"].values()) == len(values["differences"]) == len(found.differences)
    first = values["differences"][0]
    assert first["places"][0]["line"] == 3
    assert "HubSpot is Privacy Shield certified." in first["places"][0]["quote"]


def test_nothing_different_is_said_so() -> None:
    assert "✓ Nothing differs" in policy_text(against("We use Mailer.", MAILER))


def test_the_packaged_names_are_in_order() -> None:
    """A name that the YAML reader takes for something else, or a mechanism that the law data does not have."""
    from ropa.law.lawbook import LawBook

    known = known_names()
    assert len(known.names) > 700
    assert [name for name, _ in known.names if str(name).strip() != name] == []
    assert {id_ for _, id_ in known.mechanisms} <= {each.id for each in LawBook.packaged().instruments()}


@pytest.mark.parametrize("piece", ["A.", "A ", "Ltd ", "We use Ab, ", "within ", "one and ", "a-", "1 ", "(((", "x@"])
def test_a_text_of_one_thing_again_and_again_comes_to_an_end(piece: str) -> None:
    """Where a pattern takes time that grows with the square of the text, this takes minutes."""
    assert against(f"We use Mailer.\n\n{piece * (60_000 // len(piece))}", MAILER).file == "p.txt"


@given(st.text(max_size=300) | st.text(alphabet="AB a.,-–'\n•()&2Ltd", max_size=300))
def test_no_text_breaks_the_comparison(text: str) -> None:
    with suppress(InputError):  # there may be no text in it
        assert policy_text(against(text, MAILER))


def test_a_vendor_called_by_the_beginning_of_its_name_is_not_told_to_be_missing() -> None:
    found = against("We use Hetzner to host our site.", "h: {name: Hetzner Online GmbH}")
    (difference,) = [each for each in found.differences if each.subject == "vendor"]
    assert (difference.group, difference.name, difference.records) == ("differently", "Hetzner", ("party/h",))
    assert "Hetzner Online GmbH, which may be the same" in difference.words


def test_a_vendor_or_country_that_the_policy_denies_is_doubtful() -> None:
    found = against("We do not use Mailgun. We never transfer data to India.")
    marks = {each.name: (each.mark, each.sure) for each in found.differences if each.group == "policy"}
    assert marks == {"Mailgun": ("?", "possible"), "India": ("?", "possible")}


def test_a_vendor_of_the_register_that_the_policy_denies_is_no_agreement() -> None:
    found = against("We do not use Google Analytics. We use HubSpot.", "ga: Google Analytics\nhub: HubSpot")
    assert {each.name for each in found.same if each.subject == "vendor"} == {"HubSpot"}
    assert "seems to say that it is not used" in told(found, "vendor", "differently")["Google Analytics"].words


@pytest.mark.parametrize(
    "text",
    [
        "If you do not wish to be counted by Google Analytics, you can opt out.",
        "We do not share your data with anybody except Google Analytics.",
        "We do not sell your data. We use Google Analytics.",
    ],
)
def test_a_no_to_something_else_is_no_denial_of_a_vendor(text: str) -> None:
    assert "Google Analytics" in named_same(against(text, "ga: Google Analytics"))


def named_same(found: PolicyCheck) -> set[str]:
    return {each.name for each in found.same if each.subject == "vendor"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We use cloud providers for hosting in Ireland and Frankfurt.", "p.txt"),
        ("## Sub-processors\n\n| Name | Location |\n|---|---|\n| Mailjet SAS | France |\n", "p.md"),
    ],
)
def test_a_place_is_no_vendor(text: str, name: str) -> None:
    found = told(against(text, name=name), "vendor", "policy")
    assert not {"Ireland", "Frankfurt", "France", "SAS"} & set(found)


def test_the_help_page_of_a_browser_names_no_vendor() -> None:
    policy = "To refuse cookies in your browser, see https://support.google.com/chrome for how."
    assert not told(against(policy, "ga: Google Analytics"), "vendor", "differently")


def test_a_street_is_no_country_and_a_firm_s_age_no_period() -> None:
    found = against("How long\n\nWe have traded for 25 years from Georgia Street. Data is sent to the office there.")
    assert not told(found, "country", "policy")
    assert not told(found, "period", "policy")


def test_a_link_to_another_vendors_privacy_page_is_found_beside_a_name() -> None:
    policy = '<p>We use Stripe for payments, and <a href="https://www.zendesk.com/privacy">our helpdesk</a>.</p>'
    assert any("zendesk" in each for each in told(against(policy, name="p.html"), "vendor", "policy"))
    same = '<p>We use Stripe: see <a href="https://stripe.com/privacy">its privacy policy</a>.</p>'
    assert set(told(against(same, name="p.html"), "vendor", "policy")) == {"Stripe"}
