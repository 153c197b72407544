"""Finding the one entry that a URL names: through its family, and by the one sharing rule."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import not_excluded, readable
from coordinator.access.sights import (
    ActionInSight,
    EntryInSight,
    MeetingInSight,
    Moment,
    Way,
)
from coordinator.access.ways import family_columns, gave_reason, reads_own_agency, sight_of, way_of
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.vocabulary import EntryKind


def _entry_row(
    session: Session,
    actor: Actor,
    moment: Moment,
    reference: str,
    kind: EntryKind | None,
    model: type[Entry],
    extra: list[Any],
) -> Any:
    reason = gave_reason(actor, moment, Family.id)
    own = reads_own_agency(actor, moment, Family.id)
    statement = (
        select(
            *family_columns(actor, moment),
            model.id,
            model.reference,
            model.version,
            model.kind,
            model.author_id,
            model.agency_id,
            model.level,
            *extra,
        )
        .select_from(model)
        .join(Family, Family.id == model.family_id)
        .where(
            model.reference == reference,
            not_excluded(actor, Family.id),
            readable(actor, own, reason),
        )
    )
    if kind is not None:
        statement = statement.where(model.kind == kind)
    return session.execute(statement).one_or_none()


def _entry_facts(row: Any, way: Way) -> dict[str, Any]:
    return {
        "family": sight_of(row, way),
        "id": row.id,
        "reference": row.reference,
        "version": row.version,
        "kind": row.kind,
        "author_id": row.author_id,
        "agency_id": row.agency_id,
        "level": row.level,
    }


def entry(
    session: Session,
    actor: Actor,
    moment: Moment,
    reference: str,
    kind: EntryKind | None = None,
) -> EntryInSight | None:
    """Return an entry (of a kind, if one is asked for) that the actor may read, else None."""
    row = _entry_row(session, actor, moment, reference, kind, Entry, [])
    way = way_of(row) if row else None
    return EntryInSight(**_entry_facts(row, way)) if way else None


def goal(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a goal that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.GOAL)


def contact(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a contact attempt that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.CONTACT_ATTEMPT)


def action(session: Session, actor: Actor, moment: Moment, reference: str) -> ActionInSight | None:
    """Return an action that the actor may read, else None."""
    extra = [
        Action.owner_account_id,
        Action.owner_team_id,
        Action.owner_agency_id,
        Action.state,
    ]
    row = _entry_row(session, actor, moment, reference, None, Action, extra)
    way = way_of(row) if row else None
    if not way:
        return None
    return ActionInSight(
        **_entry_facts(row, way),
        owner_account_id=row.owner_account_id,
        owner_team_id=row.owner_team_id,
        owner_agency_id=row.owner_agency_id,
        state=row.state,
    )


def meeting(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> MeetingInSight | None:
    """Return a meeting that the actor may read or is invited to, else None.

    An invitation opens the meeting's own page and nothing else of the family.
    """
    mine = (
        select(Invitation.id)
        .where(
            Invitation.meeting_id == Meeting.id,
            Invitation.account_id == actor.account_id,
            Invitation.agency_id == actor.agency_id,
            Invitation.removed_at.is_(None),
        )
        .limit(1)
        .scalar_subquery()
    )
    extra = [
        Meeting.state,
        Meeting.chair_id,
        Meeting.minute_taker_id,
        mine.label("invitation_id"),
    ]
    row = _entry_row(session, actor, moment, reference, None, Meeting, extra)
    way = way_of(row, invited=row.invitation_id is not None) if row else None
    if not way:
        return None
    return MeetingInSight(
        **_entry_facts(row, way),
        state=row.state,
        chair_id=row.chair_id,
        minute_taker_id=row.minute_taker_id,
        invitation_id=row.invitation_id,
    )
