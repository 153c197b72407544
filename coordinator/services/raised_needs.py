"""Raising a need that nobody answered, sending it to both managers, and what was done (E35)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.letters import MailKind
from coordinator.access.scope import may_know
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.raised_needs import RaisedNeed
from coordinator.services import addresses, involvements, outbox
from coordinator.services.plans import stamp
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Level, Role


@dataclass(frozen=True)
class Raised:
    """What was raised, with which team on the case (a reference), at which instant."""

    team: str
    what: str
    raised_at: datetime


def raise_it(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, raised: Raised
) -> str:
    """Write down a need that a team was told of and did not answer; return the reference.

    It is open to both agencies.  Unless it is closed within its hours, counted from when the team
    was told, it goes to both managers.  Raises `InvalidError` for a time to come and for a team
    that is not on the case.
    """
    addresses.stop(session, actor, family, what=raised.what)
    if raised.raised_at > moment.now:
        later_day = clock.local(raised.raised_at).date() > moment.today
        field, until = ("on", "today") if later_day else ("at", "now")
        raise InvalidError({field: f"When you told them must be {until} or earlier"})
    teams = {
        worker.team: worker.team_id for worker in involvements.on_the_case(session, moment, family)
    }
    if raised.team not in teams:
        raise InvalidError({"team": "Choose the team from the list"})
    record = RaisedNeed(
        **stamp(actor, moment, family, Level.OPEN),
        team_id=teams[raised.team],
        what=raised.what,
        raised_at=raised.raised_at,
        due_at=raised.raised_at + timedelta(hours=SETTINGS.raised_need_hours),
    )
    session.add(record)
    session.flush()
    return record.reference


def close(session: Session, actor: Actor, moment: Moment, need: EntryInSight, done: str) -> None:
    """Close a need with what was done.

    Raises `InvalidError` without a word about that, and where somebody was quicker.
    """
    if not done.strip():
        raise InvalidError({"done": "Say what was done: it cannot be closed without"})
    addresses.stop(session, actor, need.family, done=done)
    # Two who close at once: the second waits here, and then finds the first.
    session.execute(select(Entry.id).where(Entry.id == need.id).with_for_update())
    record = session.get_one(RaisedNeed, need.id, populate_existing=True)
    if record.closed_at is not None:
        raise InvalidError("Somebody closed it meanwhile. Read what they wrote first.")
    record.done, record.closed_by_id, record.closed_at = done, actor.account_id, moment.now
    session.flush()


def are_due(session: Session, moment: Moment) -> bool:
    """Say whether managers are to be written to.  Takes no lock."""
    return session.scalar(_due(moment).limit(1)) is not None


def tell_managers(session: Session, moment: Moment) -> tuple[int, bool]:
    """Write to the managers of all teams on the case; return how many mails, and no more."""
    told = 0
    for record in session.scalars(_due(moment).with_for_update(of=RaisedNeed)):
        record.told_at = moment.now
        for manager, agency in session.execute(_managers(moment, record.family_id)):
            about: dict[str, str | int] = {"agency": agency}
            outbox.queue(session, moment, manager, MailKind.NEED, record.reference, about)
            told += 1
    session.flush()
    return told, False


def _due(moment: Moment) -> Any:
    return (
        select(RaisedNeed)
        .where(
            RaisedNeed.level == Level.OPEN,
            RaisedNeed.closed_at.is_(None),
            RaisedNeed.told_at.is_(None),
            RaisedNeed.due_at <= moment.now,
        )
        .order_by(RaisedNeed.id)
    )


def _managers(moment: Moment, family_id: int) -> Any:
    """Return who manages a team on a case, as (account, agency)."""
    return (
        select(Membership.account_id, Team.agency_id)
        .join(Team, Team.id == Membership.team_id)
        .join(Involvement, Involvement.team_id == Membership.team_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Involvement.family_id == family_id,
            current(Involvement, moment.today),
            Membership.role == Role.TEAM_MANAGER,
            current(Membership, moment.today),
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
            may_know(Membership.account_id, family_id),
        )
        .distinct()
        .order_by(Membership.account_id)
    )
