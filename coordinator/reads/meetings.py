"""What people see of meetings: the list of a family, and one page that changes with time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, MeetingInSight, Moment, Way
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Site
from coordinator.models.meetings import Meeting, MeetingKind
from coordinator.models.series import SeriesMeeting
from coordinator.reads import not_asked, voices
from coordinator.reads.attendance import AgencyThere, Invitee, there
from coordinator.reads.not_asked import LeftOutPerson
from coordinator.reads.voices import Voice
from coordinator.vocabulary import LeftOutReason, MeetingState, Place, Procedure, Reply

Author, Chair, MinuteTaker = aliased(Account), aliased(Account), aliased(Account)
AuthorsAgency = aliased(Agency)


@dataclass(frozen=True)
class MeetingLine:
    """One line of the list: what, when, how it stands, and who comes by agency."""

    reference: str
    kind: str
    starts_at: datetime
    state: MeetingState
    place: str
    agencies: tuple[AgencyThere, ...]
    my_reply: Reply | None
    every_weeks: int | None = None
    asked_later: bool = False


@dataclass(frozen=True)
class MeetingList:
    """The meetings of a family: those to come, the next first, and the others, the last first."""

    coming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]


@dataclass(frozen=True)
class MeetingPage:
    """One meeting.

    Times are instants; `clock_note` says which of two equal wall-clock times is meant.  What may
    name the family (`purpose`, words) is empty for somebody who is invited and not on the case.
    `every_weeks`: it is one of a series, to which people are asked at `asks_at` if not yet.
    """

    reference: str
    version: int
    kind: str
    procedure: Procedure | None
    starts_at: datetime
    ends_at: datetime
    length: timedelta
    clock_note: str
    place: Place
    where: str
    purpose: str
    chair: str
    minute_taker: str
    arranged_by: str
    arranged_by_agency: str
    state: MeetingState
    state_reason: str
    left_out: LeftOutReason | None
    left_out_note: str
    agencies: tuple[AgencyThere, ...]
    unanswered: tuple[str, ...]
    untold: tuple[Invitee, ...]
    unsaid: tuple[Invitee, ...]
    not_asked: tuple[LeftOutPerson, ...]
    voice: Voice | None
    interpreter: str
    interpreter_booked: bool | None
    begun: bool
    over: bool
    sees_family: bool
    may: frozenset[str]
    every_weeks: int | None = None
    asks_at: datetime | None = None

    @property
    def mine(self) -> Any:
        """The invitation of the one who reads, or None."""
        return next((i for a in self.agencies for i in a.people if i.is_me), None)


CLOCK_NOTES = {
    "": "",
    clock.FIRST: "The first time, before the clocks go back.",
    clock.SECOND: "The second time, after the clocks have gone back.",
}
MAY = {
    "see_to": Permission.MEETINGS_SEE_TO,
    "change": Permission.MEETINGS_CHANGE,
    "reply": Permission.MEETINGS_REPLY,
    "record": Permission.MEETINGS_RECORD,
    "add_action": Permission.ACTIONS_ADD,
    "answer_enough": Permission.SUPPORTS_REVIEW,
}


def of_family(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> MeetingList:
    """Return the meetings of a family that the actor may read.  Two statements."""
    rows = session.execute(
        select(
            Meeting.id,
            Meeting.reference,
            MeetingKind.name.label("kind"),
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.state,
            Meeting.place,
            Site.name.label("site"),
            SeriesMeeting.every_weeks,
            SeriesMeeting.asked_at,
        )
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .outerjoin(Site, Site.id == Meeting.site_id)
        .outerjoin(SeriesMeeting, SeriesMeeting.meeting_id == Meeting.id)
        .where(Meeting.family_id == family.id, readable_in(actor, family))
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    people = there(session, actor, [row.id for row in rows], full=True)
    coming: list[MeetingLine] = []
    past: list[MeetingLine] = []
    for row in rows:
        agencies = people.get(row.id, ())
        line = MeetingLine(
            reference=row.reference,
            kind=row.kind,
            starts_at=row.starts_at,
            state=row.state,
            place=row.site or row.place.label,
            agencies=agencies,
            my_reply=next((i.reply for a in agencies for i in a.people if i.is_me), None),
            every_weeks=row.every_weeks,
            asked_later=row.every_weeks is not None and row.asked_at is None,
        )
        over = row.starts_at + timedelta(minutes=row.minutes) <= moment.now
        (past if over or row.state is not MeetingState.PLANNED else coming).append(line)
    return MeetingList(tuple(coming), tuple(reversed(past)))


def one(session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight) -> MeetingPage:
    """Return one meeting in sight.  Two statements."""
    row = session.execute(_whole(moment).where(Meeting.id == meeting.id)).one()
    sees = meeting.family.way in (Way.ON_THE_CASE, Way.MANAGER, Way.LEAD)
    people = there(session, actor, [row.id], full=sees, everybody=sees)
    agencies = people.get(row.id, ())
    ends_at = row.starts_at + timedelta(minutes=row.minutes)
    return MeetingPage(
        reference=row.reference,
        version=row.version,
        kind=row.kind_name,
        procedure=row.procedure,
        starts_at=row.starts_at,
        ends_at=ends_at,
        length=timedelta(minutes=row.minutes),
        clock_note=CLOCK_NOTES[clock.which_of_two(row.local_start, row.starts_at)],
        place=row.place,
        where=", ".join(p for p in (row.site, row.address, row.place_text) if p),
        purpose=row.purpose if sees else "",
        chair=row.chair or "",
        minute_taker=row.minute_taker or "",
        arranged_by=row.author,
        arranged_by_agency=row.agency,
        state=row.state,
        state_reason=row.state_reason if sees else "",
        left_out=row.left_out_reason if sees else None,
        left_out_note=row.left_out_note if sees else "",
        agencies=agencies,
        unanswered=tuple(
            i.name
            for a in agencies
            for i in a.people
            if i.reply is Reply.NEEDS_ACTION and not i.by_hand
        ),
        untold=tuple(i for a in agencies for i in a.people if i.untold),
        unsaid=tuple(
            i for a in agencies for i in a.people if i.of_family and not i.written_view_at
        ),
        not_asked=not_asked.of_meeting(session, row.id) if sees else (),
        voice=voices.of_meeting(
            agencies,
            row.called_by,
            row.starts_at,
            moment,
            is_open=row.is_open_to_partner,
            went_ahead=row.went_ahead,
        )
        if sees
        else None,
        interpreter=row.interpreter if sees else "",
        interpreter_booked=row.interpreter_booked,
        begun=row.starts_at <= moment.now,
        over=ends_at <= moment.now,
        sees_family=sees,
        every_weeks=row.every_weeks,
        asks_at=row.asks_at if row.asked_at is None else None,
        may=frozenset(what for what, leave in MAY.items() if decide(actor, leave, meeting).allowed),
    )


def _whole(moment: Moment) -> Any:
    return (
        select(
            Meeting.id,
            Meeting.reference,
            Meeting.version,
            MeetingKind.name.label("kind_name"),
            MeetingKind.procedure,
            Meeting.local_start,
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.place,
            Meeting.place_text,
            Meeting.purpose,
            Meeting.state,
            Meeting.state_reason,
            Meeting.left_out_reason,
            Meeting.left_out_note,
            Site.name.label("site"),
            Site.address,
            Author.name.label("author"),
            AuthorsAgency.name.label("agency"),
            AuthorsAgency.kind.label("called_by"),
            voices.is_open_to_partner(moment, AuthorsAgency).label("is_open_to_partner"),
            Meeting.went_ahead,
            Meeting.interpreter,
            Meeting.interpreter_booked,
            Chair.name.label("chair"),
            MinuteTaker.name.label("minute_taker"),
            SeriesMeeting.every_weeks,
            SeriesMeeting.asks_at,
            SeriesMeeting.asked_at,
        )
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .join(Author, Author.id == Meeting.author_id)
        .join(AuthorsAgency, AuthorsAgency.id == Meeting.agency_id)
        .outerjoin(Site, Site.id == Meeting.site_id)
        .outerjoin(Chair, Chair.id == Meeting.chair_id)
        .outerjoin(MinuteTaker, MinuteTaker.id == Meeting.minute_taker_id)
        .outerjoin(SeriesMeeting, SeriesMeeting.meeting_id == Meeting.id)
    )


@dataclass(frozen=True)
class StoredMeeting:
    """A meeting as the form that changes it starts from; references where a form has choices."""

    local_start: datetime
    minutes: int
    place: Place
    site: str
    place_text: str
    purpose: str
    chair_id: int | None
    minute_taker_id: int | None
    kind: str
    interpreter_booked: bool | None
    starts_at: datetime


def stored(session: Session, meeting: MeetingInSight) -> StoredMeeting:
    """Return a meeting in sight, for the form that changes it."""
    row: Any = session.execute(
        select(
            Meeting.local_start,
            Meeting.minutes,
            Meeting.place,
            func.coalesce(Site.reference, ""),
            Meeting.place_text,
            Meeting.purpose,
            Meeting.chair_id,
            Meeting.minute_taker_id,
            MeetingKind.name,
            Meeting.interpreter_booked,
            Meeting.starts_at,
        )
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .outerjoin(Site, Site.id == Meeting.site_id)
        .where(Meeting.id == meeting.id)
    ).one()
    return StoredMeeting(*row)
