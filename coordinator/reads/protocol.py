"""The joint protocol of a family: which steps tick themselves, which are marked by hand (E31)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.families import Family
from coordinator.models.protocol import ProtocolMark, ProtocolStep
from coordinator.reads import evidence
from coordinator.vocabulary import Evidence

# Where each is seen, and where a worker on the case does it.
PLACES = {
    Evidence.BOTH_ON_CASE: ("{home}/people", "{home}/people"),
    Evidence.CHILDREN_ASKED: ("{home}", "{home}/children"),
    Evidence.PLAN_OPEN: ("{home}/plan", "{home}/plan"),
    Evidence.WHAT_HELPS: ("{home}/plan", "{home}/plan"),
    Evidence.TALKED: ("{home}/contacts", "{home}/contacts/log"),
    Evidence.BOTH_INVITED: ("/meetings/{row.meeting}", "{home}/meetings"),
    Evidence.BOTH_SIGNED: ("{home}/plan/versions/{row.signed}", "{home}/plan"),
    Evidence.COPY_GIVEN: ("/meetings/{row.copy_of}", "{home}/meetings"),
    Evidence.LEADS_CONFIRMED: ("/directory/safeguarding-lead", "/directory/safeguarding-lead"),
}


@dataclass(frozen=True)
class SetStep:
    """A step as it is set, or was once; `holds`: it is the newest of its evidence.

    `version` is the number of its row.
    """

    version: int
    evidence: Evidence
    text: str
    position: int
    in_force: bool
    set_by: str
    set_at: datetime | None
    holds: bool


@dataclass(frozen=True)
class Mark:
    """A step that somebody marked by hand, and why."""

    reference: str
    reason: str
    by: str
    agency: str
    agency_id: int
    at: datetime


@dataclass(frozen=True)
class Step:
    """A step for one family; `href` leads to what shows it, and is empty where nothing does.

    `to_do` is where a worker on the case does it.
    """

    evidence: Evidence
    text: str
    href: str
    to_do: str
    mark: Mark | None

    @property
    def done(self) -> bool:
        """Whether the records show it, or somebody marked it."""
        return bool(self.href or self.mark)


def steps_set(session: Session) -> tuple[SetStep, ...]:
    """Return all steps ever set, in the order of the protocol, the newest first.  One statement."""
    newest = select(func.max(ProtocolStep.id)).group_by(ProtocolStep.evidence)
    rows = session.execute(
        select(
            ProtocolStep.id,
            ProtocolStep.evidence,
            ProtocolStep.text,
            ProtocolStep.position,
            ProtocolStep.in_force,
            func.coalesce(Account.name, ""),
            ProtocolStep.set_at,
            ProtocolStep.id.in_(newest),
        )
        .outerjoin(Account, Account.id == ProtocolStep.set_by_id)
        .order_by(ProtocolStep.position, ProtocolStep.id.desc())
    )
    return tuple(SetStep(*row[:4], bool(row[4]), *row[5:7], bool(row[7])) for row in rows)


def in_force(session: Session) -> tuple[SetStep, ...]:
    """Return the steps that hold now, in order.  One statement."""
    return tuple(step for step in steps_set(session) if step.holds and step.in_force)


def of_family(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[Step, ...]:
    """Return the steps of one family, as far as the actor may read what shows them.

    Three statements.
    """
    row = session.execute(
        select(*evidence.columns(actor, moment)).where(Family.id == family.id)
    ).one()
    shown, marks = evidence.ticked(row), _marks(session, actor, family)
    home = f"/families/{family.reference}"
    return tuple(
        _step(step, step.evidence in shown, home, row, marks.get(step.evidence))
        for step in in_force(session)
    )


def _step(step: SetStep, shown: Any, home: str, row: Any, mark: Mark | None) -> Step:
    seen, done = (place.format(home=home, row=row) for place in PLACES[step.evidence])
    return Step(step.evidence, step.text, seen if shown else "", done, None if shown else mark)


def _marks(session: Session, actor: Actor, family: FamilyInSight) -> dict[Evidence, Mark]:
    """Return the newest mark of each evidence that stands and that the actor may read."""
    rows: Iterable[Any] = session.execute(
        select(
            ProtocolMark.evidence,
            ProtocolMark.reference,
            ProtocolMark.reason,
            Account.name.label("by"),
            Agency.name.label("agency"),
            ProtocolMark.agency_id,
            ProtocolMark.created_at.label("at"),
        )
        .join(Account, Account.id == ProtocolMark.author_id)
        .join(Agency, Agency.id == ProtocolMark.agency_id)
        .where(
            ProtocolMark.family_id == family.id,
            ProtocolMark.taken_back_at.is_(None),
            readable_in(actor, family),
        )
        .order_by(ProtocolMark.id)
    )
    return {row.evidence: Mark(*row[1:]) for row in rows}
