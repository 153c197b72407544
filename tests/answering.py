"""Answers from calendars, as the programs of invitees write them."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from icalendar import Calendar, Event, vCalAddress

import gathering
from coordinator import clock
from coordinator.access.sights import Moment
from coordinator.services import answers_by_mail
from gathering import Inbox
from world import World

TO = "answers@coordinator.example"


def answered(
    invitation: EmailMessage,
    partstat: str = "ACCEPTED",
    *,
    sender: str = "",
    attendees: list[str] | None = None,
    stamp: datetime | None = None,
    method: str = "REPLY",
    **changed: Any,
) -> bytes:
    """Return the mail with which a calendar answers an invitation; tests forge parts of it."""
    asked = gathering.event(invitation)
    me = str(asked["ATTENDEE"]).removeprefix("mailto:")
    event = Event()
    event.add("uid", changed.get("uid", str(asked["UID"])))
    event.add("sequence", changed.get("sequence", asked["SEQUENCE"]))
    event.add("dtstamp", stamp or clock.now())
    event.add("dtstart", asked.decoded("DTSTART"))
    event.add("organizer", asked["ORGANIZER"])
    for address in attendees if attendees is not None else [me]:
        attendee = vCalAddress(f"MAILTO:{address}")
        attendee.params["PARTSTAT"] = partstat
        if delegate := changed.get("delegate"):
            attendee.params["DELEGATED-TO"] = f"mailto:{delegate}"
        event.add("attendee", attendee)
    calendar = Calendar()
    calendar.add("prodid", "-//Somebody’s//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender or f"Somebody <{me.upper()}>"
    mail["To"] = TO
    mail["Subject"] = "Accepted: Meeting"
    mail.set_content("Sent from my phone")
    mail.add_alternative(
        calendar.to_ical(), maintype="text", subtype="calendar", params={"method": method}
    )
    return mail.as_bytes()


def take(world: World, raw: bytes, later: timedelta = timedelta()) -> str:
    """Let the tool read a mail, as its worker would."""
    with world.session() as session:
        now = clock.now() + later
        return answers_by_mail.take(session, Moment(now, clock.local(now).date()), raw)


def delivered(world: World, app: Any, inbox: Inbox, address: str) -> list[EmailMessage]:
    """Send what waits; return what arrived at an address."""
    with gathering.mail_server(inbox) as server:
        gathering.worker(app, server).send_due()
    return inbox.to(address)
