"""Difficulties in working together, how they stand, and how long one takes to resolve (S21)."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import current
from coordinator.access.pair_rules import DifficultyInSight
from coordinator.access.question_rules import ANSWERING_POSTS
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.difficulties import (
    Difficulty,
    DifficultyNote,
    JointMeeting,
    JointMeetingPerson,
    JointMeetingTopic,
)
from coordinator.models.directory import Agency, Post, PostHolding
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AgencyKind, DifficultyStep

LATEST = 20


@dataclass(frozen=True)
class DifficultyLine:
    """A difficulty; while it is resolved, `resolved_on` is the day and `outcome` what came of it.

    `notes` is how often somebody said what is done.
    """

    reference: str
    text: str
    by: str
    agency: str
    said_on: date
    notes: int
    resolved_on: date | None
    outcome: str

    @property
    def took(self) -> int | None:
        """The days from when it was told until it was resolved."""
        return (self.resolved_on - self.said_on).days if self.resolved_on else None


@dataclass(frozen=True)
class Step:
    """What was written under a difficulty: of which day, by whom."""

    step: DifficultyStep
    text: str
    on: date
    by: str
    agency: str


@dataclass(frozen=True)
class Meeting:
    """A joint meeting: who was there, and which difficulties (reference, words) it was about."""

    held_on: date
    people: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Counts:
    """What the list comes to, by the agency that told of it.

    `resolved` counts the resolution days of the last `SETTINGS.figures_days`; `days` is the median
    from telling to resolving, of those.  Whoever reads this reads the whole list, so that a small
    number tells nothing more.
    """

    agency: str
    open: int
    resolved: int
    days: float | None


@dataclass(frozen=True)
class Board:
    """The difficulties that are open, the oldest first; the resolved, the newest first; counts."""

    open: tuple[DifficultyLine, ...]
    resolved: tuple[DifficultyLine, ...]
    counts: tuple[Counts, ...]


def board(session: Session, moment: Moment) -> Board:
    """Return the whole list.  One statement."""
    lines = [_line(row) for row in session.execute(_lines().order_by(Difficulty.id))]
    resolved = [line for line in lines if line.resolved_on]
    since = moment.today - timedelta(days=SETTINGS.figures_days)
    counts = []
    for agency in sorted({line.agency for line in lines}):
        took = [
            line.took
            for line in resolved
            if line.agency == agency
            and line.took is not None
            and (line.resolved_on or since) > since
        ]
        still = sum(line.agency == agency and line.resolved_on is None for line in lines)
        counts.append(Counts(agency, still, len(took), median(took) if took else None))
    resolved.sort(key=lambda line: line.resolved_on or moment.today, reverse=True)
    return Board(
        tuple(line for line in lines if line.resolved_on is None), tuple(resolved), tuple(counts)
    )


def one(
    session: Session, difficulty: DifficultyInSight
) -> tuple[DifficultyLine, tuple[Step, ...], tuple[date, ...]]:
    """Return a difficulty, what was written, and the days of meetings about it.  Three statements.

    The newest comes first.
    """
    line = _line(session.execute(_lines().where(Difficulty.id == difficulty.id)).one())
    steps = session.execute(
        select(
            DifficultyNote.step,
            DifficultyNote.text,
            DifficultyNote.on_day,
            Account.name,
            Agency.name.label("agency"),
        )
        .join(Account, Account.id == DifficultyNote.by_id)
        .join(Agency, Agency.id == DifficultyNote.agency_id)
        .where(DifficultyNote.difficulty_id == difficulty.id)
        .order_by(DifficultyNote.id.desc())
    )
    days = session.scalars(
        select(JointMeeting.held_on)
        .join(JointMeetingTopic, JointMeetingTopic.meeting_id == JointMeeting.id)
        .where(JointMeetingTopic.difficulty_id == difficulty.id)
        .order_by(JointMeeting.held_on.desc())
    )
    return line, tuple(Step(*row) for row in steps), tuple(days)


def meetings(session: Session) -> tuple[Meeting, ...]:
    """Return the latest joint meetings, the newest first.  Two statements."""
    people: dict[tuple[int, date], list[str]] = {}
    topics: dict[int, list[tuple[str, str]]] = {}
    latest = select(JointMeeting.id).order_by(JointMeeting.held_on.desc()).limit(LATEST)
    for number, held_on, name in session.execute(
        select(JointMeeting.id, JointMeeting.held_on, Account.name)
        .join(JointMeetingPerson, JointMeetingPerson.meeting_id == JointMeeting.id)
        .join(Account, Account.id == JointMeetingPerson.account_id)
        .where(JointMeeting.id.in_(latest))
        .order_by(JointMeeting.held_on.desc(), JointMeeting.id.desc(), Account.name)
    ):
        people.setdefault((number, held_on), []).append(name)
    for number, reference, text in session.execute(
        select(JointMeetingTopic.meeting_id, Difficulty.reference, Difficulty.text)
        .join(Difficulty, Difficulty.id == JointMeetingTopic.difficulty_id)
        .where(JointMeetingTopic.meeting_id.in_([number for number, _ in people]))
        .order_by(Difficulty.id)
    ):
        topics.setdefault(number, []).append((reference, text))
    return tuple(
        Meeting(held_on, tuple(names), tuple(topics.get(number, ())))
        for (number, held_on), names in people.items()
    )


def who_can_come(session: Session, moment: Moment) -> tuple[tuple[str, str, str], ...]:
    """Return champions and link workers, and their deputies: (reference, name, agency).

    One statement.
    """
    rows = session.execute(
        select(Account.reference, Account.name, Agency.name.label("agency"))
        .join(PostHolding, PostHolding.account_id == Account.id)
        .join(Post, Post.id == PostHolding.post_id)
        .join(Agency, Agency.id == Post.agency_id)
        .where(
            Post.kind.in_(ANSWERING_POSTS),
            Agency.kind != AgencyKind.HOST,
            current(PostHolding, moment.today),
            Account.closed_at.is_(None),
        )
        .distinct()
        .order_by(Agency.name, Account.name)
    )
    return tuple((row.reference, row.name, row.agency) for row in rows)


def _lines() -> Any:
    turn, last, noted = (aliased(DifficultyNote) for _ in range(3))
    newest = (
        select(func.max(last.id))
        .where(last.difficulty_id == Difficulty.id, last.step != DifficultyStep.NOTE)
        .scalar_subquery()
    )
    notes = (
        select(func.count(noted.id))
        .where(noted.difficulty_id == Difficulty.id, noted.step == DifficultyStep.NOTE)
        .scalar_subquery()
    )
    return (
        select(
            Difficulty.reference,
            Difficulty.text,
            Account.name.label("by"),
            Agency.name.label("agency"),
            Difficulty.said_on,
            notes.label("notes"),
            turn.step,
            turn.on_day,
            turn.text.label("outcome"),
        )
        .join(Account, Account.id == Difficulty.by_id)
        .join(Agency, Agency.id == Difficulty.agency_id)
        .outerjoin(turn, turn.id == newest)
    )


def _line(row: Any) -> DifficultyLine:
    resolved = row.step is DifficultyStep.RESOLVED
    return DifficultyLine(
        row.reference,
        row.text,
        row.by,
        row.agency,
        row.said_on,
        row.notes,
        row.on_day if resolved else None,
        row.outcome if resolved else "",
    )
