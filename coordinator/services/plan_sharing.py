"""Opening the plan to the other agency: one act of sharing with its three facts."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.entries import Entry
from coordinator.models.sharing import Sharing
from coordinator.services.plans import plan_of, stamp
from coordinator.vocabulary import (
    DEFAULT_NOTICE,
    EntryKind,
    Level,
    ParentTold,
    Purpose,
)

PLAN_KINDS = (
    EntryKind.PLAN,
    EntryKind.WHAT_HELPS,
    EntryKind.GOAL,
    EntryKind.ACTION,
    EntryKind.ROLE_STATEMENT,
)


def share(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    references: Collection[str],
    purpose: Purpose,
    parent_told: ParentTold,
    parent_view: str = "",
) -> int:
    """Open the plan, and these of its entries, to both agencies; return how many were opened.

    Only what is for the actor's own agency can be opened here; the plan itself always is.  Raises
    `InvalidError` where the parent was not told and nobody says why (spec/sharing.md, D06), and
    for a reference that is not offered.
    """
    if parent_told is not ParentTold.YES and not parent_view:
        raise InvalidError({"parent_view": "Say why the parent or carer is not told yet"})
    plan = plan_of(session, actor, family)
    offered = {
        entry.reference: entry
        for entry in session.scalars(
            select(Entry).where(
                Entry.family_id == family.id,
                Entry.kind.in_(PLAN_KINDS),
                Entry.level == Level.OWN_AGENCY,
                Entry.agency_id == actor.agency_id,
                readable_in(actor, family),
            )
        )
    }
    chosen = [plan.reference] if plan.level is not Level.OPEN else []
    chosen += [reference for reference in references if reference != plan.reference]
    if not chosen:
        raise InvalidError({"entries": "Choose what to open"})
    if any(reference not in offered for reference in chosen):
        raise InvalidError({"entries": "Choose from what is listed: some of it was opened already"})
    entries = [offered[reference] for reference in chosen]
    session.add(
        Sharing(
            **stamp(actor, moment, family, Level.OPEN),
            shared_entry_id=plan.id,
            from_level=Level.OWN_AGENCY,
            to_level=Level.OPEN,
            purpose=purpose,
            # References and no words: a record of sharing may not outlive a level in what it says.
            what="; ".join(f"{entry.kind.label} {entry.reference}" for entry in entries),
            parent_told=parent_told,
            parent_view=parent_view,
        )
    )
    for entry in entries:
        entry.level, entry.notice = Level.OPEN, DEFAULT_NOTICE[Level.OPEN]
    session.flush()
    return len(entries)
