"""The detail of a record says what is recorded, what is not, and why the rules conclude what they do."""

from __future__ import annotations

import pytest

from ropa.records.errors import NotFoundError
from ropa.records.kinds import KINDS
from ropa.services.browsing.browse import LISTS, browse
from ropa.services.browsing.details import Detail, detail
from ropa.services.workspace import View
from tests.registers import TODAY, register
from tests.services.browsing.test_overview import view


def part(found: Detail, label: str) -> list[str]:
    return [line.text for each in found.parts if each.label == label for line in each.lines]


def targets(found: Detail) -> set[str]:
    return {line.target for each in found.parts for line in each.lines if line.target}


def test_an_activity_says_where_its_data_goes_with_the_verdict_in_words() -> None:
    found = detail(view(), "activity/news")
    goes = part(found, "Goes to")
    assert "Mail (United States)" in goes
    assert any(line.startswith("uk: no valid safeguard. Recorded: Privacy Shield") for line in goes)
    assert "Somewhere (country not recorded)" in goes
    assert "party/mail" in targets(found)


def test_what_an_activity_does_not_record_is_said_and_never_left_out() -> None:
    found = detail(view(), "activity/news")
    assert "lawful basis not recorded" in part(found, "Why")
    for label in ("Keeps", "Security"):
        lines = [line for each in found.parts if each.label == label for line in each.lines]
        assert [(line.text, line.mark) for line in lines] == [("not recorded", "?")]


def test_a_party_shows_its_transfers_with_every_reason_and_source() -> None:
    found = detail(view(), "party/mail")
    transfers = part(found, "Transfers")
    assert "recorded: Mail (United States)" in transfers
    assert any("It fell on 2020-07-16" in line and line.endswith("[C-311/18]") for line in transfers)
    assert "? not recorded" in found.as_text()
    assert detail(view(), "party/client").subtitle == "customer"
    assert "subprocessor" in detail(view(), "party/host").subtitle


def test_a_finding_tells_each_reason_once_what_to_do_and_what_it_is_about() -> None:
    found = detail(view(), "finding/0")
    text = found.as_text()
    assert text.count("It fell on 2020-07-16") == 1
    assert part(found, "What to do")[0].startswith("→ ")
    assert found.about in targets(found)
    assert part(found, "Rule")[0] == "transfer-unsafeguarded"


def test_every_line_that_leads_somewhere_leads_to_something() -> None:
    shown = view()
    subjects = {f"{kind}/{key}" for kind in KINDS for key in shown.register.of_kind(kind)}
    subjects |= {item.subject for kind in LISTS for item in browse(shown, kind).items}
    for subject in subjects:
        for target in targets(detail(shown, subject)):
            assert detail(shown, target).title


@pytest.mark.parametrize("subject", ["party/nobody", "finding/9999", "finding/x", "crossing/-1", "nothing/x", "", "x"])
def test_a_subject_that_is_not_there_is_said_to_be_missing(subject: str) -> None:
    with pytest.raises(NotFoundError, match="no such record"):
        detail(view(), subject)


def test_data_kept_in_a_system_that_nobody_is_recorded_to_run_is_said_to_go_there() -> None:
    text = "systems:\n  box: {name: Box, hosting: [India]}\nsubject_categories: {p: P}\nactivities:\n"
    text += "  work: {name: Work, subject_categories: [p], systems: [box]}\n"
    found = detail(View(register(text), TODAY), "activity/work")
    goes = part(found, "Goes to")
    assert goes[0] == "Box (who runs it is not recorded, India)"
    assert any("no valid safeguard" in line for line in goes[1:])
