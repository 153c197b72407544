"""Difficulties in working together, without family names, and the meetings about them (S21)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.pair_rules import DifficultyInSight
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account
from coordinator.models.difficulties import (
    Difficulty,
    DifficultyNote,
    JointMeeting,
    JointMeetingPerson,
    JointMeetingTopic,
)
from coordinator.services import own_names
from coordinator.vocabulary import DifficultyStep


def add(session: Session, actor: Actor, moment: Moment, text: str) -> str:
    """Tell a difficulty; return its reference.

    Raises `InvalidError` for the field `text` if it leads to a family of the writer's.
    """
    own_names.stop(session, actor, moment, text=text)
    told = Difficulty(
        text=text,
        by_id=actor.account_id,
        agency_id=_agency(actor),
        at=moment.now,
        said_on=moment.today,
    )
    session.add(told)
    session.flush()
    return told.reference


def write(
    session: Session,
    actor: Actor,
    moment: Moment,
    difficulty: DifficultyInSight,
    step: DifficultyStep,
    text: str,
    on_day: date | None = None,
) -> None:
    """Say what is done, what came of it on which day, or why it is open again.

    Without a day it is today.  Raises `InvalidError` for the fields `text` and `on_day`, and for
    the whole form if the difficulty is resolved already, or is open.
    """
    # The lock keeps two who resolve it at once from both doing so.
    told = session.get_one(Difficulty, difficulty.id, with_for_update=True)
    resolved = _stands(session, difficulty.id) is DifficultyStep.RESOLVED
    if step is DifficultyStep.RESOLVED and resolved:
        raise InvalidError("It is resolved already.")
    if step is DifficultyStep.REOPENED and not resolved:
        raise InvalidError("It is open already.")
    day = on_day or moment.today
    if not told.said_on <= day <= moment.today:
        raise InvalidError({"on_day": "The day must be between when it was told and today"})
    own_names.stop(session, actor, moment, text=text)
    session.add(
        DifficultyNote(
            difficulty_id=difficulty.id,
            step=step,
            text=text,
            on_day=day,
            by_id=actor.account_id,
            agency_id=_agency(actor),
            at=moment.now,
        )
    )
    session.flush()


def log_meeting(
    session: Session,
    actor: Actor,
    moment: Moment,
    held_on: date,
    people: Iterable[tuple[str, str]],
    topics: Iterable[str],
) -> None:
    """Log a joint meeting: who was there (account reference, agency), about which difficulties.

    Raises `InvalidError` for the fields `held_on` and `people`.
    """
    there = list(people)
    problems = {}
    if held_on > moment.today:
        problems["held_on"] = "The day must be today or earlier"
    if len({agency for _, agency in there}) < 2:
        problems["people"] = "Choose somebody of each agency"
    if problems:
        raise InvalidError(problems)
    meeting = JointMeeting(held_on=held_on, by_id=actor.account_id, at=moment.now)
    session.add(meeting)
    session.flush()
    references = [reference for reference, _ in there]
    came = select(Account.id).where(Account.reference.in_(references)).order_by(Account.id)
    for account_id in session.scalars(came):
        session.add(JointMeetingPerson(meeting_id=meeting.id, account_id=account_id))
    about = select(Difficulty.id).where(Difficulty.reference.in_(list(topics)))
    for difficulty_id in session.scalars(about.order_by(Difficulty.id)):
        session.add(JointMeetingTopic(meeting_id=meeting.id, difficulty_id=difficulty_id))
    session.flush()


def _stands(session: Session, difficulty_id: int) -> DifficultyStep | None:
    return session.scalars(
        select(DifficultyNote.step)
        .where(
            DifficultyNote.difficulty_id == difficulty_id,
            DifficultyNote.step != DifficultyStep.NOTE,
        )
        .order_by(DifficultyNote.id.desc())
        .limit(1)
    ).first()


def _agency(actor: Actor) -> int:
    if actor.agency_id is None:
        raise InvalidError("You act for no agency at present")
    return actor.agency_id
