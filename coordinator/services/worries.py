"""Running the guide "I am worried about a child": each step with its time, and no score (E28)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.worry_sights import WorryInSight
from coordinator.models.families import Family
from coordinator.models.worries import Worry, WorryStep
from coordinator.services import families
from coordinator.services.families import PersonDetails
from coordinator.vocabulary import ChildrenAsked, GuideStep, Relation

ORDER = tuple(GuideStep)


def start(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight | None,
    *,
    danger: bool,
) -> str:
    """Begin a run, about a family or about nobody here; return its reference."""
    worry = Worry(
        account_id=actor.account_id,
        agency_id=actor.agency_id,
        family_id=family.id if family else None,
        danger=danger,
        step=GuideStep.LEAD,
        started_at=moment.now,
    )
    session.add(worry)
    session.flush()
    for step in (GuideStep.DANGER, GuideStep.LEAD):
        session.add(WorryStep(worry_id=worry.id, step=step, at=moment.now))
    session.flush()
    return worry.reference


def reach(session: Session, moment: Moment, worry: WorryInSight, step: GuideStep) -> None:
    """Write down that a run came to a step, the first time that it does."""
    reached = select(WorryStep).where(WorryStep.worry_id == worry.id, WorryStep.step == step)
    if session.scalar(reached) is None:
        session.add(WorryStep(worry_id=worry.id, step=step, at=moment.now))
    record = session.get_one(Worry, worry.id)
    if ORDER.index(step) > ORDER.index(record.step):
        record.step = step
    record.ended_at = None
    session.flush()


def end(session: Session, moment: Moment, worry: WorryInSight) -> None:
    """End a run: its reminder goes."""
    record = session.get_one(Worry, worry.id)
    if record.ended_at is None:
        record.ended_at = moment.now
        session.flush()


def name_child(
    session: Session, actor: Actor, moment: Moment, worry: WorryInSight, child: PersonDetails
) -> str:
    """Open a case for a child whom nobody here knows; return the family's reference.

    Raises `InvalidError`.
    """
    reference = families.open_family(session, actor, moment, child, ChildrenAsked.YES)
    record = session.get_one(Worry, worry.id)
    record.family_id = session.scalars(select(Family.id).where(Family.reference == reference)).one()
    session.flush()
    return reference


def a_child(name: str, own_words: str) -> PersonDetails:
    """Return what is known of a child of whom the name, or less, is known."""
    return PersonDetails(name=name, relation=Relation.CHILD, own_words=own_words)
