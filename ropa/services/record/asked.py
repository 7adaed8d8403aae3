"""Which of the two records of Article 30 is asked for, and the activities that stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ropa.flows.edges import stands
from ropa.records.activity import ActivityFields
from ropa.reports.article_30 import Role

if TYPE_CHECKING:
    from ropa.services.workspace import View

ROLES: tuple[Role, ...] = ("controller", "processor")


def roles_of(view: View, role: Role | None) -> tuple[Role, ...]:
    """The records that are asked for: the one named, else the controller's and, where there is one, the other."""
    if role is not None:
        return (role,)
    processes = any(each.role == "processor" for each in view.register.activities.values())
    return ROLES if processes else ROLES[:1]


def running(view: View, role: Role) -> list[ActivityFields]:
    """The activities of one of the two records that run on the view's date."""
    every = view.register.activities.values()
    return [each for each in every if (each.role == "processor") == (role == "processor") and stands(each, view.on)]
