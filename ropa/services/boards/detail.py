"""One change in full for a screen, and the clock of one of its customers with every reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.reports.page import Item
from ropa.rules.change_life import STAGES
from ropa.rules.dates import long_date
from ropa.services.boards.board import SIGNS
from ropa.services.browsing.detail_parts import Detail, Line, Part, missing, needs_part, part, sources
from ropa.services.browsing.detail_record import field_lines
from ropa.services.changes.arrangement import NOTHING_NEW
from ropa.services.changes.statuses import ChangeStatus, CustomerNotice
from ropa.services.changes.verdict import beside_verdicts
from ropa.services.notices.gathering import in_general, in_the_way
from ropa.services.notices.rows import COLUMNS, customer_detail, customer_row, path_words
from ropa.services.verdict_items import verdict_items
from ropa.services.wording import counted
from ropa.services.workspace import View

if TYPE_CHECKING:
    from ropa.services.drafts.folder import Written
    from ropa.services.drafts.folder_of_drafts import Drafts

_ELSEWHERE = frozenset({"key", "name", "source", "note", "invented", "state", "kind", "override"})


def change_detail(view: View, status: ChangeStatus) -> Detail:
    """Where a change stands, what stands in its way, and what is recorded of it; the customers are told apart."""
    change, subject = status.change, f"change/{status.change.key}"
    sign, kind = SIGNS[change.kind]
    parts = [
        Part("Stands at", tuple(_stage(status))),
        *part("Override", list(_override(status)), ask=False),
        *part("In the way", list(_against(status)), ask=False),
        *part("Verdict", list(_verdict(view, status))),
        *needs_part(view, subject),
        *part("Recorded", field_lines(view, change, _ELSEWHERE)),
        *sources(change),
    ]
    told = f"{counted(len(status.owed), 'customer')} to be told" if status.owed else "nobody to be told is recorded"
    return Detail("change", change.key, f"{sign} {change.name}", f"{kind} · {told}", tuple(parts))


def _stage(status: ChangeStatus) -> Iterator[Line]:
    """Where it stands, and what is recorded of the steps before."""
    change, here = status.change, status.stage
    if here == "withdrawn":
        when = f" on {long_date(change.withdrawn)}" if change.withdrawn else ""
        yield Line(f"withdrawn{when}: {change.withdrawn_because or 'why is not recorded'}")
        return
    life = (stage for stage in STAGES if stage != "withdrawn")
    yield Line(" → ".join(f"[{stage}]" if stage == here else stage for stage in life))
    if change.approved is not None:
        who = f" by {change.approved_by}" if change.approved_by else ""
        yield Line(f"approved on {long_date(change.approved)}{who}")
    elif here != "proposed":
        yield missing("when it was approved:")
    if here != "proposed" and status.owed:
        told = sum(each.is_told for each in status.owed)
        yield Line(f"{told or 'none'} of {counted(len(status.owed), 'customer')} told")
    if here != "effective" and status.earliest is not None:
        yield Line(f"earliest lawful date for all customers: {long_date(status.earliest)}")


def _against(status: ChangeStatus) -> Iterator[Line]:
    """What stands in the way of the planned day, by what has happened until now."""
    if status.stage in ("effective", "withdrawn"):
        return
    theirs = (reason for each in status.owed for reason in in_the_way(status, each))
    found = list(dict.fromkeys(reason.text for reason in (*in_general(status), *theirs)))
    yield from (Line(text, "!") for text in found)
    if not found:
        planned = status.change.effective
        yield Line(f"nothing, by what is recorded{f', of {long_date(planned)}' if planned else ''}", "✓")


def _verdict(view: View, status: ChangeStatus) -> Iterator[Line]:
    """What the law makes of the new arrangement; what cannot be judged says so."""
    if status.change.kind in NOTHING_NEW:
        yield Line("nothing to judge: where the data goes stays as it is, or less of it goes")
    elif not status.arrangement:
        yield Line("cannot be told: no activity is recorded that the change reaches", "?")
    elif not view.register.regimes(status.judged):
        yield Line("cannot be told: which law binds the organisation is not recorded", "?")
    elif not status.crossings and not status.onward:
        for item in beside_verdicts(view.register, status):
            yield Line(item.text[:1].lower() + item.text[1:].removesuffix("."), "✓")
    else:
        yield from _lines(verdict_items(status.crossings))
        yield from _lines(beside_verdicts(view.register, status))


def _override(status: ChangeStatus) -> Iterator[Line]:
    override = status.change.override
    if override is None:
        return
    when = f" on {long_date(override.on)}" if override.on else ""
    yield Line(f"{override.who}{when}: {override.why}", "!")
    for text in (override.against or "").splitlines():
        yield Line(f"against: {text}", indent=1)


def clock_detail(view: View, status: ChangeStatus, customer: str) -> Detail:
    """What one customer is owed about a change, and why: its state and dates, the contract, every reason."""
    register = view.register
    each = next(each for each in status.customers if each.customer == customer)
    row, more = customer_row(register, status, each), customer_detail(register, each)
    cells = dict(zip(COLUMNS, row.cells, strict=True))
    cells.pop("Customer")
    notice = [Line("the notice as recorded", target=f"notice/{each.notice.key}")] if each.notice else []
    parts = [
        *(Part(label, tuple(_lines(items))) for label, items in cells.items()),
        *part("Told because", list(_why(view, each))),
        *part("Contract", [*_contract(each), *_lines(more.terms)]),
        *part("Because", list(_lines(more.reasons)), ask=False),
        *part("Record", notice, ask=False),
    ]
    return Detail("customer", customer, more.name, status.change.name, tuple(parts), f"party/{customer}")


def _why(view: View, each: CustomerNotice) -> Iterator[Line]:
    if not each.why:
        yield Line("the change does not reach this customer; a notice is recorded all the same", "!")
    for told in each.why:
        data = ", ".join(view.register.data_categories[key].name for key in told.data)
        yield Line(f"{view.register.activities[told.activity].name}", target=f"activity/{told.activity}")
        yield Line(data) if data else missing("which data:")
        if told.path:
            yield Line(path_words(view.register, told))


def _contract(each: CustomerNotice) -> Iterator[Line]:
    if each.agreement is None:
        yield missing("contract")
    else:
        yield Line(each.agreement.name, target=f"agreement/{each.agreement.key}")


def drafts_detail(drafts: Drafts, written: Written, folder: Path) -> Detail:
    """What was drafted for whom, and what whoever sends it has to know."""
    fresh = f"{counted(len(written.files), 'file')} written" if written.files else "nothing changed"
    done = [Line(f"{fresh} in {folder}"), Line("Nothing was sent: send them yourself, then record them as sent.")]
    done += [Line(f"{name}: from an earlier run; it need not be sent any more", "!") for name in written.left]
    parts = [Part("Done", tuple(done)), *part("Of all", list(_lines((*drafts.remarks, *drafts.verdict))), ask=False)]
    for each in drafts.customers:
        said = [Line(f"{each.stem}.eml", "?" if each.missing else "✓")]
        said += [Line(f"to {', '.join(each.to)}") if each.to else Line("no address: fill it in", "?")]
        said += [Line(f"last day to send: {long_date(each.last_day)}")] if each.last_day else []
        said += [*_lines(each.warnings), *(Line(f"to be completed: {what}", "?") for what in each.missing)]
        parts.append(Part(each.name, tuple(said)))
    return Detail("drafts", drafts.change, drafts.name, counted(len(drafts.customers), "draft"), tuple(parts))


def _lines(items: Iterable[Item]) -> Iterator[Line]:
    for item in items:
        yield Line(f"{item.text} [{item.source}]" if item.source else item.text, item.mark)
