"""A post as a card: who holds it, who deputises, and whom to call at this moment."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from coordinator import cover_hours
from coordinator.access.actor import Actor, current
from coordinator.access.sights import Moment
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


def cards(
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
