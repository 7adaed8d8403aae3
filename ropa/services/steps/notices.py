"""Recording that customers were told of a change: when the notice was sent, and when it was received.

Nothing is sent by this. What is recorded stays: other values for the same are refused unless they are said to be a
correction, and the history keeps what stood before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from ropa.records.change import NoticeFields
from ropa.records.errors import RefusedError
from ropa.records.values import Fields
from ropa.rules.dates import days, long_date
from ropa.services.changes.statuses import CustomerNotice
from ropa.services.steps.customer import called, customer_of, open_step, record, with_values
from ropa.services.steps.sent_evidence import Shown, as_drafted, read_evidence
from ropa.services.steps.step import Done, Step, changed
from ropa.services.wording import counted, listed
from ropa.services.workspace import Workspace


def record_sent(
    workspace: Workspace,
    organisation: str,
    change: str,
    customers: Sequence[str] | None,
    *,
    on: dt.date,
    via: str | None = None,
    evidence: Path | str | None = None,
    who: str,
    correct: bool = False,
) -> Done:
    """Record that notices went out; None: to every customer who must be told and has not been told of so early a day.

    `evidence` is a file or a folder of drafts (kept as its name and the SHA-256 of what was sent), or words. Raises
    RefusedError for a customer whom the change does not reach, a day to come, a change that is only proposed, other
    values than are recorded (without `correct`), and a draft that was altered (without `correct`).
    """
    step = open_step(workspace, organisation, change)
    step.day(on)
    status = step.status
    if not status.owed:
        raise RefusedError(["No customer is recorded whom the change reaches, so nobody can be recorded as told."])
    if customers is None:
        chosen = [each.customer for each in status.owed if _waits(step, each)]
        if not chosen:
            return step.done(f"{step.change.name}: everybody who must be told has been told already.")
    else:
        chosen = list(dict.fromkeys(customers))
    given = read_evidence(evidence, organisation=organisation, change=change)
    writes: list[NoticeFields] = []
    refused: list[str] = []
    remarks: list[str] = []
    for customer in chosen:
        try:
            each = customer_of(step, customer)
            shown = given.of(customer)
            remarks += as_drafted(shown, called(step, customer), step.change.effective, on, correct=correct)
            made = _sent(step, each, on, via, shown, correct)
            if made and (agreed := made[0].consented) is not None and agreed < on:
                remarks.append(
                    f"{called(step, customer)} agreed on {long_date(agreed)}, before this notice; ask again."
                )
            writes += made
        except RefusedError as error:
            refused += error.reasons
    if refused:
        raise RefusedError(refused)
    return _keep_sent(step, writes, chosen, on, who, remarks)


def record_received(
    workspace: Workspace, organisation: str, change: str, customer: str, *, on: dt.date, who: str, correct: bool = False
) -> Done:
    """Record the day on which a customer received its notice. Raises RefusedError for a day before it was sent."""
    step = open_step(workspace, organisation, change)
    each = customer_of(step, customer)
    sent = None if each.notice is None else each.notice.sent
    if sent is not None and on < sent:
        raise RefusedError([f"It was sent on {long_date(sent)}; it cannot have been received before."])
    words = f"{called(step, customer)} received the notice on {long_date(on)}."
    values = {"received": step.day(on), "told": None if sent else step.change.effective}
    return record(step, each, values, words, who=who, correct=correct)


def _sent(
    step: Step, each: CustomerNotice, on: dt.date, via: str | None, shown: Shown, correct: bool
) -> list[NoticeFields]:
    """The notice to one customer as it becomes, or nothing where it is so already."""
    received = None if each.notice is None or _is_another(step, each, on, shown) else each.notice.received
    if received is not None and received < on:
        raise RefusedError(
            [f"{called(step, each.customer)} received it on {long_date(received)}, before {long_date(on)}."]
        )
    first = each.notice is None or each.notice.sent is None
    again = not first and _is_another(step, each, on, shown)
    told = shown.told
    if not shown.drafted:  # nobody can look into it, so it is taken to state the date that was planned
        told = step.change.effective if first or again or on != _day_sent(each) else None
    values = {"sent": on, "channel": via, "evidence": shown.words, "fingerprint": shown.fingerprint, "told": told}
    # A fingerprint is of one piece of evidence, and goes when other evidence takes its place.
    clear: tuple[str, ...] = ("received", "channel", "evidence", "fingerprint", "told") if again else ()
    if shown.drafted:
        clear = (*clear, "told")
    if correct and shown.words and not shown.fingerprint:
        clear = (*clear, "fingerprint")
    found = with_values(step, each, values, correct or again, clear)
    return [] if found is None else [found]


def _day_sent(each: CustomerNotice) -> dt.date | None:
    return None if each.notice is None else each.notice.sent


def _waits(step: Step, each: CustomerNotice) -> bool:
    """Whether a customer must be told: it has not been, or it was told a later day than is planned now."""
    if each.notice is None or each.notice.sent is None:
        return True
    planned, told = step.change.effective, each.notice.told
    return planned is not None and told is not None and planned < told


def _is_another(step: Step, each: CustomerNotice, on: dt.date, shown: Shown) -> bool:
    """Whether this is a further notice of a change that was moved, and no other account of the one that is recorded.

    It takes the place of the earlier one, which the history keeps; its time starts anew.
    """
    notice = each.notice
    if notice is None or notice.sent is None or notice.told in (None, step.change.effective):
        return False
    return on > notice.sent or (on == notice.sent and shown.words not in (None, notice.evidence))


def _keep_sent(
    step: Step, writes: Sequence[NoticeFields], chosen: Sequence[str], on: dt.date, who: str, remarks: list[str]
) -> Done:
    names = listed([called(step, each) for each in chosen])
    if not writes:
        return step.done(f"{names}: recorded so already.", remarks=remarks)
    records: list[tuple[str, Fields]] = [("notice", each) for each in writes]
    if step.change.state == "approved":
        records.append(("change", changed(step.register, "change", step.change, state="notified")))
    if step.change.proposed is not None and on < step.change.proposed:
        remarks.append(f"That was before the change was put forward on {long_date(step.change.proposed)}.")
    elif step.change.approved is not None and on < step.change.approved:
        remarks.append(f"That was before the change was approved on {long_date(step.change.approved)}.")
    told = listed([called(step, each.customer) for each in writes])
    words = f"{counted(len(writes), 'notice')} recorded as sent on {long_date(on)}: {told}."
    keys = ", ".join(each.customer for each in writes)
    done = step.write(records, words, who=who, why=f"notice of {step.change.key} sent to {keys}")
    late = [each for each in done.status.late if any(each.customer == one.customer for one in writes)]
    for each in late:
        remarks.append(f"{called(step, each.customer)} was told {days(each.clock.late_by)} late for the planned date.")
    counting = [each for each in done.status.owed if each.customer in {one.customer for one in writes}]
    remarks += [
        f"The contract of {called(step, each.customer)} counts from receipt; record when it was received."
        for each in counting
        if each.terms.clock.value == "received" and each.notice is not None and each.notice.received is None
    ]
    return Done(done.words, done.changed, done.register, done.status, tuple(remarks))
