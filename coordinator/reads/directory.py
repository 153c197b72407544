"""Posts as people need them: who holds one, who deputises, how to reach them, and how sure that is.

The directory belongs to no family, so everybody who is signed in reads all of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from coordinator import cover_hours
from coordinator.access.actor import Actor, current
from coordinator.access.sights import Moment, PostInSight
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account
from coordinator.models.base import version_of
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.models.directory_rules import DirectoryRule
from coordinator.reads import answering, directory_rules
from coordinator.reads.answering import Answer, Desk, Holder
from coordinator.reads.colleague_page import away as is_away
from coordinator.reads.teams import is_open
from coordinator.vocabulary import AgencyKind, PostKind

SAFEGUARDING = (PostKind.SAFEGUARDING_CHILDREN, PostKind.SAFEGUARDING_ADULTS)
ON_PAPER = (*SAFEGUARDING, PostKind.DUTY_DESK, PostKind.OUT_OF_HOURS)
AT_A_CASE = (PostKind.LINK_WORKER, PostKind.DUTY_DESK)
PARTNERS = {AgencyKind.CMHT: AgencyKind.CSC, AgencyKind.CSC: AgencyKind.CMHT}


@dataclass(frozen=True)
class PostCard:
    """A post today.

    Without a reference nobody has set it up yet; without a holder it is vacant.  `now` is who
    answers at this moment.  `confirmed_on` is when the holder last said that this is right, `stale`
    whether that is too long ago, `asks` whether they are asked to say it again.
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
    due_on: date | None = None
    stale: bool = False
    asks: bool = False
    mine: bool = False
    now: Answer | None = None

    @property
    def by_rota(self) -> bool:
        """Whether a number answers and no one person: vacant it is not."""
        return self.kind is PostKind.OUT_OF_HOURS and bool(self.phone)

    @property
    def is_to_see_to(self) -> bool:
        """Whether it is vacant, not confirmed by whoever is new to it, or not for too long."""
        vacant = self.holder is None and not self.by_rota
        return vacant or self.stale or (self.holder is not None and self.confirmed_on is None)

    @property
    def version(self) -> int:
        """What stands for the words of this post in a form that changes them."""
        return version_of(self.phone, self.cover_hours, self.can_do, self.cannot_do)


@dataclass(frozen=True)
class AgencyLeads:
    """The safeguarding leads of one agency: for children and for adults, always both."""

    agency: str
    posts: tuple[PostCard, ...]


def safeguarding_leads(session: Session, actor: Actor, moment: Moment) -> tuple[AgencyLeads, ...]:
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
        moment,
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
    session: Session, team_ids: Iterable[int], moment: Moment, actor: Actor | None = None
) -> tuple[PostCard, ...]:
    """Return the link workers and duty desks of these teams.  One statement (E03)."""
    return _posts(
        session, actor, moment, Post.kind.in_(AT_A_CASE), Post.team_id.in_(list(team_ids))
    )


def link_workers_of_partner(
    session: Session,
    actor: Actor,
    kind: AgencyKind | None,
    moment: Moment,
    team_ids: Iterable[int] = (),
) -> tuple[PostCard, ...]:
    """Return the link workers of the other kind of agency, and of these teams of any."""
    partner = PARTNERS.get(kind) if kind else None
    there = or_(Agency.kind == partner, Post.team_id.in_(list(team_ids)))
    return _posts(session, actor, moment, Post.kind == PostKind.LINK_WORKER, there)


def posts_of_agency(
    session: Session, actor: Actor, agency_id: int, moment: Moment
) -> tuple[PostCard, ...]:
    """Return all posts of an agency and its teams."""
    return _posts(session, actor, moment, Post.agency_id == agency_id)


def posts_of_team(
    session: Session, actor: Actor, team_id: int, moment: Moment
) -> tuple[PostCard, ...]:
    """Return all posts of one team."""
    return _posts(session, actor, moment, Post.team_id == team_id)


def that_are(
    session: Session, actor: Actor, moment: Moment, condition: ColumnElement[bool]
) -> tuple[PostCard, ...]:
    """Return the posts that meet a condition on posts, teams or agencies.  One statement."""
    return _posts(session, actor, moment, condition)


def post(session: Session, actor: Actor, post: PostInSight, moment: Moment) -> PostCard:
    """Return one post."""
    return _posts(session, actor, moment, Post.id == post.id, closed=True)[0]


def to_look_after(session: Session, actor: Actor, moment: Moment) -> tuple[PostCard, ...]:
    """Return the posts that are vacant or not confirmed: an administrator's list."""
    return tuple(card for card in _posts(session, actor, moment) if card.is_to_see_to)


def to_print(session: Session, moment: Moment) -> tuple[tuple[str, tuple[PostCard, ...]], ...]:
    """Return whom to call in each agency, for a page that lies there for a day.  One statement."""
    cards = _posts(session, None, moment, Post.kind.in_(ON_PAPER), Agency.kind != AgencyKind.HOST)
    return tuple(
        (agency, tuple(card for card in cards if card.agency == agency))
        for agency in dict.fromkeys(card.agency for card in cards)
    )


def _posts(
    session: Session,
    actor: Actor | None,
    moment: Moment,
    *where: ColumnElement[bool],
    closed: bool = False,
) -> tuple[PostCard, ...]:
    """Return the posts that meet these conditions, each with who answers now.  One statement.

    The out-of-hours desks of all agencies come with it; of closed teams only if `closed`.
    """
    cards: dict[str, PostCard] = {}
    nights: dict[str, PostCard] = {}
    for row in session.execute(_statement(moment, and_(true(), *where), closed=closed)):
        for found, wanted in (
            (cards, row.asked_for),
            (nights, row.kind is PostKind.OUT_OF_HOURS and not row.team),
        ):
            if wanted:
                card = found.get(row.reference) or _empty(row)
                found[row.reference] = _with(card, row, actor, moment) if row.account_id else card
    of_agency = {night.agency: _desk(night) for night in nights.values()}
    return tuple(
        replace(
            card,
            now=answering.at(_desk(card), _night(card, of_agency.get(card.agency)), moment.now),
        )
        for card in cards.values()
    )


def _statement(moment: Moment, where: ColumnElement[bool], *, closed: bool) -> Any:
    today = moment.today
    away, covers_away = aliased(Absence), aliased(Absence)
    cover = aliased(Account)
    cover_is_away = exists().where(covers_away.account_id == cover.id, is_away(today, covers_away))
    return (
        select(
            where.label("asked_for"),
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
            Account.reference.label("account"),
            Account.name,
            Account.profession,
            Account.phone.label("own_phone"),
            Account.email,
            away.ends_on.label("away_until"),
            cover.reference.label("cover"),
            cover.name.label("cover_name"),
            cover.profession.label("cover_profession"),
            cover.phone.label("cover_phone"),
            cover.email.label("cover_email"),
            directory_rules.in_force(DirectoryRule.confirmed_every_days, today).label("every"),
            directory_rules.in_force(DirectoryRule.asked_before_days, today).label("before"),
        )
        .join(Agency, Agency.id == Post.agency_id)
        .outerjoin(Team, Team.id == Post.team_id)
        .outerjoin(PostHolding, and_(PostHolding.post_id == Post.id, current(PostHolding, today)))
        .outerjoin(Account, and_(Account.id == PostHolding.account_id, is_open()))
        .outerjoin(away, and_(away.account_id == Account.id, is_away(today, away)))
        .outerjoin(
            cover,
            and_(cover.id == away.cover_id, cover.closed_at.is_(None), ~cover_is_away),
        )
        .where(
            or_(where, Post.kind == PostKind.OUT_OF_HOURS),
            true() if closed else Team.closed_on.is_(None),
        )
        .order_by(Agency.name, Team.name.is_not(None), Team.name, Post.id, PostHolding.id)
    )


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


def _with(card: PostCard, row: Any, actor: Actor | None, moment: Moment) -> PostCard:
    """Return the card with the holder, or the deputy, whom this row names."""
    cover = row.cover and Holder(
        row.cover_name, row.cover_profession, row.cover_phone, row.cover_email, row.cover
    )
    person = Holder(
        row.name,
        row.profession,
        row.own_phone,
        row.email,
        row.account,
        away_until=row.away_until,
        acting=cover or None,
    )
    if row.deputy:
        return replace(card, deputy=person)
    # Somebody who is new to a post has as long to confirm it as somebody who confirmed it then.
    due_on = (row.confirmed_on or row.starts_on) + timedelta(days=row.every)
    return replace(
        card,
        holder=person,
        confirmed_on=row.confirmed_on,
        due_on=due_on,
        stale=moment.today > due_on,
        asks=not row.confirmed_on or moment.today >= due_on - timedelta(days=row.before),
        mine=actor is not None and row.account_id == actor.account_id,
    )


def _desk(card: PostCard) -> Desk:
    hours = cover_hours.known(card.cover_hours)
    return Desk(card.phone, hours, card.holder, card.deputy, card.kind.label)


def _night(card: PostCard, night: Desk | None) -> Desk | None:
    """Return the desk that answers at other hours: none for the out-of-hours desk itself."""
    return None if card.kind is PostKind.OUT_OF_HOURS else night
