"""When somebody was last tried and last reached, and whom a contact may be logged with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, and_, case, exists, func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared_family import Prepared
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.entries import Entry
from coordinator.reads import guests, involvements, people
from coordinator.vocabulary import Outcome

CONTACTS = cast("Table", ContactAttempt.__table__)


def not_corrected() -> ColumnElement[bool]:
    """Return the condition that no later row replaces a contact attempt."""
    correction = CONTACTS.alias("correction")
    return ~exists().where(correction.c.corrects_id == CONTACTS.c.id)


def conversation() -> ColumnElement[bool]:
    """Return the condition that a worker of one agency reached a worker of another (E20)."""
    return and_(
        CONTACTS.c.outcome == Outcome.REACHED,
        CONTACTS.c.account_id.is_not(None),
        CONTACTS.c.contacted_agency_id != Entry.agency_id,
        not_corrected(),
    )


def in_family(actor: Actor, family: FamilyInSight, statement: Any) -> Select[Any]:
    """Return the statement over the contacts of a family that the actor may read."""
    contacts: Select[Any] = statement.select_from(Entry).join(CONTACTS, CONTACTS.c.id == Entry.id)
    return contacts.where(Entry.family_id == family.id, readable_in(actor, family))


@dataclass(frozen=True)
class Last:
    """When somebody was last tried and when last reached: two figures, both of `attempted_at`."""

    attempted: datetime | None = None
    reached: datetime | None = None


@dataclass(frozen=True)
class LastContacts:
    """The two figures for each worker and duty desk that was ever tried about a family.

    `conversation` is when workers of different agencies last talked about it.
    """

    of_workers: Mapping[tuple[int, int], Last]
    of_teams: Mapping[int, Last]
    conversation: datetime | None

    def of(self, one: "Reachable") -> Last:
        """Return the figures of somebody with whom a contact may be logged."""
        if one.team_id:
            return self.of_teams.get(one.team_id, Last())
        return self.of_workers.get((one.account_id or 0, one.agency_id or 0), Last())


def _last(actor: Actor, family: FamilyInSight) -> Any:
    tried = func.max(CONTACTS.c.attempted_at)
    reached = func.max(case((CONTACTS.c.outcome == Outcome.REACHED, CONTACTS.c.attempted_at)))
    whom = (CONTACTS.c.account_id, CONTACTS.c.team_id, CONTACTS.c.contacted_agency_id)
    between = and_(
        CONTACTS.c.outcome == Outcome.REACHED,
        CONTACTS.c.account_id.is_not(None),
        CONTACTS.c.contacted_agency_id != Entry.agency_id,
    )
    talked = func.max(case((between, CONTACTS.c.attempted_at)))
    statement = select(
        *whom, tried.label("attempted"), reached.label("reached"), talked.label("talked")
    )
    return (
        in_family(actor, family, statement)
        .where(CONTACTS.c.contacted_agency_id.is_not(None), not_corrected())
        .group_by(*whom)
    )


LAST = Prepared(_last)


def last_with(session: Session, actor: Actor, family: FamilyInSight) -> LastContacts:
    """Return when each worker and duty desk was last tried and last reached.  One statement."""
    rows = LAST.run(session, actor, family).all()
    return LastContacts(
        of_workers={
            (row.account_id, row.contacted_agency_id): Last(row.attempted, row.reached)
            for row in rows
            if row.account_id
        },
        of_teams={row.team_id: Last(row.attempted, row.reached) for row in rows if row.team_id},
        conversation=max((row.talked for row in rows if row.talked), default=None),
    )


@dataclass(frozen=True)
class Reachable:
    """Somebody with whom a contact may be logged; `reference` is what the form sends.

    A worker has `account_id`, a duty desk `team_id`, both an agency; a member of the family and a
    guest none.
    """

    reference: str
    name: str
    about: str
    agency: str
    account_id: int | None = None
    agency_id: int | None = None
    team_id: int | None = None
    phone: str = ""

    @property
    def label(self) -> str:
        """The words of the choice."""
        about = self.about[:1].lower() + self.about[1:]
        return ", ".join(part for part in (self.name, about, self.agency) if part)


def reachable(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[Reachable, ...]:
    """Return the workers and duty desks whom the actor may have tried.  One statement.

    The other agency's workers first, then the own ones, then the teams' duty desks.
    """
    on_the_case = sorted(
        involvements.workers(session, moment, family), key=lambda w: w.agency_id == actor.agency_id
    )
    workers = [
        Reachable(
            w.reference, w.name, w.role.label, w.agency, w.account_id, w.agency_id, phone=w.phone
        )
        for w in on_the_case
        if w.account_id != actor.account_id
    ]
    desks = {
        w.team_id: Reachable(
            w.team_reference, f"Duty desk of {w.team}", "", w.agency, None, w.agency_id, w.team_id
        )
        for w in on_the_case
    }
    return (*workers, *desks.values())


def whom(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    household: people.Household,
) -> tuple[Reachable, ...]:
    """Return whom a contact may be logged with: people on the case first.  Two statements.

    After the workers and their duty desks come the family, and then the guests of the case.
    """
    members = [Reachable(one.reference, one.name, one.place, "") for one in household.members]
    others = [
        Reachable(one.reference, one.name, one.role.label, one.organisation)
        for one in guests.of_family(session, family)
    ]
    return (*reachable(session, actor, moment, family), *members, *others)
