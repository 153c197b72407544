"""The partner agency at a meeting: it is asked, or somebody says why not (E10, E11)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import current
from coordinator.access.scope import may_know
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.directory import Agency
from coordinator.models.families import Involvement
from coordinator.models.meetings import Invitation, Meeting
from coordinator.reads.invitations import FOR_ONE_MEETING, PARTNER
from coordinator.trail import Subject
from coordinator.vocabulary import AgencyKind, EventKind, LeftOutReason

NOT_INVITED = "partner-not-invited"


@dataclass(frozen=True)
class LeftOut:
    """Why the partner agency is not asked to a meeting."""

    reason: LeftOutReason
    words: str = ""


def is_invited(session: Session, moment: Moment, meeting: Meeting) -> bool:
    """Say whether anybody of the partner agency is asked, besides a chair and a minute taker."""
    only_for_this = exists().where(
        Involvement.account_id == Invitation.account_id,
        Involvement.family_id == meeting.family_id,
        Involvement.role.in_(FOR_ONE_MEETING),
        current(Involvement, moment.today),
    )
    return _any(
        session,
        select(Invitation.id)
        .join(Agency, Agency.id == Invitation.agency_id)
        .where(
            Invitation.meeting_id == meeting.id,
            Invitation.removed_at.is_(None),
            Agency.kind == _partner_of(session, meeting),
            ~only_for_this,
        ),
    )


def explain_absence(
    session: Session, moment: Moment, meeting: Meeting, left_out: LeftOut | None
) -> None:
    """Keep, in the trail too, why nobody of the partner agency is asked; nothing if somebody is.

    Raises `InvalidError` without a reason, or without the words that most reasons need.
    """
    session.flush()
    if is_invited(session, moment, meeting):
        return
    if left_out is None:
        raise InvalidError({"left_out_reason": "Say why the partner agency is not invited"})
    if left_out.reason is LeftOutReason.NOT_INVOLVED:
        if _is_on_the_case(session, moment, meeting):
            raise InvalidError(
                {"left_out_reason": "The partner agency is on the case: choose another reason"}
            )
    elif not left_out.words:
        raise InvalidError({"left_out_note": "Say in a few words why they are not invited"})
    meeting.left_out_reason, meeting.left_out_note = left_out.reason, left_out.words
    trail.write(
        session,
        EventKind.INVITATION,
        Subject(meeting.family_id, meeting.id, "meetings", meeting.reference),
        outcome=NOT_INVITED,
        reason=left_out.reason.value,
    )


def _is_on_the_case(session: Session, moment: Moment, meeting: Meeting) -> bool:
    return _any(
        session,
        select(Involvement.id)
        .join(Agency, Agency.id == Involvement.agency_id)
        .where(
            Involvement.family_id == meeting.family_id,
            Involvement.role.not_in(FOR_ONE_MEETING),
            Agency.kind == _partner_of(session, meeting),
            current(Involvement, moment.today),
            may_know(Involvement.account_id, meeting.family_id),
        ),
    )


def _partner_of(session: Session, meeting: Meeting) -> AgencyKind:
    """Return the kind of agency that is the partner of the one that arranged the meeting."""
    kind = session.scalars(select(Agency.kind).where(Agency.id == meeting.agency_id)).one()
    return PARTNER.get(kind, AgencyKind.HOST)


def _any(session: Session, statement: Any) -> bool:
    return session.scalar(statement.limit(1)) is not None
