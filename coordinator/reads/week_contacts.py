"""The contacts of professionals with a family, week by week (S08).

What counts is what is booked with a parent or carer: visits, and meetings to which one of them is
asked.  A joint visit counts once for the family, and once for each agency (S22).  A parent's
supervised time with a child stands in the list and does not count: nobody is to combine it (S12).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.ways import has_left
from coordinator.clock import day_bounds, local
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.visits import Visit, VisitComment, VisitKind, VisitPart
from coordinator.vocabulary import Level, MeetingState, Relation, VisitState

Owner, Second = aliased(Account), aliased(Account)
OwnersAgency, SecondsAgency = aliased(Agency), aliased(Agency)
NOT_A_CONTACT = (VisitState.CANCELLED, VisitState.NOT_DONE)
COLOURS = {
    VisitState.PLANNED: "blue",
    VisitState.DONE: "green",
    VisitState.NO_ANSWER: "grey",
    VisitState.NOT_DONE: "grey",
    VisitState.CANCELLED: "grey",
}


@dataclass(frozen=True)
class Contact:
    """A visit or a meeting with a parent.  `people` are its owners, as name and agency.

    `agencies` are those for which it counts; `missing` are the owners who have not added their
    part of a visit that took place.  `counts`: it was not given up, and is no time of a parent
    with a child.  `not_asked`: such a time took place, and nobody asked the parent about it.
    """

    reference: str
    href: str
    what: str
    starts_at: datetime
    ends_at: datetime
    where: str
    people: tuple[tuple[str, str], ...]
    agencies: tuple[str, ...]
    state: str
    colour: str
    counts: bool
    missing: tuple[str, ...] = ()
    not_asked: bool = False

    @property
    def monday(self) -> date:
        """The first day of its week, in London."""
        return monday_of(local(self.starts_at).date())


def monday_of(day: date) -> date:
    """Return the Monday of the week of this day."""
    return day - timedelta(days=day.weekday())


def contacts(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    since: date,
    until: date,
) -> tuple[Contact, ...]:
    """Return the contacts from one day up to another, the last one not among them.

    Of what the actor may read, the earliest first.  Two statements.
    """
    return _contacts(session, moment, family, since, until, readable_in(actor, family))


def open_in(session: Session, moment: Moment, family: FamilyInSight, monday: date) -> int:
    """Return how many contacts of a week both agencies know of.  Two statements."""
    week = (monday, monday + timedelta(days=7))
    found = _contacts(session, moment, family, *week, Entry.level == Level.OPEN)
    return sum(one.counts for one in found)


def by_agency(found: Iterable[Contact]) -> tuple[tuple[str, int], ...]:
    """Return for how many contacts each agency comes, by its name."""
    counted: dict[str, int] = {}
    for one in found:
        for agency in one.agencies if one.counts else ():
            counted[agency] = counted.get(agency, 0) + 1
    return tuple(sorted(counted.items()))


def _contacts(
    session: Session,
    moment: Moment,
    family: FamilyInSight,
    since: date,
    until: date,
    may: ColumnElement[bool],
) -> tuple[Contact, ...]:
    start, end = day_bounds(since)[0], day_bounds(until)[0]
    found = [
        *(
            _of_visit(row)
            for row in session.execute(
                _visits(moment).where(
                    Visit.family_id == family.id,
                    Visit.starts_at >= start,
                    Visit.starts_at < end,
                    may,
                )
            )
        ),
        *_of_meetings(
            session.execute(
                _meetings().where(
                    Meeting.family_id == family.id,
                    Meeting.starts_at >= start,
                    Meeting.starts_at < end,
                    may,
                )
            ).all()
        ),
    ]
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.reference)))


def _part(account: Any, agency: Any, moment: Moment) -> ColumnElement[bool]:
    """Return the condition that an owner’s part is there, or that they left and never add it."""
    written = exists().where(
        VisitPart.visit_id == Visit.id,
        VisitPart.account_id == account,
        VisitPart.agency_id == agency,
    )
    return or_(written, has_left(account, agency, moment))


def _visits(moment: Moment) -> Any:
    return (
        select(
            Visit.reference,
            VisitKind.name.label("kind"),
            VisitKind.supervises,
            Visit.starts_at,
            Visit.minutes,
            Visit.place,
            Visit.state,
            Owner.name.label("owner"),
            OwnersAgency.name.label("agency"),
            Second.name.label("second"),
            SecondsAgency.name.label("second_agency"),
            _part(Visit.owner_id, Visit.owner_agency_id, moment).label("has_part"),
            _part(Visit.second_id, Visit.second_agency_id, moment).label("has_second_part"),
            exists().where(VisitComment.visit_id == Visit.id).label("is_asked"),
        )
        .join(VisitKind, VisitKind.id == Visit.kind_id)
        .join(Owner, Owner.id == Visit.owner_id)
        .join(OwnersAgency, OwnersAgency.id == Visit.owner_agency_id)
        .outerjoin(Second, Second.id == Visit.second_id)
        .outerjoin(SecondsAgency, SecondsAgency.id == Visit.second_agency_id)
    )


def _of_visit(row: Any) -> Contact:
    people = [(row.owner, row.agency, row.has_part)]
    if row.second:
        people.append((row.second, row.second_agency, row.has_second_part))
    done = row.state is VisitState.DONE
    missing = tuple(name for name, _, has_part in people if done and not has_part)
    not_asked = done and row.supervises and not row.is_asked
    return Contact(
        reference=row.reference,
        href=f"/visits/{row.reference}",
        what=row.kind,
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=row.minutes),
        where=row.place.label,
        people=tuple((name, agency) for name, agency, _ in people),
        agencies=tuple(agency for _, agency, _ in people),
        state="Not complete" if missing or not_asked else row.state.label,
        colour="yellow" if missing or not_asked else COLOURS[row.state],
        counts=row.state not in NOT_A_CONTACT and not row.supervises,
        missing=missing,
        not_asked=not_asked,
    )


def _meetings() -> Any:
    parent, worker = aliased(Invitation), aliased(Invitation)
    with_a_parent = exists().where(
        parent.meeting_id == Meeting.id,
        parent.removed_at.is_(None),
        parent.person_id == Person.id,
        Person.relation != Relation.CHILD,
    )
    return (
        select(
            Meeting.reference,
            MeetingKind.name.label("kind"),
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.place,
            Meeting.state,
            Agency.name.label("agency"),
        )
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .outerjoin(worker, and_(worker.meeting_id == Meeting.id, worker.removed_at.is_(None)))
        .outerjoin(Agency, Agency.id == worker.agency_id)
        .where(with_a_parent)
    )


def _of_meetings(rows: Iterable[Any]) -> list[Contact]:
    found: dict[str, tuple[Any, set[str]]] = {}
    for row in rows:
        found.setdefault(row.reference, (row, set()))[1].update({row.agency} - {None})
    return [
        Contact(
            reference=row.reference,
            href=f"/meetings/{row.reference}",
            what=row.kind,
            starts_at=row.starts_at,
            ends_at=row.starts_at + timedelta(minutes=row.minutes),
            where=row.place.label,
            people=(),
            agencies=tuple(sorted(agencies)),
            state=row.state.label,
            colour={"planned": "blue", "held": "green"}.get(row.state, "grey"),
            counts=row.state is not MeetingState.CANCELLED,
        )
        for row, agencies in found.values()
    ]
