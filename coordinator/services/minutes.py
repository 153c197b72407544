"""Taking the minutes of a meeting, closing them, and correcting what was closed.

What is said in a part stands at the level of the part.  Closed minutes are locked: a correction is
a new version with its reason, and everybody who came is told again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.part_sights import MinutesInSight, PartInSight
from coordinator.access.scope import readable_in
from coordinator.access.sights import Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.agendas import AgendaPart, PartAttendance
from coordinator.models.boards import BoardEntry
from coordinator.models.meetings import Invitation
from coordinator.models.minutes import Minutes
from coordinator.reads import minutes as reads
from coordinator.services import addresses
from coordinator.services.plans import stamp, unchanged_since
from coordinator.vocabulary import BoardSide, Level, MeetingState


@dataclass(frozen=True)
class Taken:
    """What the minutes say so far.

    `records` are the minutes of each part and `there` the invitations of who was there for it, by
    the reference of the part.
    """

    records: Mapping[str, str] = field(default_factory=dict)
    there: Mapping[str, Sequence[str]] = field(default_factory=dict)
    decided: str = ""
    parents_view: str = ""


def save(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MinutesInSight,
    version: int | None,
    taken: Taken,
) -> None:
    """Write the minutes down; only parts that the actor reads are touched.

    `version` is that of reads.minutes.taken.  Raises `ConflictError` with what somebody else wrote
    meanwhile, and `InvalidError`.
    """
    now = reads.taken(session, actor, meeting)
    if version != now.version:
        raise ConflictError(now.words, now.version)
    texts = {reads.field_of(part): text for part, text in taken.records.items()}
    whole = {"decided": taken.decided, "parents_view": taken.parents_view}
    addresses.stop(session, actor, meeting.family, **texts, **whole)
    parts = session.scalars(
        select(AgendaPart).where(
            AgendaPart.meeting_id == meeting.id,
            AgendaPart.dropped.is_(False),
            readable_in(actor, meeting.family),
        )
    ).all()
    invited = {
        row.reference: row.id
        for row in session.execute(
            select(Invitation.reference, Invitation.id).where(
                Invitation.meeting_id == meeting.id, Invitation.removed_at.is_(None)
            )
        )
    }
    for part in parts:
        if part.reference in taken.records:
            part.record = taken.records[part.reference]
        if part.reference in taken.there:
            _was_there(session, part.id, {invited.get(one) for one in taken.there[part.reference]})
    record = _minutes_of(session, actor, moment, meeting)
    record.decided, record.parents_view = taken.decided, taken.parents_view
    session.flush()


def close(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MinutesInSight,
    parents_view: str,
    why_no_view: str,
    why_no_strengths: str,
) -> None:
    """Close the minutes: nobody changes them any more, and everybody who came is told.

    Raises `InvalidError` before it is written down who came, and without a strength on the board
    or the parent's view unless the reason is said for each (S06).
    """
    if meeting.state is not MeetingState.HELD:
        raise InvalidError("Write down first who came")
    problems = {}
    if not parents_view and not why_no_view:
        problems["why_no_view"] = "Write the parent’s view, or say why there is none"
    if not has_strengths(session, meeting) and not why_no_strengths:
        problems["why_no_strengths"] = "No strength is on the board: add one, or say why"
    if problems:
        raise InvalidError(problems)
    texts = {
        "parents_view": parents_view,
        "why_no_view": why_no_view,
        "why_no_strengths": why_no_strengths,
    }
    addresses.stop(session, actor, meeting.family, **texts)
    record = _minutes_of(session, actor, moment, meeting)
    record.parents_view, record.why_no_view = parents_view, why_no_view
    record.why_no_strengths = why_no_strengths
    record.closed_at, record.closed_by_id = moment.now, actor.account_id
    session.flush()
    if meeting.invitation_id is not None:
        session.get_one(Invitation, meeting.invitation_id).minutes_read_at = moment.now
        session.flush()


def correct(
    session: Session,
    actor: Actor,
    moment: Moment,
    part: PartInSight,
    version: int | None,
    text: str,
    why: str,
) -> None:
    """Correct the closed minutes of a part: a new version, and everybody who came reads it again.

    Raises `ConflictError`, and `InvalidError` where nothing changes.
    """
    record = session.get_one(AgendaPart, part.id)
    unchanged_since(session, record, version, record=record.record)
    if text == record.record:
        raise InvalidError({"record": "Nothing is changed"})
    addresses.stop(session, actor, part.family, record=text, why=why)
    record.record, record.correction = text, why
    for invitation in session.scalars(
        select(Invitation).where(
            Invitation.meeting_id == part.meeting_id, Invitation.minutes_read_at.is_not(None)
        )
    ):
        mine = invitation.account_id == actor.account_id
        invitation.minutes_read_at = moment.now if mine else None
    session.flush()


def received(session: Session, moment: Moment, meeting: MinutesInSight) -> None:
    """Say that one has read the minutes: Today then reminds of them no longer."""
    if meeting.invitation_id is not None:
        session.get_one(Invitation, meeting.invitation_id).minutes_read_at = moment.now
        session.flush()


def has_strengths(session: Session, meeting: MinutesInSight) -> bool:
    """Whether a strength stands on the board of a meeting."""
    return (
        session.scalar(
            select(BoardEntry.id)
            .where(
                BoardEntry.meeting_id == meeting.id,
                BoardEntry.side == BoardSide.STRENGTH,
                BoardEntry.answers_id.is_(None),
            )
            .limit(1)
        )
        is not None
    )


def _minutes_of(session: Session, actor: Actor, moment: Moment, meeting: MinutesInSight) -> Minutes:
    """Return the minutes of a meeting, begun now if there are none.  Raises `InvalidError`."""
    record = session.scalars(select(Minutes).where(Minutes.meeting_id == meeting.id)).one_or_none()
    if record is None:
        record = Minutes(**stamp(actor, moment, meeting.family, Level.OPEN), meeting_id=meeting.id)
        session.add(record)
        session.flush()
    elif record.closed_at is not None:
        raise InvalidError("These minutes are closed: correct the part instead")
    return record


def _was_there(session: Session, part_id: int, invitations: set[int | None]) -> None:
    rows = session.scalars(select(PartAttendance).where(PartAttendance.part_id == part_id))
    there = {row.invitation_id: row for row in rows}
    for gone in there.keys() - invitations:
        session.delete(there[gone])
    session.add_all(
        PartAttendance(invitation_id=one, part_id=part_id)
        for one in sorted(invitations - {None} - there.keys())  # type: ignore[type-var]
    )
