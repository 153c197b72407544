"""A meeting as a file that any calendar opens: a reference, a time, a listed site (E60)."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.models.directory import Site
from coordinator.models.meetings import Meeting
from coordinator.vocabulary import MeetingState


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
    calendar.add("prodid", "-//Coordinator//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
