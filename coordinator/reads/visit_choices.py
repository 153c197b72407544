"""What can be chosen for a visit: its kind, its owners, and another visit to combine it with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.rules import WORKING_ROLES
from coordinator.access.scope import may_know, readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.visit_rules import VisitInSight, VisitKindInSight
from coordinator.clock import day_bounds, local
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.visits import Visit, VisitKind
from coordinator.reads.invitations import Candidate, company
from coordinator.reads.week_contacts import monday_of
from coordinator.vocabulary import Level, VisitState


@dataclass(frozen=True)
class KindRow:
    """A kind of visit; a retired one is not offered."""

    reference: str
    name: str
    joint: bool
    observes: bool
    supervises: bool
    retired: bool


@dataclass(frozen=True)
class Other:
    """A visit of the other agency that could be combined with one."""

    id: int
    reference: str
    kind: str
    starts_at: datetime
    owner: str
    agency: str


def kinds(session: Session) -> tuple[KindRow, ...]:
    """Return all kinds in the order of the list, retired ones too.  One statement."""
    rows = session.execute(
        select(
            VisitKind.reference,
            VisitKind.name,
            VisitKind.joint,
            VisitKind.observes,
            VisitKind.supervises,
            VisitKind.retired,
        ).order_by(VisitKind.position, VisitKind.id)
    )
    return tuple(KindRow(*row) for row in rows)


def kind(session: Session, sight: VisitKindInSight) -> KindRow:
    """Return one kind."""
    return next(row for row in kinds(session) if row.reference == sight.reference)


def owners(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[Candidate, ...]:
    """Return who can own a visit: workers on the case, whoever asks first.  Two statements.

    Nobody who may not know of the family is among them.
    """
    people = company(session, actor, moment, family).on_the_case
    working = [one for one in people if one.case_role in WORKING_ROLES]
    mine = (actor.account_id, actor.agency_id)
    return tuple(sorted(working, key=lambda one: (one.account_id, one.agency_id) != mine))


def to_combine(
    session: Session, actor: Actor, moment: Moment, visit: VisitInSight
) -> tuple[Other, ...]:
    """Return the planned visits of the other agency in the same week, of one owner each.

    Only where both are open to both agencies; a parent's time with a child is given up for no other
    visit.  Two statements, or one where it is joint.
    """
    if len(visit.owners) != 1 or visit.level is not Level.OPEN:
        return ()
    ((_, agency_id),) = visit.owners
    starts_at: Any = session.scalar(select(Visit.starts_at).where(Visit.id == visit.id))
    monday = monday_of(local(starts_at).date())
    start, end = day_bounds(monday)[0], day_bounds(monday + timedelta(days=7))[0]
    rows = session.execute(
        select(
            Visit.id,
            Visit.reference,
            VisitKind.name,
            Visit.starts_at,
            Account.name,
            Agency.name,
        )
        .join(VisitKind, VisitKind.id == Visit.kind_id)
        .join(Account, Account.id == Visit.owner_id)
        .join(Agency, Agency.id == Visit.owner_agency_id)
        .where(
            Visit.family_id == visit.family.id,
            Visit.starts_at >= start,
            Visit.starts_at < end,
            Visit.starts_at > moment.now,
            Visit.state == VisitState.PLANNED,
            Visit.level == Level.OPEN,
            Visit.second_id.is_(None),
            VisitKind.supervises.is_(False),
            Visit.owner_agency_id != agency_id,
            may_know(Visit.owner_id, Visit.family_id),
            readable_in(actor, visit.family),
        )
        .order_by(Visit.starts_at, Visit.id)
    )
    return tuple(Other(*row) for row in rows)
