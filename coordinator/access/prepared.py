"""Statements that are built once: who asks, and when, are parameters of them.

To build the statement that finds a family costs forty times what it costs to run it
(docs/performance.md).  The conditions of `scope` and `ways` read an `Actor` and a `Moment`; the
stand-ins here have a parameter where those have a value, so that the very same functions build the
statement, once for each kind of reader, and whoever asks only fills it in.
"""

from collections.abc import Callable, Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import BindParameter, Date, Integer, bindparam
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors

from coordinator import trail
from coordinator.access import wall
from coordinator.access.actor import SESSIONS, Actor
from coordinator.access.sights import Moment
from coordinator.models.base import UTCDateTime
from coordinator.trail import Acting

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


# What `rehearse` runs: each gives statements, with the values that are not just their parameters.
REHEARSED: list[Callable[[], Iterator[tuple[Any, dict[str, Any]]]]] = []


# Behind the wall a statement is another one for a person than for the tool itself.
STRANGER = Acting(account_id=0, agency_id=0)


def rehearse(session: Session) -> None:
    """Run each of these statements once, for somebody who does not exist: none finds a row.

    The first visitor then finds an open connection, and all of them compiled.
    """
    session.connection().execute(SESSIONS, _blank(SESSIONS))
    trail.acting(session, STRANGER, "rehearse", reading=True)
    for statements in REHEARSED:
        for statement, filled in statements():
            rows(session, statement, _blank(statement) | filled)


def _blank(statement: Any) -> dict[str, Any]:
    """Return nothing for each parameter that whoever asks must fill in."""
    parts = visitors.iterate(statement)
    asked = (p for p in parts if isinstance(p, BindParameter) and p.required)
    # No row has the number 0; and SQLite takes nothing for no limit.
    return {p.key: 0 if isinstance(p.type, Integer) and not p.expanding else None for p in asked}


def fixed(statement: Any) -> Any:
    """Return a select that only its own parameters fill in, and have it rehearsed."""
    REHEARSED.append(lambda: iter([(statement, {})]))
    return statement


class Prepared:
    """A select about whoever asks; it may have parameters of its own."""

    def __init__(self, build: Callable[[Actor, Moment], Any]) -> None:
        """Take what builds the select for one actor at one moment."""
        self.build = build
        self.made: dict[bool, Any] = {}
        REHEARSED.append(self._for_nobody)

    def run(self, session: Session, actor: Actor, moment: Moment, **own: object) -> Any:
        """Run it for this actor, with values for its own parameters.  One statement."""
        statement = self._built(lead=actor.is_safeguarding_lead)
        return rows(session, statement, values(actor, moment) | own)

    def _built(self, *, lead: bool) -> Any:
        if lead not in self.made:
            self.made[lead] = self.build(anybody(lead=lead), WHENEVER)
        return self.made[lead]

    def _for_nobody(self) -> Iterator[tuple[Any, dict[str, Any]]]:
        nobody = dict.fromkeys(("actor", "actor_agency", "now", "today"))
        yield self._built(lead=False), nobody | {"actor_teams": (), "managed_teams": ()}
