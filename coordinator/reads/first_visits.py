"""The visits that are booked from the day of going home, and who comes on which number (P11)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, and_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight
from coordinator.clock import local
from coordinator.models.accounts import Account
from coordinator.models.clock_rules import ClockRule
from coordinator.models.deadlines import Deadline
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.visits import Visit, VisitKind
from coordinator.vocabulary import ClockEvent, DeadlineState, EntryKind, VisitState

VISITS = cast("Table", Visit.__table__)
Second, SecondsAgency = aliased(Account), aliased(Agency)


@dataclass(frozen=True)
class Visitor:
    """An owner of a visit."""

    name: str
    agency: str
    phone: str


@dataclass(frozen=True)
class DayVisit:
    """A visit that is booked, and not given up."""

    reference: str
    what: str
    starts_at: datetime
    by: tuple[Visitor, ...]

    @property
    def day(self) -> date:
        """Its day in London."""
        return local(self.starts_at).date()


def after_going_home(
    session: Session, actor: Actor, family: FamilyInSight
) -> tuple[date | None, tuple[DayVisit, ...]]:
    """Return the day of going home if it is known, and the visits booked from then on.

    Of what the actor may read.  One statement.
    """
    leaves = (
        select(Deadline.started_at)
        .join(ClockRule, ClockRule.id == Deadline.rule_id)
        .where(
            Deadline.family_id == family.id,
            ClockRule.starts_with == ClockEvent.DISCHARGE,
            Deadline.state.in_((DeadlineState.RUNNING, DeadlineState.MET)),
            readable_in(actor, family),
        )
        .order_by(Deadline.id.desc())
        .limit(1)
        .subquery()
    )
    rows = session.execute(
        select(
            leaves.c.started_at.label("leaves_at"),
            Entry.reference,
            VisitKind.name.label("kind"),
            VISITS.c.starts_at,
            Account.name,
            Agency.name.label("agency"),
            Account.phone,
            Second.name.label("second"),
            SecondsAgency.name.label("second_agency"),
            Second.phone.label("second_phone"),
        )
        .select_from(leaves)
        .outerjoin(
            Entry,
            and_(
                Entry.family_id == family.id,
                Entry.kind == EntryKind.VISIT,
                readable_in(actor, family),
            ),
        )
        # Two joins and not one in brackets, of which SQLite would read every column.
        .outerjoin(
            VISITS,
            and_(
                VISITS.c.id == Entry.id,
                VISITS.c.starts_at >= leaves.c.started_at,
                VISITS.c.state.in_((VisitState.PLANNED, VisitState.DONE)),
            ),
        )
        .outerjoin(VisitKind, VisitKind.id == VISITS.c.kind_id)
        .outerjoin(Account, Account.id == VISITS.c.owner_id)
        .outerjoin(Agency, Agency.id == VISITS.c.owner_agency_id)
        .outerjoin(Second, Second.id == VISITS.c.second_id)
        .outerjoin(SecondsAgency, SecondsAgency.id == VISITS.c.second_agency_id)
        .order_by(VISITS.c.starts_at, Entry.id)
    ).all()
    return local(rows[0].leaves_at).date() if rows else None, tuple(
        DayVisit(row.reference, row.kind, row.starts_at, tuple(_visitors(row)))
        for row in rows
        if row.kind
    )


def _visitors(row: Any) -> list[Visitor]:
    found = [Visitor(row.name, row.agency, row.phone or "")]
    if row.second:
        found.append(Visitor(row.second, row.second_agency, row.second_phone or ""))
    return found
