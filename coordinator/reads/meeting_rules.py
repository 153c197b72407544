"""What the rules say on the page of a meeting: quoracy, what was decided, the first days home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, MeetingInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Team
from coordinator.models.guests import Guest
from coordinator.models.plans import Action
from coordinator.reads import conference_outcomes, first_visits, quoracy, supports
from coordinator.reads.action_rows import ActionRow
from coordinator.reads.conference_outcomes import Outcome
from coordinator.reads.first_visits import DayVisit
from coordinator.reads.meetings import MeetingPage
from coordinator.reads.quoracy import Quoracy
from coordinator.reads.supports import SupportLine
from coordinator.vocabulary import (
    CONFERENCES,
    ActionState,
    MeetingState,
    Procedure,
)

FIRST_DAYS = 3
OWNED = (ActionState.ACCEPTED, ActionState.DONE)


@dataclass(frozen=True)
class FirstDay:
    """One of the first days at home: who visits (accepted or booked), and who was only asked."""

    day: date
    booked: tuple[DayVisit, ...]
    visits: tuple[ActionRow, ...]
    asked: tuple[ActionRow, ...]


@dataclass(frozen=True)
class FirstDays:
    """The first days after the day of going home, which may not be known yet (P11)."""

    home_on: date | None
    days: tuple[FirstDay, ...]

    @property
    def ready(self) -> bool:
        """Whether each of the first days has a visit that somebody took on."""
        return bool(self.days) and all(day.visits or day.booked for day in self.days)


@dataclass(frozen=True)
class MeetingRules:
    """What stands on the page of a meeting because of its sort; `supports` at a review alone."""

    quoracy: Quoracy | None = None
    outcomes: tuple[Outcome, ...] = ()
    first_days: FirstDays | None = None
    supports: tuple[SupportLine, ...] = ()
    may_record: bool = False
    may_arrange: bool = False
    may_go_ahead: bool = False


def of_meeting(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    shown: MeetingPage,
    agreed: Sequence[ActionRow],
) -> MeetingRules:
    """Return what the rules say of a meeting, for people who see the family.

    No statement for most meetings, two at most.
    """
    if not shown.sees_family or shown.state is MeetingState.CANCELLED:
        return MeetingRules()
    may_arrange = decide(actor, Permission.MEETINGS_ARRANGE, meeting).allowed
    review = shown.procedure is Procedure.REVIEW_CONFERENCE and shown.state is MeetingState.PLANNED
    if review or shown.procedure is Procedure.CARE_PLAN_REVIEW:
        return MeetingRules(supports=_supports(session, actor, meeting))
    if shown.procedure is Procedure.DISCHARGE:
        days = first_days(session, actor, meeting.family, agreed)
        return MeetingRules(first_days=days, may_arrange=may_arrange)
    if shown.procedure not in CONFERENCES or shown.state is not MeetingState.HELD:
        return MeetingRules()
    found = quoracy.of_meeting(session, moment, meeting.id)
    if found and not found.decides:
        may_go_ahead = decide(actor, Permission.OUTCOMES_GO_AHEAD, meeting).allowed
        return MeetingRules(quoracy=found, may_arrange=may_arrange, may_go_ahead=may_go_ahead)
    return MeetingRules(
        quoracy=found,
        outcomes=conference_outcomes.of_meeting(session, actor, meeting),
        may_record=decide(actor, Permission.OUTCOMES_RECORD, meeting).allowed,
    )


def _supports(session: Session, actor: Actor, meeting: MeetingInSight) -> tuple[SupportLine, ...]:
    """Return what the family gets at agreed times, for the question if it is enough (I04)."""
    lines = supports.of_family(session, actor, meeting.family)
    return tuple(line for line in lines if line.goes_on)


def numbers(session: Session, actor: Actor, meeting: MeetingInSight) -> dict[str, str]:
    """Return on which number the owner of each action of a meeting is reached, by its reference.

    One statement.
    """
    rows = session.execute(
        select(Action.reference, func.coalesce(Account.phone, Guest.phone, Team.phone, ""))
        .outerjoin(Account, Account.id == Action.owner_account_id)
        .outerjoin(Guest, Guest.id == Action.guest_id)
        .outerjoin(Team, Team.id == Action.owner_team_id)
        .where(Action.meeting_id == meeting.id, readable_in(actor, meeting.family))
    )
    return {reference: phone for reference, phone in rows}  # noqa: C416


def first_days(
    session: Session, actor: Actor, family: FamilyInSight, agreed: Sequence[ActionRow]
) -> FirstDays:
    """Return the plan of the first days: the day of going home and the two after it.

    A visit is one that is booked for the day, or an action agreed at the meeting that is due on it.
    One statement.
    """
    home_on, booked = first_visits.after_going_home(session, actor, family)
    if home_on is None:
        return FirstDays(None, ())
    days = []
    for number in range(FIRST_DAYS):
        day = home_on + timedelta(days=number)
        due = [action for action in agreed if action.due_on == day]
        days.append(
            FirstDay(
                day,
                tuple(visit for visit in booked if visit.day == day),
                tuple(action for action in due if action.state in OWNED),
                tuple(action for action in due if action.state is ActionState.REQUESTED),
            )
        )
    return FirstDays(home_on, tuple(days))
