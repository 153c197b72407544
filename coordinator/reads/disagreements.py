"""Professional disagreements with their stages, within what the reader may read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import my_families, not_excluded, overseen_families, readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.worry_sights import DisagreementInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.models.families import Family
from coordinator.vocabulary import DisagreementOutcome, DisagreementStage, Level

_Author, _Owner, _Ender = aliased(Account), aliased(Account), aliased(Account)
_OwnersAgency = aliased(Agency)
STAGES = tuple(DisagreementStage)


@dataclass(frozen=True)
class Step:
    """One stage: whose, until which day, and what came of it."""

    stage: DisagreementStage
    owner: str
    owners_agency: str
    started_at: datetime
    due_on: date
    late: bool
    outcome: DisagreementOutcome | None
    said: str
    ended_by: str
    ended_at: datetime | None


@dataclass(frozen=True)
class DisagreementRow:
    """One disagreement with its stages, the first one first."""

    reference: str
    family: str
    about: str
    wanted: str
    author: str
    agency: str
    raised_at: datetime
    settled_at: datetime | None
    steps: tuple[Step, ...]

    @property
    def now(self) -> Step:
        """The stage that it is at, or that it ended with."""
        return self.steps[-1]

    @property
    def late(self) -> bool:
        """Whether its stage is not settled in time."""
        return self.now.late


def one(session: Session, moment: Moment, disagreement: DisagreementInSight) -> DisagreementRow:
    """Return one disagreement in sight.  One statement."""
    return _read(session, moment, Disagreement.id == disagreement.id)[0]


def of_family(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[DisagreementRow, ...]:
    """Return the disagreements about a family that the actor may read, the newest first."""
    here = Disagreement.family_id == family.id
    return _read(session, moment, and_(here, readable_in(actor, family)))


def overseen(session: Session, actor: Actor, moment: Moment) -> tuple[DisagreementRow, ...]:
    """Return what is not settled among the actor's teams, or is theirs to settle: late ones first.

    One statement.
    """
    theirs = aliased(DisagreementStep)
    mine = (
        select(theirs.disagreement_id)
        .where(
            theirs.disagreement_id == Disagreement.id,
            theirs.owner_id == actor.account_id,
            theirs.ended_at.is_(None),
        )
        .exists()
    )
    rows = _read(
        session,
        moment,
        and_(
            Disagreement.settled_at.is_(None),
            Disagreement.level == Level.OPEN,
            or_(
                Disagreement.family_id.in_(overseen_families(actor, moment)),
                Disagreement.family_id.in_(my_families(actor, moment)),
                mine,
            ),
            not_excluded(actor, Disagreement.family_id),
        ),
    )
    return tuple(sorted(rows, key=lambda row: row.now.due_on))


def _read(session: Session, moment: Moment, where: Any) -> tuple[DisagreementRow, ...]:
    rows = session.execute(
        select(
            Disagreement.reference,
            Family.reference.label("family"),
            Disagreement.about,
            Disagreement.wanted,
            _Author.name.label("author"),
            Agency.name.label("agency"),
            Disagreement.created_at.label("raised_at"),
            Disagreement.settled_at,
            DisagreementStep.stage,
            _Owner.name.label("owner"),
            _OwnersAgency.name.label("owners_agency"),
            DisagreementStep.started_at,
            DisagreementStep.due_on,
            DisagreementStep.due_at,
            DisagreementStep.outcome,
            DisagreementStep.said,
            _Ender.name.label("ended_by"),
            DisagreementStep.ended_at,
        )
        .select_from(Disagreement)
        .join(Family, Family.id == Disagreement.family_id)
        .join(_Author, _Author.id == Disagreement.author_id)
        .join(Agency, Agency.id == Disagreement.agency_id)
        .join(DisagreementStep, DisagreementStep.disagreement_id == Disagreement.id)
        .join(_Owner, _Owner.id == DisagreementStep.owner_id)
        .join(_OwnersAgency, _OwnersAgency.id == DisagreementStep.owner_agency_id)
        .outerjoin(_Ender, _Ender.id == DisagreementStep.ended_by_id)
        .where(where)
        .order_by(Disagreement.id.desc())
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.reference, []).append(row)
    return tuple(_row(steps, moment) for steps in found.values())


def _row(rows: list[Any], moment: Moment) -> DisagreementRow:
    first = rows[0]
    return DisagreementRow(
        first.reference,
        first.family,
        first.about,
        first.wanted,
        first.author,
        first.agency,
        first.raised_at,
        first.settled_at,
        tuple(
            Step(
                row.stage,
                row.owner,
                row.owners_agency,
                row.started_at,
                row.due_on,
                row.ended_at is None and row.due_at <= moment.now,
                row.outcome,
                row.said,
                row.ended_by or "",
                row.ended_at,
            )
            for row in sorted(rows, key=lambda row: STAGES.index(row.stage))
        ),
    )
