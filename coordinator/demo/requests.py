"""LANE-01: what Amira, Ben and Paula asked each other, and what became of it."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access import find_entries, find_requests
from coordinator.access.sights import RequestInSight
from coordinator.demo import cast
from coordinator.demo.teller import LostThreadError, Scene, scene
from coordinator.models.accounts import Account
from coordinator.models.information_requests import InformationRequest
from coordinator.models.outbox import OutboxMessage
from coordinator.models.sharing import Note
from coordinator.services import information_requests, outbox, progress
from coordinator.services.information_requests import Answer, Question
from coordinator.services.progress import Turn
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import AnswerKind, MailState, ParentTold, Verdict, WhoseWords

REFERENCE = "LANE-01"


def load(session: Session) -> None:
    """Tell what they asked: answered, late, inside an agency, and for a fresh view.  No commit."""
    _answered(session)
    _late(session)
    _inside(session)
    _with_new_eyes(session)
    _delivered(session)


def _delivered(session: Session) -> None:
    """Let the mail about these requests have been sent when it was queued."""
    rows = session.execute(
        select(
            OutboxMessage.message_id,
            OutboxMessage.queued_at,
            OutboxMessage.account_id,
            InformationRequest.id,
            InformationRequest.family_id,
            InformationRequest.reference,
        )
        .join(InformationRequest, InformationRequest.reference == OutboxMessage.about)
        .where(OutboxMessage.state == MailState.QUEUED)
    ).all()
    for row in rows:
        sent_at = row.queued_at + timedelta(seconds=20)
        with clock.standing_at(sent_at):
            trail.acting(session, Acting(service="worker"), "mail.send")
            subject = Subject(
                row.family_id, row.id, "information_requests", row.reference, row.account_id
            )
            outbox.close(session, row.message_id, sent_at, MailState.SENT, subject)


def _answered(session: Session) -> None:
    with scene(session, "Ben", REFERENCE, ago=25, at="09:30", does="requests.ask") as telling:
        reference = _ask(
            telling,
            "Amira",
            "How is Kim now, what treatment does she have, and what should we look out for?",
            "To know what help at home is enough",
            "The core group decides about help at home",
            3,
        )
    with scene(session, "Amira", REFERENCE, ago=24, at="15:10", does="requests.answer") as telling:
        given = Answer(
            AnswerKind.SUMMARY,
            "Kim is well, takes what was prescribed and comes to her group. When she stops "
            "sleeping she wants a call from me the same day.",
            "The core group does not need more than this",
            ParentTold.YES,
            "Kim helped to write it.",
        )
        request = _request(telling, reference)
        information_requests.answer(session, telling.actor, telling.moment, request, given)
    with scene(session, "Ben", REFERENCE, ago=23, at="09:05", does="requests.judge") as telling:
        request = _request(telling, reference)
        information_requests.judge(session, telling.moment, request, Verdict.ENOUGH)


def _late(session: Session) -> None:
    with scene(session, "Amira", REFERENCE, ago=7, at="11:15", does="requests.ask") as telling:
        _ask(
            telling,
            "Ben",
            "What did the school say about Leo’s mornings?",
            "To plan Kim’s appointments around them",
            "The care plan review",
            5,
        )


def _inside(session: Session) -> None:
    with scene(session, "Amira", REFERENCE, ago=2, at="14:20", does="requests.ask") as telling:
        held = session.scalars(
            select(Note.reference)
            .join(Account, Account.id == Note.author_id)
            .where(Note.family_id == telling.family.id, Account.name == "Paula")
        ).first()
        notice = find_entries.notice(session, telling.actor, telling.moment, held or "")
        if notice is None:
            raise LostThreadError("what Paula holds")
        information_requests.ask_holder(
            session,
            telling.actor,
            telling.moment,
            notice,
            Question(
                "Which two lines would help me to keep her safe?",
                "I see Kim every fortnight and do not want to touch it by accident",
                "What I say in the care plan review",
                telling.moment.today + timedelta(days=6),
            ),
        )


def _with_new_eyes(session: Session) -> None:
    with scene(session, "Amira", REFERENCE, ago=16, at="10:20", does="progress.mark") as telling:
        progress.mark(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            Turn(
                telling.moment.today - timedelta(days=5),
                "The lady at playgroup said I am good with Mia, and I believed her.",
                WhoseWords.PARENT,
            ),
        )
    with scene(session, "Ben", REFERENCE, ago=15, at="09:40", does="requests.ask") as telling:
        dev = cast.actor(session, "Dev").reference
        reference = progress.ask_fresh_view(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            dev,
            Question(
                "What has changed for Leo and Mia since the autumn?",
                "I have visited every week and may no longer see it",
                "Whether help at home can become less",
                telling.moment.today + timedelta(days=7),
            ),
        )
    with scene(session, "Dev", REFERENCE, ago=12, at="16:30", does="requests.answer") as telling:
        given = Answer(
            AnswerKind.FULL,
            "Leo has been at school every morning for five weeks, and Kim now calls before it is"
            " late. I would say so to her.",
            parent_told=ParentTold.YES,
        )
        request = _request(telling, reference)
        information_requests.answer(session, telling.actor, telling.moment, request, given)
    with scene(session, "Ben", REFERENCE, ago=11, at="09:00", does="requests.judge") as telling:
        request = _request(telling, reference)
        information_requests.judge(session, telling.moment, request, Verdict.ENOUGH)


def _ask(telling: Scene, whom: str, what: str, why: str, decision: str, due: int) -> str:
    """Ask for what is due so many days after it is asked."""
    return information_requests.ask(
        telling.session,
        telling.actor,
        telling.moment,
        telling.family,
        telling.worker(whom),
        Question(what, why, decision, telling.moment.today + timedelta(days=due)),
    )


def _request(telling: Scene, reference: str) -> RequestInSight:
    seen = find_requests.request(telling.session, telling.actor, telling.moment, reference)
    if seen is None:
        raise LostThreadError(reference)
    return seen
