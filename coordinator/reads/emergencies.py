"""What can be opened in immediate danger, what was."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import SAFEGUARDING_POSTS, Actor, current
from coordinator.access.scope import may_know, noticed_in
from coordinator.access.sights import EmergencyInSight, FamilyInSight, Moment, NoticeInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Post, PostHolding
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.entries import Entry
from coordinator.reads import opened_words
from coordinator.reads.opened_words import Words
from coordinator.vocabulary import Danger, EntryKind, Level, ReviewOutcome
from coordinator.working_days import working_days_from

# A plan says nothing that its parts do not; a record of sharing goes with what was shared.
NOT_LISTED = (EntryKind.PLAN, EntryKind.SHARING)
_Reviewer = aliased(Account)


@dataclass(frozen=True)
class HeldBack:
    """The notice of an entry: what kind, since when, by whom, and how to reach them now."""

    reference: str
    kind: EntryKind
    on: datetime
    holder: str
    agency: str
    phone: str
    opens: bool


def held_back(session: Session, actor: Actor, family: FamilyInSight) -> tuple[HeldBack, ...]:
    """Return what leaves the actor a notice in this family, the newest first.  One statement.

    What the parent alone decides on is listed and does not open.
    """
    rows = session.execute(
        _notices()
        .where(
            Entry.family_id == family.id,
            Entry.kind.not_in(NOT_LISTED),
            noticed_in(actor, family),
        )
        .order_by(Entry.created_at.desc(), Entry.id.desc())
    )
    return tuple(_held(row) for row in rows)


def one_held_back(session: Session, notice: NoticeInSight) -> HeldBack:
    """Return the notice in sight."""
    return _held(session.execute(_notices().where(Entry.id == notice.id)).one())


def _notices() -> Any:
    return (
        select(
            Entry.reference,
            Entry.kind,
            Entry.created_at,
            Entry.level,
            Account.name,
            Agency.name.label("agency"),
            Account.phone,
        )
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
    )


def _held(row: Any) -> HeldBack:
    return HeldBack(
        row.reference,
        row.kind,
        row.created_at,
        row.name,
        row.agency,
        row.phone,
        opens=row.level is not Level.PARENTS_OWN,
    )


@dataclass(frozen=True)
class Reachable:
    """Somebody to call now."""

    name: str
    what: str
    phone: str
    email: str


def leads_of(
    session: Session, moment: Moment, agency_id: int | None, family_id: int
) -> tuple[Reachable, ...]:
    """Return the safeguarding leads of an agency, deputies last; none who may not know it."""
    rows = session.execute(
        select(
            Account.name,
            Post.kind,
            PostHolding.deputy,
            Post.phone,
            Account.phone.label("own"),
            Account.email,
        )
        .select_from(PostHolding)
        .join(Post, Post.id == PostHolding.post_id)
        .join(Account, Account.id == PostHolding.account_id)
        .where(
            Post.agency_id == agency_id,
            Post.kind.in_(SAFEGUARDING_POSTS),
            current(PostHolding, moment.today),
            may_know(Account.id, family_id),
        )
        .order_by(PostHolding.deputy, Post.id)
    )
    found: dict[str, Reachable] = {}
    for row in rows:
        found.setdefault(
            row.email,
            Reachable(
                row.name,
                f"{row.kind.label}, deputy" if row.deputy else row.kind.label,
                row.phone or row.own,
                row.email,
            ),
        )
    return tuple(found.values())


@dataclass(frozen=True)
class Opening:
    """What was opened, by whom and why; its words only for who opened it, while it is open."""

    reference: str
    family: str
    kind: EntryKind
    written_on: datetime
    author: Reachable
    leads: tuple[Reachable, ...]
    danger: Danger
    reason: str
    opened_by: str
    opened_for: str
    opened_at: datetime
    until: datetime
    over: bool
    review_by: date
    outcome: ReviewOutcome | None
    review: str
    reviewed_by: str
    reviewed_at: datetime | None
    words: Words | None


def one(session: Session, moment: Moment, emergency: EmergencyInSight) -> Opening:
    """Return an opening in sight.  At most four statements."""
    author, for_agency = aliased(Account), aliased(Agency)
    row = session.execute(
        select(
            EmergencyOpening.danger,
            EmergencyOpening.reason,
            EmergencyOpening.opened_at,
            EmergencyOpening.until,
            EmergencyOpening.outcome,
            EmergencyOpening.review,
            EmergencyOpening.reviewed_at,
            Entry.kind,
            Entry.created_at,
            Entry.agency_id.label("author_agency_id"),
            author.name.label("author"),
            author.phone,
            author.email,
            Agency.name.label("agency"),
            Account.name.label("opened_by"),
            for_agency.name.label("opened_for"),
            _Reviewer.name.label("reviewed_by"),
        )
        .select_from(EmergencyOpening)
        .join(Entry, Entry.id == EmergencyOpening.entry_id)
        .join(author, author.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .join(Account, Account.id == EmergencyOpening.account_id)
        .join(for_agency, for_agency.id == EmergencyOpening.agency_id)
        .outerjoin(_Reviewer, _Reviewer.id == EmergencyOpening.reviewed_by_id)
        .where(EmergencyOpening.id == emergency.id)
    ).one()
    return Opening(
        reference=emergency.reference,
        family=emergency.family_reference,
        kind=row.kind,
        written_on=row.created_at,
        author=Reachable(row.author, row.agency, row.phone, row.email),
        leads=leads_of(session, moment, row.author_agency_id, emergency.family_id),
        danger=row.danger,
        reason=row.reason,
        opened_by=row.opened_by,
        opened_for=row.opened_for,
        opened_at=row.opened_at,
        until=row.until,
        over=row.until <= moment.now,
        review_by=review_by(row.opened_at),
        outcome=row.outcome,
        review=row.review,
        reviewed_by=row.reviewed_by or "",
        reviewed_at=row.reviewed_at,
        words=opened_words.of(session, emergency.entry_id, row.kind) if emergency.is_open else None,
    )


def review_by(opened_at: datetime) -> date:
    """Return the day by which an opening is reviewed: the next working day (threats, 15)."""
    return working_days_from(clock.local(opened_at).date(), 1)
