"""What a manager sees of the meetings of their teams' families, by agency and never by person.

Both agencies stand in each table (T12, T15).  Which meetings count follows from what the manager
may read now: families on which their own teams work, by the one sharing rule.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import overseen_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.clock import day_bounds, local
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.meetings import Invitation, Meeting, NotAsked
from coordinator.models.plans import Action
from coordinator.settings import SETTINGS
from coordinator.vocabulary import (
    ActionState,
    Attendance,
    MeetingState,
    NotAskedReason,
)


@dataclass(frozen=True)
class Came:
    """The meetings to which an agency was asked, and how it was there; a deputy counts (E11, M06).

    `by_deputy` are among those that `came`; `in_writing` are not.
    """

    agency: str
    asked: int
    came: int
    by_deputy: int
    in_writing: int

    @property
    def missing(self) -> int:
        """The meetings to which nobody came, and for which nothing was written."""
        return self.asked - self.came - self.in_writing


@dataclass(frozen=True)
class LeftOut:
    """How often an agency's meetings left out a parent or carer: because nobody asked, or else.

    Other reasons are one number: that it would not be safe is told to nobody (I14, M30).
    """

    agency: str
    nobody_asked: int
    other: int


@dataclass(frozen=True)
class Done:
    """The actions agreed at meetings that were due by now, by the agency of their owner (M19)."""

    agency: str
    due: int
    in_time: int
    late: int
    cannot: int

    @property
    def open(self) -> int:
        """The actions that are still to be done."""
        return self.due - self.in_time - self.late - self.cannot


@dataclass(frozen=True)
class MeetingFigures:
    """The figures of the last so many days."""

    days: int
    came: tuple[Came, ...]
    left_out: tuple[LeftOut, ...]
    done: tuple[Done, ...]


def of_my_teams(session: Session, actor: Actor, moment: Moment) -> MeetingFigures:
    """Return the figures of the families on which the actor's own teams work.  Three statements."""
    days = SETTINGS.figures_days
    return MeetingFigures(
        days,
        _grouped(_invitations(session, actor, moment), _came),
        _grouped(_not_asked(session, actor, moment), _left_out),
        _grouped(_actions(session, actor, moment), _done),
    )


Figure = TypeVar("Figure")


def _grouped(
    rows: Iterable[Any], counted: Callable[[str, list[Any]], Figure]
) -> tuple[Figure, ...]:
    """Return a figure for each agency, in the order of their names."""
    return tuple(
        counted(agency, list(group)) for agency, group in groupby(rows, lambda row: row.agency)
    )


def in_sight(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return which entries count: of the families of the actor's teams, as the actor reads them."""
    family = Entry.family_id
    return and_(
        family.in_(overseen_families(actor, moment)),
        readable(
            actor, reads_own_agency(actor, moment, family), gave_reason(actor, moment, family)
        ),
    )


def _since(moment: Moment) -> Any:
    return day_bounds(moment.today - timedelta(days=SETTINGS.figures_days))[0]


def _invitations(session: Session, actor: Actor, moment: Moment) -> Iterable[Any]:
    return session.execute(
        select(
            Agency.name.label("agency"),
            Meeting.id.label("meeting"),
            Invitation.attendance,
            Invitation.deputy_for_id,
            or_(Invitation.written_view_at.is_not(None), Invitation.report_at.is_not(None)).label(
                "wrote"
            ),
        )
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .join(Agency, Agency.id == Invitation.agency_id)
        .where(
            Meeting.state == MeetingState.HELD,
            Meeting.starts_at >= _since(moment),
            Invitation.removed_at.is_(None),
            in_sight(actor, moment),
        )
        .order_by(Agency.name, Meeting.id)
    )


def _came(agency: str, rows: list[Any]) -> Came:
    came = by_deputy = in_writing = asked = 0
    for _, group in groupby(rows, lambda row: row.meeting):
        people = list(group)
        there = [one for one in people if one.attendance is Attendance.ATTENDED]
        asked += 1
        came += bool(there)
        by_deputy += bool(there) and all(one.deputy_for_id for one in there)
        in_writing += not there and any(one.wrote for one in people)
    return Came(agency, asked, came, by_deputy, in_writing)


def _not_asked(session: Session, actor: Actor, moment: Moment) -> Iterable[Any]:
    return session.execute(
        select(Agency.name.label("agency"), NotAsked.reason)
        .select_from(Meeting)
        .join(NotAsked, NotAsked.meeting_id == Meeting.id)
        .join(Agency, Agency.id == Meeting.agency_id)
        .where(
            NotAsked.person_id.is_not(None),
            NotAsked.ended_at.is_(None),
            NotAsked.at >= _since(moment),
            Meeting.state != MeetingState.CANCELLED,
            in_sight(actor, moment),
        )
        .order_by(Agency.name, NotAsked.id)
    )


def _left_out(agency: str, rows: list[Any]) -> LeftOut:
    nobody = sum(row.reason is NotAskedReason.NOT_ASKED for row in rows)
    return LeftOut(agency, nobody, len(rows) - nobody)


def _actions(session: Session, actor: Actor, moment: Moment) -> Iterable[Any]:
    return session.execute(
        select(Agency.name.label("agency"), Action.due_on, Action.state, Action.state_at)
        .join(Agency, Agency.id == Action.owner_agency_id)
        .where(
            Action.meeting_id.is_not(None),
            Action.due_on >= moment.today - timedelta(days=SETTINGS.figures_days),
            Action.due_on < moment.today,
            Action.state.not_in((ActionState.CANCELLED, ActionState.DECLINED)),
            in_sight(actor, moment),
        )
        .order_by(Agency.name, Action.id)
    )


def _done(agency: str, rows: list[Any]) -> Done:
    done = [row for row in rows if row.state is ActionState.DONE]
    in_time = sum(local(row.state_at).date() <= row.due_on for row in done)
    cannot = sum(row.state is ActionState.CANNOT_BE_DONE for row in rows)
    return Done(agency, len(rows), in_time, len(done) - in_time, cannot)
