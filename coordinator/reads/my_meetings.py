"""The planned meetings that concern one person, of whichever family."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, func, or_, select, union
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.policy import Permission, decide
from coordinator.access.prepared import Prepared
from coordinator.access.scope import my_families, not_excluded, readable
from coordinator.access.sights import FamilyInSight, MeetingInSight, Moment, Way
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.outbox import OutboxMessage
from coordinator.models.series import SeriesMeeting
from coordinator.reads import voices
from coordinator.reads.invitations import PARTNER
from coordinator.settings import SETTINGS
from coordinator.vocabulary import EntryKind, MeetingState, Place, Reply

MEETINGS = cast("Table", Meeting.__table__)
_Mine = aliased(Invitation)
_Calls = aliased(Agency)


@dataclass(frozen=True)
class MyMeeting:
    """A planned meeting, with what it asks of the reader.

    `reply` is None for whoever arranged, chairs or minutes a meeting without being asked to it.
    `asked_by`, for the meeting's agency, is whoever asked the reader.  `unanswered` counts, for who
    arranged it, the invitations that others have not answered; `reminded`: they were lately.
    `view_asked`: the reader owes a written view.  `voice_missing` is, for the chair, whose voice
    will not be heard (S07), else empty.  `waits`: one of a series whose turn has not come.
    """

    family: str
    reference: str
    kind: str
    starts_at: datetime
    place: Place
    over: bool
    reply: Reply | None
    asked_by: str
    asked_by_agency: str
    may_record: bool
    unanswered: int
    view_asked: bool = False
    voice_missing: str = ""
    reminded: bool = False
    waits: bool = False

    @property
    def in_a_sentence(self) -> str:
        """The kind of meeting as it stands inside a sentence."""
        kind = self.kind
        return kind if kind[1:2].isupper() else kind[:1].lower() + kind[1:]

    @property
    def comes(self) -> bool:
        """Whether the reader is expected there."""
        return self.reply in (None, Reply.ACCEPTED, Reply.TENTATIVE)


def _planned(actor: Actor, moment: Moment) -> Any:
    me = actor.account_id
    asked = and_(
        Invitation.account_id == me,
        Invitation.agency_id == actor.agency_id,
        Invitation.removed_at.is_(None),
    )
    arranged = and_(
        Entry.author_id == me,
        Entry.agency_id == actor.agency_id,
        Entry.kind == EntryKind.MEETING,
    )
    # Three indexed look-ups instead of a condition over every meeting.
    mine = union(
        select(Invitation.meeting_id).where(asked),
        select(MEETINGS.c.id).where(
            or_(MEETINGS.c.chair_id == me, MEETINGS.c.minute_taker_id == me)
        ),
        select(Entry.id).where(arranged),
    )
    unanswered = (
        select(func.count())
        .where(
            Invitation.meeting_id == Meeting.id,
            or_(Invitation.account_id != me, Invitation.guest_id.is_not(None)),
            Invitation.removed_at.is_(None),
            Invitation.reply == Reply.NEEDS_ACTION,
        )
        .correlate(Meeting)
        .scalar_subquery()
    )
    reminded_at = (
        select(func.max(OutboxMessage.queued_at))
        .where(
            OutboxMessage.about == Meeting.reference,
            OutboxMessage.kind == MailKind.REMINDER.value,
        )
        .correlate(Meeting)
        .scalar_subquery()
    )
    return (
        select(
            Meeting.id,
            Meeting.reference,
            Meeting.version,
            Meeting.author_id,
            Meeting.agency_id,
            Meeting.level,
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.place,
            Meeting.chair_id,
            Meeting.minute_taker_id,
            MeetingKind.name.label("kind"),
            Family.id.label("family_id"),
            Family.reference.label("family"),
            _Mine.id.label("invitation_id"),
            _Mine.reply,
            Account.name.label("asked_by"),
            Agency.name.label("asked_by_agency"),
            unanswered.label("unanswered"),
            and_(_Mine.view_asked_at.is_not(None), _Mine.written_view_at.is_(None)).label(
                "view_asked"
            ),
            voices.is_missing(moment, _Calls).label("voice_missing"),
            _Calls.kind.label("called_by"),
            reminded_at.label("reminded_at"),
            SeriesMeeting.asks_at,
            SeriesMeeting.asked_at,
        )
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .join(Family, Family.id == Meeting.family_id)
        .join(_Calls, _Calls.id == Meeting.agency_id)
        .outerjoin(
            _Mine,
            and_(
                _Mine.meeting_id == Meeting.id,
                _Mine.account_id == me,
                _Mine.agency_id == actor.agency_id,
                _Mine.removed_at.is_(None),
            ),
        )
        .outerjoin(Account, Account.id == _Mine.invited_by_id)
        .outerjoin(SeriesMeeting, SeriesMeeting.meeting_id == Meeting.id)
        .join(Agency, Agency.id == Meeting.agency_id)
        .where(
            Meeting.id.in_(mine),
            Meeting.state == MeetingState.PLANNED,
            not_excluded(actor, Meeting.family_id),
            or_(
                _Mine.id.is_not(None),
                and_(
                    Meeting.family_id.in_(my_families(actor, moment)),
                    readable(
                        actor,
                        reads_own_agency(actor, moment, Meeting.family_id),
                        gave_reason(actor, moment, Meeting.family_id),
                    ),
                ),
            ),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )


PLANNED = Prepared(_planned)


def planned(session: Session, actor: Actor, moment: Moment) -> tuple[MyMeeting, ...]:
    """Return the planned meetings that the actor is asked to, arranged, chairs or minutes.

    One statement, the earliest first; a meeting stays until somebody records who came.
    """
    rows = PLANNED.run(session, actor, moment)
    found: dict[str, MyMeeting] = {}
    for row in rows:
        sight = MeetingInSight(
            # The query's own condition: on the case or invited.  Recording asks no more.
            family=FamilyInSight(row.family_id, row.family, 0, Way.INVITED, None, lead=False),
            id=row.id,
            reference=row.reference,
            version=row.version,
            kind=EntryKind.MEETING,
            author_id=row.author_id,
            agency_id=row.agency_id,
            level=row.level,
            state=MeetingState.PLANNED,
            chair_id=row.chair_id,
            minute_taker_id=row.minute_taker_id,
            invitation_id=row.invitation_id,
        )
        found[row.reference] = MyMeeting(
            family=row.family,
            reference=row.reference,
            kind=row.kind,
            starts_at=row.starts_at,
            place=row.place,
            over=row.starts_at + timedelta(minutes=row.minutes) <= moment.now,
            reply=row.reply,
            asked_by=row.asked_by or "",
            asked_by_agency=row.asked_by_agency,
            may_record=decide(actor, Permission.MEETINGS_RECORD, sight).allowed,
            unanswered=row.unanswered if row.author_id == actor.account_id else 0,
            view_asked=bool(row.view_asked),
            voice_missing=_missing(row, actor, moment),
            reminded=_lately(row.reminded_at, moment),
            waits=row.asks_at is not None and row.asked_at is None,
        )
    return tuple(found.values())


def _lately(reminded_at: datetime | None, moment: Moment) -> bool:
    again = timedelta(days=SETTINGS.remind_again_days)
    return reminded_at is not None and reminded_at > moment.now - again


def _missing(row: Any, actor: Actor, moment: Moment) -> str:
    """Return whose voice the chair must still see to, from some days before the meeting on."""
    sees_to_it = actor.account_id == (row.chair_id or row.author_id)
    day = clock.local(row.starts_at).date() - timedelta(days=SETTINGS.voices_days_before)
    waits = row.voice_missing and sees_to_it and day <= moment.today and row.starts_at > moment.now
    partner = PARTNER.get(row.called_by)
    return voices.VOICES[partner] if waits and partner else ""
