"""What was asked and agreed between people: answers to requests, and actions (M14, M19)."""

from typing import cast

from sqlalchemy import Table, and_, case, func, select
from sqlalchemy.orm import aliased

from coordinator.models.entries import Entry
from coordinator.models.plans import Action
from coordinator.reads.measures.frame import Counted, Measure, hours_between, team_of
from coordinator.reads.request_rows import ANSWERS, REQUESTS
from coordinator.vocabulary import ActionState, RequestState

ACTIONS = cast("Table", Action.__table__)
IN_TIME, LATE, WAITS, CANNOT = 3, 2, 1, 0


def _answers() -> Counted:
    answer = aliased(Entry)
    answered_at = (
        select(func.min(answer.created_at))
        .join(ANSWERS, ANSWERS.c.id == answer.id)
        .where(ANSWERS.c.request_id == Entry.id)
        .correlate(Entry)
        .scalar_subquery()
    )
    return Counted(
        source=(Entry, (REQUESTS, REQUESTS.c.id == Entry.id)),
        at=REQUESTS.c.due_on,
        agency=REQUESTS.c.asked_agency_id,
        team=func.coalesce(
            REQUESTS.c.asked_team_id,
            team_of(REQUESTS.c.asked_agency_id, REQUESTS.c.asked_account_id),
        ),
        part=case(
            (answered_at.is_(None), WAITS),
            (func.date(answered_at) <= REQUESTS.c.due_on, IN_TIME),
            else_=LATE,
        ),
        hours=hours_between(Entry.created_at, answered_at),
        where=(REQUESTS.c.state != RequestState.WITHDRAWN,),
    )


def _actions() -> Counted:
    done_in_time = and_(
        ACTIONS.c.state == ActionState.DONE, func.date(ACTIONS.c.state_at) <= ACTIONS.c.due_on
    )
    return Counted(
        source=(Entry, (ACTIONS, ACTIONS.c.id == Entry.id)),
        at=ACTIONS.c.due_on,
        agency=ACTIONS.c.owner_agency_id,
        team=func.coalesce(
            ACTIONS.c.owner_team_id,
            team_of(ACTIONS.c.owner_agency_id, ACTIONS.c.owner_account_id),
        ),
        part=case(
            (done_in_time, IN_TIME),
            (ACTIONS.c.state == ActionState.DONE, LATE),
            (ACTIONS.c.state == ActionState.CANNOT_BE_DONE, CANNOT),
            else_=WAITS,
        ),
        where=(
            ACTIONS.c.meeting_id.is_not(None),
            ACTIONS.c.state.not_in((ActionState.CANCELLED, ActionState.DECLINED)),
        ),
    )


ANSWERED = Measure(
    "M14",
    "Requests answered in time",
    "Requests for information that were due in this time and not withdrawn. In time: the first "
    "answer came by the day that was asked for. The usual time is the middle one, from the "
    "question to the first answer.",
    "A fast answer can be an empty one: see whether it was enough for the decision.",
    {IN_TIME: "In time", LATE: "Late", WAITS: "No answer yet"},
    frozenset({IN_TIME}),
    "Agency that was asked",
    _answers,
    takes="Usual time to an answer",
    kept_up=True,
    leads_to="/requests",
)
DONE = Measure(
    "M19",
    "Agreed actions done on time",
    "Actions that a meeting agreed and that were due in this time, without those that were "
    "cancelled or declined. On time: done by the day that was agreed.",
    "Far dates make it look good. That something cannot be done is a proper answer.",
    {IN_TIME: "Done in time", LATE: "Done late", CANNOT: "Could not be done", WAITS: "Still open"},
    frozenset({IN_TIME}),
    "Agency that took it on",
    _actions,
    kept_up=True,
    leads_to="/actions",
)
