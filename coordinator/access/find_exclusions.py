"""Finding an exclusion: for a privacy officer of an agency that works with the family."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import watched_families
from coordinator.access.sights import ExclusionInSight, Moment
from coordinator.models.families import Exclusion


def exclusion(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> ExclusionInSight | None:
    """Return an exclusion, or None for whoever is no privacy officer or is themselves excluded.

    One statement.
    """
    if not actor.is_privacy_officer:
        return None
    row = session.execute(
        select(
            Exclusion.id,
            Exclusion.reference,
            Exclusion.family_id,
            Exclusion.set_by_id,
            Exclusion.lifted_at,
        ).where(
            Exclusion.reference == reference,
            Exclusion.family_id.in_(watched_families(actor)),
        )
    ).one_or_none()
    if row is None:
        return None
    return ExclusionInSight(
        row.id, row.reference, row.family_id, row.set_by_id, stands=row.lifted_at is None
    )
