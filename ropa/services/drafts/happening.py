"""What happens in a change, in a sentence for the customer: before it takes effect, and once it has."""

from __future__ import annotations

from ropa.records.change import ChangeKind

_WHAT: dict[ChangeKind, str] = {
    "add": "{party} is to join our subprocessors.",
    "replace": "{party} is to take the place of {replaced}.",
    "remove": "{party} is to leave our subprocessors.",
    "new-location": "{party} is to process data in another place.",
    "new-activity": "{party} is to do further work.",
    "new-data": "{party} is to process further data.",
    "new-legal-entity": "{party} is to take over, as another legal entity, from {replaced}.",
    "rename": "{party} is to be called {new_name}.",
    "emergency": "{party} is to take the place of {replaced} in an emergency.",
}
_DONE: dict[ChangeKind, str] = {
    "add": "{party} has joined our subprocessors.",
    "replace": "{party} has taken the place of {replaced}.",
    "remove": "{party} has left our subprocessors.",
    "new-location": "{party} processes data in another place.",
    "new-activity": "{party} does further work.",
    "new-data": "{party} processes further data.",
    "new-legal-entity": "{party} has taken over, as another legal entity, from {replaced}.",
    "rename": "{party} is now called {new_name}.",
    "emergency": "{party} has taken the place of {replaced} in an emergency.",
}


def what_happens(kind: ChangeKind, *, done: bool, replaces: bool) -> str:
    """The sentence, with the places {party}, {replaced} and {new_name}; `done` once it took effect."""
    if kind == "emergency" and not replaces:
        return "{party} works for us, in an emergency." if done else "{party} is to work for us, in an emergency."
    return (_DONE if done else _WHAT)[kind]
