"""Finding the one entry that a URL names: through its family, and by the one sharing rule."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import not_excluded, noticed, readable
from coordinator.access.sights import (
    ActionInSight,
    EntryInSight,
    MeetingInSight,
    Moment,
    NoticeInSight,
    Way,
)
from coordinator.access.ways import (
    family_columns,
    gave_reason,
    has_left,
    is_on_the_case,
    reads_own_agency,
    sight_of,
    way_of,
)
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.vocabulary import EntryKind


def one_of(
    model: type[Entry],
    *extra: Any,
    kind: EntryKind | None = None,
    received: Callable[[Actor, Moment], ColumnElement[bool]] | None = None,
) -> Prepared:
    """Prepare finding one entry by its reference; a column of `extra` may depend on the actor.

    `received` is the condition that the entry was sent to the actor, which opens it to them, too.
    """

    def build(actor: Actor, moment: Moment) -> Any:
        sent = (received(actor, moment),) if received else ()
        statement = (
            select(
                *family_columns(actor, moment),
                model.id,
                model.reference,
                model.version,
                model.kind,
                model.author_id,
                has_left(model.author_id, model.agency_id, moment).label("author_left"),
                model.agency_id,
                model.level,
                *(column(actor) if callable(column) else column for column in extra),
                *(condition.label("received") for condition in sent),
            )
            .select_from(model)
            .join(Family, Family.id == model.family_id)
            .where(
                model.reference == bindparam("reference"),
                not_excluded(actor, Family.id),
                or_(
                    readable(
                        actor,
                        reads_own_agency(actor, moment, Family.id),
                        gave_reason(actor, moment, Family.id),
                    ),
                    *sent,
                ),
            )
        )
        return statement if kind is None else statement.where(model.kind == kind)

    return Prepared(build)


def way_or_received(row: Any) -> Way | None:
    """Return the way to an entry that may have been sent to the actor, from a row of `one_of`."""
    way = way_of(row)
    return Way.RECEIVED if row.received and way in (None, Way.LEAD_WITHOUT_REASON) else way


def my_invitation(actor: Actor) -> Any:
    """Return the id of the actor’s own invitation to the meeting, as a column."""
    return (
        select(Invitation.id)
        .where(
            Invitation.meeting_id == Meeting.id,
            Invitation.account_id == actor.account_id,
            Invitation.agency_id == actor.agency_id,
            Invitation.removed_at.is_(None),
        )
        .limit(1)
        .scalar_subquery()
        .label("invitation_id")
    )


ENTRIES = {kind: one_of(Entry, kind=kind) for kind in (None, *EntryKind)}
ACTION = one_of(
    Action,
    Action.owner_account_id,
    Action.owner_team_id,
    Action.owner_agency_id,
    Action.state,
)
MEETING = one_of(Meeting, Meeting.state, Meeting.chair_id, Meeting.minute_taker_id, my_invitation)


def entry_facts(row: Any, way: Way) -> dict[str, Any]:
    """Return what every sight of an entry holds, from a row with `family_columns` in it."""
    return {
        "family": sight_of(row, way),
        "id": row.id,
        "reference": row.reference,
        "version": row.version,
        "kind": row.kind,
        "author_id": row.author_id,
        "author_left": bool(row.author_left),
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
    row = ENTRIES[kind].run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    return EntryInSight(**entry_facts(row, way)) if way else None


def _notice(actor: Actor, moment: Moment) -> Any:
    held = noticed(
        actor,
        is_on_the_case(actor, moment, Family.id),
        reads_own_agency(actor, moment, Family.id),
        gave_reason(actor, moment, Family.id),
    )
    columns = (
        Entry.id,
        Entry.reference,
        Entry.kind,
        Entry.author_id,
        Entry.agency_id,
        Entry.level,
    )
    return (
        select(*family_columns(actor, moment), *columns)
        .select_from(Entry)
        .join(Family, Family.id == Entry.family_id)
        .where(
            Entry.reference == bindparam("reference"),
            Entry.kind != EntryKind.SHARING,
            not_excluded(actor, Family.id),
            held,
        )
    )


NOTICE = Prepared(_notice)


def notice(session: Session, actor: Actor, moment: Moment, reference: str) -> NoticeInSight | None:
    """Return an entry that leaves the actor a notice and no more, else None."""
    row = NOTICE.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    if not way:
        return None
    held = (row.id, row.reference, row.kind, row.author_id, row.agency_id, row.level)
    return NoticeInSight(sight_of(row, way), *held)


def goal(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a goal that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.GOAL)


def contact(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a contact attempt that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.CONTACT_ATTEMPT)


def raised_need(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> EntryInSight | None:
    """Return a need that nobody answered, if the actor may read it, else None."""
    return entry(session, actor, moment, reference, EntryKind.RAISED_NEED)


def openness(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a line of the openness record that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.OPENNESS)


def safe_contact(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> EntryInSight | None:
    """Return the safe contact that the actor is named for, else None."""
    return entry(session, actor, moment, reference, EntryKind.SAFE_CONTACT)


def support(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a support that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.SUPPORT)


def handover_note(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> EntryInSight | None:
    """Return a note for the next worker that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.HANDOVER_NOTE)


def separation(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> EntryInSight | None:
    """Return an after-separation plan that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.AFTER_SEPARATION)


def parents_words(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> EntryInSight | None:
    """Return words of the parent's own that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.PARENTS_WORDS)


def action(session: Session, actor: Actor, moment: Moment, reference: str) -> ActionInSight | None:
    """Return an action that the actor may read, else None."""
    row = ACTION.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    if not way:
        return None
    return ActionInSight(
        **entry_facts(row, way),
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
    row = MEETING.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row, invited=row.invitation_id is not None) if row else None
    if not way:
        return None
    return MeetingInSight(
        **entry_facts(row, way),
        state=row.state,
        chair_id=row.chair_id,
        minute_taker_id=row.minute_taker_id,
        invitation_id=row.invitation_id,
    )
