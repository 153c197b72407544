"""Steps that the tests of meetings and of their mail share."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import time_machine
from aiosmtpd.controller import Controller
from flask import Flask
from icalendar import Calendar, Event
from sqlalchemy import func, select, update

import databases
from coordinator import clock
from coordinator.access.letters import Letter, Sender, queued
from coordinator.access.release import compose
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.families import Involvement, Person
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation
from coordinator.models.outbox import OutboxMessage
from coordinator.models.trail import TrailEvent
from coordinator.worker import Worker
from page import Client, Page
from planning import option
from world import World

MEETINGS = "/families/LANE-01/meetings"
SENDER = Sender("Coordinator <no-reply@coordinator.example>", "https://coordinator.example")
# What must never leave: the family's names, a diagnosis, what a meeting is for, its kind.
CANARIES = ("Kim", "Lane", "LANE", "Leo", "Mia", "Nate", "Moss", "depression", "Core group")
PURPOSE = "Kim’s depression, and where Leo and Mia live"


def soon(days: int = 10) -> date:
    """Return a day to come."""
    return clock.today() + timedelta(days=days)


def arrange(
    client: Client,
    kind: str = "Core group",
    follow: bool = True,
    heeding: bool = False,
    **values: Any,
) -> Page:
    """Arrange a meeting on LANE-01 by the form as it stands.

    `invite` says which workers are asked; the family is asked as it is proposed.  That somebody has
    an appointment then stops nothing, unless this is `heeding` it.
    """
    page = client.get(f"{MEETINGS}/arrange")
    if "invite" in values:
        values["invite"] = [*family_boxes(page), *values["invite"]]
    filled = {
        "kind": option(page, "kind", kind),
        "day": soon(),
        "start": "2:30pm",
        "place": "site",
        "site": option(page, "site", "Northside"),
        "purpose": PURPOSE,
        **values,
    }
    for name in ("chair", "minute_taker"):
        if name in values:
            filled[name] = option(page, name, values[name])
    page = client.submit(page, filled, button="Arrange the meeting and invite", follow=follow)
    said = page.errors.get("", "").rstrip(".").split(". ") if page.status == 422 else [""]
    if heeding or not all(sentence.endswith("appointment then") for sentence in said):
        return page
    return client.submit(page, button="Arrange it all the same", follow=follow)


def family_boxes(page: Page) -> list[str]:
    """Return whom of the family, and who works with it, the form proposes."""
    return [
        str(box["value"])
        for box in page.main.select("input[name=invite][checked]")
        if "on the case" not in box.find_parent(class_="govuk-checkboxes__item").get_text()
    ]


def reference(page: Page) -> str:
    """Return the reference of the meeting on whose page one is."""
    assert page.status == 200, page
    assert page.path.startswith("/meetings/"), page
    return page.path.split("/")[2]


def invitations(world: World, *conditions: Any) -> dict[str, Invitation]:
    """Return the live invitations by name."""
    with world.session() as session:
        rows = session.execute(
            select(Account.name, Invitation)
            .join(Account, Account.id == Invitation.account_id)
            .where(Invitation.removed_at.is_(None), *conditions)
        ).all()
        session.expunge_all()
    return dict(rows)  # type: ignore[arg-type]


def everybody(world: World) -> dict[str, str]:
    """Return the references of all live invitations by name, the family's and guests' too."""
    with world.session() as session:
        rows = session.execute(
            select(func.coalesce(Account.name, Guest.name, Person.name), Invitation.reference)
            .outerjoin(Account, Account.id == Invitation.account_id)
            .outerjoin(Guest, Guest.id == Invitation.guest_id)
            .outerjoin(Person, Person.id == Invitation.person_id)
            .where(Invitation.removed_at.is_(None))
        )
        return {name: reference for name, reference in rows}  # noqa: C416


def membership(world: World, name: str) -> str:
    """Return how a form names a colleague."""
    with world.session() as session:
        return (
            session.scalars(
                select(Membership.reference).where(Membership.account_id == world.account_id(name))
            ).first()
            or ""
        )


def waiting(world: World, name: str = "") -> list[OutboxMessage]:
    """Return the messages in the outbox, those to one person if a name is given."""
    with world.session() as session:
        statement = select(OutboxMessage).order_by(OutboxMessage.id)
        if name:
            statement = statement.where(OutboxMessage.account_id == world.account_id(name))
        rows = list(session.scalars(statement))
        session.expunge_all()
    return rows


def states(world: World, name: str = "") -> list[tuple[str, int]]:
    """Return the state and the tries of each message that is queued, or of one person's."""
    return [(m.state.value, m.tries) for m in waiting(world, name)]


def later(minutes: int) -> time_machine.travel:
    """Let it be so many minutes later inside."""
    return time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=True)


def letter(world: World, message: OutboxMessage) -> Letter:
    """Return what would leave for this message now."""
    with world.session() as session:
        now = clock.now()
        return compose(session, Moment(now, clock.today()), queued(message), SENDER)


def parsed(raw: bytes) -> EmailMessage:
    """Return a mail as its reader's program parses it."""
    return message_from_bytes(raw, _class=EmailMessage, policy=default)  # type: ignore[return-value]


def calendar_bytes(mail: EmailMessage) -> bytes:
    """Return the calendar part of a mail."""
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    return part.get_payload(decode=True)  # type: ignore[return-value]


def event(mail: EmailMessage) -> Event:
    """Return the one event of a mail's calendar part."""
    calendar = Calendar.from_ical(calendar_bytes(mail))
    (found,) = calendar.walk("VEVENT")
    return found  # type: ignore[no-any-return]


def always_on_the_case(world: World) -> None:
    """Let everybody's involvement and membership reach far back, for tests on other days."""
    with world.session() as session:
        session.connection().execute(
            update(Involvement.__table__).values(starts_on=date(2020, 1, 1))
        )  # type: ignore[arg-type]
        session.connection().execute(
            update(Membership.__table__).values(starts_on=date(2020, 1, 1))
        )  # type: ignore[arg-type]


def trail(world: World, *conditions: Any) -> list[TrailEvent]:
    """Return the events of the trail that meet the conditions, in order."""
    with world.session() as session:
        rows = list(session.scalars(select(TrailEvent).where(*conditions).order_by(TrailEvent.seq)))
        session.expunge_all()
    return rows


@dataclass
class Inbox:
    """A mail server's handler that keeps what arrives, and answers as it is told to."""

    mails: list[tuple[str, bytes]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    drops: int = 0

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        if self.drops:
            self.drops -= 1
            server.transport.close()
            return "451 gone"
        self.mails.append((envelope.rcpt_tos[0], envelope.original_content or envelope.content))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Return the mails that arrived for an address."""
        return [parsed(raw) for to, raw in self.mails if to == address]

    @property
    def ids(self) -> list[str]:
        """Return the Message-IDs in the order of arrival."""
        return [str(parsed(raw)["Message-ID"]) for _to, raw in self.mails]


def free_port() -> int:
    """Return a port of loopback on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def mail_server(inbox: Inbox, port: int | None = None) -> Iterator[str]:
    """Run a real mail server on loopback; give its address for the worker."""
    port = port or free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def worker(app: Flask, mail_url: str) -> Worker:
    """Return a worker on an app's database."""
    return Worker.of(databases.engine_of(app), databases.config("unused", mail_url=mail_url))
