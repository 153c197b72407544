"""Questions to colleagues and the answers that stay, as everybody who is signed in reads them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.question_rules import QuestionInSight
from coordinator.access.sights import Moment
from coordinator.clock import local
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.directory_rules import DirectoryRule
from coordinator.models.questions import Question, QuestionAnswer
from coordinator.reads.directory_rules import in_force
from coordinator.reads.search_words import begins_with, telling
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AgencyKind, Role, Topic, topics_named

THEIRS = aliased(Agency)


@dataclass(frozen=True)
class QuestionLine:
    """A question and its newest answer; without one `answer` is empty and it has waited `days`.

    Who asked is told by role and agency.  `check`: nobody has looked at the answer for so long
    that it may be right no longer.
    """

    reference: str
    topic: Topic
    text: str
    asked_of: AgencyKind
    asked_as: Role
    asked_for: str
    asked_at: datetime
    days: int
    answer: str
    answered_by: str
    answered_as: Role | None
    answered_for: str
    answered_at: datetime | None
    checked_on: date | None
    check: bool


@dataclass(frozen=True)
class AnswerVersion:
    """One version of an answer; `why` says what changed since the one before."""

    text: str
    why: str
    by: str
    role: Role
    agency: str
    at: datetime


@dataclass(frozen=True)
class QuestionPage:
    """One question, the versions of its answer, the newest first, and what the reader may do."""

    line: QuestionLine
    earlier: tuple[AnswerVersion, ...]
    version: int
    may_answer: bool
    may_withdraw: bool


def found(
    session: Session, moment: Moment, typed: str, page: int
) -> tuple[tuple[QuestionLine, ...], bool]:
    """Return one page of what holds some of these words, and whether there is more.

    The best match comes first: a word in the question or its topic counts twice; among equals,
    what is answered, then the newest.  Without words it is everything answered.  One statement.
    """
    words = telling(typed)
    rank = sum((_weight(word) for word in words), start=literal(0)) if words else None
    asked = _lines(moment).limit(SETTINGS.page_size + 1).offset((page - 1) * SETTINGS.page_size)
    newest = func.coalesce(QuestionAnswer.at, Question.asked_at).desc()
    if rank is None:
        asked = asked.where(QuestionAnswer.id.is_not(None)).order_by(newest, Question.id)
    else:
        answered = case((QuestionAnswer.id.is_(None), 1), else_=0)
        asked = asked.where(rank > 0).order_by(rank.desc(), answered, newest, Question.id)
    rows = session.execute(asked).all()
    lines = tuple(_line(row, moment) for row in rows[: SETTINGS.page_size])
    return lines, len(rows) > SETTINGS.page_size


def waiting(session: Session, moment: Moment) -> tuple[QuestionLine, ...]:
    """Return the questions without an answer, the oldest first.  One statement."""
    rows = session.execute(
        _lines(moment)
        .where(QuestionAnswer.id.is_(None))
        .order_by(Question.asked_at, Question.id)
        .limit(SETTINGS.page_size)
    )
    return tuple(_line(row, moment) for row in rows)


def one(session: Session, actor: Actor, moment: Moment, question: QuestionInSight) -> QuestionPage:
    """Return one question with every version of its answer.  Two statements."""
    row = session.execute(_lines(moment).where(Question.id == question.id)).one()
    versions = session.execute(
        select(
            QuestionAnswer.text,
            QuestionAnswer.why,
            Account.name,
            QuestionAnswer.role,
            Agency.name.label("agency"),
            QuestionAnswer.at,
        )
        .join(Account, Account.id == QuestionAnswer.by_id)
        .join(Agency, Agency.id == QuestionAnswer.agency_id)
        .where(QuestionAnswer.question_id == question.id)
        .order_by(QuestionAnswer.id.desc())
    ).all()
    return QuestionPage(
        _line(row, moment),
        tuple(AnswerVersion(*version) for version in versions),
        len(versions),
        decide(actor, Permission.QUESTIONS_ANSWER, question).allowed,
        decide(actor, Permission.QUESTIONS_WITHDRAW, question).allowed,
    )


def newest() -> Any:
    """Return the condition that an answer is the newest of its question."""
    others = aliased(QuestionAnswer)
    last = select(func.max(others.id)).where(others.question_id == Question.id)
    return QuestionAnswer.id == last.scalar_subquery()


def _lines(moment: Moment) -> Any:
    return (
        select(
            Question.reference,
            Question.topic,
            Question.text,
            Question.asked_of,
            Question.asked_as,
            Agency.name.label("asked_for"),
            Question.asked_at,
            Question.checked_on,
            QuestionAnswer.text.label("answer"),
            QuestionAnswer.role.label("answered_as"),
            QuestionAnswer.at.label("answered_at"),
            Account.name.label("answered_by"),
            THEIRS.name.label("answered_for"),
            in_force(DirectoryRule.answers_every_days, moment.today).label("every"),
        )
        .join(Agency, Agency.id == Question.agency_id)
        .outerjoin(QuestionAnswer, newest())
        .outerjoin(Account, Account.id == QuestionAnswer.by_id)
        .outerjoin(THEIRS, THEIRS.id == QuestionAnswer.agency_id)
        .where(Question.withdrawn_at.is_(None))
    )


def _weight(word: str) -> ColumnElement[int]:
    """Return how much a word tells for a question: in it or its topic 2, in the answer 1."""
    asked = or_(begins_with(Question.text, word), Question.topic.in_(topics_named(word)))
    answered = begins_with(QuestionAnswer.text, word)
    return case((asked, 2), else_=0) + case((answered, 1), else_=0)


def _line(row: Any, moment: Moment) -> QuestionLine:
    due = row.checked_on and row.checked_on + timedelta(days=row.every)
    return QuestionLine(
        reference=row.reference,
        topic=row.topic,
        text=row.text,
        asked_of=row.asked_of,
        asked_as=row.asked_as,
        asked_for=row.asked_for,
        asked_at=row.asked_at,
        days=(moment.today - local(row.asked_at).date()).days,
        answer=row.answer or "",
        answered_by=row.answered_by or "",
        answered_as=row.answered_as,
        answered_for=row.answered_for or "",
        answered_at=row.answered_at,
        checked_on=row.checked_on,
        check=bool(due and due < moment.today),
    )
