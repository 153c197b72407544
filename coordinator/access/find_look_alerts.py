"""Finding an alert about looks: for a privacy officer whom it is not about."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import watched_alerts
from coordinator.access.sights import LookAlertInSight, Moment
from coordinator.models.look_alerts import LookAlert


def alert(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> LookAlertInSight | None:
    """Return an alert, or None for whoever is no privacy officer or is the one who looked.

    One statement.
    """
    row = session.execute(
        select(
            LookAlert.id,
            LookAlert.reference,
            LookAlert.family_id,
            LookAlert.account_id,
            LookAlert.reviewed_at,
        ).where(LookAlert.reference == reference, watched_alerts(actor, moment))
    ).one_or_none()
    if row is None:
        return None
    return LookAlertInSight(
        row.id, row.reference, row.family_id, row.account_id, waits=row.reviewed_at is None
    )
