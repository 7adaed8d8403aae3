"""What a change behind a subprocessor makes of the register: the flow from it to the party that it engages.

A flow has no first and no last day, so none is taken out: an earlier date could not be judged any more.
"""

from __future__ import annotations

from dataclasses import replace

from ropa.records.engagement import FlowFields
from ropa.records.kinds import KINDS
from ropa.records.party import SystemFields
from ropa.rules.dates import long_date
from ropa.services.steps.making import Making
from ropa.services.wording import listed

_SYSTEM = replace(KINDS["system"], stem=("name",))
_LONGEST_NAME = 300


def onward(made: Making, activity: str, above: str) -> None:
    """Carry the change of a party that `above` engages into one activity."""
    change = made.change
    flows = [each for each in made.register.flows_of(activity) if each.origin == f"party/{above}"]
    there = [each for each in flows if made.runs(each.destination) == change.party]
    if change.kind == "remove":
        _stays(made, activity, change.party, there)
        return
    if change.replaces is not None:
        gone = [each for each in flows if made.runs(each.destination) == change.replaces]
        _stays(made, activity, change.replaces, gone)
    if there and change.kind not in ("new-location", "new-data"):
        made.say(f"{made.within(activity)}: flow/{there[0].key} says so already, so nothing was added.")
        return
    if there:
        _stays(made, activity, change.party, there)
    key = made.key(KINDS["flow"], {"origin": f"party/{above}", "destination": f"party/{change.party}"}, activity)
    flow = FlowFields(
        key=key,
        activity=activity,
        origin=f"party/{above}",
        destination=_destination(made),
        data_categories=change.data_categories,
        description=change.service,
        source=change.source,
        note=f"Since {long_date(made.day)}, by the change {change.key}.",
        invented=change.invented,
    )
    made.add("flow", flow)
    names = f"{made.party(above)} to {made.party(change.party)}"
    made.say(f"{made.within(activity)}: the flow from {names} is recorded (flow/{key}). A flow has no first day.")


def _stays(made: Making, activity: str, party: str, flows: list[FlowFields]) -> None:
    """Say what becomes of the flows to a party whose part ends: they stay until a person takes them out."""
    where, name = made.within(activity), made.party(party)
    if not flows:
        made.say(f"{where}: no flow to {name} is recorded, so nothing was changed there.")
        return
    keys = listed([f"flow/{each.key}" for each in flows])
    made.say(f"{where}: {keys} to {name} stays, since a flow has no last day; take it out by hand when it is over.")


def _destination(made: Making) -> str:
    """The party, or a system that it runs where the change says in which places the data lies."""
    change = made.change
    own = made.register.parties[change.party].country
    if not change.countries or change.countries == (own,):
        return f"party/{change.party}"
    added = (record for kind, _, record in made.records if kind == "system")
    system = next(added, None)
    if system is None:
        key = made.key(_SYSTEM, {"name": f"{change.party} {change.key}"})
        name = f"{made.party(change.party)}, {change.service or change.name}"[:_LONGEST_NAME].strip()
        system = SystemFields(
            key=key, name=name, operator=change.party, hosting=change.countries, invented=change.invented
        )
        made.add("system", system)
    return f"system/{system.key}"
