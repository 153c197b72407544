"""Counting what nobody is shown: how much a leaver holds, of every level (docs/decisions/0036).

An administrator sees no family, and a manager not what is for named people; what they are told is
a number, and it must be true.  Nothing but numbers may come out of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.trail import Acting

COUNTS = Acting(service="leavers")


@contextmanager
def counting(session: Session) -> Iterator[None]:
    """Count as the service that hands over, which reads all and changes nothing meanwhile."""
    session.flush()
    who, action, reading = (session.info[name] for name in ("acting", "action", "reading"))
    trail.acting(session, COUNTS, action, reading=True)
    try:
        yield
    finally:
        trail.acting(session, who, action, reading=reading)
