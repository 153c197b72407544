"""What stands before everything else on a family's pages: safe contact, and what was explained."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.models.openness import Openness
from coordinator.models.safe_contacts import SafeContact
from coordinator.reads.prepared import Prepared
from coordinator.vocabulary import OpennessKind

SAFE = cast("Table", SafeContact.__table__)
TOLD = cast("Table", Openness.__table__)


@dataclass(frozen=True)
class FirstThings:
    """What a reader is told before everything else.

    `safe` are (reference, whose) of the safe contacts for which this reader is named.
    `explained_on` is the day on which the parent was told how we share, if anybody did.
    """

    safe: tuple[tuple[str, str], ...]
    explained_on: date | None


def _build(actor: Actor, family: FamilyInSight) -> Any:
    return (
        select(Entry.reference, Person.name, TOLD.c.happened_on)
        .select_from(Entry)
        .outerjoin(SAFE, SAFE.c.id == Entry.id)
        .outerjoin(Person, Person.id == SAFE.c.person_id)
        .outerjoin(TOLD, TOLD.c.id == Entry.id)
        .where(
            Entry.family_id == family.id,
            or_(
                and_(SAFE.c.id.is_not(None), SAFE.c.ended_at.is_(None)),
                TOLD.c.told == OpennessKind.EXPLAINED,
            ),
            readable_in(actor, family),
        )
        .order_by(Entry.created_at, Entry.id)
    )


FIRST = Prepared(_build)


def of(session: Session, actor: Actor, family: FamilyInSight) -> FirstThings:
    """Return what the actor is told first about a family in sight.  One statement."""
    rows = FIRST.run(session, actor, family).all()
    return FirstThings(
        tuple((row.reference, row.name) for row in rows if row.name),
        max((row.happened_on for row in rows if row.happened_on), default=None),
    )
