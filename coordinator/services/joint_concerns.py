"""Concerns about working together: raise one, take it up, say what came of it (E22)."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.concern_rules import ConcernInSight
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.models.joint_concerns import JointConcern
from coordinator.services import own_names
from coordinator.vocabulary import ConcernKind

TAKE_OUT = "Take the name out: {found}. A concern is about how teams work, and about nobody"


def raise_one(
    session: Session,
    actor: Actor,
    moment: Moment,
    kind: ConcernKind,
    team: str,
    about: str,
    text: str,
) -> str:
    """Raise a concern of a team of one's own about a team of the other agency (references).

    Return its reference.  Raises `InvalidError` for the field `text` if it names a worker of
    either team or leads to a family of the writer's.
    """
    ours, theirs = (
        session.scalars(select(Team.id).where(Team.reference == reference)).one()
        for reference in (team, about)
    )
    own_names.stop(session, actor, moment, text=text)
    if found := _workers_named(session, moment, (ours, theirs), text):
        raise InvalidError({"text": TAKE_OUT.format(found=", ".join(found))})
    concern = JointConcern(
        kind=kind,
        text=text,
        by_id=actor.account_id,
        agency_id=actor.agency_id,
        team_id=ours,
        about_team_id=theirs,
        at=moment.now,
    )
    session.add(concern)
    session.flush()
    return concern.reference


def take_up(session: Session, actor: Actor, concern: ConcernInSight) -> None:
    """Become its owner, who says what came of it; whoever was so before is so no longer."""
    session.get_one(JointConcern, concern.id).owner_id = actor.account_id
    session.flush()


def close(session: Session, moment: Moment, concern: ConcernInSight, outcome: str) -> None:
    """Close it with what came of it, which who raised it reads on Today."""
    told = session.get_one(JointConcern, concern.id)
    told.outcome, told.closed_at = outcome, moment.now
    session.flush()


def hear(session: Session, moment: Moment, concern: ConcernInSight) -> None:
    """Say that who raised it has read the outcome."""
    session.get_one(JointConcern, concern.id).heard_at = moment.now
    session.flush()


def _workers_named(
    session: Session, moment: Moment, teams: tuple[int, int], text: str
) -> list[str]:
    """Return the names in the text of who works in these teams.

    A whole name counts however it is written; one of a single word only as it is written itself,
    for it may be an everyday word.
    """
    names = session.scalars(
        select(Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.team_id.in_(teams), current(Membership, moment.today))
        .distinct()
        .order_by(Account.name)
    )
    return [
        f"“{name}”"
        for name in names
        if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE if " " in name else 0)
    ]
