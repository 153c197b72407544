"""Finding the end of one agency's help, and the past of a case that ended with it."""

from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.ending_sights import EndingInSight, PastInSight
from coordinator.access.find_entries import entry_facts, one_of
from coordinator.access.scope import not_excluded
from coordinator.access.sights import Moment
from coordinator.access.ways import way_of
from coordinator.models.endings import EndedPart, Ending
from coordinator.models.families import Family, Involvement

ANSWERED = or_(Ending.acknowledged_at.is_not(None), Ending.overridden_at.is_not(None))
OPEN = and_(Ending.finished_at.is_(None), Ending.withdrawn_at.is_(None))
ENDING = one_of(
    Ending,
    Ending.acknowledged_at.is_not(None).label("acknowledged"),
    Ending.overridden_at.is_not(None).label("overridden"),
    OPEN.label("open"),
    Ending.finished_at,
    Ending.returned_at,
    Ending.ends_on,
    Ending.back_until,
)


def ending(session: Session, actor: Actor, moment: Moment, reference: str) -> EndingInSight | None:
    """Return the end of an agency's help that the actor may read, else None."""
    row = ENDING.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    if row is None or way is None:
        return None
    over = row.finished_at is not None and row.returned_at is None
    return EndingInSight(
        **entry_facts(row, way),
        acknowledged=bool(row.acknowledged),
        overridden=bool(row.overridden),
        open=bool(row.open),
        may_return=over and row.ends_on < moment.today <= row.back_until,
    )


def past_parts(actor: Actor, moment: Moment) -> Any:
    """Return the parts of the actor that ended with their agency's help: family, day and role.

    It is the one rule of the past: whoever worked on a case until their agency's help ended reads
    what they could read on their last day, and nothing since.  An exclusion beats it.
    """
    worked = aliased(Involvement)
    return (
        select(Family.id, Family.reference, worked.ends_on.label("until"), worked.role, worked.lead)
        .join(worked, worked.family_id == Family.id)
        .join(EndedPart, EndedPart.involvement_id == worked.id)
        .where(
            worked.account_id == actor.account_id,
            worked.agency_id == actor.agency_id,
            worked.ends_on < moment.today,
            not_excluded(actor, Family.id),
        )
        .order_by(worked.ends_on.desc(), worked.id)
    )


def past(session: Session, actor: Actor, moment: Moment, reference: str) -> PastInSight | None:
    """Return the past of a family's case that the actor worked on, else None."""
    parts = past_parts(actor, moment).where(Family.reference == reference).limit(1)
    row = session.execute(parts).one_or_none()
    return PastInSight(row.id, row.reference, row.until, row.role) if row else None
