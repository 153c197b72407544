"""What an administrator does: accounts, and what each person may do where, from when to when.

Nothing is deleted.  Nobody changes their own rights (access/policy.py).  An administrator has no
other role beside it, since an administrator sees no family.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import AccountInSight, MembershipInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.accounts import Account, Membership
from coordinator.models.base import version_of
from coordinator.models.directory import Agency, PostHolding, Team
from coordinator.services import calendar_feeds, setup_links
from coordinator.vocabulary import AgencyKind, LinkReason, Role

OFFICE = "Coordinator office"


@dataclass(frozen=True)
class Person:
    """What is kept of a person who may sign in.  The profession changes no right (E01)."""

    name: str
    email: str
    phone: str = ""
    profession: str = ""


@dataclass(frozen=True)
class Grant:
    """A role in a team, by the team's reference, from its first day (inclusive)."""

    team: str
    role: Role
    starts_on: date


def add(session: Session, moment: Moment, person: Person, grant: Grant) -> tuple[str, str]:
    """Add an account with one role; return its reference and the token of its set-up link.

    Raises `InvalidError` for the fields `email` and `team`.
    """
    account = _added(session, moment.now, person)
    _grant(session, account.id, grant, moment.today)
    session.flush()
    return account.reference, setup_links.make(
        session, account.id, LinkReason.NEW_ACCOUNT, moment.now
    )


def change(session: Session, account: AccountInSight, person: Person, version: int | None) -> None:
    """Change what is kept of a person.

    Raises `InvalidError` for the field `email`, `ConflictError` if it was changed meanwhile.
    """
    record = session.get_one(Account, account.id)
    kept = Person(record.name, record.email, record.phone, record.profession)
    if version != version_of(*vars(kept).values()):
        raise ConflictError(vars(kept), version_of(*vars(kept).values()))
    if person.email != record.email:
        _refuse_second(session, person.email)
    record.name, record.email = person.name, person.email
    record.phone, record.profession = person.phone, person.profession
    session.flush()


def add_membership(session: Session, moment: Moment, account: AccountInSight, grant: Grant) -> None:
    """Give a person a role in a team; a seconded worker has two (E07).

    Raises `InvalidError` for `team` or `role` if they have it already or it does not go together.
    """
    _grant(session, account.id, grant, moment.today)
    session.flush()


def end_membership(session: Session, membership: MembershipInSight, last_day: date) -> None:
    """End a role after its last day.  Raises `InvalidError` for the field `last_day`."""
    record = session.get_one(Membership, membership.id)
    if last_day < record.starts_on - timedelta(days=1):
        raise InvalidError({"last_day": "The last day is before the role began"})
    record.ends_on = last_day
    session.flush()


def close(session: Session, moment: Moment, account: AccountInSight) -> None:
    """Close an account now (ASVS v5.0.0-7.4.2).

    Every session, unused link and calendar address ends in the same transaction.
    The posts that this person held are vacant from today, so that their deputies show first.
    """
    record = session.get_one(Account, account.id)
    record.closed_at = record.closed_at or moment.now
    for holding in session.scalars(
        select(PostHolding).where(
            PostHolding.account_id == account.id,
            or_(PostHolding.ends_on.is_(None), PostHolding.ends_on >= moment.today),
        )
    ):
        holding.ends_on = moment.today - timedelta(days=1)
    setup_links.withdraw(session, account.id, moment.now)
    calendar_feeds.end(session, account.id, moment.now)
    setup_links.end_all_sessions(session, account.id, moment.now)
    session.flush()


def choose_zone(session: Session, actor: Actor, zone: str) -> None:
    """Let somebody read times in this zone (an IANA name that was offered) beside London's."""
    session.get_one(Account, actor.account_id).zone = zone
    session.flush()


def reopen(session: Session, account: AccountInSight) -> None:
    """Open a closed account again, with the roles that it still has."""
    session.get_one(Account, account.id).closed_at = None
    session.flush()


def add_administrator(session: Session, person: Person, now: datetime, today: date) -> str:
    """Add an administrator from the command line; return the token of their set-up link.

    The office that runs the tool is made with the first.  Raises `InvalidError` for `email`.
    """
    account = _added(session, now, person)
    team = session.scalars(
        select(Team)
        .join(Agency, Agency.id == Team.agency_id)
        .where(Agency.kind == AgencyKind.HOST)
        .order_by(Team.id)
        .limit(1)
    ).one_or_none()
    if team is None:
        agency = Agency(name=OFFICE, kind=AgencyKind.HOST)
        session.add(agency)
        session.flush()
        team = Team(agency_id=agency.id, name=OFFICE)
        session.add(team)
        session.flush()
    _grant(session, account.id, Grant(team.reference, Role.ADMINISTRATOR, today), today)
    session.flush()
    return setup_links.make(session, account.id, LinkReason.NEW_ACCOUNT, now)


def _added(session: Session, now: datetime, person: Person) -> Account:
    _refuse_second(session, person.email)
    account = Account(**vars(person), created_at=now)
    session.add(account)
    session.flush()
    return account


def _refuse_second(session: Session, email: str) -> None:
    if session.scalar(select(Account.id).where(Account.email == email)) is not None:
        raise InvalidError({"email": "There is an account with this email address already"})


def _grant(session: Session, account_id: int, grant: Grant, today: date) -> None:
    team_id = session.scalar(
        select(Team.id).where(Team.reference == grant.team, Team.closed_on.is_(None))
    )
    if team_id is None:
        raise InvalidError({"team": "Choose a team"})
    others = session.execute(
        select(Membership.team_id, Membership.role).where(
            Membership.account_id == account_id,
            or_(
                Membership.ends_on.is_(None),
                Membership.ends_on >= min(today, grant.starts_on),
            ),
        )
    ).all()
    if (team_id, grant.role) in [tuple(other) for other in others]:
        raise InvalidError({"role": "This person has this role in this team already"})
    if others and Role.ADMINISTRATOR in {grant.role, *(other.role for other in others)}:
        raise InvalidError(
            {"role": "An administrator sees no family, so has no other role. End the others first"}
        )
    session.add(
        Membership(
            account_id=account_id, team_id=team_id, role=grant.role, starts_on=grant.starts_on
        )
    )
