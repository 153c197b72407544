"""The rules about parts of a meeting, minutes and boards, each named as the sentence that it is."""

from coordinator.access.actor import Actor
from coordinator.access.part_sights import BoardEntryInSight, MinutesInSight, PartInSight
from coordinator.vocabulary import MeetingState


def minutes_are_open(actor: Actor, record: object) -> bool:
    """Minutes that are not closed."""
    sight = MinutesInSight | BoardEntryInSight | PartInSight
    return isinstance(record, sight) and not record.closed


def came_by_no_link(actor: Actor, record: object) -> bool:
    """A line that a worker wrote, and not a guest by their link."""
    return isinstance(record, BoardEntryInSight) and not record.by_link


def minutes_are_closed(actor: Actor, record: object) -> bool:
    """Minutes that are closed."""
    return isinstance(record, MinutesInSight | PartInSight) and record.closed


def part_can_be_changed(actor: Actor, record: object) -> bool:
    """A part of a meeting that is not held."""
    return isinstance(record, PartInSight) and record.meeting_state is MeetingState.PLANNED


def takes_the_minutes_of_the_part(actor: Actor, record: object) -> bool:
    """The chair or the minute taker named on the meeting, of a part that they read."""
    return isinstance(record, PartInSight) and actor.account_id in (
        record.chair_id,
        record.minute_taker_id,
    )
