"""What a change makes of the register once it takes effect: who works for what from that day on.

Nothing that stood before the day is altered but for its last day, so that every earlier date can still be judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ropa.records.change import ChangeFields
from ropa.records.engagement import EngagementFields
from ropa.records.register import Register
from ropa.rules.dates import long_date
from ropa.services.changes.reach import reached_by
from ropa.services.steps.making import Making, Outcome
from ropa.services.steps.onward import onward
from ropa.services.wording import listed

_BEGINS = ("add", "replace", "new-activity", "new-legal-entity", "emergency")
_DAY = dt.timedelta(days=1)


def outcome(register: Register, change: ChangeFields, day: dt.date) -> Outcome:
    """What a change that takes effect on a day makes of the register; what cannot be carried into it is said."""
    made = Making(register, change, day)
    if change.kind == "rename":
        _rename(made)
        return made.outcome
    activities = change.activities or tuple(each.activity for each in reached_by(register, change, day))
    if not activities:
        made.say("No activity is named or reached, so nothing was carried into the register.")
    for activity in activities:
        if change.beneath is not None:
            onward(made, activity, change.beneath)
        elif change.kind == "remove":
            _leave(made, activity, change.party)
        elif change.kind in _BEGINS:
            if change.replaces is not None:
                _leave(made, activity, change.replaces)
            _begin(made, activity)
        else:
            _alter(made, activity)
    return made.outcome


def _rename(made: Making) -> None:
    """The party gets its new name, and the old one becomes an alias."""
    party, name = made.register.parties[made.change.party], made.change.new_name
    if name is None:
        made.say(f"No new name is recorded, so {party.name} keeps its name in the register.")
    elif name == party.name:
        made.say(f"The register calls it {name} already.")
    else:
        aliases = tuple(each for each in party.aliases if each not in (name, party.name))
        new = party.model_copy(update={"name": name, "aliases": (*aliases, party.name)})
        made.put("party", party, new)
        made.say(f"{party.name} is called {name} in the register now; the old name is kept beside it.")
        if party.legal_name is not None:
            made.say(f"Its legal name stays {party.legal_name}; look whether that still holds.")


def _begin(made: Making, activity: str) -> None:
    """The party is engaged from the day on, unless an engagement that says as much stands already."""
    change, name = made.change, made.party(made.change.party)
    standing = [each for each in made.engaged(activity, change.party) if _covers(made, each)]
    if any(each.since is None or each.since <= made.day for each in standing):
        made.say(f"{made.within(activity)}: {name} is engaged in the register already, so nothing was added.")
        return
    later = min((each.since for each in standing if each.since is not None), default=None)
    key = made.engagement_key(activity, change.party)
    made.add(
        "engagement",
        EngagementFields(
            key=key,
            activity=activity,
            party=change.party,
            service=change.service,
            data_categories=change.data_categories,
            countries=change.countries,
            since=made.day,
            until=None if later is None else later - _DAY,
            source=change.source,
            invented=change.invented,
        ),
    )
    made.say(f"{made.within(activity)}: {name} is engaged since {long_date(made.day)} (engagement/{key}).")
    if not made.register.agreements_with(change.party):
        made.say(f"No agreement with {name} is recorded; add it, with its clauses (Art. 28(3)).")


def _leave(made: Making, activity: str, party: str) -> None:
    """The party's engagements end on the eve, for the data that the change names; for the rest they go on."""
    served = _of_the_service(made, made.engaged(activity, party))
    named = made.change.data_categories
    for each in served:
        has = made.register.data_of(activity, each.data_categories)
        kept = tuple(key for key in has if key not in named) if named else ()
        if named and len(kept) == len(has):
            made.say(f"{made.within(activity)}: engagement/{each.key} is about other data and stays as it is.")
        elif _ends(made, each) and kept:
            _follows(made, each, "for the data that the change does not name", data_categories=kept)
    if not served:
        _not_engaged(made, activity, party)


def _alter(made: Making, activity: str) -> None:
    """Another place, or more data: what stood ends on the eve, and the same with what is new begins."""
    served = _of_the_service(made, made.engaged(activity, made.change.party))
    for each in served:
        if made.change.kind == "new-location":
            _move(made, each)
        else:
            _widen(made, each)
    if not served:
        _not_engaged(made, activity, made.change.party)


def _move(made: Making, each: EngagementFields) -> None:
    places = made.change.countries
    if not places:
        made.say(f"No place is recorded, so engagement/{each.key} stays as it is.")
    elif places == each.countries:
        made.say(f"engagement/{each.key} names those places already.")
    elif _ends(made, each):
        _follows(made, each, "in its new place", countries=places)
        if each.system is not None:
            name = made.register.systems[each.system].name
            made.say(f"It goes into the system {name}, whose own places still count; look whether they still hold.")


def _widen(made: Making, each: EngagementFields) -> None:
    has = made.register.data_of(each.activity, each.data_categories)
    more = tuple(key for key in made.change.data_categories if key not in has)
    if not more:
        made.say(f"engagement/{each.key} covers that data already.")
    elif _ends(made, each):
        _follows(made, each, "with the further data", data_categories=(*has, *more))


def _covers(made: Making, each: EngagementFields) -> bool:
    """Whether an engagement says as much as the change would make it say."""
    change, register = made.change, made.register
    data = register.data_of(each.activity, change.data_categories)
    return (
        each.role == "processor"
        and each.receives_data
        and set(data) <= set(register.data_of(each.activity, each.data_categories))
        and (not change.countries or set(change.countries) == set(each.countries))
        and (change.service is None or each.service is None or change.service == each.service)
    )


def _of_the_service(made: Making, found: Sequence[EngagementFields]) -> Sequence[EngagementFields]:
    """Those for the service that the change names, where there are such; else all."""
    return [each for each in found if each.service and each.service == made.change.service] or found


def _ends(made: Making, each: EngagementFields) -> bool:
    """End an engagement on the eve; False, and said, where it only begins then or later."""
    if each.since is not None and each.since >= made.day:
        began = f"engagement/{each.key} begins on {long_date(each.since)}"
        made.say(f"{began} and cannot end before; it stays as it is.")
        return False
    eve = made.day - _DAY
    made.put("engagement", each, each.model_copy(update={"until": eve}))
    who = f"{made.within(each.activity)}: {made.party(each.party)}"
    made.say(f"{who} until {long_date(eve)} (engagement/{each.key}).")
    return True


def _follows(made: Making, each: EngagementFields, how: str, **values: object) -> None:
    """The same engagement goes on from the day with other values, under a key of its own."""
    key = made.engagement_key(each.activity, each.party)
    made.add("engagement", each.model_copy(update={"key": key, "since": made.day, **values}))
    who = made.party(each.party)
    made.say(f"{made.within(each.activity)}: {who} since {long_date(made.day)} {how} (engagement/{key}).")
    if any(transfer.activity in (None, each.activity) for transfer in made.register.transfers_to(each.party)):
        made.say(f"Look at the transfers recorded to {who}: they were made for what was before.")


def _not_engaged(made: Making, activity: str, party: str) -> None:
    """Why nothing could be changed about a party in an activity, and where it stands instead."""
    systems = made.register.activities[activity].systems
    runs = [f"system/{key}" for key in systems if made.register.systems[key].operator == party]
    flows = [f"flow/{each.key}" for each in made.register.flows_of(activity) if made.runs(each.destination) == party]
    words = f"{made.within(activity)}: {made.party(party)} has no engagement of its own there"
    if runs:
        words += f"; it runs {listed(runs)}, which stays as it is: change that by hand"
    if flows:
        words += f"; it gets data by {listed(flows)}: change that by hand"
    made.say(f"{words}." if runs or flows else f"{words}, so nothing was changed.")
