"""`ropa impact`: whom and what a breach, an outage or an exit reaches, and who must be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ropa.flows.crossings import name_of
from ropa.flows.edges import entity
from ropa.flows.reach import Reach, reach
from ropa.records.engagement import EngagementFields
from ropa.records.register import Register
from ropa.services.keys import views_with_subject
from ropa.services.workspace import View

KINDS = ("party", "system", "data_category")
"""The kinds of record that an impact can be asked of."""

PROCESSOR = (
    "Each controller must be told without undue delay after becoming aware of a personal data breach.",
    "Art. 33(2)",
)
CONTROLLER = (
    "The authority must be told without undue delay and where feasible within 72 hours of becoming aware of a personal "
    "data breach, unless a risk to people is unlikely; the people too, without undue delay, where the risk is high.",
    "Art. 33(1), 34(1)",
)
RECORDED = ("Every personal data breach is documented, whether or not anybody must be told.", "Art. 33(5)")


@dataclass(frozen=True, slots=True)
class Duty:
    """What a breach asks for in the activities of one role. `tell` are keys of the parties to be told.

    `unnamed` are the activities for controllers that nobody has recorded.
    """

    role: str
    activities: tuple[str, ...]
    text: str
    source: str
    tell: tuple[str, ...]
    unnamed: tuple[str, ...] = ()

    @property
    def hours(self) -> int | None:
        """The hours that the law counts: 72 for a controller, None where it says "without undue delay"."""
        return None if self.role == "processor" else 72


@dataclass(frozen=True, slots=True)
class Impact:
    """The impact of one record of a register on a date.

    `people` and `data` are keys of categories, `parties` those of every party up- or downstream and of the one that
    is asked about, `idle` the engagements of the party that give it no data.
    """

    view: View
    subject: str
    name: str
    reach: Reach
    people: tuple[str, ...]
    data: tuple[str, ...]
    duties: tuple[Duty, ...]
    parties: tuple[str, ...]
    idle: tuple[EngagementFields, ...]


def impacts(views: Sequence[View], key: str) -> list[Impact]:
    """The impact of a record in every register that has it.

    `key` is party/K, system/K, data_category/K or a bare K. Raises InputError where that is ambiguous, and
    NotFoundError where no register has it.
    """
    return [_impact(view, subject) for view, subject in views_with_subject(views, key, KINDS)]


def _impact(view: View, subject: str) -> Impact:
    register = view.register
    found = reach(register, view.on, subject)
    kind, _, key = subject.partition("/")
    names = [each.activity for each in found.activities]
    people = dict.fromkeys(who for name in names for who in register.activities[name].subject_categories)
    nodes = (*found.focus, *found.upstream, *found.downstream)
    people.update((node.removeprefix("subject/"), None) for node in nodes if node.startswith("subject/"))
    receiving = (flow.receiver for each in found.activities for flow in each.flows if flow.destination in nodes)
    owners = (*(entity(register, node) for node in nodes), *receiving)
    return Impact(
        view=view,
        subject=subject,
        name=register.data_categories[key].name if kind == "data_category" else name_of(register, subject),
        reach=found,
        people=tuple(people),
        data=tuple(dict.fromkeys(data for each in found.activities for data in each.data)),
        duties=tuple(_duties(register, names)),
        parties=tuple(dict.fromkeys(node.removeprefix("party/") for node in owners if node.startswith("party/"))),
        idle=tuple(_idle(view, kind, key)),
    )


def _duties(register: Register, activities: Sequence[str]) -> Iterator[Duty]:
    """What Article 33 asks, by the role that the organisation has in each activity."""
    by_role: dict[str, list[str]] = {}
    for name in activities:
        by_role.setdefault(register.activities[name].role or "", []).append(name)
    for role, names in by_role.items():
        records = [register.activities[name] for name in names]
        text, source = PROCESSOR if role == "processor" else CONTROLLER
        if role == "processor":
            tell = dict.fromkeys(key for each in records for key in each.controllers)
            unnamed = tuple(each.key for each in records if not each.controllers)
        else:
            tell = dict.fromkeys(key for each in records for key in each.joint_controllers)
            unnamed = tuple(each.key for each in records if role == "joint-controller" and not each.joint_controllers)
        yield Duty(role, tuple(names), text, source, tuple(tell), unnamed)


def _idle(view: View, kind: str, key: str) -> Iterator[EngagementFields]:
    """The engagements of a party that are running and give it no data: they end with it all the same."""
    if kind == "party":
        for each in view.register.engagements_with(key):
            running = (each.since is None or each.since <= view.on) and (each.until is None or view.on <= each.until)
            if running and not each.receives_data:
                yield each
