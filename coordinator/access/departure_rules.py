"""The rules about what a leaver began, each named as the sentence that it is (rules.py).

An author never changes.  What they began is carried on by their colleagues on the case
(docs/decisions/0036).
"""

from coordinator.access.actor import Actor
from coordinator.access.rules import is_of_the_authors_agency, works_on_the_case
from coordinator.access.sights import EntryInSight, MeetingInSight


def carries_it_on(actor: Actor, record: object) -> bool:
    """A worker on the case for the author’s agency, once the author has left that agency."""
    return (
        isinstance(record, EntryInSight)
        and record.author_left
        and is_of_the_authors_agency(actor, record)
        and works_on_the_case(actor, record)
    )


def leads_the_meeting_on(actor: Actor, record: object) -> bool:
    """A colleague on the case of an arranger who left, if nobody is named to lead the meeting."""
    return (
        isinstance(record, MeetingInSight)
        and record.chair_id is None
        and record.minute_taker_id is None
        and carries_it_on(actor, record)
    )
