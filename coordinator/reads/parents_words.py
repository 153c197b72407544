"""The parent's own words, for those whom she chose (I18)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.openness import ParentsWords
from coordinator.models.sharing import Sharing
from coordinator.reads import readers
from coordinator.vocabulary import EntryKind, Level


@dataclass(frozen=True)
class Widened:
    """One change of who reads them: when, and what the parent wished."""

    at: datetime
    wish: str
    wider: bool


@dataclass(frozen=True)
class Words:
    """Words of the parent's own.  `readers` are those whom she chose, the writer left out."""

    reference: str
    text: str
    wish: str
    by: str
    agency: str
    at: datetime
    readers: tuple[str, ...]
    changes: tuple[Widened, ...]
    may_change: bool


def listed(session: Session, actor: Actor, family: FamilyInSight) -> tuple[Words, ...]:
    """Return the words that the actor may read, the newest first.  Three statements."""
    rows = session.execute(
        select(
            ParentsWords.id,
            ParentsWords.reference,
            ParentsWords.version,
            ParentsWords.author_id,
            ParentsWords.agency_id,
            ParentsWords.text,
            ParentsWords.wish,
            Account.name.label("by"),
            Agency.name.label("agency"),
            ParentsWords.created_at.label("at"),
        )
        .join(Account, Account.id == ParentsWords.author_id)
        .join(Agency, Agency.id == ParentsWords.agency_id)
        .where(ParentsWords.family_id == family.id, readable_in(actor, family))
        .order_by(ParentsWords.created_at.desc(), ParentsWords.id.desc())
    ).all()
    ids = [row.id for row in rows]
    named = readers.names(session, ids)
    changes = _changes(session, actor, family, ids)
    return tuple(
        Words(
            row.reference,
            row.text,
            row.wish,
            row.by,
            row.agency,
            row.at,
            named.get(row.id, ()),
            changes.get(row.id, ()),
            decide(
                actor,
                Permission.PARENTS_WORDS_CHANGE,
                EntryInSight(
                    family,
                    row.id,
                    row.reference,
                    row.version,
                    EntryKind.PARENTS_WORDS,
                    row.author_id,
                    row.agency_id,
                    Level.PARENTS_OWN,
                ),
            ).allowed,
        )
        for row in rows
    )


def _changes(
    session: Session, actor: Actor, family: FamilyInSight, ids: list[int]
) -> dict[int, tuple[Widened, ...]]:
    changes: dict[int, tuple[Widened, ...]] = {}
    for row in session.execute(
        select(
            Sharing.shared_entry_id,
            Sharing.created_at,
            Sharing.purpose,
            Sharing.parent_view,
            Sharing.reason,
        )
        .where(
            Sharing.family_id == family.id,
            Sharing.shared_entry_id.in_(ids),
            readable_in(actor, family),
        )
        .order_by(Sharing.created_at.desc(), Sharing.id.desc())
    ):
        change = Widened(row.created_at, row.parent_view or row.reason, row.purpose is not None)
        changes[row.shared_entry_id] = (*changes.get(row.shared_entry_id, ()), change)
    return changes
