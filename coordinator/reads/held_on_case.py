"""What one agency holds on a case, thing by thing: each needs another owner when its help ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from typing import cast as typed

from sqlalchemy import (
    Table,
    and_,
    cast,
    exists,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.base import UTCDateTime, words
from coordinator.models.endings import EndingItem
from coordinator.models.entries import Entry
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.plans import Action
from coordinator.models.series import SeriesMeeting
from coordinator.models.supports import Support
from coordinator.vocabulary import (
    OPEN_ACTION_STATES,
    EntryKind,
    Level,
    MeetingState,
    RequestState,
    SupportState,
)

ACTIONS = typed("Table", Action.__table__)
REQUESTS = typed("Table", InformationRequest.__table__)
MEETINGS = typed("Table", Meeting.__table__)
SUPPORTS = typed("Table", Support.__table__)


@dataclass(frozen=True)
class HeldThing:
    """One thing: an action, a request, a meeting to come (`series`: one of several), a support.

    `to_account_id` and `reason` are what was said becomes of it, if anything was.  `movable`:
    somebody of the other agency can take it over, since it is open to both.
    """

    id: int
    reference: str
    kind: EntryKind
    what: str
    on: datetime | None
    series: bool
    level: Level
    to_account_id: int | None
    reason: str | None

    @property
    def decided(self) -> bool:
        """Whether somebody said what becomes of it."""
        return self.to_account_id is not None or bool(self.reason)

    @property
    def movable(self) -> bool:
        """Whether somebody of the other agency can take it over."""
        return self.level is Level.OPEN and self.kind is not EntryKind.INFORMATION_REQUEST

    @property
    def in_words(self) -> str:
        """Write what it is: `Core group, Tuesday 24 November (one of a series)`."""
        day = f", {clock.day_in_words(clock.local(self.on).date())}" if self.on else ""
        return f"{self.what}{day}{' (one of a series)' if self.series else ''}"


def of_agency(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    agency_id: int,
    ending_id: int,
) -> tuple[HeldThing, ...]:
    """Return what an agency holds on a case, as far as the actor may read it.  One statement."""
    may = readable_in(actor, family)
    rows = session.execute(
        union_all(
            *(statement.where(may) for statement in _each(moment, family, agency_id, ending_id))
        )
    )
    found = [HeldThing(**row._asdict()) for row in rows]
    return tuple(sorted(found, key=lambda thing: (thing.kind, thing.id)))


def _each(moment: Moment, family: FamilyInSight, agency_id: int, ending_id: int) -> list[Any]:
    ours = exists().where(
        Invitation.meeting_id == MEETINGS.c.id,
        Invitation.agency_id == agency_id,
        Invitation.removed_at.is_(None),
    )
    series = exists().where(SeriesMeeting.meeting_id == MEETINGS.c.id)
    return [
        _of(family, ending_id, ACTIONS, ACTIONS.c.text).where(
            ACTIONS.c.owner_agency_id == agency_id, ACTIONS.c.state.in_(OPEN_ACTION_STATES)
        ),
        _of(family, ending_id, REQUESTS, REQUESTS.c.what).where(
            REQUESTS.c.asked_agency_id == agency_id, REQUESTS.c.state == RequestState.ASKED
        ),
        _of(family, ending_id, MEETINGS, MeetingKind.name, MEETINGS.c.starts_at, series)
        .join(MeetingKind, MeetingKind.id == MEETINGS.c.kind_id)
        .where(
            MEETINGS.c.state == MeetingState.PLANNED,
            MEETINGS.c.starts_at > moment.now,
            or_(Entry.agency_id == agency_id, ours),
        ),
        _of(family, ending_id, SUPPORTS, SUPPORTS.c.what).where(
            SUPPORTS.c.state != SupportState.ENDED, Entry.agency_id == agency_id
        ),
    ]


def _of(
    family: FamilyInSight,
    ending_id: int,
    table: Table,
    what: Any,
    on: Any = None,
    series: Any = None,
) -> Any:
    return (
        select(
            Entry.id,
            Entry.reference,
            type_coerce(Entry.kind, words(EntryKind)).label("kind"),
            what.label("what"),
            (type_coerce(cast(null(), UTCDateTime()), UTCDateTime()) if on is None else on).label(
                "on"
            ),
            (literal(value=False) if series is None else series).label("series"),
            Entry.level,
            EndingItem.account_id.label("to_account_id"),
            EndingItem.reason,
        )
        .select_from(Entry)
        .join(table, table.c.id == Entry.id)
        .outerjoin(
            EndingItem, and_(EndingItem.entry_id == Entry.id, EndingItem.ending_id == ending_id)
        )
        .where(Entry.family_id == family.id)
    )
