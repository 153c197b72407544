"""What was asked and agreed between people: requests, answers, actions (M14 to M16, M19, M20)."""

from typing import Any, cast

from sqlalchemy import Table, and_, case, func, select
from sqlalchemy.orm import aliased

from coordinator.models.entries import Entry
from coordinator.models.plans import Action
from coordinator.reads.measures.frame import Counted, Measure, hours_between, team_of
from coordinator.reads.request_rows import ANSWERS, REQUESTS
from coordinator.vocabulary import ActionState, AnswerKind, CannotReason, RequestState, Verdict

ACTIONS = cast("Table", Action.__table__)
IN_TIME, LATE, WAITS, CANNOT = 3, 2, 1, 0
NO_SERVICE = (
    CannotReason.SERVICE_NOT_AVAILABLE,
    CannotReason.WAITING_LIST,
    CannotReason.REFUSED,
)


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


def _by_word(column: Any, words: tuple[Any, ...]) -> Any:
    """Return the number of a word's place as the part of what is counted."""
    return case(*((column == word, place) for place, word in enumerate(words)))


def _parts(words: tuple[Any, ...]) -> dict[int, str]:
    return {place: word.label for place, word in enumerate(words)}


def _given(at: Any, part: Any, *where: Any) -> Counted:
    """Return what counts answers, each with its request: whoever reads one reads the other."""
    answer = aliased(Entry)
    return Counted(
        source=(
            Entry,
            (REQUESTS, REQUESTS.c.id == Entry.id),
            (ANSWERS, ANSWERS.c.request_id == Entry.id),
            (answer, answer.id == ANSWERS.c.id),
        ),
        at=answer.created_at if at is None else at,
        agency=answer.agency_id,
        team=team_of(answer.agency_id, answer.author_id),
        part=part,
        where=where,
    )


def _kinds() -> Counted:
    return _given(None, _by_word(ANSWERS.c.answer, tuple(AnswerKind)))


def _verdicts() -> Counted:
    at = ANSWERS.c.verdict_at
    return _given(at, _by_word(ANSWERS.c.verdict, tuple(Verdict)), ANSWERS.c.verdict.is_not(None))


def _no_service() -> Counted:
    return Counted(
        source=(Entry, (ACTIONS, ACTIONS.c.id == Entry.id)),
        at=ACTIONS.c.state_at,
        agency=ACTIONS.c.owner_agency_id,
        team=func.coalesce(
            ACTIONS.c.owner_team_id,
            team_of(ACTIONS.c.owner_agency_id, ACTIONS.c.owner_account_id),
        ),
        part=_by_word(ACTIONS.c.cannot_reason, NO_SERVICE),
        where=(
            ACTIONS.c.state == ActionState.CANNOT_BE_DONE,
            ACTIONS.c.cannot_reason.in_(NO_SERVICE),
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
    leads_to="/requests/{reference}",
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
    leads_to="/actions/{reference}",
)
IN_FULL = Measure(
    "M15",
    "Requests answered in full",
    "Answers to requests for information that were given in this time, by how they were given.",
    "To share less can be right: read the reasons. An answer can be challenged.",
    _parts(tuple(AnswerKind)),
    frozenset({0}),
    "Agency that answered",
    _kinds,
    leads_to="/requests/{reference}",
)
ENOUGH = Measure(
    "M16",
    "Answers that were enough",
    "What those who had asked said in this time: was the answer enough for the decision?",
    "Nobody has to say it, so that few do.",
    _parts(tuple(Verdict)),
    frozenset({0}),
    "Agency that answered",
    _verdicts,
    leads_to="/requests/{reference}",
)
NO_SERVICES = Measure(
    "M20",
    "Actions that failed for lack of a service",
    "Actions that were ended in this time because the service is not there, has a waiting list or "
    "refused.",
    "It tells what an area lacks, and not what a worker did.",
    _parts(NO_SERVICE),
    frozenset(),
    "Agency that took it on",
    _no_service,
    leads_to="/actions/{reference}",
)
