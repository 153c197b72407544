"""The end of one agency's help: how it stands, and what becomes of what the agency holds (E24)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.ending_sights import EndingInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.endings import Ending
from coordinator.reads import held_on_case, involvements
from coordinator.reads.held_on_case import HeldThing
from coordinator.reads.involvements import Worker
from coordinator.vocabulary import ViewAsked

_Author, _Known, _Let = aliased(Account), aliased(Account), aliased(Account)


@dataclass(frozen=True)
class Facts:
    """An ending as it is written; instants are UTC, days are days in London."""

    reference: str
    agency: str
    team: str
    duty_line: str
    author: str
    planned_at: datetime
    reason: str
    view: ViewAsked
    parents_view: str
    ends_on: date
    continues: str
    way_back: str
    back_until: date
    numbers: str
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    keeps_plan: bool
    overridden_by: str | None
    overridden_at: datetime | None
    override_reason: str
    finished_at: datetime | None
    withdrawn_at: datetime | None
    returned_at: datetime | None


@dataclass(frozen=True)
class EndingPage:
    """An ending, what the agency still holds, and who stays and could take it over."""

    facts: Facts
    things: tuple[HeldThing, ...]
    stay: tuple[Worker, ...]
    may: frozenset[Permission]

    @property
    def names(self) -> dict[int, str]:
        """Who takes over, by account."""
        return {worker.account_id: worker.name for worker in self.stay}

    @property
    def left(self) -> int:
        """How many things have neither another owner nor a reason to end."""
        return sum(not thing.decided for thing in self.things)


ASKED_OF_THE_POLICY = (
    Permission.ENDINGS_CHANGE,
    Permission.ENDINGS_ACKNOWLEDGE,
    Permission.ENDINGS_OVERRIDE,
    Permission.ENDINGS_ASK_BACK,
)


def one(session: Session, actor: Actor, moment: Moment, ending: EndingInSight) -> EndingPage:
    """Return an ending in sight.  Three statements."""
    row = session.execute(
        select(
            Ending.reference,
            Agency.name.label("agency"),
            Team.name.label("team"),
            Team.phone.label("duty_line"),
            _Author.name.label("author"),
            Ending.created_at.label("planned_at"),
            Ending.reason,
            Ending.view,
            Ending.parents_view,
            Ending.ends_on,
            Ending.continues,
            Ending.way_back,
            Ending.back_until,
            Ending.numbers,
            _Known.name.label("acknowledged_by"),
            Ending.acknowledged_at,
            Ending.keeps_plan,
            _Let.name.label("overridden_by"),
            Ending.overridden_at,
            Ending.override_reason,
            Ending.finished_at,
            Ending.withdrawn_at,
            Ending.returned_at,
        )
        .join(Agency, Agency.id == Ending.agency_id)
        .join(Team, Team.id == Ending.team_id)
        .join(_Author, _Author.id == Ending.author_id)
        .outerjoin(_Known, _Known.id == Ending.acknowledged_by_id)
        .outerjoin(_Let, _Let.id == Ending.overridden_by_id)
        .where(Ending.id == ending.id, readable_in(actor, ending.family))
    ).one()
    things = held_on_case.of_agency(
        session, actor, moment, ending.family, ending.agency_id, ending.id
    )
    workers = involvements.workers(session, moment, ending.family)
    return EndingPage(
        Facts(**row._asdict()),
        things if ending.open else (),
        tuple(w for w in workers if w.agency_id != ending.agency_id and w.may_lead),
        frozenset(p for p in ASKED_OF_THE_POLICY if decide(actor, p, ending).allowed),
    )


@dataclass(frozen=True)
class EndingLine:
    """One ending in the list of a family's."""

    reference: str
    agency: str
    ends_on: date
    finished: bool
    withdrawn: bool
    returned: bool


def of_family(session: Session, actor: Actor, family: FamilyInSight) -> tuple[EndingLine, ...]:
    """Return the endings of a family that the actor may read, the newest first.  One statement."""
    rows = session.execute(
        select(
            Ending.reference,
            Agency.name.label("agency"),
            Ending.ends_on,
            Ending.finished_at.is_not(None).label("finished"),
            Ending.withdrawn_at.is_not(None).label("withdrawn"),
            Ending.returned_at.is_not(None).label("returned"),
        )
        .join(Agency, Agency.id == Ending.agency_id)
        .where(Ending.family_id == family.id, readable_in(actor, family))
        .order_by(Ending.id.desc())
    )
    return tuple(EndingLine(**row._asdict()) for row in rows)
