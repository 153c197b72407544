"""Adds a child's status, what a conference decided, and what is due, in the name of the cast."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coordinator.models.child_statuses import ConferenceOutcome, StatusOfChild
from coordinator.models.clock_rules import ClockRule
from coordinator.models.deadlines import Deadline
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.vocabulary import ChildStatus, DeadlineState, Level, Relation

if TYPE_CHECKING:
    from writer import Writer


def a_child(writer: Writer) -> Person:
    """Return the first child of the family, who is born here if there is none."""
    child = writer.session.scalars(
        select(Person)
        .where(Person.family_id == writer.family_id, Person.relation == Relation.CHILD)
        .order_by(Person.id)
        .limit(1)
    ).first()
    if child is None:
        child = Person(
            family_id=writer.family_id,
            name="Ash",
            match_name="ash",
            born_on=date(2020, 5, 4),
            relation=Relation.CHILD,
        )
        writer.session.add(child)
        writer.session.flush()
    return child


def rule(writer: Writer, code: str = "initial-conference") -> ClockRule:
    """Return the newest version of a rule."""
    newest = select(ClockRule).where(ClockRule.code == code).order_by(ClockRule.id.desc())
    return writer.session.scalars(newest.limit(1)).one()


def clocks(
    writer: Writer, author: str, meeting: Entry, words: str, level: Level = Level.OPEN, **more: Any
) -> dict[str, Entry]:
    """Add a status, an outcome of the meeting and a deadline that was missed yesterday."""
    child, yesterday = a_child(writer), writer.moment.today - timedelta(days=1)
    writer.add(
        ConferenceOutcome,
        author,
        level,
        meeting_id=meeting.id,
        person_id=child.id,
        status=ChildStatus.CHILD_IN_NEED,
        decided_on=yesterday,
        explanation=words,
        decided_by=words,
        **more,
    )
    return {
        "child_status": writer.add(
            StatusOfChild,
            author,
            level,
            person_id=child.id,
            status=ChildStatus.CHILD_IN_NEED,
            starts_on=yesterday,
            explanation=words,
            **more,
        ),
        "deadline": writer.add(
            Deadline,
            author,
            level,
            rule_id=rule(writer).id,
            person_id=child.id,
            started_at=writer.moment.now - timedelta(days=21),
            due_on=yesterday,
            due_at=writer.moment.now - timedelta(hours=12),
            state=DeadlineState.RUNNING,
            missed_reason=words,
            ended_reason=words,
            **more,
        ),
    }
