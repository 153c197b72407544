"""What the policy is told of a part of a meeting, of its minutes and of a line on its board."""

from dataclasses import dataclass

from coordinator.access.sights import EntryInSight, MeetingInSight
from coordinator.vocabulary import MeetingState


@dataclass(frozen=True)
class MinutesInSight(MeetingInSight):
    """A meeting, and whether its minutes are closed."""

    closed: bool


@dataclass(frozen=True)
class PartInSight(EntryInSight):
    """A part that the actor may read, with how its meeting stands."""

    meeting_id: int
    meeting_reference: str
    meeting_state: MeetingState
    chair_id: int | None
    minute_taker_id: int | None
    closed: bool


@dataclass(frozen=True)
class BoardEntryInSight(EntryInSight):
    """A line on a board; `closed`: the minutes of its meeting are.

    `by_link`: a guest sent it by their link, and it stands under who arranged the meeting.
    """

    meeting_id: int
    meeting_reference: str
    closed: bool
    by_link: bool
