"""What stands in a calendar, and what takes somebody's time, whatever noun it comes from.

A noun that belongs into calendars has a file `reads/calendar_<noun>.py` with one function for each
of the two lists in `reads/calendar.py`, where it is named.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Period:
    """From one instant to another; both in UTC, the last one not inside."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class CalendarRow:
    """One thing in the calendar of whoever reads.

    `times` are the periods in which it is theirs: one, or those of the parts that they are asked
    to; `whole` is all of it.  `what` is its kind where the reader may know it, else "Appointment";
    `note` what it asks of them.  `href` is empty where no page opens.  `mine`: they are expected
    there; at what has no `uid` nobody who reads is.  Only what is theirs and has a `uid` goes into
    their subscribed calendar, which tells its reference and its time alone; `uid` and `sequence`
    are those of the mail about it, and `changed_at` is when this version of it was written.
    `all_day`: a day by which something is due, for the list alone.
    """

    reference: str
    family: str
    what: str
    whole: Period
    times: tuple[Period, ...]
    href: str
    where: str = ""
    note: str = ""
    mine: bool = False
    cancelled: bool = False
    all_day: bool = False
    uid: str = ""
    sequence: int = 0
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """Whose time is asked for: ids of accounts, of members of the family, and of its guests."""

    accounts: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    guests: frozenset[int] = frozenset()


@dataclass(frozen=True)
class BusyTime:
    """That one of those asked has something then: whose time it takes, and no word of what it is.

    Exactly one of the ids is given.
    """

    period: Period
    account_id: int | None = None
    person_id: int | None = None
    guest_id: int | None = None
