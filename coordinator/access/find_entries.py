"""Finding the one entry that a URL names: through its family, and by the one sharing rule."""

from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import not_excluded, noticed_in, readable
from coordinator.access.sights import (
    ActionInSight,
    EntryInSight,
    MeetingInSight,
    Moment,
    NoticeInSight,
    RequestInSight,
    Way,
)
from coordinator.access.ways import family_columns, gave_reason, reads_own_agency, sight_of, way_of
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.models.information_requests import (
    Challenge,
    InformationAnswer,
    InformationRequest,
)
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.vocabulary import EntryKind, RequestState


def _one(model: type[Entry], *extra: Any, kind: EntryKind | None = None) -> Prepared:
    """Prepare finding one entry by its reference; a column of `extra` may depend on the actor."""

    def build(actor: Actor, moment: Moment) -> Any:
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
                *(column(actor) if callable(column) else column for column in extra),
            )
            .select_from(model)
            .join(Family, Family.id == model.family_id)
            .where(
                model.reference == bindparam("reference"),
                not_excluded(actor, Family.id),
                readable(
                    actor,
                    reads_own_agency(actor, moment, Family.id),
                    gave_reason(actor, moment, Family.id),
                ),
            )
        )
        return statement if kind is None else statement.where(model.kind == kind)

    return Prepared(build)


def _my_invitation(actor: Actor) -> Any:
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


def _latest_answer(column: str) -> Any:
    answer = aliased(InformationAnswer, flat=True)
    return (
        select(getattr(answer, column))
        .where(answer.request_id == InformationRequest.id)
        .order_by(answer.id.desc())
        .limit(1)
        .correlate(InformationRequest)
        .scalar_subquery()
    )


def _manages_a_side(actor: Actor) -> Any:
    """Return whether the actor manages the team of the asker or of the one who is asked."""
    worker = aliased(Involvement)
    of_the_asker = and_(
        worker.account_id == InformationRequest.author_id,
        worker.agency_id == InformationRequest.agency_id,
    )
    of_the_asked = and_(
        worker.account_id == InformationRequest.asked_account_id,
        worker.agency_id == InformationRequest.asked_agency_id,
    )
    return or_(
        InformationRequest.asked_team_id.in_(actor.managed_team_ids),
        exists().where(
            worker.family_id == InformationRequest.family_id,
            worker.team_id.in_(actor.managed_team_ids),
            or_(of_the_asker, of_the_asked),
        ),
    ).label("manages_a_side")


def _challenge(column: Any) -> Any:
    return (
        select(column)
        .where(Challenge.request_id == InformationRequest.id)
        .correlate(InformationRequest)
        .scalar_subquery()
    )


ENTRIES = {kind: _one(Entry, kind=kind) for kind in (None, *EntryKind)}
ACTION = _one(
    Action,
    Action.owner_account_id,
    Action.owner_team_id,
    Action.owner_agency_id,
    Action.state,
)
MEETING = _one(Meeting, Meeting.state, Meeting.chair_id, Meeting.minute_taker_id, _my_invitation)

REQUEST = _one(
    InformationRequest,
    InformationRequest.asked_account_id,
    InformationRequest.asked_team_id,
    InformationRequest.asked_agency_id,
    InformationRequest.state,
    InformationRequest.due_on,
    _latest_answer("answer").label("answer"),
    _latest_answer("verdict").label("verdict"),
    _latest_answer("created_at").label("answered_at"),
    _challenge(Challenge.at).label("challenged_at"),
    _challenge(Challenge.settled_at).label("settled_at"),
    _manages_a_side,
)


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
    row = ENTRIES[kind].run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    return EntryInSight(**_entry_facts(row, way)) if way else None


NOTICE = Prepared(
    lambda actor, moment: (
        select(*family_columns(actor, moment), Entry.id)
        .select_from(Entry)
        .join(Family, Family.id == Entry.family_id)
        .where(Entry.reference == bindparam("reference"), not_excluded(actor, Family.id))
    )
)


def notice(session: Session, actor: Actor, moment: Moment, reference: str) -> NoticeInSight | None:
    """Return an entry that leaves the actor a notice and no more, else None.  Two statements."""
    row = NOTICE.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    if way is None:
        return None
    family = sight_of(row, way)
    held = session.execute(
        select(
            Entry.id, Entry.reference, Entry.kind, Entry.author_id, Entry.agency_id, Entry.level
        ).where(
            Entry.id == row.id,
            Entry.kind != EntryKind.SHARING,
            noticed_in(actor, family),
        )
    ).one_or_none()
    return NoticeInSight(family, *held) if held else None


def goal(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a goal that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.GOAL)


def contact(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a contact attempt that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.CONTACT_ATTEMPT)


def openness(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a line of the openness record that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.OPENNESS)


def safe_contact(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> EntryInSight | None:
    """Return the safe contact that the actor is named for, else None."""
    return entry(session, actor, moment, reference, EntryKind.SAFE_CONTACT)


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
    row = MEETING.run(session, actor, moment, reference=reference).one_or_none()
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


def request(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> RequestInSight | None:
    """Return a request for information that the actor may read, else None."""
    row = REQUEST.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    if not way:
        return None
    return RequestInSight(
        **_entry_facts(row, way),
        asked_account_id=row.asked_account_id,
        asked_team_id=row.asked_team_id,
        asked_agency_id=row.asked_agency_id,
        state=row.state,
        late=row.state is RequestState.ASKED and row.due_on < moment.today,
        answer=row.answer,
        verdict=row.verdict,
        answered_at=row.answered_at,
        challenged_at=row.challenged_at,
        settled=row.settled_at is not None,
        managed=bool(row.manages_a_side),
    )
