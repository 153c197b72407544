"""Who is away and who acts for them.  To act for somebody opens nothing: it is a name to call."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.directory_sights import AbsenceInSight, ColleagueInSight
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.services import desk_slots

LONGEST = timedelta(days=400)


@dataclass(frozen=True)
class Away:
    """From which day to which (both inclusive); `cover` is an account's reference, or ""."""

    starts_on: date
    ends_on: date
    cover: str = ""


def tell(
    session: Session, actor: Actor, moment: Moment, colleague: ColleagueInSight, away: Away
) -> None:
    """Say that somebody is away; slots booked at their desk on these days are cancelled.

    Raises `InvalidError` for the fields `starts_on`, `ends_on` and `cover`.
    """
    problems = {}
    if away.starts_on < moment.today:
        problems["starts_on"] = "Choose today or a day to come"
    if away.ends_on < away.starts_on:
        problems["ends_on"] = "The last day is before the first"
    elif away.ends_on - away.starts_on > LONGEST:
        problems["ends_on"] = "This is too long: end the person’s roles instead"
    if not problems and _is_told(session, colleague.id, away):
        problems["starts_on"] = "An absence on one of these days is in the directory already"
    cover_id = _cover(session, moment, colleague.id, away.cover) if away.cover else None
    if away.cover and cover_id is None:
        problems["cover"] = "Choose a colleague of the same agency"
    if problems:
        raise InvalidError(problems)
    session.add(
        Absence(
            account_id=colleague.id,
            cover_id=cover_id,
            starts_on=away.starts_on,
            ends_on=away.ends_on,
            told_by_id=actor.account_id,
            told_at=moment.now,
        )
    )
    desk_slots.give_up(session, actor, moment, colleague.id, away.starts_on, away.ends_on)
    session.flush()


def end(session: Session, moment: Moment, absence: AbsenceInSight) -> None:
    """Say that somebody is back today, or does not go."""
    record = session.get_one(Absence, absence.id)
    if record.starts_on >= moment.today:
        record.withdrawn_at = moment.now
    else:
        record.ends_on = moment.today - timedelta(days=1)
    session.flush()


def _is_told(session: Session, account_id: int, away: Away) -> bool:
    overlapping = exists().where(
        Absence.account_id == account_id,
        Absence.withdrawn_at.is_(None),
        Absence.starts_on <= away.ends_on,
        Absence.ends_on >= away.starts_on,
    )
    return bool(session.scalar(select(overlapping)))


def _cover(session: Session, moment: Moment, account_id: int, reference: str) -> int | None:
    """Return who acts: somebody else of an agency in which the person works today."""
    theirs = (
        select(Team.agency_id)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.account_id == account_id, current(Membership, moment.today))
    )
    return session.scalar(
        select(Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .join(Team, Team.id == Membership.team_id)
        .where(
            Account.reference == reference,
            Account.id != account_id,
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
            current(Membership, moment.today),
            Team.agency_id.in_(theirs),
        )
        .limit(1)
    )
