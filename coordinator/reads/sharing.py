"""What is shared and held back in a family, within what the actor may read."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.scope import noticed_in, readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.sharing import Sharing, SharingBasis
from coordinator.reads.levels import share_page
from coordinator.vocabulary import (
    Decision,
    EntryKind,
    Level,
    ParentTold,
    Purpose,
)

REFERENCES = re.compile(r" [0-9A-HJKMNP-TV-Z]{9}(?=;|$)")
_Lead = aliased(Account)
# A record of sharing stands with its entry, an answer with its request.
NO_NOTICE_OF_ITS_OWN = (EntryKind.SHARING, EntryKind.INFORMATION_ANSWER)
# How parts of the plan are counted in a sentence.
COUNTED = {
    EntryKind.PLAN.label: ("the plan",),
    EntryKind.WHAT_HELPS.label: ("what helps",),
    EntryKind.GOAL.label: ("1 goal", "{} goals"),
    EntryKind.ACTION.label: ("1 action", "{} actions"),
    EntryKind.ROLE_STATEMENT.label: ("what 1 worker does", "what {} workers do"),
}
PLAN_PARTS = (EntryKind.WHAT_HELPS, EntryKind.GOAL, EntryKind.ACTION, EntryKind.ROLE_STATEMENT)


@dataclass(frozen=True)
class HeldBack:
    """The notice of an entry that the actor may not read: its kind, its date, its holder.

    The reference is a handle to ask by; it opens nothing.
    """

    reference: str
    kind: EntryKind
    on: datetime
    holder: str
    agency: str
    phone: str
    email: str


def notices(session: Session, actor: Actor, family: FamilyInSight) -> tuple[HeldBack, ...]:
    """Return what is held back from the actor, the newest first.  One statement.

    A plan that is held back stands for its parts.
    """
    rows = session.execute(
        select(
            Entry.reference,
            Entry.kind,
            Entry.created_at,
            Entry.agency_id,
            Account.name,
            Agency.name.label("agency"),
            Account.phone,
            Account.email,
        )
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .where(
            Entry.family_id == family.id,
            Entry.kind.not_in(NO_NOTICE_OF_ITS_OWN),
            noticed_in(actor, family),
        )
        .order_by(Entry.created_at.desc(), Entry.id.desc())
    ).all()
    plans = {row.agency_id for row in rows if row.kind is EntryKind.PLAN}
    return tuple(
        HeldBack(
            row.reference,
            row.kind,
            row.created_at,
            row.name,
            row.agency,
            row.phone,
            row.email,
        )
        for row in rows
        if row.kind not in PLAN_PARTS or row.agency_id not in plans
    )


@dataclass(frozen=True)
class SharingRow:
    """One decision about who may read an entry.  `entry` names it while the actor may read it."""

    reference: str
    entry: str
    entry_on: datetime | None
    from_level: Level
    to_level: Level
    by: str
    agency: str
    at: datetime
    purpose: Purpose | None
    what: str
    parent_told: ParentTold | None
    parent_view: str
    reason: str
    decision: Decision | None
    wording: str
    who_needs: str
    review_on: date | None
    agreed_by: str | None
    share_at: str
    latest: bool

    @property
    def opened(self) -> bool:
        """Whether this was an act of sharing, and not one of holding back."""
        return self.purpose is not None

    @property
    def not_shared(self) -> bool:
        """Whether it was decided not to share it for now."""
        return self.decision is Decision.NOT_SHARED


def records(session: Session, actor: Actor, family: FamilyInSight) -> tuple[SharingRow, ...]:
    """Return what was decided about sharing, the newest first.  Two statements."""
    rows = session.execute(
        select(
            Sharing.reference,
            Sharing.shared_entry_id,
            Sharing.from_level,
            Sharing.to_level,
            Account.name.label("by"),
            Agency.name.label("agency"),
            Sharing.created_at.label("at"),
            Sharing.purpose,
            Sharing.what,
            Sharing.parent_told,
            Sharing.parent_view,
            Sharing.reason,
            SharingBasis.decision,
            SharingBasis.wording,
            SharingBasis.who_needs,
            SharingBasis.review_on,
            _Lead.name.label("agreed_by"),
        )
        .join(Account, Account.id == Sharing.author_id)
        .join(Agency, Agency.id == Sharing.agency_id)
        .outerjoin(SharingBasis, SharingBasis.sharing_id == Sharing.id)
        .outerjoin(_Lead, _Lead.id == SharingBasis.agreed_by_id)
        .where(Sharing.family_id == family.id, readable_in(actor, family))
        .order_by(Sharing.created_at.desc(), Sharing.id.desc())
    ).all()
    entries = {
        row.id: row
        for row in session.execute(
            select(Entry.id, Entry.reference, Entry.kind, Entry.created_at).where(
                Entry.family_id == family.id,
                Entry.id.in_({row.shared_entry_id for row in rows}),
                readable_in(actor, family),
            )
        )
    }
    listed = []
    decided: set[int] = set()
    for row in rows:
        facts = row._asdict() | {"what": what_in_words(row.what)}
        entry_id = facts.pop("shared_entry_id")
        entry = entries.get(entry_id)
        listed.append(
            SharingRow(
                entry=entry.kind.label if entry else "An entry",
                entry_on=entry.created_at if entry else None,
                share_at=share_page(entry.kind, entry.reference, family.reference) if entry else "",
                latest=entry_id not in decided,
                **facts,
            )
        )
        decided.add(entry_id)
    return tuple(listed)


def what_in_words(what: str) -> str:
    """Return what was shared; a list of references (services/plan_sharing.py) as how many of each.

    Such as: "The plan, what helps, 3 goals and what 2 workers do".
    """
    if not REFERENCES.search(what):
        return what
    counted = Counter(REFERENCES.sub("", part) for part in what.split("; "))
    words = [COUNTED[kind][-1 if n > 1 else 0].format(n) for kind, n in counted.items()]
    sentence = " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
    return sentence[:1].upper() + sentence[1:]


def people_to_name(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[tuple[str, str], ...]:
    """Return who on the case can be named as a reader: (account, words), own agency first."""
    rows = session.execute(
        select(Account.reference, Account.name, Involvement.role, Agency.name.label("agency"))
        .join(Involvement, Involvement.account_id == Account.id)
        .join(Agency, Agency.id == Involvement.agency_id)
        .where(
            Involvement.family_id == family.id,
            current(Involvement, moment.today),
            Account.id != actor.account_id,
        )
        .order_by(Agency.id != actor.agency_id, Account.name)
    )
    people = {row.reference: f"{row.name}, {row.role.label}, {row.agency}" for row in rows}
    return tuple(people.items())
