"""Ask a colleague: a general question, an answer that stays, and corrections of it (E26)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.question_rules import QuestionInSight
from coordinator.access.sights import Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.questions import Question, QuestionAnswer
from coordinator.services import own_names
from coordinator.vocabulary import AgencyKind, Role, Topic


def ask(
    session: Session, actor: Actor, moment: Moment, topic: Topic, asked_of: AgencyKind, text: str
) -> str:
    """Ask those who answer in agencies of a kind; return the question's reference.

    Raises `InvalidError` for the field `text` if it leads to a family of the asker's.
    """
    own_names.stop(session, actor, moment, text=text)
    question = Question(
        topic=topic,
        text=text,
        asked_of=asked_of,
        asked_by_id=actor.account_id,
        agency_id=actor.agency_id,
        asked_as=_role(actor),
        asked_at=moment.now,
    )
    session.add(question)
    session.flush()
    return question.reference


def answer(
    session: Session,
    actor: Actor,
    moment: Moment,
    question: QuestionInSight,
    version: int | None,
    text: str,
    why: str = "",
) -> None:
    """Answer a question, or correct its answer; the earlier one stays readable.

    `version` is how many answers there were when the form was filled in.  Raises `ConflictError`
    if there is a newer one, and `InvalidError` for the fields `text` and `why`.
    """
    asked = session.get_one(Question, question.id, with_for_update=True)
    there = _count(session, question.id)
    if version != there:
        raise ConflictError({"text": _newest(session, question.id)}, there)
    if there and not why:
        raise InvalidError({"why": "Say what changed, for those who read it before"})
    own_names.stop(session, actor, moment, text=text, why=why)
    session.add(
        QuestionAnswer(
            question_id=question.id,
            text=text,
            why=why if there else "",
            by_id=actor.account_id,
            agency_id=actor.agency_id,
            role=_role(actor),
            at=moment.now,
        )
    )
    asked.checked_on = moment.today
    session.flush()


def still_right(session: Session, moment: Moment, question: QuestionInSight) -> None:
    """Say that the newest answer is right today.  Raises `InvalidError` if there is none."""
    if not _count(session, question.id):
        raise InvalidError("There is no answer yet")
    session.get_one(Question, question.id).checked_on = moment.today
    session.flush()


def withdraw(session: Session, moment: Moment, question: QuestionInSight) -> None:
    """Take a question and its answers away from everybody."""
    session.get_one(Question, question.id).withdrawn_at = moment.now
    session.flush()


def _role(actor: Actor) -> Role:
    if actor.acting_as is None:
        raise InvalidError("You act for no agency at present")
    return actor.acting_as.role


def _count(session: Session, question_id: int) -> int:
    counted = select(func.count()).where(QuestionAnswer.question_id == question_id)
    return session.scalar(counted.select_from(QuestionAnswer)) or 0


def _newest(session: Session, question_id: int) -> str:
    answers = select(QuestionAnswer.text).where(QuestionAnswer.question_id == question_id)
    return session.scalars(answers.order_by(QuestionAnswer.id.desc()).limit(1)).first() or ""
