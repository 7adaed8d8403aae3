"""`ropa notice sent|received|consent|objection|resolved`: recording what happened, from the command line."""

from __future__ import annotations

import hashlib

import pytest

from tests.cli.desk import ON, Desk
from tests.services.steps.acme_changes import ACME

SENT = ("notice", "sent", "swap")
TODAY = ("--on", "2026-11-21")


@pytest.fixture
def acme(bare: Desk) -> Desk:
    """A desk whose database holds a change that is approved."""
    assert bare.ropa("load", bare.file("acme.yaml", ACME)).code == 0
    assert bare.ropa(*ON, "changes", "approve", "swap").code == 0
    return bare


def test_a_file_that_was_sent_is_kept_by_its_fingerprint(acme: Desk) -> None:
    file = acme.file("mail.eml", "To: Bolt\n\nNews.")
    said = acme.ropa(*ON, *SENT, "--customer", "bolt", *TODAY, "--via", "email", "--evidence", file)
    assert said.out == "✓ 1 notice recorded as sent on 21 November 2026: Bolt Ltd.\n"
    found = acme.ropa(*ON, "changes", "show", "swap", "--format", "json").json
    notice = next(each["notice"] for each in found["customers"] if each["customer"] == "bolt")
    digest = hashlib.sha256(b"To: Bolt\n\nNews.").hexdigest()
    assert (notice["evidence"], notice["fingerprint"]) == ("mail.eml", digest)


def test_words_are_evidence_and_a_slip_in_a_file_name_is_not(acme: Desk) -> None:
    said = acme.ropa(*ON, *SENT, "--customer", "bolt", *TODAY, "--evidence", "Message <1@acme.example>")
    assert said.code == 0
    assert "evidence: Message <1@acme.example>" in acme.ropa(*ON, "changes", "show", "swap").out
    assert "mial.eml" in acme.refused(*ON, *SENT, "--customer", "screw", *TODAY, "--evidence", "mial.eml")


def test_who_was_told_must_be_said_once(acme: Desk) -> None:
    assert "--all" in acme.refused(*ON, *SENT, *TODAY)
    assert "--all" in acme.refused(*ON, *SENT, *TODAY, "--all", "--customer", "bolt")


def test_the_same_again_says_so_and_other_values_ask_for_a_correction(acme: Desk) -> None:
    send = (*SENT, "--customer", "bolt", "--on", "2026-11-20")
    acme.ropa(*ON, *send)
    assert acme.ropa(*ON, *send).out.startswith("Bolt Ltd: recorded so already.")
    other = (*SENT, "--customer", "bolt", "--on", "2026-11-19")
    assert "say --correct" in acme.refused(*ON, *other)
    assert acme.ropa(*ON, *other, "--correct").code == 0


def test_who_is_not_reached_is_refused_with_the_reason(acme: Desk) -> None:
    words = acme.refused(*ON, *SENT, "--customer", "washer", *TODAY)
    assert words == "The change does not reach Washer Ltd: it is about Hosting, which is not done for it."
    assert "did you mean bolt" in acme.refused(*ON, *SENT, "--customer", "blot", *TODAY)


def test_an_answer_of_a_customer_is_recorded_and_shown(acme: Desk) -> None:
    acme.ropa(*ON, *SENT, "--all", *TODAY)
    assert acme.ropa(*ON, "notice", "received", "swap", "--customer", "bolt", *TODAY).code == 0
    objection = ("notice", "objection", "swap", "--customer", "bolt", "--on", "2026-12-10", "--grounds", "too far")
    said = acme.ropa("--on", "2026-12-10", *objection)
    assert "5 days after the window had closed" in said.out
    shown = acme.ropa("--on", "2026-12-10", "changes", "show", "swap").out
    assert "objected 10 December 2026 (after the window): too far" in shown
    resolved = ("notice", "resolved", "swap", "--customer", "bolt", "--on", "2026-12-11", "--resolution", "explained")
    assert acme.ropa("--on", "2026-12-11", *resolved, "--remedy", "stays with Old Host").code == 0
    shown = acme.ropa("--on", "2026-12-11", "changes", "show", "swap").out
    assert "resolved 11 December 2026: explained; stays with Old Host" in shown
    assert "No objection of Screw Ltd" in acme.refused(*ON, *resolved[:4], "screw", *TODAY, "--resolution", "x")
