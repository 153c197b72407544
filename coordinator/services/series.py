"""Meetings that come again, every so many weeks at the same time by the clock on the wall (0025).

Each is a meeting of its own, with its own invitations, answers and minutes.  People are asked to
the first at once, in a mail that names the days of the others, and to each of the others when the
one before it is over: nobody has twelve invitations to answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access import find_entries
from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, MeetingInSight, Moment
from coordinator.clock import day_in_words
from coordinator.errors import InvalidError
from coordinator.models.directory import Site
from coordinator.models.meetings import Meeting
from coordinator.models.series import SeriesMeeting
from coordinator.reads import invitations as offered
from coordinator.reads import series as reads
from coordinator.reads.invitations import Candidate, Company
from coordinator.reads.series import Follower
from coordinator.services import in_series, meetings
from coordinator.services.in_series import InSeries
from coordinator.services.meetings import Arrangement
from coordinator.services.partner import LeftOut
from coordinator.vocabulary import NotAskedReason
from coordinator.working_days import BANK_HOLIDAYS

MOST = 12
CONFIRM = "all_the_same"
ON = " on "


@dataclass(frozen=True)
class Again:
    """Every how many weeks a meeting comes again: so many times in all, or until a day."""

    weeks: int
    times: int | None = None
    until: date | None = None


def days(first: date, again: Again) -> tuple[date, ...]:
    """Return the days of a series, the first one too.  Raises `InvalidError`."""
    if (again.times is None) == (again.until is None):
        raise InvalidError({"times": "Choose how many meetings, or say until when: one of the two"})
    step = timedelta(weeks=again.weeks)
    until = again.until or first + (again.times or 0) * step - timedelta(days=1)
    found: list[date] = []
    while first + len(found) * step <= until and len(found) <= MOST:
        found.append(first + len(found) * step)
    field = "until" if again.until else "times"
    if len(found) > MOST:
        raise InvalidError({field: f"A series is of {MOST} meetings at most"})
    if len(found) < 2:
        raise InvalidError({field: "That is a single meeting: choose that it does not come again"})
    return tuple(found)


def arrange(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    kind: str,
    arrangement: Arrangement,
    invite: Sequence[str],
    left_out: LeftOut | None,
    reasons: Mapping[str, NotAskedReason] | None,
    again: Again | None,
) -> tuple[str, int]:
    """Arrange a meeting, or a series; return the reference of the first, and how many there are.

    Takes and raises what services/meetings.arrange does; each is at the same time by the clock,
    whether the clocks have changed or not.
    """
    if again is None:
        once = (family, kind, arrangement, invite, left_out, reasons)
        return meetings.arrange(session, actor, moment, *once), 1
    made: list[Meeting] = []
    against: list[str] = []
    for day in days(arrangement.day, again):
        against += _holiday(day, arrangement)
        that_day = replace(arrangement, day=day)
        joins = InSeries(
            first_id=made[0].id if made else None,
            every_weeks=again.weeks,
            asks_at=made[-1].starts_at + timedelta(minutes=made[-1].minutes)
            if made
            else moment.now,
            asked_at=None if made else moment.now,
        )
        one = (family, kind, that_day, invite, left_out, reasons, joins)
        with _confirmed_for_all(against):
            reference = meetings.arrange(session, actor, moment, *one)
            found = session.scalars(select(Meeting).where(Meeting.reference == reference))
            made.append(found.one())
    _ask_once(against)
    return made[0].reference, len(made)


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    version: int | None,
    arrangement: Arrangement,
    *,
    following: bool = False,
) -> bool:
    """Change one meeting of a series, or it and all that follow; return whether it moved.

    Those that follow take what differs: as many days on, another time, another place.  What was
    changed on one of them alone stays.  Raises what services/meetings.change does.
    """
    people = offered.company(session, actor, moment, meeting.family)
    was = _as_arranged(session, session.get_one(Meeting, meeting.id), people)
    later = reads.following(session, actor, meeting) if following else ()
    moved, against = False, list[str]()
    with _confirmed_for_all(against):
        moved = meetings.change(session, actor, moment, meeting, version, arrangement)
    if moved:
        _told(session, moment, meeting.id)
    new = {
        name: value
        for name, value in vars(arrangement).items()
        if name not in ("day", "all_the_same") and value != getattr(was, name)
    }
    by = arrangement.day - was.day
    told = offered.invited_accounts(session, meeting.id) if moved else frozenset()
    for sight, record in _others(session, actor, moment, later):
        own, starts_at = _as_arranged(session, record, people), record.starts_at
        sure = arrangement.all_the_same
        wanted = replace(own, **new, day=own.day + by, all_the_same=sure)
        against += _holiday(wanted.day, wanted) if by else []
        quiet = told if in_series.waits(session, record.id) else None
        with _confirmed_for_all(against):
            meetings.change(session, actor, moment, sight, sight.version, wanted, quiet)
        joined = session.get_one(SeriesMeeting, record.id)
        joined.asks_at += record.starts_at - starts_at
    _ask_once(against)
    session.flush()
    return moved


def cancel(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    reason: str,
    *,
    following: bool = False,
) -> int:
    """Cancel one meeting of a series, or it and all that follow; return how many that is.

    Who is told of the first reads in the same mail of those to which nobody is asked yet.
    """
    later = reads.following(session, actor, meeting) if following else ()
    told = offered.invited_accounts(session, meeting.id)
    meetings.cancel(session, actor, moment, meeting, reason)
    _told(session, moment, meeting.id)
    for sight, record in _others(session, actor, moment, later):
        quiet = told if in_series.waits(session, record.id) else None
        meetings.cancel(session, actor, moment, sight, reason, quiet)
    session.flush()
    return 1 + len(later)


def _holiday(day: date, wanted: Arrangement) -> list[str]:
    """Return what is to be confirmed of a day that nobody has chosen: it may be a holiday."""
    asks = day in BANK_HOLIDAYS and not wanted.all_the_same
    return [f"{day_in_words(day)} is a bank holiday"] if asks else []


@contextmanager
def _confirmed_for_all(against: list[str]) -> Iterator[None]:
    """Collect in `against` what one confirmation is for; let every other refusal through."""
    try:
        yield
    except InvalidError as refused:
        if refused.problems.keys() != {CONFIRM}:
            raise
        against += refused.problems[CONFIRM].split(". ")


def _ask_once(against: list[str]) -> None:
    """Raise `InvalidError` with all that is to be confirmed.

    What is so on many days (`… on Tuesday 1 December 2026`) is one sentence.
    """
    days_of: dict[str, list[str]] = {}
    for sentence in dict.fromkeys(against):
        what, on, day = sentence.rpartition(ON)
        days_of.setdefault(what if on else sentence, []).extend([day] if on else [])
    said = [
        f"{what}{ON}{len(on_days)} of the days, first {on_days[0]}"
        if len(on_days) > 1
        else ON.join([what, *on_days])
        for what, on_days in days_of.items()
    ]
    if said:
        raise InvalidError({CONFIRM: ". ".join(said)})


def _others(
    session: Session, actor: Actor, moment: Moment, later: Sequence[Follower]
) -> Iterator[tuple[MeetingInSight, Meeting]]:
    for one in later:
        sight = find_entries.meeting(session, actor, moment, one.reference)
        if sight is not None:
            yield sight, session.scalars(select(Meeting).where(Meeting.id == sight.id)).one()


def _told(session: Session, moment: Moment, meeting_id: int) -> None:
    """Keep that people know of this meeting from now on, if it is one of a series."""
    joined = session.get(SeriesMeeting, meeting_id)
    if joined and joined.asked_at is None:
        joined.asked_at = moment.now


def _as_arranged(session: Session, record: Meeting, people: Company) -> Arrangement:
    """Return what is agreed about a meeting as it stands."""
    site = session.get(Site, record.site_id) if record.site_id else None
    return Arrangement(
        day=record.local_start.date(),
        start=record.local_start.time(),
        minutes=record.minutes,
        place=record.place,
        site=site.reference if site else "",
        place_text=record.place_text,
        purpose=record.purpose,
        chair=_value_of(people.chairs, record.chair_id),
        minute_taker=_value_of(people.minute_takers, record.minute_taker_id),
        interpreter_booked=bool(record.interpreter_booked),
        which_hour=clock.which_of_two(record.local_start, record.starts_at),
    )


def _value_of(people: Sequence[Candidate], account_id: int | None) -> str:
    return next((one.value for one in people if one.account_id == account_id), "")
