"""What any calendar opens: a meeting as a file, or all of somebody's as a subscription (E60).

A file of one meeting holds a reference, a time and a listed site.  A subscription, whose address
others may come by and whose calendar others may read, holds references and times alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.models.directory import Site
from coordinator.models.meetings import Meeting
from coordinator.vocabulary import MeetingState

PRODUCT = "-//Coordinator//Meetings//EN"
ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Dated:
    """One thing of a subscription: what it is stays unsaid.  `uid` is the mail's about it."""

    uid: str
    sequence: int
    reference: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    cancelled: bool


def subscription(things: Iterable[Dated]) -> bytes:
    """Return the iCalendar stream of these, in UTC; the same things are the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Coordinator")
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for thing in things:
        event = Event()
        event.add("uid", thing.uid)
        event.add("dtstamp", thing.changed_at.replace(microsecond=0))
        event.add("sequence", thing.sequence)
        event.add("dtstart", thing.starts_at)
        event.add("dtend", thing.ends_at)
        event.add(
            "summary", f"{'Cancelled: r' if thing.cancelled else 'R'}eference {thing.reference}"
        )
        event.add("status", "CANCELLED" if thing.cancelled else "CONFIRMED")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def meeting_file(session: Session, meeting_id: int, now: datetime, link: str = "") -> bytes:
    """Return the iCalendar file of a meeting in sight, in UTC (RFC 5545, METHOD:PUBLISH).

    Its title is the reference; who is asked, what for and of which kind it is are not in it.
    """
    row = session.execute(
        select(
            Meeting.reference,
            Meeting.uid,
            Meeting.sequence,
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.state,
            Site.name,
            Site.address,
        )
        .outerjoin(Site, Site.id == Meeting.site_id)
        .where(Meeting.id == meeting_id)
    ).one()
    event = Event()
    event.add("uid", row.uid)
    event.add("dtstamp", now)
    event.add("sequence", row.sequence)
    event.add("dtstart", row.starts_at)
    event.add("dtend", row.starts_at + timedelta(minutes=row.minutes))
    event.add("summary", f"Meeting, reference {row.reference}")
    cancelled = row.state is MeetingState.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if link:
        event.add("url", link)
    if site := ", ".join(part for part in (row.name, row.address) if part):
        event.add("location", site)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
