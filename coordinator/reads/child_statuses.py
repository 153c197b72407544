"""The status of each child as it stands, its history, and who is asked to a meeting because of it.

What is returned is what the actor may read; a status that is held back leads to no proposal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment, PersonInSight
from coordinator.models.accounts import Account
from coordinator.models.child_statuses import StatusOfChild
from coordinator.models.clock_rules import ClockRule
from coordinator.models.directory import Agency
from coordinator.models.families import Person
from coordinator.vocabulary import (
    LEGAL_STATUSES,
    VOLUNTARY_STATUSES,
    CaseRole,
    ChildStatus,
    GuestRole,
    Procedure,
)
from coordinator.working_days import months_from

AskedRole = CaseRole | GuestRole

_BOTH: tuple[AskedRole, ...] = (CaseRole.SOCIAL_WORKER, CaseRole.CARE_COORDINATOR)
_USUAL: tuple[AskedRole, ...] = (*_BOTH, GuestRole.HEALTH_VISITOR, GuestRole.SCHOOL)
_COURT: tuple[AskedRole, ...] = (*_USUAL, GuestRole.ADVOCATE)
# Who should be asked at which stage (Working Together, local procedures; domain.md R3, R13).
AT_STAGE: dict[ChildStatus, tuple[AskedRole, ...]] = {
    ChildStatus.NONE: (),
    ChildStatus.EARLY_HELP: (CaseRole.CARE_COORDINATOR, *_USUAL[2:]),
    ChildStatus.TEAM_AROUND: _USUAL,
    ChildStatus.CHILD_IN_NEED: _USUAL,
    ChildStatus.SECTION_47: (*_USUAL, GuestRole.POLICE, GuestRole.GP),
    ChildStatus.PROTECTION_PLAN: (*_USUAL, GuestRole.GP),
    ChildStatus.LOOKED_AFTER: (*_USUAL, GuestRole.FOSTER_CARER),
    ChildStatus.CARE_PROCEEDINGS: _COURT,
    ChildStatus.INTERIM_CARE_ORDER: (*_COURT, GuestRole.FOSTER_CARER),
    ChildStatus.CARE_ORDER: (*_COURT, GuestRole.FOSTER_CARER),
}
# Who should be asked to a meeting of this sort, whatever the child's status is (R3, P11).
TO_MEETING: dict[Procedure, tuple[AskedRole, ...]] = {
    Procedure.STRATEGY_DISCUSSION: (CaseRole.SOCIAL_WORKER, GuestRole.POLICE, *_USUAL[1:3]),
    Procedure.DISCHARGE: (*_BOTH, GuestRole.HEALTH_VISITOR, GuestRole.MIDWIFE),
}


# Of these the national system tells hospitals (R14).
FOR_CP_IS = (
    ChildStatus.PROTECTION_PLAN,
    ChildStatus.LOOKED_AFTER,
    ChildStatus.INTERIM_CARE_ORDER,
    ChildStatus.CARE_ORDER,
)


@dataclass(frozen=True)
class StageRole:
    """A role that should be asked, and the reason in words for people on the case."""

    role: AskedRole
    why: str


def invited_at_stage(
    statuses: Iterable["Status"], procedure: Procedure | None = None
) -> tuple[StageRole, ...]:
    """Return the roles that should be asked at the stage at which the children are (S25, P11).

    `procedure` is what the kind of meeting is (meeting_kinds.procedure), or None where it is
    nothing to the rules.  Each role once, with its first reason.
    """
    found: dict[AskedRole, str] = {}
    if procedure:
        for role in TO_MEETING.get(procedure, ()):
            found.setdefault(role, f"Belongs to a {procedure.label.lower()}")
    for stage in statuses:
        for role in AT_STAGE[stage.status]:
            found.setdefault(role, f"{stage.name}: {stage.status.label.lower()}")
    return tuple(StageRole(role, why) for role, why in found.items())


def is_helped_by_choice(statuses: Iterable["Status"]) -> bool:
    """Return whether every status that is known is one of voluntary help, and one is (I20)."""
    known = tuple(statuses)
    return bool(known) and all(status.voluntary for status in known)


def unfilled(stage: Iterable[StageRole], here: Iterable[object]) -> tuple[StageRole, ...]:
    """Return the roles that should be asked and that nobody has among the roles that are here."""
    there = set(here)
    return tuple(asked for asked in stage if asked.role not in there)


@dataclass(frozen=True)
class Status:
    """One status of one child.  `by` and `agency` wrote it down."""

    reference: str
    person: str
    name: str
    status: ChildStatus
    starts_on: date
    ends_on: date | None
    explanation: str
    by: str
    agency: str

    @property
    def legal(self) -> bool:
        """Whether a court has to do with it."""
        return self.status in LEGAL_STATUSES

    @property
    def voluntary(self) -> bool:
        """Whether the family takes part because it wants to."""
        return self.status in VOLUNTARY_STATUSES


def now_of_family(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[Status, ...]:
    """Return the statuses of the children as they stand today.  One statement."""
    rows = session.execute(
        _statuses(actor, family).where(
            StatusOfChild.starts_on <= moment.today,
            or_(StatusOfChild.ends_on.is_(None), StatusOfChild.ends_on > moment.today),
        )
    )
    return tuple(Status(*row) for row in rows)


def for_the_parent(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[Status, ...]:
    """Return what the parent's copy says of the children.  One statement.

    That an enquiry was started is told in person and never first by a sheet of paper.
    """
    return tuple(
        status
        for status in now_of_family(session, actor, moment, family)
        if status.status is not ChildStatus.SECTION_47
    )


def history(session: Session, actor: Actor, person: PersonInSight) -> tuple[Status, ...]:
    """Return all statuses of a child, the first first.  One statement."""
    rows = session.execute(
        _statuses(actor, person.family).where(StatusOfChild.person_id == person.id)
    )
    return tuple(Status(*row) for row in rows)


def one(session: Session, actor: Actor, status: EntryInSight) -> Status:
    """Return a status in sight.  One statement."""
    row = session.execute(
        _statuses(actor, status.family).where(StatusOfChild.id == status.id)
    ).one()
    return Status(*row)


def counts_for_cp_is(session: Session, moment: Moment, statuses: Iterable[Status]) -> bool:
    """Return whether a child has or lately had a plan or care that CP-IS tells of (R14).

    CP-IS itself is never copied.  One statement.
    """
    months = session.scalars(
        select(ClockRule.limit)
        .where(ClockRule.code == "cp-is", ClockRule.from_date <= moment.today)
        .order_by(ClockRule.from_date.desc(), ClockRule.id.desc())
        .limit(1)
    ).one()
    since = months_from(moment.today, -months)
    return any(
        status.status in FOR_CP_IS and (status.ends_on is None or status.ends_on > since)
        for status in statuses
    )


def _statuses(actor: Actor, family: FamilyInSight) -> Any:
    return (
        select(
            StatusOfChild.reference,
            Person.reference,
            Person.name,
            StatusOfChild.status,
            StatusOfChild.starts_on,
            StatusOfChild.ends_on,
            StatusOfChild.explanation,
            Account.name,
            Agency.name,
        )
        .join(Person, Person.id == StatusOfChild.person_id)
        .join(Account, Account.id == StatusOfChild.author_id)
        .join(Agency, Agency.id == StatusOfChild.agency_id)
        .where(StatusOfChild.family_id == family.id, readable_in(actor, family))
        .order_by(Person.id, StatusOfChild.starts_on, StatusOfChild.id)
    )
