"""Posts as people need them: who holds one, who deputises, how to reach them, and how sure that is.

The directory belongs to no family, so everybody who is signed in reads all of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.sights import PostInSight
from coordinator.models.accounts import Account
from coordinator.models.base import version_of
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.reads.teams import is_open
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AgencyKind, PostKind

SAFEGUARDING = (PostKind.SAFEGUARDING_CHILDREN, PostKind.SAFEGUARDING_ADULTS)
AT_A_CASE = (PostKind.LINK_WORKER, PostKind.DUTY_DESK)
PARTNERS = {AgencyKind.CMHT: AgencyKind.CSC, AgencyKind.CSC: AgencyKind.CMHT}


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a post or deputises."""

    name: str
    profession: str
    phone: str
    email: str


@dataclass(frozen=True)
class PostCard:
    """A post today.

    Without a reference nobody has set it up yet; without a holder it is vacant.  `confirmed_on` is
    when the holder last said that this is right, `stale` whether that is too long ago.
    """

    reference: str
    kind: PostKind
    agency: str
    team: str = ""
    team_reference: str = ""
    phone: str = ""
    cover_hours: str = ""
    can_do: str = ""
    cannot_do: str = ""
    holder: Holder | None = None
    deputy: Holder | None = None
    confirmed_on: date | None = None
    stale: bool = False
    mine: bool = False

    @property
    def version(self) -> int:
        """What stands for the words of this post in a form that changes them."""
        return version_of(self.phone, self.cover_hours, self.can_do, self.cannot_do)


@dataclass(frozen=True)
class AgencyLeads:
    """The safeguarding leads of one agency: for children and for adults, always both."""

    agency: str
    posts: tuple[PostCard, ...]


def safeguarding_leads(session: Session, actor: Actor, today: date) -> tuple[AgencyLeads, ...]:
    """Return the leads of the actor's agency; of every agency for somebody who belongs to neither.

    Two statements.  A post that nobody has set up is there all the same, as vacant (E05).
    """
    own = actor.agency_kind in PARTNERS
    agencies = session.execute(
        select(Agency.id, Agency.name)
        .where(Agency.id == actor.agency_id if own else Agency.kind != AgencyKind.HOST)
        .order_by(Agency.name)
    ).all()
    posts = _posts(
        session,
        actor,
        today,
        Post.kind.in_(SAFEGUARDING),
        Post.agency_id.in_([agency.id for agency in agencies]),
    )
    leads = {(post.agency, post.kind): post for post in posts}
    return tuple(
        AgencyLeads(
            agency.name,
            tuple(
                leads.get((agency.name, kind), PostCard("", kind, agency.name))
                for kind in SAFEGUARDING
            ),
        )
        for agency in agencies
    )


def link_workers(
    session: Session, team_ids: Iterable[int], today: date, actor: Actor | None = None
) -> tuple[PostCard, ...]:
    """Return the link workers and duty desks of these teams.  One statement (E03)."""
    return _posts(session, actor, today, Post.kind.in_(AT_A_CASE), Post.team_id.in_(list(team_ids)))


def link_workers_of_partner(
    session: Session, actor: Actor, kind: AgencyKind | None, today: date
) -> tuple[PostCard, ...]:
    """Return the link workers of the other kind of agency: the way into it from this kind."""
    partner = PARTNERS.get(kind) if kind else None
    return _posts(session, actor, today, Post.kind == PostKind.LINK_WORKER, Agency.kind == partner)


def posts_of_agency(
    session: Session, actor: Actor, agency_id: int, today: date
) -> tuple[PostCard, ...]:
    """Return all posts of an agency and its teams."""
    return _posts(session, actor, today, Post.agency_id == agency_id)


def posts_of_team(
    session: Session, actor: Actor, team_id: int, today: date
) -> tuple[PostCard, ...]:
    """Return all posts of one team."""
    return _posts(session, actor, today, Post.team_id == team_id)


def post(session: Session, actor: Actor, post: PostInSight, today: date) -> PostCard:
    """Return one post."""
    return _posts(session, actor, today, Post.id == post.id)[0]


def to_look_after(session: Session, actor: Actor, today: date) -> tuple[PostCard, ...]:
    """Return the posts that are vacant or not confirmed for too long: an administrator's list."""
    return tuple(
        card for card in _posts(session, actor, today) if card.holder is None or card.stale
    )


def _posts(
    session: Session, actor: Actor | None, today: date, *where: ColumnElement[bool]
) -> tuple[PostCard, ...]:
    """Return the posts that meet these conditions.  One statement."""
    rows = session.execute(
        select(
            Post.reference,
            Post.kind,
            Agency.name.label("agency"),
            Team.name.label("team"),
            Team.reference.label("team_reference"),
            Post.phone,
            Post.cover_hours,
            Post.can_do,
            Post.cannot_do,
            PostHolding.deputy,
            PostHolding.confirmed_on,
            PostHolding.starts_on,
            Account.id.label("account_id"),
            Account.name,
            Account.profession,
            Account.phone.label("own_phone"),
            Account.email,
        )
        .join(Agency, Agency.id == Post.agency_id)
        .outerjoin(Team, Team.id == Post.team_id)
        .outerjoin(PostHolding, and_(PostHolding.post_id == Post.id, current(PostHolding, today)))
        .outerjoin(
            Account,
            and_(Account.id == PostHolding.account_id, is_open()),
        )
        .where(*where)
        .order_by(Agency.name, Team.name.is_not(None), Team.name, Post.id, PostHolding.id)
    )
    cards: dict[str, PostCard] = {}
    for row in rows:
        card = cards.get(row.reference) or _empty(row)
        cards[row.reference] = _with_holder(card, row, actor, today) if row.account_id else card
    return tuple(cards.values())


def _empty(row: Any) -> PostCard:
    return PostCard(
        reference=row.reference,
        kind=row.kind,
        agency=row.agency,
        team=row.team or "",
        team_reference=row.team_reference or "",
        phone=row.phone,
        cover_hours=row.cover_hours,
        can_do=row.can_do,
        cannot_do=row.cannot_do,
    )


def _with_holder(card: PostCard, row: Any, actor: Actor | None, today: date) -> PostCard:
    person = Holder(row.name, row.profession, row.own_phone, row.email)
    if row.deputy:
        return replace(card, deputy=person)
    # Somebody who is new to a post has as long to confirm it as somebody who confirmed it then.
    since = row.confirmed_on or row.starts_on
    return replace(
        card,
        holder=person,
        confirmed_on=row.confirmed_on,
        stale=today - since > timedelta(days=SETTINGS.directory_confirmed_every_days),
        mine=actor is not None and row.account_id == actor.account_id,
    )
