"""Visits in a calendar: those that one owns, and those of one's families."""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import may_know, my_families, not_excluded, readable
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.entries import EntryVersion
from coordinator.models.families import Family, Person
from coordinator.models.visits import Visit, VisitKind
from coordinator.reads.calendar_rows import Asked, BusyTime, CalendarRow, Period
from coordinator.vocabulary import Level, Relation, VisitState

# No visit is longer, with the ways there and back.
LONGEST = timedelta(hours=24)
GIVEN_UP = (VisitState.CANCELLED, VisitState.NOT_DONE)


def rows(session: Session, actor: Actor, moment: Moment, period: Period) -> list[CalendarRow]:
    """Return the visits in this period in the actor's cases that they may read.  One statement."""
    changed_at = (
        select(func.max(EntryVersion.at))
        .where(EntryVersion.entry_id == Visit.id)
        .correlate(Visit)
        .scalar_subquery()
    )
    family_id = Visit.family_id
    found = session.execute(
        select(
            Visit.reference,
            Visit.uid,
            Visit.sequence,
            Visit.starts_at,
            Visit.minutes,
            Visit.place,
            Visit.state,
            Visit.owner_id,
            Visit.owner_agency_id,
            Visit.second_id,
            Visit.second_agency_id,
            Visit.created_at,
            changed_at.label("changed_at"),
            VisitKind.name.label("kind"),
            Family.reference.label("family"),
        )
        .join(VisitKind, VisitKind.id == Visit.kind_id)
        .join(Family, Family.id == family_id)
        .where(
            Visit.starts_at < period.ends_at,
            Visit.starts_at > period.starts_at - LONGEST,
            family_id.in_(my_families(actor, moment)),
            readable(
                actor,
                reads_own_agency(actor, moment, family_id),
                gave_reason(actor, moment, family_id),
            ),
        )
        .order_by(Visit.starts_at, Visit.id)
    )
    made = (_row(row, actor) for row in found)
    return [row for row in made if row.whole.ends_at > period.starts_at]


def busy(
    session: Session,
    actor: Actor,
    moment: Moment,  # noqa: ARG001
    family: FamilyInSight,
    asked: Asked,
    period: Period,
    leaving_out: str,
) -> list[BusyTime]:
    """Return when those asked are at a planned visit, the ways there and back among it.

    An owner anywhere, a parent or carer in this family; a visit that the actor's agency may not
    know of is none.  One statement.
    """
    found = session.execute(
        select(
            Visit.starts_at,
            Visit.minutes,
            Visit.travel_before,
            Visit.travel_after,
            Visit.owner_id,
            Visit.second_id,
            Person.id.label("person_id"),
        )
        .outerjoin(
            Person,
            and_(
                Person.family_id == Visit.family_id,
                Visit.family_id == family.id,
                Person.id.in_(asked.people),
                Person.relation == Relation.PARENT_OR_CARER,
            ),
        )
        .where(
            Visit.starts_at < period.ends_at + LONGEST,
            Visit.starts_at > period.starts_at - LONGEST,
            Visit.state == VisitState.PLANNED,
            Visit.level == Level.OPEN,
            Visit.reference != leaving_out,
            not_excluded(actor, Visit.family_id),
            or_(
                and_(Visit.owner_id.in_(asked.accounts), may_know(Visit.owner_id, Visit.family_id)),
                and_(
                    Visit.second_id.in_(asked.accounts),
                    may_know(Visit.second_id, Visit.family_id),
                ),
                Person.id.is_not(None),
            ),
        )
        .order_by(Visit.starts_at, Visit.id)
    )
    taken = dict.fromkeys(time for row in found for time in _times(row, asked, period))
    return list(taken)


def _times(row: Any, asked: Asked, period: Period) -> list[BusyTime]:
    """Return whose time a visit takes: the family's without the ways of those who come."""
    visit = Period(row.starts_at, row.starts_at + timedelta(minutes=row.minutes))
    way = Period(
        visit.starts_at - timedelta(minutes=row.travel_before),
        visit.ends_at + timedelta(minutes=row.travel_after),
    )
    owners = {row.owner_id, row.second_id} & asked.accounts
    found = [BusyTime(way, account_id=owner) for owner in sorted(owners)]
    if row.person_id:
        found.append(BusyTime(visit, person_id=row.person_id))
    return [
        time
        for time in found
        if time.period.starts_at < period.ends_at and time.period.ends_at > period.starts_at
    ]


def _row(row: Any, actor: Actor) -> CalendarRow:
    owners = {(row.owner_id, row.owner_agency_id), (row.second_id, row.second_agency_id)}
    whole = Period(row.starts_at, row.starts_at + timedelta(minutes=row.minutes))
    return CalendarRow(
        reference=row.reference,
        family=row.family,
        what=row.kind,
        whole=whole,
        times=(whole,),
        href=f"/visits/{row.reference}",
        where=row.place.label,
        mine=(actor.account_id, actor.agency_id) in owners,
        cancelled=row.state in GIVEN_UP,
        uid=row.uid,
        sequence=row.sequence,
        changed_at=row.changed_at or row.created_at,
    )
