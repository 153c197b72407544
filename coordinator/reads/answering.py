"""Who answers for a post at an instant: its holder, who acts for them, a deputy, or the night desk.

A pure function of what the directory knows, so that it can be asked for any hour (E05, S21).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from coordinator import clock, cover_hours


class Part(Enum):
    """As what somebody answers."""

    HOLDER = "holder"
    ACTING = "acting"
    DEPUTY = "deputy"
    NIGHT = "out of hours"
    NUMBER = "the post’s own number"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a post or deputises.

    While they are away, `away_until` is their last day off and `acting` who acts for them, if
    somebody does who is there.
    """

    name: str
    profession: str
    phone: str
    email: str
    reference: str = ""
    away_until: date | None = None
    acting: "Holder | None" = None


@dataclass(frozen=True)
class Desk:
    """What is known of a post or of the out-of-hours desk, for saying who answers.

    `hours` are None where nobody wrote hours that can be counted.
    """

    phone: str
    hours: cover_hours.Hours | None
    holder: Holder | None
    deputy: Holder | None
    name: str = ""


@dataclass(frozen=True)
class Answer:
    """Who answers, under which number, and until when (an instant in UTC; None: no end is known).

    `open` is whether the post itself answers now; None where its hours are not known.  `reopens`
    is when it does again.
    """

    part: Part
    who: Holder | None
    phone: str
    until: datetime | None
    open: bool | None
    reopens: datetime | None = None
    desk: str = ""


def at(post: Desk, night: Desk | None, instant: datetime) -> Answer:
    """Return who answers for a post at this aware instant.

    Within its hours: the holder, or who acts for them while they are away, or the deputy, or the
    post's own number.  Outside them: the out-of-hours desk of the agency (`night`).
    """
    opened = None if post.hours is None else cover_hours.is_open(post.hours, instant)
    change = cover_hours.changes_at(post.hours, instant) if post.hours else None
    if opened is not False:
        found = _of(post, change, opened=opened)
        if found.part is not Part.NOBODY:
            return found
    if night and (night.hours is None or cover_hours.is_open(night.hours, instant)):
        by_night = _of(night, None, opened=opened)
        end = cover_hours.changes_at(night.hours, instant) if night.hours else None
        reopens = None if opened else change
        return Answer(
            Part.NIGHT if by_night.phone else Part.NOBODY,
            by_night.who,
            by_night.phone,
            min((edge for edge in (end, reopens) if edge), default=None),
            opened,
            reopens,
            night.name,
        )
    return Answer(Part.NOBODY, None, "", change, opened, None if opened else change)


def _of(desk: Desk, change: datetime | None, *, opened: bool | None) -> Answer:
    """Return who of a post answers while it does."""
    away = [person.away_until for person in (desk.holder, desk.deputy) if person]
    ends = [clock.day_bounds(day)[1] for day in away if day]
    until = min([*ends, *([change] if change else [])], default=None)
    for part, who in (
        (Part.HOLDER, desk.holder),
        (Part.ACTING, desk.holder and desk.holder.acting),
        (Part.DEPUTY, desk.deputy),
        (Part.ACTING, desk.deputy and desk.deputy.acting),
    ):
        if who and not who.away_until:
            # The post's line rings where its holder sits; anybody else is reached on their own.
            own = part is not Part.HOLDER
            phone = (who.phone or desk.phone) if own else (desk.phone or who.phone)
            return Answer(part, who, phone, until, opened)
    if desk.phone:
        return Answer(Part.NUMBER, None, desk.phone, until, opened)
    return Answer(Part.NOBODY, None, "", until, opened)
