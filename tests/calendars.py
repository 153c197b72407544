"""A real calendar server on loopback, and what a calendar program does with an invitation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import caldav
import radicale.config
from icalendar import Calendar
from radicale import Application

import gathering


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *words: object) -> None:  # noqa: A002  (wsgiref's name)
        """Write nothing."""


@contextmanager
def calendar_server(folder: Path) -> Iterator[str]:
    """Run Radicale, which keeps each person's calendars in this folder; give its address."""
    settings = radicale.config.load()
    settings.update(
        {
            "storage": {"filesystem_folder": str(folder)},
            "auth": {"type": "none"},
            "rights": {"type": "owner_only"},
            "logging": {"level": "critical"},
        },
        "the test",
        privileged=True,
    )
    server = make_server("127.0.0.1", 0, Application(settings), handler_class=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def calendar_of(server: str, person: str) -> caldav.Calendar:
    """Return the calendar of a person at the server, as their calendar program reaches it."""
    client = caldav.DAVClient(server, username=person, password="any")
    return client.principal().make_calendar(name="Work")


def received(calendar: caldav.Calendar, mail: EmailMessage) -> None:
    """Do what a calendar program does with an iTIP mail (RFC 5546, 3.2): store, replace, cancel.

    What is stored is a plain event without METHOD (RFC 4791, 4.1).
    """
    message = Calendar.from_ical(gathering.calendar_bytes(mail))
    (event,) = message.walk("VEVENT")
    mine = [e for e in calendar.events() if e.icalendar_component["UID"] == event["UID"]]
    if mine and mine[0].icalendar_component["SEQUENCE"] > event["SEQUENCE"]:
        return
    if message["METHOD"] == "CANCEL":
        for stored in mine:
            stored.delete()
        return
    assert message["METHOD"] == "REQUEST"
    message.pop("METHOD")
    # Put as it came: `save` would count up the number, which is the organiser's to do.
    address = f"{calendar.url}{event['UID']}.ics"
    answer = calendar.client.put(address, message.to_ical(), {"Content-Type": "text/calendar"})
    assert answer.status in (201, 204)
