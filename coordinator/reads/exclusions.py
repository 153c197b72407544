"""Who may not know of a family: for the managers on it, and for the privacy officers.

Every query starts from a family that the reader may know, so that nobody reads of an exclusion
that is their own.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.scope import watched_families
from coordinator.access.sights import ExclusionInSight, FamilyInSight, Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Team
from coordinator.models.families import Exclusion, Family
from coordinator.reads.colleagues import paged
from coordinator.settings import SETTINGS

MOST_FOUND = 20
_Setter, _Lifter = aliased(Account), aliased(Account)


@dataclass(frozen=True)
class ExclusionRow:
    """One exclusion: who may not know of which family, since when, by whom and why."""

    reference: str
    family: str
    account_id: int
    worker: str
    profession: str
    reason: str
    set_by: str
    set_by_id: int
    set_at: datetime
    lifted_by: str
    lifted_at: datetime | None
    lift_reason: str


def of_family(session: Session, family: FamilyInSight) -> tuple[ExclusionRow, ...]:
    """Return every exclusion from a family in sight, those that stand first.  One statement."""
    rows = session.execute(
        _exclusions()
        .where(Exclusion.family_id == family.id)
        .order_by(Exclusion.lifted_at.is_not(None), Exclusion.set_at.desc(), Exclusion.id.desc())
    )
    return tuple(_row(row) for row in rows)


@dataclass(frozen=True)
class Watched:
    """One page of the exclusions that a privacy officer watches over."""

    rows: tuple[ExclusionRow, ...]
    more: bool


def watched(session: Session, actor: Actor, *, lifted: bool, page: int) -> Watched:
    """Return the exclusions from families of the actor's agency, the newest first.

    One statement.  Without the exclusions of families that are hidden from the actor.
    """
    ended = Exclusion.lifted_at.is_not(None) if lifted else Exclusion.lifted_at.is_(None)
    rows = session.execute(
        paged(
            _exclusions()
            .where(Exclusion.family_id.in_(watched_families(actor)), ended)
            .order_by(Exclusion.set_at.desc(), Exclusion.id.desc()),
            page,
        )
    ).all()
    return Watched(
        tuple(_row(row) for row in rows[: SETTINGS.page_size]), len(rows) > SETTINGS.page_size
    )


def one(session: Session, exclusion: ExclusionInSight) -> ExclusionRow:
    """Return one exclusion in sight."""
    return _row(session.execute(_exclusions().where(Exclusion.id == exclusion.id)).one())


def _exclusions() -> Any:
    return (
        select(
            Exclusion.reference,
            Family.reference.label("family"),
            Exclusion.account_id,
            Account.name.label("worker"),
            Account.profession,
            Exclusion.reason,
            _Setter.name.label("set_by"),
            Exclusion.set_by_id,
            Exclusion.set_at,
            _Lifter.name.label("lifted_by"),
            Exclusion.lifted_at,
            Exclusion.lift_reason,
        )
        .join(Family, Family.id == Exclusion.family_id)
        .join(Account, Account.id == Exclusion.account_id)
        .join(_Setter, _Setter.id == Exclusion.set_by_id)
        .outerjoin(_Lifter, _Lifter.id == Exclusion.lifted_by_id)
    )


def _row(row: Any) -> ExclusionRow:
    facts = row._asdict()
    return ExclusionRow(
        **facts | {"lifted_by": row.lifted_by or "", "lift_reason": row.lift_reason or ""}
    )


@dataclass(frozen=True)
class Candidate:
    """Somebody with an account; their teams and address tell two of the same name apart."""

    reference: str
    name: str
    about: str


def candidates(session: Session, actor: Actor, moment: Moment, typed: str) -> tuple[Candidate, ...]:
    """Return people of any agency and role whose name has every word in it, but for the actor.

    The first twenty by name.  One statement.
    """
    words = typed.split()
    if not words:
        return ()
    chosen = (
        select(Account.id)
        .where(
            Account.id != actor.account_id,
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
            *[Account.name.icontains(word, autoescape=True) for word in words[:8]],
        )
        .order_by(Account.name, Account.id)
        .limit(MOST_FOUND)
    )
    rows = session.execute(
        select(
            Account.reference,
            Account.name,
            Account.email,
            Membership.role,
            Team.name.label("team"),
            Agency.name.label("agency"),
        )
        .outerjoin(
            Membership,
            and_(Membership.account_id == Account.id, current(Membership, moment.today)),
        )
        .outerjoin(Team, Team.id == Membership.team_id)
        .outerjoin(Agency, Agency.id == Team.agency_id)
        .where(Account.id.in_(chosen))
        .order_by(Account.name, Account.id, Membership.id)
    )
    found: dict[str, Candidate] = {}
    for row in rows:
        place = f"{row.role.label}, {row.team}, {row.agency}" if row.role else "No team now"
        known = found.get(row.reference)
        about = f"{known.about}; {place}" if known else f"{row.email}: {place}"
        found[row.reference] = Candidate(row.reference, row.name, about)
    return tuple(found.values())
