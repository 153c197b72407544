"""Statements that are built once: who asks, and when, are parameters of them.

To build the statement that finds a family costs forty times what it costs to run it
(docs/performance.md).  The conditions of `scope` and `ways` read an `Actor` and a `Moment`; the
stand-ins here have a parameter where those have a value, so that the very same functions build the
statement, once for each kind of reader, and whoever asks only fills it in.
"""

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import Date, Integer, bindparam
from sqlalchemy.orm import Session

from coordinator.access import wall
from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.models.base import UTCDateTime

WHENEVER = Moment(
    now=cast("Any", bindparam("now", type_=UTCDateTime())),
    today=cast("Any", bindparam("today", type_=Date())),
)


@cache
def anybody(*, lead: bool) -> Actor:
    """Return the stand-in for any actor who is, or is not, a safeguarding lead."""
    return cast(
        "Actor",
        SimpleNamespace(
            account_id=bindparam("actor", type_=Integer),
            agency_id=bindparam("actor_agency", type_=Integer),
            team_ids=bindparam("actor_teams", type_=Integer, expanding=True),
            managed_team_ids=bindparam("managed_teams", type_=Integer, expanding=True),
            is_safeguarding_lead=lead,
        ),
    )


def values(actor: Actor, moment: Moment) -> dict[str, Any]:
    """Return what this actor and moment put in the place of the parameters."""
    return {
        "actor": actor.account_id,
        "actor_agency": actor.agency_id,
        "actor_teams": tuple(actor.team_ids),
        "managed_teams": tuple(actor.managed_team_ids),
        "now": moment.now,
        "today": moment.today,
    }


def rows(session: Session, statement: Any, filled: dict[str, Any]) -> Any:
    """Run a select of columns; what the session has not written yet is written first.

    It goes past the ORM's own way of loading, which columns do not need, and not past the wall.
    """
    session.flush()
    return session.connection().execute(*wall.behind(session, statement, filled))


class Prepared:
    """A select about whoever asks; it may have parameters of its own."""

    def __init__(self, build: Callable[[Actor, Moment], Any]) -> None:
        """Take what builds the select for one actor at one moment."""
        self.build = build
        self.made: dict[bool, Any] = {}

    def run(self, session: Session, actor: Actor, moment: Moment, **own: object) -> Any:
        """Run it for this actor, with values for its own parameters.  One statement."""
        lead = actor.is_safeguarding_lead
        if lead not in self.made:
            self.made[lead] = self.build(anybody(lead=lead), WHENEVER)
        return rows(session, self.made[lead], values(actor, moment) | own)
