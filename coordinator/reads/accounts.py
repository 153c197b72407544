"""Accounts as an administrator sees them: people, their roles and posts; never a family."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import current
from coordinator.access.sights import AccountInSight, MembershipInSight
from coordinator.models.accounts import Account, Membership
from coordinator.models.base import version_of
from coordinator.models.departures import Departure
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.reads.colleagues import MOST_WORDS, matches, paged
from coordinator.reads.handing_over import OPEN_DEPARTURE
from coordinator.settings import SETTINGS


@dataclass(frozen=True)
class AccountLine:
    """An account in the list; `state` is closed, not set up yet, or empty."""

    reference: str
    name: str
    email: str
    profession: str
    roles: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class RoleLine:
    """A role in a team, to its last day."""

    reference: str
    role: str
    team: str
    agency: str
    starts_on: date
    ends_on: date | None
    is_over: bool


@dataclass(frozen=True)
class AccountPage:
    """One account."""

    reference: str
    name: str
    email: str
    phone: str
    profession: str
    created_at: datetime
    closed_at: datetime | None
    is_set_up: bool
    has_second_factor: bool
    roles: tuple[RoleLine, ...]
    posts: tuple[str, ...]
    leaves_on: date | None = None

    @property
    def version(self) -> int:
        """What stands for these words in a form that changes them."""
        return version_of(self.name, self.email, self.phone, self.profession)


def found(
    session: Session, typed: str, page: int, today: date
) -> tuple[tuple[AccountLine, ...], bool]:
    """Return one page of the accounts that match every word, and whether there is another.

    Two statements; closed accounts and people without a role are there, too.
    """
    conditions = [
        or_(matches(word), Account.email.icontains(word, autoescape=True))
        for word in typed.split()[:MOST_WORDS]
    ]
    ids = list(
        session.scalars(
            paged(
                select(Account.id)
                .outerjoin(Membership, Membership.account_id == Account.id)
                .outerjoin(Team, Team.id == Membership.team_id)
                .outerjoin(Agency, Agency.id == Team.agency_id)
                .where(*conditions)
                .group_by(Account.id, Account.name)
                .order_by(func.lower(Account.name), Account.id),
                page,
            )
        )
    )
    rows = session.execute(
        select(
            Account.reference,
            Account.name,
            Account.email,
            Account.profession,
            Account.closed_at,
            Account.password_hash.is_not(None).label("is_set_up"),
            Membership.role,
            Team.name.label("team"),
        )
        .outerjoin(Membership, (Membership.account_id == Account.id) & current(Membership, today))
        .outerjoin(Team, Team.id == Membership.team_id)
        .where(Account.id.in_(ids[: SETTINGS.page_size]))
        .order_by(func.lower(Account.name), Account.id, Membership.id)
    ).all()
    accounts = {row.reference: row for row in rows}
    lines = tuple(
        AccountLine(
            account.reference,
            account.name,
            account.email,
            account.profession,
            tuple(
                f"{row.role.label}, {row.team}"
                for row in rows
                if row.reference == account.reference and row.role
            ),
            "Closed" if account.closed_at else "" if account.is_set_up else "Not set up yet",
        )
        for account in accounts.values()
    )
    return lines, len(ids) > SETTINGS.page_size


def account(session: Session, account: AccountInSight, today: date) -> AccountPage:
    """Return one account with all roles, the present ones first.  Three statements."""
    row = session.execute(
        select(
            Account.reference,
            Account.name,
            Account.email,
            Account.phone,
            Account.profession,
            Account.created_at,
            Account.closed_at,
            Account.password_hash.is_not(None).label("is_set_up"),
            Account.totp_secret.is_not(None).label("has_second_factor"),
            select(func.max(Departure.last_day))
            .where(Departure.account_id == Account.id, OPEN_DEPARTURE)
            .scalar_subquery()
            .label("leaves_on"),
        ).where(Account.id == account.id)
    ).one()
    posts = session.execute(
        select(Post.kind, Team.name, Agency.name.label("agency"), PostHolding.deputy)
        .join(PostHolding, PostHolding.post_id == Post.id)
        .join(Agency, Agency.id == Post.agency_id)
        .outerjoin(Team, Team.id == Post.team_id)
        .where(PostHolding.account_id == account.id, current(PostHolding, today))
        .order_by(Post.id)
    )
    return AccountPage(
        **row._asdict(),
        roles=_roles(session, account.id, today),
        posts=tuple(
            f"{'Deputy ' if post.deputy else ''}{post.kind.label}, {post.name or post.agency}"
            for post in posts
        ),
    )


def membership(session: Session, membership: MembershipInSight, today: date) -> RoleLine:
    """Return one role of a person."""
    roles = _roles(session, membership.account_id, today)
    return next(role for role in roles if role.reference == membership.reference)


def _roles(session: Session, account_id: int, today: date) -> tuple[RoleLine, ...]:
    rows = session.execute(
        select(
            Membership.reference,
            Membership.role,
            Team.name.label("team"),
            Agency.name.label("agency"),
            Membership.starts_on,
            Membership.ends_on,
        )
        .join(Team, Team.id == Membership.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .where(Membership.account_id == account_id)
        .order_by(Membership.starts_on.desc(), Membership.id)
    )
    lines = [
        RoleLine(
            row.reference,
            row.role.label,
            row.team,
            row.agency,
            row.starts_on,
            row.ends_on,
            is_over=row.ends_on is not None and row.ends_on < today,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: line.is_over))
