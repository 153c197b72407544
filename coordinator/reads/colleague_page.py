"""One person in the directory: where they work, which posts they hold, when they are away."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.directory_sights import ColleagueInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import Moment
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.reads import desk_lines
from coordinator.reads.colleagues import Place
from coordinator.reads.desk_lines import DeskLine
from coordinator.reads.teams import Choice, is_open


@dataclass(frozen=True)
class AwayLine:
    """Days on which somebody is away, both inclusive, and who acts for them ("" for nobody)."""

    reference: str
    starts_on: date
    ends_on: date
    cover: str
    cover_reference: str
    cover_phone: str
    now: bool


@dataclass(frozen=True)
class HeldLine:
    """A post that the person holds, or deputises in."""

    reference: str
    text: str
    deputy: bool


@dataclass(frozen=True)
class ColleaguePage:
    """Somebody in the directory.  `acts_for` are the people for whom they act today."""

    reference: str
    name: str
    profession: str
    phone: str
    email: str
    places: tuple[Place, ...]
    posts: tuple[HeldLine, ...]
    absences: tuple[AwayLine, ...]
    acts_for: tuple[str, ...]
    desks: tuple[DeskLine, ...]
    is_me: bool
    may_tell: bool

    @property
    def has_slots(self) -> bool:
        """Whether colleagues can book a slot with them."""
        return any(desk.slot_minutes and not desk.over for desk in self.desks)


def away(day: date, absence: Any = Absence) -> Any:
    """Return the condition that an absence holds on this day."""
    return and_(absence.withdrawn_at.is_(None), current(absence, day))


def page(
    session: Session, actor: Actor, moment: Moment, colleague: ColleagueInSight
) -> ColleaguePage:
    """Return what the directory says of a person.  Five statements."""
    rows = session.execute(
        select(
            Account.reference,
            Account.name,
            Account.profession,
            Account.phone,
            Account.email,
            Membership.role,
            Team.name.label("team"),
            Team.reference.label("team_reference"),
            Agency.name.label("agency"),
        )
        .outerjoin(
            Membership,
            and_(Membership.account_id == Account.id, current(Membership, moment.today)),
        )
        .outerjoin(Team, Team.id == Membership.team_id)
        .outerjoin(Agency, Agency.id == Team.agency_id)
        .where(Account.id == colleague.id)
        .order_by(Membership.id)
    ).all()
    person = rows[0]
    return ColleaguePage(
        person.reference,
        person.name,
        person.profession,
        person.phone,
        person.email,
        places=tuple(
            Place(row.role.label, row.team, row.team_reference, row.agency)
            for row in rows
            if row.role
        ),
        posts=_posts(session, moment, colleague),
        absences=_absences(session, moment, colleague),
        acts_for=tuple(
            session.scalars(
                select(Account.name)
                .join(Absence, Absence.account_id == Account.id)
                .where(Absence.cover_id == colleague.id, away(moment.today), is_open())
                .order_by(Account.name)
            )
        ),
        desks=desk_lines.of(session, moment, colleague),
        is_me=colleague.id == actor.account_id,
        may_tell=decide(actor, Permission.ABSENCES_TELL, colleague).allowed,
    )


def cover_choices(
    session: Session, moment: Moment, colleague: ColleagueInSight
) -> tuple[Choice, ...]:
    """Return who could act for a person: colleagues of the same agency.  One statement."""
    theirs = (
        select(Team.agency_id)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.account_id == colleague.id, current(Membership, moment.today))
    )
    rows = session.execute(
        select(Account.reference, Account.name, Team.name.label("team"))
        .join(Membership, Membership.account_id == Account.id)
        .join(Team, Team.id == Membership.team_id)
        .where(
            current(Membership, moment.today),
            is_open(),
            Account.id != colleague.id,
            Team.agency_id.in_(theirs),
        )
        .order_by(Account.name, Account.id, Team.name)
    )
    found = {row.reference: f"{row.name}, {row.team}" for row in rows}
    return tuple(Choice(*choice) for choice in found.items())


def _posts(session: Session, moment: Moment, colleague: ColleagueInSight) -> tuple[HeldLine, ...]:
    rows = session.execute(
        select(
            Post.reference, Post.kind, Team.name, Agency.name.label("agency"), PostHolding.deputy
        )
        .join(PostHolding, PostHolding.post_id == Post.id)
        .join(Agency, Agency.id == Post.agency_id)
        .outerjoin(Team, Team.id == Post.team_id)
        .where(PostHolding.account_id == colleague.id, current(PostHolding, moment.today))
        .order_by(PostHolding.deputy, Post.id)
    )
    return tuple(
        HeldLine(row.reference, f"{row.kind.label}, {row.name or row.agency}", row.deputy)
        for row in rows
    )


def _absences(
    session: Session, moment: Moment, colleague: ColleagueInSight
) -> tuple[AwayLine, ...]:
    cover = aliased(Account)
    rows = session.execute(
        select(
            Absence.reference,
            Absence.starts_on,
            Absence.ends_on,
            cover.name,
            cover.reference.label("cover"),
            cover.phone,
        )
        .outerjoin(cover, and_(cover.id == Absence.cover_id, cover.closed_at.is_(None)))
        .where(
            Absence.account_id == colleague.id,
            Absence.withdrawn_at.is_(None),
            Absence.ends_on >= moment.today,
        )
        .order_by(Absence.starts_on)
    )
    return tuple(
        AwayLine(
            row.reference,
            row.starts_on,
            row.ends_on,
            row.name or "",
            row.cover or "",
            row.phone or "",
            row.starts_on <= moment.today,
        )
        for row in rows
    )
