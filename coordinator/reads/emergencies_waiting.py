"""Emergency openings that concern somebody now: to read, to know of, to review, to see reviewed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import my_families, not_excluded, overseen_families
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.reads.emergencies import review_by
from coordinator.vocabulary import EntryKind


@dataclass(frozen=True)
class WaitingEmergency:
    """An opening that one person has to know of now: `part` is read, told, review or overdue."""

    part: str
    reference: str
    family: str
    kind: EntryKind
    opened_by: str
    agency: str
    opened_at: datetime
    until: datetime
    review_by: date
    late: bool


def _waiting(actor: Actor, moment: Moment) -> Any:
    """Return the openings that concern an actor, each with the part that they have in it."""
    here = Entry.agency_id == actor.agency_id
    unreviewed = EmergencyOpening.reviewed_at.is_(None)
    mine = and_(
        EmergencyOpening.account_id == actor.account_id,
        EmergencyOpening.agency_id == actor.agency_id,
    )
    read = and_(
        mine,
        EmergencyOpening.until > moment.now,
        EmergencyOpening.family_id.in_(my_families(actor, moment)),
    )
    leads = and_(here, unreviewed, ~mine) if actor.is_safeguarding_lead else false()
    told = and_(here, unreviewed, Entry.author_id == actor.account_id)
    overseen = and_(
        here, unreviewed, EmergencyOpening.family_id.in_(overseen_families(actor, moment))
    )
    return (
        select(
            EmergencyOpening.reference,
            Family.reference.label("family"),
            Entry.kind,
            Account.name.label("opened_by"),
            Agency.name.label("agency"),
            EmergencyOpening.opened_at,
            EmergencyOpening.until,
            read.label("read"),
            leads.label("leads"),
            told.label("told"),
        )
        .select_from(EmergencyOpening)
        .join(Entry, Entry.id == EmergencyOpening.entry_id)
        .join(Family, Family.id == EmergencyOpening.family_id)
        .join(Account, Account.id == EmergencyOpening.account_id)
        .join(Agency, Agency.id == EmergencyOpening.agency_id)
        .where(
            or_(read, leads, told, overseen),
            not_excluded(actor, EmergencyOpening.family_id),
        )
        .order_by(EmergencyOpening.opened_at, EmergencyOpening.id)
    )


WAITING = Prepared(_waiting)


def waiting(session: Session, actor: Actor, moment: Moment) -> Iterator[WaitingEmergency]:
    """Yield what one person opened, was told of, has to review, or lets become late.

    One statement.  A manager is told only once the review is late.
    """
    for row in WAITING.run(session, actor, moment):
        due = review_by(row.opened_at)
        late = moment.today > due
        part = "review" if row.leads else "read" if row.read else "told" if row.told else "overdue"
        if part == "overdue" and not late:
            continue
        yield WaitingEmergency(
            part,
            row.reference,
            row.family,
            row.kind,
            row.opened_by,
            row.agency,
            row.opened_at,
            row.until,
            due,
            late=late and part in ("review", "overdue"),
        )
