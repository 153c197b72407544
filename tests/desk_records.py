"""Adds shared desks, slots there and planned talks about a family, in the name of the cast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coordinator import trail
from coordinator.models.desks import Desk, DeskSlot, DeskTalk
from coordinator.models.directory import Site
from coordinator.vocabulary import Level, SlotOutcome
from sharing_writer import account_id

if TYPE_CHECKING:
    from writer import Writer


def desk(writer: Writer, name: str) -> Desk:
    """Let somebody have a desk at Northside House on every Tuesday morning, once."""
    who = account_id(writer.session, name)
    there = writer.session.scalars(
        select(Desk).where(Desk.account_id == who, Desk.ends_on.is_(None))
    ).first()
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
    for name in ("Amira", "Bella", "Ben", "Omar", "Paula"):
        _taken_back(writer, name)
    made = slot(writer, host, booker)
    return {"desk": desk(writer, "Bella").reference, "desk_slot": made.reference}


def _taken_back(writer: Writer, name: str) -> Desk:
    """Return somebody's desk that was taken back at once; make it if there is none."""
    session, today = writer.session, writer.moment.today
    who = account_id(session, name)
    there = session.scalars(select(Desk).where(Desk.account_id == who, Desk.ends_on < today))
    if (found := there.first()) is not None:
        return found
    trail.acting(session, trail.Acting(service="test"), "test")
    made = Desk(
        account_id=who,
        site_id=session.scalars(select(Site.id).where(Site.name == "Northside House")).one(),
        weekday=1,
        opens=0,
        closes=60,
        starts_on=today,
        ends_on=today - timedelta(days=1),
        told_by_id=who,
        told_at=writer.moment.now,
    )
    session.add(made)
    session.flush()
    return made


def talk(
    writer: Writer, author: str, words: str, level: Level = Level.OPEN, **more: Any
) -> DeskTalk:
    """Plan a talk about the family; its slot is the author's alone, at a desk taken back.

    Where somebody sits is no secret, so that desk is there in every world.
    """
    session, today = writer.session, writer.moment.today
    who = account_id(session, author)
    taken_back = _taken_back(writer, author)
    booked = DeskSlot(
        desk_id=taken_back.id,
        day=today,
        minute=0,
        booked_by_id=who,
        line=words[:200],
        word=words[:200],
        booked_at=writer.moment.now,
        outcome=SlotOutcome.CANCELLED,
    )
    session.add(booked)
    session.flush()
    more |= {"slot_id": booked.id, "with_id": who}
    made: DeskTalk = writer.add(DeskTalk, author, level, what=words, **more)
    return made
