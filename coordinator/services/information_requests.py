"""Asking for information, between agencies and inside one, and answering with a clock (E16, E18).

An answer says how it answers, and what it gives says whether the parent was told: the answer is
itself the record of that act of sharing, and the request is its purpose (spec/sharing.md).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import Actor, current
from coordinator.access.letters import MailKind
from coordinator.access.sights import FamilyInSight, Moment, NoticeInSight, RequestInSight
from coordinator.errors import InvalidError
from coordinator.models.families import Involvement
from coordinator.models.information_requests import InformationAnswer, InformationRequest
from coordinator.models.outbox import OutboxMessage
from coordinator.services import addresses, involvements, outbox, readers
from coordinator.trail import Subject
from coordinator.vocabulary import (
    AnswerKind,
    EventKind,
    Level,
    Notice,
    ParentTold,
    RequestState,
    Verdict,
)

GIVES = frozenset({AnswerKind.FULL, AnswerKind.SUMMARY})
HELD_BACK = frozenset({AnswerKind.SUMMARY, AnswerKind.DECLINED})


@dataclass(frozen=True)
class Question:
    """What is asked, why, for which decision, and the day in London by which it is needed."""

    what: str
    why: str
    decision: str
    due_on: date


@dataclass(frozen=True)
class Answer:
    """How a request is answered.  Why a parent is not told stands in `parent_view`."""

    kind: AnswerKind
    text: str = ""
    reason: str = ""
    parent_told: ParentTold | None = None
    parent_view: str = ""


@dataclass(frozen=True)
class Asked:
    """Who is asked, for which agency: a person or a team."""

    agency_id: int
    account_id: int | None = None
    team_id: int | None = None


def ask(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    whom: str,
    question: Question,
    about: int | None = None,
) -> str:
    """Ask a worker on the case, or the duty desk of a team on it; return the reference.

    `whom` is the reference of an involvement or of a team; `about` the number of an entry in
    sight, of which the request tells nothing that its notice does not.  Between agencies the
    request is open; inside one it is that agency's own.  Raises `InvalidError`.
    """
    workers = involvements.on_the_case(session, moment, family)
    for worker in workers:
        if worker.reference == whom and worker.account_id != actor.account_id:
            asked = Asked(worker.agency_id, account_id=worker.account_id)
            return put(session, actor, moment, family, asked, question, about)
    for worker in workers:
        if worker.team == whom:
            asked = Asked(worker.agency_id, team_id=worker.team_id)
            return put(session, actor, moment, family, asked, question, about)
    raise InvalidError({"whom": "Choose somebody who is on the case"})


def ask_holder(
    session: Session, actor: Actor, moment: Moment, held: NoticeInSight, question: Question
) -> str:
    """Ask the holder of an entry that leaves a notice; return the request's reference.

    Inside one agency nobody but the two reads the request, and its agency is told that there is
    one (D03, E18).  Raises `InvalidError` for a holder who has left the case.
    """
    on_the_case = session.scalar(
        select(Involvement.id)
        .where(
            Involvement.family_id == held.family.id,
            Involvement.account_id == held.author_id,
            Involvement.agency_id == held.agency_id,
            current(Involvement, moment.today),
        )
        .limit(1)
    )
    if on_the_case is None:
        raise InvalidError("Whoever wrote it is no longer on this case. Ask a colleague of theirs.")
    asked = Asked(held.agency_id, account_id=held.author_id)
    return put(session, actor, moment, held.family, asked, question, about=held.id)


def put(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    asked: Asked,
    question: Question,
    about: int | None = None,
    *,
    fresh_view: bool = False,
) -> str:
    """Write a request down and tell whoever is asked; return its reference.

    A fresh view is open to both agencies, also inside one.  Raises `InvalidError`.
    """
    if question.due_on < moment.today:
        raise InvalidError({"due_on": "The day must be today or later"})
    texts = {"what": question.what, "why": question.why, "decision": question.decision}
    addresses.stop(session, actor, family, **texts)
    inside = asked.agency_id == actor.agency_id and not fresh_view
    closed = Level.NAMED if about else Level.OWN_AGENCY
    record = InformationRequest(
        family_id=family.id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=closed if inside else Level.OPEN,
        notice=Notice.OWN_AGENCY if inside else Notice.EVERYONE,
        created_at=moment.now,
        what=question.what,
        why=question.why,
        decision=question.decision,
        due_on=question.due_on,
        asked_account_id=asked.account_id,
        asked_team_id=asked.team_id,
        asked_agency_id=asked.agency_id,
        about_entry_id=about,
        state=RequestState.ASKED,
        fresh_view=fresh_view,
    )
    session.add(record)
    session.flush()
    if inside and asked.account_id:
        readers.add(session, record.id, [asked.account_id])
    _tell(session, moment, record, MailKind.REQUEST)
    return record.reference


def answer(
    session: Session, actor: Actor, moment: Moment, request: RequestInSight, given: Answer
) -> str:
    """Answer a request, for those who read the request; return the answer's reference.

    What is given says whether the parent was told; a summary and a refusal say why (D01).  Raises
    `InvalidError`.
    """
    _check(given)
    texts = {"text": given.text, "reason": given.reason, "parent_view": given.parent_view}
    addresses.stop(session, actor, request.family, **texts)
    record = session.get_one(InformationRequest, request.id)
    gives = given.kind in GIVES
    reply = InformationAnswer(
        family_id=record.family_id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=record.level,
        notice=record.notice,
        created_at=moment.now,
        request_id=record.id,
        answer=given.kind,
        text=given.text if gives else "",
        reason=given.reason,
        parent_told=given.parent_told if gives else None,
        parent_view=given.parent_view if gives else "",
    )
    session.add(reply)
    record.state = RequestState.ANSWERED
    session.flush()
    if record.level is not Level.OPEN:
        people = readers.of(session, record.id) | {record.author_id}
        readers.add(session, reply.id, people - {actor.account_id})
    return reply.reference


def judge(session: Session, moment: Moment, request: RequestInSight, verdict: Verdict) -> None:
    """Say whether the latest answer was enough; it can be said anew until it is challenged."""
    reply = session.scalars(
        select(InformationAnswer)
        .where(InformationAnswer.request_id == request.id)
        .order_by(InformationAnswer.id.desc())
        .limit(1)
    ).one()
    if reply.verdict is not verdict:
        reply.verdict, reply.verdict_at = verdict, moment.now
        session.flush()


def withdraw(session: Session, request: RequestInSight) -> None:
    """Take an unanswered request back; it stays readable."""
    session.get_one(InformationRequest, request.id).state = RequestState.WITHDRAWN
    session.flush()


def chase(session: Session, moment: Moment, request: RequestInSight) -> None:
    """Remind whoever is asked of a late request.  Raises `InvalidError` within a day of the last.

    The reminder is mail with the reference alone; Today shows the request all the time.
    """
    lately = session.scalar(
        select(OutboxMessage.id)
        .where(
            OutboxMessage.about == request.reference,
            OutboxMessage.kind == MailKind.REQUEST_CHASED.value,
            OutboxMessage.queued_at > moment.now - timedelta(days=1),
        )
        .limit(1)
    )
    if lately is not None:
        raise InvalidError("They were reminded within the last day. A call may be quicker now.")
    record = session.get_one(InformationRequest, request.id)
    _tell(session, moment, record, MailKind.REQUEST_CHASED)
    trail.write(
        session,
        EventKind.REQUEST,
        Subject(
            record.family_id,
            record.id,
            InformationRequest.__tablename__,
            record.reference,
            record.asked_account_id,
        ),
        outcome="chased",
    )


def _check(given: Answer) -> None:
    """Raise `InvalidError` unless all is said that this kind of answer asks for."""
    problems = {}
    if given.kind in GIVES:
        if not given.text:
            problems["text"] = "Write the answer"
        if given.parent_told is None:
            problems["parent_told"] = "Say whether the parent or carer was told"
        elif given.parent_told is not ParentTold.YES and not given.parent_view:
            problems["parent_view"] = "Say why the parent or carer is not told yet"
    if given.kind in HELD_BACK and not given.reason:
        summary = given.kind is AnswerKind.SUMMARY
        problems["reason"] = "Say why it is a summary" if summary else "Say why you decline"
    if problems:
        raise InvalidError(problems)


def _tell(session: Session, moment: Moment, record: InformationRequest, kind: MailKind) -> None:
    """Queue mail to the person asked, or to the workers on the case of the team asked."""
    accounts = (
        [record.asked_account_id]
        if record.asked_account_id
        else _of_the_team(session, moment, record)
    )
    for account_id in accounts:
        details: dict[str, str | int] = {"agency": record.asked_agency_id}
        outbox.queue(session, moment, account_id, kind, record.reference, details)
    session.flush()


def _of_the_team(session: Session, moment: Moment, record: InformationRequest) -> list[int]:
    on_the_case = (
        select(Involvement.account_id)
        .where(
            Involvement.family_id == record.family_id,
            Involvement.team_id == record.asked_team_id,
            Involvement.account_id != record.author_id,
            current(Involvement, moment.today),
        )
        .distinct()
        .order_by(Involvement.account_id)
    )
    return list(session.scalars(on_the_case))
