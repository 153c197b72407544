"""Opening the plan to the other agency: one act of sharing with its three facts."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.entries import Entry
from coordinator.services.plans import plan_of
from coordinator.services.sharing_facts import Facts, check_facts, leave_record
from coordinator.vocabulary import DEFAULT_NOTICE, PLAN_KINDS, Level


def share(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    references: Collection[str],
    facts: Facts,
) -> int:
    """Open the plan, and these of its entries, to both agencies; return how many were opened.

    Only what is for the actor's own agency can be opened here; the plan itself always is.  What
    exactly is opened is what is chosen.  Raises `InvalidError` as `check_facts` does, and for a
    reference that is not offered.
    """
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
    # References and no words: a record of sharing may not outlive a level in what it says.
    what = "; ".join(f"{entry.kind.label} {entry.reference}" for entry in entries)
    facts = replace(facts, what=what)
    parts = [entry.id for entry in entries]
    grounds = check_facts(session, actor, moment, family, facts, plan.id, parts)
    for entry in entries:
        entry.level, entry.notice = Level.OPEN, DEFAULT_NOTICE[Level.OPEN]
    leave_record(session, actor, moment, plan, Level.OWN_AGENCY, facts, "", frozenset(), grounds)
    return len(entries)
