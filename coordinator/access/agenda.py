"""The parts of a meeting as one person may know them, in order, and when each of them is.

Of a closed part everybody at the meeting sees that it is there, how long it is, who closed it and
the category of why; its words come out of the database for its readers alone (E12).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, case, exists, or_, select, true
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable, readable_in
from coordinator.access.sights import MeetingInSight, Moment, Way
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.accounts import Account
from coordinator.models.agendas import AgendaPart, GroundRules, InvitationPart
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.meetings import Invitation
from coordinator.models.minutes import Minutes
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Notice

PARTS = cast("Table", AgendaPart.__table__)


def first_item() -> timedelta:
    """Return how long what is still to be done takes, which comes before every part (E14)."""
    return timedelta(minutes=SETTINGS.first_item_minutes)


def asked_to(invitation_id: Any, part_id: Any) -> ColumnElement[bool]:
    """Return the condition that an invitation is for a part: for the whole meeting, or for it."""
    asked = InvitationPart.invitation_id == invitation_id
    return or_(
        ~exists().where(asked),
        exists().where(asked, InvitationPart.part_id == part_id),
    )


def rows(
    session: Session, actor: Actor, meeting: MeetingInSight, *, minutes: bool = False
) -> Sequence[Any]:
    """Return a row for each part, or one without a part; each has the area's ground rules.

    With `minutes`, what was said in each part stands in its row, too.

    Somebody who is invited and not on the case reads the titles of the parts that they are asked
    to, and no other words.  One statement.
    """
    readable = readable_in(actor, meeting.family)
    asked = asked_to(meeting.invitation_id, PARTS.c.id) if meeting.invitation_id else ~true()
    invited = meeting.family.way is Way.INVITED
    titled = and_(readable, asked) if invited else readable
    worded = ~true() if invited else readable
    said = ("record", "correction") if minutes else ()
    closed_at = select(Minutes.closed_at).where(Minutes.meeting_id == meeting.id).scalar_subquery()
    found = session.execute(
        select(
            GroundRules.text.label("ground_rules"),
            closed_at.label("closed_at"),
            Entry.id,
            Entry.reference,
            Entry.version,
            Entry.kind,
            Entry.author_id,
            Entry.agency_id,
            Entry.level,
            Account.name.label("holder"),
            Agency.name.label("agency"),
            PARTS.c.length,
            PARTS.c.closed_reason,
            readable.label("readable"),
            and_(readable, asked).label("mine"),
            case((titled, PARTS.c.title), else_="").label("title"),
            case((worded, PARTS.c.what), else_="").label("what"),
            case((worded, PARTS.c.closed_note), else_="").label("closed_note"),
            *(case((worded, PARTS.c[name]), else_="").label(name) for name in said),
        )
        .select_from(GroundRules)
        .outerjoin(PARTS, and_(PARTS.c.meeting_id == meeting.id, PARTS.c.dropped.is_(False)))
        .outerjoin(
            Entry,
            and_(
                Entry.id == PARTS.c.id,
                Entry.family_id == meeting.family.id,
                or_(readable, Entry.notice != Notice.NOBODY),
            ),
        )
        .outerjoin(Account, Account.id == Entry.author_id)
        .outerjoin(Agency, Agency.id == Entry.agency_id)
        .order_by(PARTS.c.position, PARTS.c.id)
    ).all()
    return [row for row in found if row.id is not None] or found[:1]


def times(starts_at: datetime, lengths: Iterable[int]) -> list[tuple[datetime, datetime]]:
    """Return from when to when each part is; a meeting without parts has no times but its own."""
    begins = starts_at + first_item()
    found = []
    for length in lengths:
        ends = begins + timedelta(minutes=length)
        found.append((begins, ends))
        begins = ends
    return found


def my_times(
    session: Session, actor: Actor, meeting: MeetingInSight, starts_at: datetime
) -> tuple[tuple[datetime, datetime], ...]:
    """Return from when to when the actor is asked to be there, if that is not all the time.

    Parts that follow each other are one time; the first item is with the first part.
    """
    parts = [row for row in rows(session, actor, meeting) if row.id is not None]
    return _spans(starts_at, parts)


def times_of(
    session: Session, actor: Actor, moment: Moment, invitations: Mapping[int, datetime]
) -> dict[int, tuple[tuple[datetime, datetime], ...]]:
    """Return the actor's times at several meetings, as `my_times` does for one.  One statement.

    `invitations`: the id of each of the actor's own invitations, and when its meeting starts.
    """
    family_id = Entry.family_id
    may_read = readable(
        actor, reads_own_agency(actor, moment, family_id), gave_reason(actor, moment, family_id)
    )
    found = session.execute(
        select(
            Invitation.id,
            PARTS.c.length,
            and_(may_read, asked_to(Invitation.id, PARTS.c.id)).label("mine"),
        )
        .select_from(Invitation)
        .join(PARTS, and_(PARTS.c.meeting_id == Invitation.meeting_id, PARTS.c.dropped.is_(False)))
        .join(Entry, Entry.id == PARTS.c.id)
        .where(Invitation.id.in_(invitations), or_(may_read, Entry.notice != Notice.NOBODY))
        .order_by(Invitation.id, PARTS.c.position, PARTS.c.id)
    )
    return {
        invitation_id: _spans(invitations[invitation_id], list(parts))
        for invitation_id, parts in groupby(found, key=lambda row: row.id)
    }


def _spans(starts_at: datetime, parts: Sequence[Any]) -> tuple[tuple[datetime, datetime], ...]:
    if all(part.mine for part in parts):
        return ()
    found: list[tuple[datetime, datetime]] = []
    for part, (begins, ends) in zip(
        parts, times(starts_at, (part.length for part in parts)), strict=True
    ):
        if not part.mine:
            continue
        if found and found[-1][1] == begins:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((starts_at if begins == starts_at + first_item() else begins, ends))
    return tuple(found)
