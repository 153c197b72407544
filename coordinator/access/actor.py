"""Who is acting, and for which agency; read anew from the database on every request."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Date, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from coordinator import clock, told
from coordinator.access import in_force
from coordinator.models.accounts import Account, Membership, SignInSession
from coordinator.models.base import UTCDateTime
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.settings import SETTINGS
from coordinator.trail import Acting
from coordinator.vocabulary import PRACTITIONER_ROLES, AgencyKind, PostKind, Role

SAFEGUARDING_POSTS = frozenset({PostKind.SAFEGUARDING_CHILDREN, PostKind.SAFEGUARDING_ADULTS})


@dataclass(frozen=True)
class Standing:
    """One current membership: a role in a team of an agency."""

    membership_id: int
    reference: str
    team_id: int
    team_name: str
    agency_id: int
    agency_name: str
    agency_kind: AgencyKind
    role: Role


@dataclass(frozen=True)
class PostToConfirm:
    """A post that this person holds and was asked to confirm, on this day."""

    reference: str
    kind: PostKind
    asked_on: date


@dataclass(frozen=True)
class Actor:
    """A signed-in person and all that their rights depend on.

    `acting_as` is the membership that they chose; rights come from every current membership of
    that agency and from the posts held there, and from no other agency (E07).  What follows from
    them is worked out once: a page asks the policy some fifty times.  `zone` is the time zone in
    which they read times beside London's.
    """

    account_id: int
    reference: str
    name: str
    profession: str
    session_id: int
    session_hash: bytes
    standings: tuple[Standing, ...]
    acting_as: Standing | None
    posts: frozenset[PostKind]
    zone: str = clock.LONDON.key
    session_used_at: datetime | None = None
    to_confirm: tuple[PostToConfirm, ...] = ()

    @cached_property
    def agency_id(self) -> int | None:
        """The agency acted for."""
        return self.acting_as.agency_id if self.acting_as else None

    @cached_property
    def agency_kind(self) -> AgencyKind | None:
        """The kind of the agency acted for."""
        return self.acting_as.agency_kind if self.acting_as else None

    @cached_property
    def here(self) -> tuple[Standing, ...]:
        """The memberships of the agency acted for."""
        return tuple(s for s in self.standings if s.agency_id == self.agency_id)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held in the agency acted for."""
        return frozenset(s.role for s in self.here)

    @cached_property
    def team_ids(self) -> frozenset[int]:
        """The teams of the agency acted for in which this person works."""
        return frozenset(s.team_id for s in self.here)

    @cached_property
    def managed_team_ids(self) -> frozenset[int]:
        """The teams that this person manages."""
        return frozenset(s.team_id for s in self.here if s.role is Role.TEAM_MANAGER)

    @cached_property
    def is_practitioner(self) -> bool:
        """Whether this person does case work for the agency acted for."""
        return bool(self.roles & PRACTITIONER_ROLES)

    @cached_property
    def is_safeguarding_lead(self) -> bool:
        """Whether this person holds a safeguarding post of the agency acted for."""
        return bool(self.posts & SAFEGUARDING_POSTS)

    @property
    def is_privacy_officer(self) -> bool:
        """Whether this person watches over exclusions and looks; it opens no family."""
        return Role.PRIVACY_OFFICER in self.roles

    def acting(self, request_id: bytes | None = None) -> Acting:
        """Return how this person stands in the trail."""
        return Acting(
            account_id=self.account_id,
            agency_id=self.agency_id,
            session_hash=self.session_hash[:8],
            request_id=request_id,
        )


def hash_of(token: str) -> bytes:
    """Return what is stored of a random token: its SHA-256, 32 bytes."""
    return hashlib.sha256(token.encode()).digest()


def current(table: Any, day: date) -> Any:
    """Return the condition that a dated row (both days inclusive) holds on this day."""
    return and_(table.starts_on <= day, or_(table.ends_on.is_(None), table.ends_on >= day))


def _sessions() -> Any:
    """Return the statement that finds who is behind a session, with all that rights come from."""
    today: Any = bindparam("today", type_=Date())
    now = bindparam("now", type_=UTCDateTime())
    # As `_actor` chooses: the chosen membership while it holds, or else the first.
    chosen = case((Membership.id == SignInSession.membership_id, 0), else_=1)
    acted_for = func.first_value(Agency.id).over(order_by=(chosen, Membership.id))
    return (
        select(
            SignInSession.id.label("session_id"),
            SignInSession.token_hash,
            SignInSession.last_used_at,
            SignInSession.membership_id.label("chosen"),
            Account.id.label("account_id"),
            Account.reference.label("account_reference"),
            Account.name,
            Account.profession,
            Account.zone,
            Membership.id.label("membership_id"),
            Membership.reference,
            Membership.role,
            Team.id.label("team_id"),
            Team.name.label("team_name"),
            Agency.id.label("agency_id"),
            Agency.name.label("agency_name"),
            Agency.kind.label("agency_kind"),
            Post.kind.label("post_kind"),
            Post.reference.label("post"),
            PostHolding.deputy,
            PostHolding.asked_on,
            in_force.newest().label("newest_setting"),
            told.telling("account", Account.id).label("told_account"),
            told.telling("agency", acted_for).label("told_agency"),
        )
        .join(Account, Account.id == SignInSession.account_id)
        .outerjoin(
            Membership, and_(Membership.account_id == Account.id, current(Membership, today))
        )
        .outerjoin(Team, Team.id == Membership.team_id)
        .outerjoin(Agency, Agency.id == Team.agency_id)
        .outerjoin(
            PostHolding,
            and_(PostHolding.account_id == Account.id, current(PostHolding, today)),
        )
        .outerjoin(Post, and_(Post.id == PostHolding.post_id, Post.agency_id == Agency.id))
        .where(
            SignInSession.token_hash == bindparam("token_hash"),
            SignInSession.ended_at.is_(None),
            SignInSession.last_used_at > bindparam("used_after"),
            SignInSession.started_at > bindparam("started_after"),
            or_(Account.closed_at.is_(None), Account.closed_at > now),
        )
        .order_by(Membership.id)
    )


SESSIONS = _sessions()


def load(session: Session, token: str, now: datetime, today: date) -> Actor | None:
    """Return the actor behind a session token, or None if that session may act no longer.

    One statement, built once, which also tells PostgreSQL who acts (`told`) and this process
    whether the settings changed (`in_force`).  A session ends on sign-out, on an idle time, on a
    whole time, and at once when the account is closed (ASVS v5.0.0-7.3.1, 7.3.2, 7.4.2).
    """
    rows = _found(session, token, now, today)
    mark = rows[0].newest_setting if rows else in_force.asked(session)
    if in_force.heed(session, mark):
        # What was just read was asked for with the limits of before.
        rows = _found(session, token, now, today)
    if not rows:
        return None
    told.heard(session, rows[0].told_account, rows[0].told_agency)
    return _actor(rows)


def _found(session: Session, token: str, now: datetime, today: date) -> Any:
    return (
        session.connection()
        .execute(
            SESSIONS,
            {
                "token_hash": hash_of(token),
                "used_after": now - SETTINGS.idle_limit,
                "started_after": now - SETTINGS.session_limit,
                "now": now,
                "today": today,
            },
        )
        .all()
    )


def _actor(rows: Any) -> Actor:
    first = rows[0]
    standings: dict[int, Standing] = {}
    for row in rows:
        if row.membership_id is not None:
            standings[row.membership_id] = Standing(
                membership_id=row.membership_id,
                reference=row.reference,
                team_id=row.team_id,
                team_name=row.team_name,
                agency_id=row.agency_id,
                agency_name=row.agency_name,
                agency_kind=row.agency_kind,
                role=row.role,
            )
    chosen = standings.get(first.chosen) or next(iter(standings.values()), None)
    return Actor(
        account_id=first.account_id,
        reference=first.account_reference,
        name=first.name,
        profession=first.profession,
        session_id=first.session_id,
        session_hash=first.token_hash,
        standings=tuple(standings.values()),
        acting_as=chosen,
        posts=frozenset(
            row.post_kind
            for row in rows
            if row.post_kind and chosen and row.agency_id == chosen.agency_id
        ),
        zone=first.zone,
        session_used_at=first.last_used_at,
        to_confirm=tuple(
            {
                row.post: PostToConfirm(row.post, row.post_kind, row.asked_on)
                for row in rows
                if row.post_kind and row.asked_on and not row.deputy
            }.values()
        ),
    )
