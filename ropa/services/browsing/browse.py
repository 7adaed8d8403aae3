"""The lists that people look through: short columns for a screen, the worst sign in front, filtered as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ropa.flows.crossings import name_of
from ropa.law.lawbook import LawBook
from ropa.records.errors import NotFoundError
from ropa.records.kinds import KINDS
from ropa.services.browsing.detail_activity import ROLES
from ropa.services.browsing.detail_party import roles
from ropa.services.browsing.finding_groups import group_title, groups
from ropa.services.browsing.search import fold
from ropa.services.findings.accepting import acceptance
from ropa.services.subjects import crossing_title, title_of
from ropa.services.wording import short_day, verdict_mark, verdict_words
from ropa.services.workspace import View

_ORDER = "✖!?"
NOT_YET = "…"
"""What the rules have not said yet. It is never left empty: an empty sign says that they found nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row: the subject that it leads to, its sign, its cells, and the words by which it can be picked out.

    In a list of groups, `group` is the heading that it stands under, and `under` its cells there.
    """

    subject: str
    mark: str
    cells: tuple[str, ...]
    tags: tuple[str, ...] = ()
    folded: str = ""
    group: str = ""
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Browse:
    """A list with its headings.

    `empty` says what it means that there is nothing, and what to do next; `rules` names the rules of findings; `under`
    are its headings where its rows stand in groups. Where it is not `judged` yet, its signs and what follows from the
    law read `…`.
    """

    kind: str
    title: str
    columns: tuple[str, ...]
    items: tuple[Item, ...]
    empty: str
    rules: tuple[str, ...] = ()
    judged: bool = True
    under: tuple[str, ...] = ()

    def narrowed(self, text: str = "", tags: Iterable[str] = ()) -> tuple[Item, ...]:
        """The items that hold every word of the text and carry every tag."""
        # One plain loop for each word: it runs on the event loop, at each key, over tens of thousands of rows.
        found: Sequence[Item] = self.items
        for word in fold(text).split():
            found = [item for item in found if word in item.folded]
        for tag in filter(None, tags):
            found = [item for item in found if tag in item.tags]
        return tuple(found)


def browse(view: View, kind: str, *, judged: bool = True) -> Browse:
    """The list of `activity`, `party`, `transfer`, `finding`, `change` or `history`.

    With `judged` false, a list of `EARLY` is made from what is recorded alone: a large register is judged for seconds.
    What the rules have not said yet then reads `…`. Raises NotFoundError for another kind. Call it off the event loop.
    """
    if kind not in _LISTS:
        raise NotFoundError(f"there is no list of {kind!r}; one of: {', '.join(_LISTS)}")
    known = view.lists.get(kind)
    if isinstance(known, Browse):
        return known
    title, columns, items, empty = _LISTS[kind]
    early = not judged and kind in EARLY
    rows = EARLY[kind](view, judged=False) if early else items(view)
    made = tuple(replace(item, folded=fold("\n".join((*item.cells, *item.tags)))) for item in rows)
    rules = tuple(dict.fromkeys(finding.rule for finding in view.findings)) if kind == "finding" else ()
    found = Browse(kind, title, columns, made, empty, rules, judged=not early, under=_GROUPED.get(kind, ()))
    if not early:
        view.lists[kind] = found
    return found


def prepare(view: View) -> None:
    """Make every list of a view beforehand. Call it off the event loop."""
    for kind in _LISTS:
        browse(view, kind)


def worst_of_subjects(view: View) -> dict[str, str]:
    """The worst sign of each subject, with the signs of what belongs to it."""
    return {
        subject: min((view.findings[number].symbol for number in numbers), key=_ORDER.index)
        for subject, numbers in view.found_about.items()
    }


def _activities(view: View, *, judged: bool = True) -> Iterator[Item]:
    register, law, worst = view.register, LawBook.in_use(), worst_of_subjects(view) if judged else {}
    unsaid = "" if judged else NOT_YET
    abroad: dict[str, dict[str, None]] = {}
    for crossing in view.crossings if judged else ():
        where = law.country_name(crossing.country) if crossing.country else "country not recorded"
        abroad.setdefault(crossing.edge.activity, {})[where] = None
    for key, activity in register.activities.items():
        bases = [law.lawful_basis(each.basis) for each in register.lawful_bases_of(key)]
        basis = ", ".join(dict.fromkeys(each.name for each in bases if each))
        basis = basis or ("–" if activity.role == "processor" else "? not recorded")
        vendors = dict.fromkeys(register.parties[each.party].name for each in register.engagements_of(key))
        beyond = ", ".join(abroad.get(key, ())) or ("–" if judged else NOT_YET)
        cells = (activity.name, ROLES[activity.role], basis, ", ".join(vendors) or "–", beyond)
        yield Item(f"activity/{key}", worst.get(f"activity/{key}", unsaid), cells)


def _parties(view: View, *, judged: bool = True) -> Iterator[Item]:
    register, law, worst = view.register, LawBook.in_use(), worst_of_subjects(view) if judged else {}
    unsaid = "" if judged else NOT_YET
    for key, party in register.parties.items():
        engaged = register.engagements_with(key)
        services = dict.fromkeys(each.service or register.activities[each.activity].name for each in engaged)
        where = law.country_name(party.country) if party.country else "? not recorded"
        cells = (party.name, ", ".join(roles(view, key)), where, ", ".join(services) or "–")
        aliases = (party.legal_name or "", *party.aliases)
        yield Item(f"party/{key}", worst.get(f"party/{key}", unsaid), cells, aliases)


def _transfers(view: View) -> Iterator[Item]:
    """Every crossing, and every recorded transfer that no flow makes."""
    register = view.register
    for number, crossing in enumerate(view.crossings):
        status = crossing.worst.status
        activity = register.activities[crossing.edge.activity].name
        documented = "yes" if crossing.transfer else "? no"
        cells = (crossing_title(view, crossing), activity, verdict_words(status), documented)
        tags = (name_of(register, crossing.exporter),)
        yield Item(f"crossing/{number}", verdict_mark(status), cells, tags)
    for transfer in view.unmade:
        activity = register.activities[transfer.activity].name if transfer.activity else ""
        cells = (title_of(view, f"transfer/{transfer.key}"), activity, "no flow makes it", "yes")
        yield Item(f"transfer/{transfer.key}", "!", cells)


def _findings(view: View) -> Iterator[Item]:
    titles = {key: group_title(group) for key, group in groups(view).items()}
    for number, finding in enumerate(view.findings):
        state = "accepted" if acceptance(view.register, finding, view.on) else ""
        severity = f"{finding.severity}{', ' + state if state else ''}"
        tags = (finding.severity, finding.rule, finding.kind, finding.message)
        about, _, what = finding.title.rpartition(": ")
        group = titles[finding.rule, finding.symbol]
        under = (about if what == group else f"{about}: {what}", severity)
        cells = (what, about, severity)
        yield Item(f"finding/{number}", finding.symbol, cells, tags, group=group, under=under)


def _changes(view: View) -> Iterator[Item]:
    worst = worst_of_subjects(view)
    for key, change in view.register.changes.items():
        who = view.register.parties[change.party].name
        effective = short_day(change.effective) if change.effective else "? not recorded"
        cells = (change.name, change.kind.replace("-", " "), who, effective, change.state)
        yield Item(f"change/{key}", worst.get(f"change/{key}", ""), cells)


def _history(view: View) -> Iterator[Item]:
    """The newest entries of the record's own history; a link between two records counts with its owner."""
    for entry in view.history:
        kind = entry.kind.partition("__")[0]
        there = kind in KINDS and entry.key in view.register.of_kind(kind)
        what = title_of(view, f"{kind}/{entry.key}") if there else entry.key
        title = KINDS[kind].title.lower() if kind in KINDS else kind
        cells = (entry.at.replace("T", " ").rstrip("Z"), entry.who, entry.action, f"{title}: {what}", entry.why)
        yield Item(f"history/{entry.id}", "", cells)


_LISTS: dict[str, tuple[str, tuple[str, ...], Callable[[View], Iterable[Item]], str]] = {
    "activity": (
        "Activities",
        ("Activity", "Role", "Lawful basis", "Who works for it", "Abroad"),
        _activities,
        "No processing activity is recorded yet. n adds the first, I brings a spreadsheet in.",
    ),
    "party": (
        "Parties",
        ("Party", "What it is to us", "Where", "For"),
        _parties,
        "No other legal entity is recorded: no vendor, no customer, no authority. n adds the first, V brings a list.",
    ),
    "transfer": (
        "Transfers",
        ("To", "Activity", "Verdict", "Recorded"),
        _transfers,
        "No flow leaves the territory, and no transfer is recorded. v on an activity adds a vendor with its transfer.",
    ),
    "finding": (
        "Findings",
        ("Finding", "About", "Severity"),
        _findings,
        "The rules found nothing in what is recorded. They cannot see what is not.",
    ),
    "change": (
        "Subprocessor changes",
        ("Change", "Kind", "Who", "Takes effect", "State"),
        _changes,
        "No change of a subprocessor is recorded. n proposes one.",
    ),
    "history": (
        "History",
        ("When (UTC)", "Who", "What", "Record", "Why"),
        _history,
        "Nothing was written yet.",
    ),
}

_GROUPED: Mapping[str, tuple[str, ...]] = {"finding": ("About", "Severity")}
"""The lists whose rows stand in groups, with the headings there."""

LISTS: tuple[str, ...] = tuple(_LISTS)
"""The kinds of list that there are."""

EARLY: Mapping[str, Callable[..., Iterable[Item]]] = {"activity": _activities, "party": _parties}
"""The lists that can be shown before anything is judged."""
