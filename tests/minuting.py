"""Steps that the tests of agendas, boards and minutes share."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

import records
from coordinator import clock
from coordinator.access.sights import Moment
from coordinator.models.agendas import AgendaPart
from coordinator.models.meetings import Meeting
from coordinator.vocabulary import CaseRole
from gathering import arrange, reference
from page import Client, Page
from world import World

SECRET = "Xylophone and the therapy"
TEXT = "What the psychologist wrote in July"
NOTE = "therapy content not needed for the decision"


def lend(world: World) -> None:
    """Put the chair and the minute taker on the case, as an earlier meeting does."""
    with world.session() as session:
        lent(session, world.moment)


def lent(session: Session, moment: Moment) -> records.Writer:
    """Put them on the case of LANE-01 in this session; return who can write more there."""
    writer = records.Writer.of(session, moment, "LANE-01")
    writer.involve("Hana", CaseRole.CHAIR)
    writer.involve("Hugo", CaseRole.MINUTE_TAKER)
    return writer


def review(client: Client, **values: object) -> str:
    """Arrange a care plan review at half past two, and return its reference."""
    return reference(arrange(client, "Care plan review (CPA)", minutes="120", **values))


def add(client: Client, meeting: str, title: str, **values: object) -> Page:
    """Add an open part of a quarter of an hour."""
    page = client.get(f"/meetings/{meeting}/agenda/add")
    return client.submit(page, {"title": title, "length": "15", **values}, button="Add the part")


def shut(client: Client, meeting: str, also: str = "", **values: object) -> Page:
    """Add a part that is closed to the other agency; `also` names somebody who is there for it."""
    page = client.get(f"/meetings/{meeting}/agenda/add")
    named = [
        box["value"]
        for box in page.soup.select("input[name=also]")
        if also and also in box.parent.get_text()
    ]
    closed = {"audience": "closed", "closed_reason": "therapy", "closed_note": NOTE, "what": TEXT}
    filled = {"title": SECRET, "length": "15", **closed, "also": named, **values}
    return client.submit(page, filled, button="Add the part")


def part(world: World, title: str = SECRET) -> AgendaPart:
    """Return the part of this title."""
    with world.session() as session:
        row = session.scalars(select(AgendaPart).where(AgendaPart.title == title)).one()
        session.expunge_all()
    return row


def begins(world: World, meeting: str) -> None:
    """Let the meeting have been yesterday."""
    with world.does("Amira") as (session, _):
        record = session.scalars(select(Meeting).where(Meeting.reference == meeting)).one()
        moved = record.starts_at - clock.now() + timedelta(days=1)
        record.starts_at -= moved
        record.local_start -= moved


def came(client: Client, meeting: str, **others: str) -> Page:
    """Record that everybody came, but for those named."""
    page = client.get(f"/meetings/{meeting}/attendance")
    filled = {}
    for group in page.main.select("fieldset"):
        name = group.select_one("legend").get_text(strip=True)
        filled[group.select_one("input")["name"]] = others.get(name, "attended")
    return client.submit(page, filled, button="Save who came")


def strength(client: Client, meeting: str, text: str = "They eat together", **values: str) -> Page:
    """Put a strength on the board."""
    page = client.get(f"/meetings/{meeting}/board/add")
    filled = {"side": "strength", "text": text, **values}
    return client.submit(page, filled, button="Put it on the board")


def closed(client: Client, meeting: str, **values: str) -> Page:
    """Close the minutes."""
    page = client.get(f"/meetings/{meeting}/minutes/close")
    view = {"parents_view": "Kim is glad", **values}
    return client.submit(page, view, button="Close the minutes")
