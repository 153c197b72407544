"""Adds shared desks, slots there and planned talks about a family, in the name of the cast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coordinator.models.desks import Desk, DeskSlot, DeskTalk
from coordinator.models.directory import Site
from coordinator.vocabulary import Level
from sharing_writer import account_id

if TYPE_CHECKING:
    from writer import Writer


def desk(writer: Writer, name: str) -> Desk:
    """Let somebody have a desk at Northside House on every Tuesday morning, once."""
    who = account_id(writer.session, name)
    there = writer.session.scalars(select(Desk).where(Desk.account_id == who)).first()
    if there is not None:
        return there
    site = select(Site.id).where(Site.name == "Northside House")
    made = Desk(
        account_id=who,
        site_id=writer.session.scalars(site).one(),
        weekday=1,
        opens=9 * 60,
        closes=12 * 60,
        slot_minutes=20,
        starts_on=writer.moment.today,
        told_by_id=who,
        told_at=writer.moment.now,
    )
    writer.session.add(made)
    writer.session.flush()
    return made


def slot(writer: Writer, host: str, booker: str) -> DeskSlot:
    """Book the next slot that nobody has; it is today, whatever the weekday."""
    at = desk(writer, host)
    taken = writer.session.scalars(select(DeskSlot.minute).where(DeskSlot.desk_id == at.id)).all()
    made = DeskSlot(
        desk_id=at.id,
        day=writer.moment.today,
        minute=max(taken, default=0) + 1,
        booked_by_id=account_id(writer.session, booker),
        line="",
        booked_at=writer.moment.now,
    )
    writer.session.add(made)
    writer.session.flush()
    return made


def desk_and_slot(writer: Writer, host: str, booker: str) -> dict[str, str]:
    """Return where the parameters lead."""
    made = slot(writer, host, booker)
    return {"desk": desk(writer, "Bella").reference, "desk_slot": made.reference}


def talk(
    writer: Writer, author: str, words: str, level: Level = Level.OPEN, **more: Any
) -> DeskTalk:
    """Plan a talk with Nia about the family."""
    booked = slot(writer, "Nia", author)
    made: DeskTalk = writer.add(
        DeskTalk,
        author,
        level,
        slot_id=booked.id,
        with_id=account_id(writer.session, "Nia"),
        what=words,
        **more,
    )
    return made
