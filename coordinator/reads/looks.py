"""Who looked at this family: on a page for those who oversee it, and whole for the server's keeper.

The page asks the audit, so that it shows what the audit would and no more: no look at an entry that
the reader may not read, and none at an alert.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.clock import day_bounds
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.families import Family, Oversight
from coordinator.models.trail import TrailEvent
from coordinator.reads import audit, audit_scope
from coordinator.reads.audit_events import AuditEvent, Mark
from coordinator.reads.audit_questions import Question
from coordinator.settings import SETTINGS
from coordinator.trail import hour_of, instant, micros
from coordinator.vocabulary import EventKind, ExportReason, FindReason

REASONS: dict[str, str] = {reason.value: reason.label for reason in (*FindReason, *ExportReason)}
KINDS = (EventKind.LOOK, EventKind.SEARCH, EventKind.EXPORT)


@dataclass(frozen=True)
class Looked:
    """One look: who, for which agency, at which kind of page, when, and why where they said it."""

    mark: Mark
    at: datetime
    who: str
    agency: str
    kind: EventKind
    action: str
    service: str
    reason: str


@dataclass(frozen=True)
class LooksPage:
    """One page of looks, and where the pages after and before it begin, if there are any."""

    looks: tuple[Looked, ...]
    newer: Mark | None
    older: Mark | None


@dataclass(frozen=True)
class WholeList:
    """Every look at a family, the newest first."""

    family_id: int
    looks: tuple[Looked, ...]


def of_family(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    *,
    before: Mark | None = None,
    after: Mark | None = None,
) -> LooksPage:
    """Return who looked at a family in sight, the newest first.  At most six statements.

    The words of a safeguarding lead's reason are shown within their own agency alone.
    """
    reader = audit_scope.reader(session, actor, moment)
    question = Question(family=family, kinds=KINDS)
    size = SETTINGS.page_size
    found = audit.page_of(session, reader, question, before=before, after=after, size=size)
    given = _reasons(session, family.id, actor.agency_id or 0) if found.events else []
    return LooksPage(
        tuple(_looked(event, given) for event in found.events), found.newer, found.older
    )


def everybody(session: Session, reference: str, since: date | None) -> WholeList | None:
    """Return every look at a family, the newest first, or None if there is no such family.

    For whoever keeps the server: no rule of access applies.  `since` is a day in London.
    """
    family_id = session.scalar(select(Family.id).where(Family.reference == reference))
    if family_id is None:
        return None
    start = day_bounds(since)[0] if since else instant(0)
    rows = session.execute(
        select(
            TrailEvent.seq,
            TrailEvent.at,
            TrailEvent.actor_id,
            TrailEvent.kind,
            TrailEvent.action,
            TrailEvent.service,
            TrailEvent.reason,
            Account.name.label("who"),
            Agency.name.label("agency"),
        )
        .outerjoin(Account, Account.id == TrailEvent.actor_id)
        .outerjoin(Agency, Agency.id == TrailEvent.agency_id)
        .where(
            TrailEvent.family_id == family_id,
            TrailEvent.hour >= hour_of(start),
            TrailEvent.at >= micros(start),
            TrailEvent.kind.in_(KINDS),
        )
        .order_by(TrailEvent.hour.desc(), TrailEvent.at.desc(), TrailEvent.seq.desc())
    ).all()
    given = _reasons(session, family_id)
    listed = (
        Looked(
            Mark(row.at, row.seq),
            at := instant(row.at),
            row.who or "",
            row.agency or "",
            EventKind(row.kind),
            row.action,
            row.service or "",
            _why(row.reason or "", row.actor_id, at, given),
        )
        for row in rows
    )
    return WholeList(family_id, tuple(listed))


def _looked(event: AuditEvent, given: list[Any]) -> Looked:
    return Looked(
        event.mark,
        event.at,
        event.who,
        event.agency,
        event.kind,
        event.action,
        event.service,
        _why(event.reason, event.who_id, event.at, given),
    )


def _why(word: str, account_id: int | None, at: datetime, given: list[Any]) -> str:
    """Return the reason of a search or an export, or a lead's own words that held at that time."""
    if word:
        return REASONS.get(word, word)
    return next(
        (
            row.reason
            for row in given
            if row.account_id == account_id and row.opened_at <= at < row.until
        ),
        "",
    )


def _reasons(session: Session, family_id: int, agency_id: int | None = None) -> list[Any]:
    """Return the reasons that leads gave, the newest first: of this agency, or of all."""
    of_agency = Oversight.agency_id == agency_id if agency_id is not None else true()
    rows = session.execute(
        select(Oversight.account_id, Oversight.opened_at, Oversight.until, Oversight.reason)
        .where(Oversight.family_id == family_id, of_agency)
        .order_by(Oversight.opened_at.desc())
    )
    return list(rows)
