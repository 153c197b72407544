"""Finding what was opened in immediate danger: for who opened it and who answers for it.

It is the one place in which an unreadable entry opens by an emergency: every other page goes on as
if nothing had happened, so an opening cannot leak into a list, a count or a mail.
"""

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import not_excluded
from coordinator.access.sights import EmergencyInSight, Moment, Way
from coordinator.access.ways import family_columns, way_of
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.entries import Entry
from coordinator.models.families import Family


def _statement(actor: Actor, moment: Moment) -> Any:
    return (
        select(
            *family_columns(actor, moment),
            EmergencyOpening.id,
            EmergencyOpening.reference,
            EmergencyOpening.entry_id,
            EmergencyOpening.account_id,
            EmergencyOpening.agency_id,
            EmergencyOpening.until,
            EmergencyOpening.reviewed_at,
            Entry.author_id,
            Entry.agency_id.label("entry_agency_id"),
        )
        .select_from(EmergencyOpening)
        .join(Family, Family.id == EmergencyOpening.family_id)
        .join(Entry, Entry.id == EmergencyOpening.entry_id)
        .where(
            EmergencyOpening.reference == bindparam("reference"),
            not_excluded(actor, Family.id),
        )
    )


EMERGENCY = Prepared(_statement)


def emergency(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> EmergencyInSight | None:
    """Return an emergency opening that the actor made or answers for, else None.  One statement."""
    row = EMERGENCY.run(session, actor, moment, reference=reference).one_or_none()
    if row is None:
        return None
    way = way_of(row)
    mine = row.account_id == actor.account_id and row.agency_id == actor.agency_id
    here = row.entry_agency_id == actor.agency_id
    leads = here and actor.is_safeguarding_lead
    answers = way is Way.MANAGER or leads or (here and row.author_id == actor.account_id)
    if not answers and not (mine and way is Way.ON_THE_CASE):
        return None
    return EmergencyInSight(
        family_id=row.family_id,
        family_reference=row.family_reference,
        entry_id=row.entry_id,
        id=row.id,
        reference=row.reference,
        opened_by_id=row.account_id,
        knows_family=way is not None,
        is_open=mine and way is Way.ON_THE_CASE and row.until > moment.now,
        leads=leads,
        reviewed=row.reviewed_at is not None,
    )
