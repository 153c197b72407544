"""Professional disagreements: workers first, then their managers, then the leads (R12).

Both agencies on the case read it.  Each stage has one owner, a last day and an outcome; a stage
that does not settle it is taken one step up.
"""

from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import working_days
from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.stage_owners import owners
from coordinator.access.worry_sights import DisagreementInSight
from coordinator.errors import InvalidError
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.services import addresses, clock_rules
from coordinator.vocabulary import DisagreementOutcome, DisagreementStage, Level, Notice

UP = dict(pairwise(DisagreementStage))


@dataclass(frozen=True)
class Ending:
    """What came of a stage, in whose words, and who takes it up (an account's reference)."""

    outcome: DisagreementOutcome
    said: str
    next_owner: str = ""


def put_forward(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    about: str,
    wanted: str,
    with_whom: str,
) -> str:
    """Say what one does not agree about, and with whom; return the disagreement's reference.

    `with_whom` is the reference of the account of a worker of another agency on the case.  Raises
    `InvalidError`.
    """
    addresses.stop(session, actor, family, about=about, wanted=wanted)
    record = Disagreement(
        family_id=family.id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=Level.OPEN,
        notice=Notice.EVERYONE,
        created_at=moment.now,
        about=about,
        wanted=wanted,
    )
    session.add(record)
    session.flush()
    _start(
        session, actor, moment, family, record, DisagreementStage.WORKERS, with_whom, "with_whom"
    )
    return record.reference


def end_stage(
    session: Session,
    actor: Actor,
    moment: Moment,
    disagreement: DisagreementInSight,
    ending: Ending,
) -> None:
    """Write down what came of the stage it is at; taken up, the next stage begins at once.

    Raises `InvalidError`, also where there is no stage above.
    """
    addresses.stop(session, actor, disagreement.family, said=ending.said)
    record = session.get_one(Disagreement, disagreement.id)
    step = session.scalars(
        select(DisagreementStep).where(
            DisagreementStep.disagreement_id == record.id, DisagreementStep.ended_at.is_(None)
        )
    ).one()
    if ending.outcome is DisagreementOutcome.TAKEN_UP:
        above = UP.get(step.stage)
        if above is None:
            raise InvalidError({"outcome": "No stage is above the leads: say what they decided"})
        _start(
            session,
            actor,
            moment,
            disagreement.family,
            record,
            above,
            ending.next_owner,
            "next_owner",
        )
    else:
        record.settled_at = moment.now
    step.outcome, step.said = ending.outcome, ending.said
    step.ended_by_id, step.ended_at = actor.account_id, moment.now
    session.flush()


def _start(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    record: Disagreement,
    stage: DisagreementStage,
    owner: str,
    field: str,
) -> None:
    can = {one.reference: one for one in owners(session, actor, moment, family, stage)}
    if owner not in can:
        raise InvalidError({field: "Choose who takes it up"})
    rule = clock_rules.in_force(session, moment.today)[f"disagreement-{stage.value}"]
    due = working_days.due(moment.now, rule.limit, rule.unit)
    session.add(
        DisagreementStep(
            disagreement_id=record.id,
            stage=stage,
            owner_id=can[owner].account_id,
            owner_agency_id=can[owner].agency_id,
            started_at=moment.now,
            due_on=due.on,
            due_at=due.at,
        )
    )
    session.flush()
