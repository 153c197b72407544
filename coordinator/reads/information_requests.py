"""Requests for information with their answers and challenges, within what the reader may read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.prepared_family import Prepared
from coordinator.access.scope import noticed_in, readable_in
from coordinator.access.sights import FamilyInSight, Moment, NoticeInSight, RequestInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.outbox import OutboxMessage
from coordinator.reads import involvements
from coordinator.reads.request_rows import (
    ANSWERS,
    CHALLENGES,
    COLUMNS,
    RequestRow,
    requests_from,
    row_of,
)
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AnswerKind, ChallengeOutcome, EntryKind, ParentTold, Verdict


@dataclass(frozen=True)
class RequestList:
    """One page of a list, and whether there is another."""

    rows: tuple[RequestRow, ...]
    more: bool


OF_FAMILY = Prepared(
    lambda actor, family: (
        requests_from(select(*COLUMNS))
        .where(Entry.family_id == family.id, readable_in(actor, family))
        .order_by(Entry.created_at.desc(), Entry.id.desc())
        .limit(bindparam("size", type_=Integer))
        .offset(bindparam("skipped", type_=Integer))
    )
)


def of_family(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    page: int = 1,
    size: int = SETTINGS.page_size,
) -> RequestList:
    """Return the requests about a family that the actor may read, newest first.  One statement."""
    rows = OF_FAMILY.run(session, actor, family, size=size + 1, skipped=(page - 1) * size).all()
    return RequestList(tuple(row_of(row, actor, moment) for row in rows[:size]), len(rows) > size)


@dataclass(frozen=True)
class AnswerRow:
    """One answer: what it gives, or why it gives less, and what the requester says of it."""

    answer: AnswerKind
    text: str
    reason: str
    parent_told: ParentTold | None
    parent_view: str
    by: str
    agency: str
    at: datetime
    verdict: Verdict | None


@dataclass(frozen=True)
class ChallengeRow:
    """Why both managers were asked, and how they settled it."""

    why: str
    at: datetime
    outcome: ChallengeOutcome | None
    settled: str
    settled_by: str
    settled_at: datetime | None


@dataclass(frozen=True)
class RequestPage:
    """One request.  `about` is the kind and date of a held-back entry, as far as it is told."""

    row: RequestRow
    why: str
    decision: str
    about: tuple[EntryKind, datetime] | None
    answers: tuple[AnswerRow, ...]
    challenge: ChallengeRow | None
    chased_at: datetime | None


def one(session: Session, actor: Actor, moment: Moment, request: RequestInSight) -> RequestPage:
    """Return one request in sight.  Five statements."""
    family = request.family
    found = session.execute(requests_from(select(*COLUMNS)).where(Entry.id == request.id)).one()
    about = session.execute(
        select(Entry.kind, Entry.created_at).where(
            Entry.id == (found.about_entry_id or 0),
            Entry.family_id == family.id,
            readable_in(actor, family) | noticed_in(actor, family),
        )
    ).one_or_none()
    chased = session.scalar(
        select(func.max(OutboxMessage.queued_at)).where(
            OutboxMessage.about == request.reference,
            OutboxMessage.kind == MailKind.REQUEST_CHASED.value,
        )
    )
    return RequestPage(
        row=row_of(found, actor, moment),
        why=found.why,
        decision=found.decision,
        about=(about.kind, about.created_at) if about else None,
        answers=_answers(session, actor, request),
        challenge=_challenge(session, request) if found.challenged_at else None,
        chased_at=chased,
    )


def _answers(session: Session, actor: Actor, request: RequestInSight) -> tuple[AnswerRow, ...]:
    rows = session.execute(
        select(
            ANSWERS.c.answer,
            ANSWERS.c.text,
            ANSWERS.c.reason,
            ANSWERS.c.parent_told,
            ANSWERS.c.parent_view,
            Account.name.label("by"),
            Agency.name.label("agency"),
            Entry.created_at.label("at"),
            ANSWERS.c.verdict,
        )
        .select_from(Entry)
        .join(ANSWERS, ANSWERS.c.id == Entry.id)
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .where(ANSWERS.c.request_id == request.id, readable_in(actor, request.family))
        .order_by(Entry.id)
    )
    return tuple(AnswerRow(**row._asdict()) for row in rows)


def _challenge(session: Session, request: RequestInSight) -> ChallengeRow:
    row = session.execute(
        select(
            CHALLENGES.c.why,
            CHALLENGES.c.at,
            CHALLENGES.c.outcome,
            CHALLENGES.c.settled,
            Account.name.label("settled_by"),
            CHALLENGES.c.settled_at,
        )
        .outerjoin(Account, Account.id == CHALLENGES.c.settled_by_id)
        .where(CHALLENGES.c.request_id == request.id)
    ).one()
    return ChallengeRow(**row._asdict() | {"settled_by": row.settled_by or ""})


def whom_to_ask(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[tuple[str, str], ...]:
    """Return whom the actor can ask: (reference, words), the other agency first.  One statement.

    A duty desk means the workers on the case of that team, and its manager.
    """
    workers = sorted(
        involvements.workers(session, moment, family), key=lambda w: w.agency_id == actor.agency_id
    )
    people = {
        worker.reference: f"{worker.name}, {worker.what}, {worker.agency}"
        for worker in workers
        if worker.account_id != actor.account_id
    }
    desks = {w.team_reference: f"Duty desk of {w.team}, {w.agency}" for w in workers}
    return (*people.items(), *desks.items())


@dataclass(frozen=True)
class Held:
    """What a notice tells: the kind of an entry, its date and who holds it."""

    kind: EntryKind
    on: datetime
    holder: str
    agency: str


def held(session: Session, notice: NoticeInSight) -> Held:
    """Return what a notice in sight tells.  One statement."""
    row = session.execute(
        select(Entry.kind, Entry.created_at, Account.name, Agency.name)
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .where(Entry.id == notice.id)
    ).one()
    return Held(*row)
