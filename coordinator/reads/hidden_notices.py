"""Where even the notice is hidden: that, when, by whom and why, for a safeguarding lead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import without_a_notice
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.sharing import Sharing, SharingBasis
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Decision

SHARINGS = cast("Table", Sharing.__table__)
# What the record of hiding shares with all entries: who wrote it, and when.
RECORD = aliased(Entry)


@dataclass(frozen=True)
class HiddenNotice:
    """That something is held back and nobody is told of it.  It says nothing of what it is."""

    family: str
    at: datetime
    by: str
    phone: str
    reason: str


def _hidden(actor: Actor) -> Any:
    """Return what is hidden by choice: its author, or who hid it later, gave a reason."""
    last = SHARINGS.alias()
    newest = (
        select(func.max(last.c.id))
        .join(SharingBasis, SharingBasis.sharing_id == last.c.id)
        .where(
            last.c.shared_entry_id == Entry.id,
            last.c.reason != "",
            SharingBasis.decision != Decision.NOT_SHARED,
        )
        .scalar_subquery()
    )
    return (
        select(
            Family.reference.label("family"),
            RECORD.created_at.label("at"),
            Account.name.label("by"),
            Account.phone,
            SHARINGS.c.reason,
        )
        .select_from(Entry)
        .join(SHARINGS, SHARINGS.c.id == newest)
        .join(RECORD, RECORD.id == SHARINGS.c.id)
        .join(Family, Family.id == Entry.family_id)
        .join(Account, Account.id == RECORD.author_id)
        .where(without_a_notice(actor))
    )


def listed(session: Session, actor: Actor) -> tuple[HiddenNotice, ...]:
    """Return what stands hidden in the agency of a safeguarding lead, the newest first."""
    rows = session.execute(_hidden(actor).order_by(RECORD.created_at.desc(), RECORD.id.desc()))
    return tuple(HiddenNotice(**row._asdict()) for row in rows)


def lately(session: Session, actor: Actor, moment: Moment) -> tuple[HiddenNotice, ...]:
    """Return what was hidden in the last days, for a lead's own page; nothing for others."""
    if not actor.is_safeguarding_lead:
        return ()
    since = moment.now - timedelta(days=SETTINGS.due_soon_days)
    rows = session.execute(
        _hidden(actor).where(RECORD.created_at > since).order_by(RECORD.created_at, RECORD.id)
    )
    return tuple(HiddenNotice(**row._asdict()) for row in rows)
