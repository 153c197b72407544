"""The ways out: a look written before a page is rendered, a change committed once, a refusal."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import g, redirect, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from coordinator import trail
from coordinator.access import drafts
from coordinator.access.actor import Actor
from coordinator.access.ending_sights import PastInSight
from coordinator.access.find import FINDERS
from coordinator.access.guest_sights import GuestInSight
from coordinator.access.pages import Download, Page, page, shown
from coordinator.access.policy import NEEDS_REASON, Permission
from coordinator.access.sights import (
    AdviceInSight,
    EmergencyInSight,
    EntryInSight,
    ExclusionInSight,
    FamilyInSight,
    InvolvementInSight,
    JoinRequestInSight,
    LookAlertInSight,
    NoticeInSight,
    PersonInSight,
)
from coordinator.access.worry_sights import WorryInSight
from coordinator.errors import DeniedError, NotFoundError
from coordinator.extensions import begin_writing
from coordinator.trail import NOTHING, Subject
from coordinator.vocabulary import EventKind

REFERENCE = re.compile(r"[0-9A-Z-]{4,12}")


def _typed(found: dict[str, Any]) -> str | None:
    typed = next((value for name, value in found.items() if name in FINDERS), None)
    return typed if typed and REFERENCE.fullmatch(typed) else None


def refuse(
    session: Session,
    actor: Actor,
    permission: Permission,
    refusal: NotFoundError | DeniedError,
    found: dict[str, Any],
    record: Any,
) -> Any:
    """Write the refusal in a transaction of its own, and show the page that says so.

    A safeguarding lead who has not said why they look is led to the page that asks.
    """
    begin_writing(session)
    trail.refused(session, actor.acting(g.request_id), permission, _typed(found))
    drafts.mark_used(session, actor, g.moment.now)
    session.commit()
    if isinstance(refusal, NotFoundError):
        return shown(page("not_found.html", 404))
    if refusal.reason == NEEDS_REASON and request.method == "GET":
        family: FamilyInSight = getattr(record, "family", record)
        return redirect(f"/families/{family.reference}/reason")
    return shown(page("error.html", 403, title="You may not do this", message=refusal.reason))


def subject_of(record: object) -> Subject:
    """Return how a record in sight stands in the trail."""
    match record:
        case FamilyInSight() | PastInSight():
            subject = Subject(record.id, None, "families", record.reference)
        case EntryInSight() | NoticeInSight():
            subject = Subject(record.family.id, record.id, record.kind.value, record.reference)
        case PersonInSight():
            kind = "guests" if isinstance(record, GuestInSight) else "people"
            subject = Subject(record.family.id, None, kind, record.reference)
        case InvolvementInSight(family=family, account_id=worker):
            subject = Subject(family.id, None, "involvements", record.reference, worker)
        case JoinRequestInSight() | WorryInSight():
            kind = "worries" if isinstance(record, WorryInSight) else "join_requests"
            subject = Subject(record.family_id, None, kind, record.reference)
        case ExclusionInSight():
            subject = Subject(record.family_id, None, "exclusions", record.reference)
        case LookAlertInSight(account_id=worker):
            subject = Subject(record.family_id, None, "look_alerts", record.reference, worker)
        case AdviceInSight(about_entry_id=entry):
            subject = Subject(record.family_id, entry, "advice", record.reference)
        case EmergencyInSight(entry_id=entry, opened_by_id=worker):
            kind = "emergency_openings"
            subject = Subject(record.family_id, entry, kind, record.reference, worker)
        case _:
            subject = NOTHING
    return subject


def _write_from_here(session: Session) -> None:
    """Let what the view read be followed by what is written about it.

    What a form that is shown again may have begun to change is taken back.  A page that only read
    goes on in its transaction where the database lets it; SQLite must ask for its one write lock
    before it reads.  Never a rollback after a mere look: the driver of PostgreSQL then forgets
    its prepared statements, and every page has all of them planned anew (docs/performance.md).
    """
    if not session.info.get("reading"):
        session.rollback()
    elif session.get_bind().dialect.name == "sqlite":
        session.commit()
    if not session.in_transaction():
        begin_writing(session)


def _in_turns(session: Session, answer: Download) -> Download:
    """End the transaction after each part, however slowly it is fetched: others write meanwhile."""
    parts = answer.body
    if isinstance(parts, str | bytes):
        return answer

    def read() -> Iterator[bytes]:
        for part in parts:
            session.commit()
            yield part

    return replace(answer, body=read())


def leave(session: Session, actor: Actor, permission: Permission, record: Any, answer: Any) -> Any:
    """Commit once; what shows family data is written down before it is rendered."""
    if isinstance(answer, Page | Download):
        _write_from_here(session)
        if isinstance(answer, Download):
            about = answer.about or subject_of(record)
            trail.write(
                session, EventKind.EXPORT, about, outcome=answer.outcome, reason=answer.reason
            )
            answer = _in_turns(session, answer)
        elif answer.record:
            answer.record(session)
        elif (subject := answer.looked_at or subject_of(record)) != NOTHING:
            trail.looked(session, subject, permission)
        drafts.mark_used(session, actor, g.moment.now)
        session.commit()
        return shown(answer)
    response: Response = answer
    key = request.form.get("form_key", "") if request.method == "POST" else ""
    drafts.mark_used(session, actor, g.moment.now)
    try:
        if key:
            drafts.keep_result(session, actor, key, response.headers.get("Location", "/"), g.now)
            drafts.forget(session, actor, request.path)
        session.commit()
    except IntegrityError:
        # The same form arrived twice at once, and the other one was first.
        session.rollback()
        earlier = drafts.earlier_result(session, actor, key)
        if earlier is None:
            raise
        session.rollback()
        return redirect(earlier)
    return response
