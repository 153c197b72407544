"""What the tests of information requests do again and again, as people do it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import records
from casework import choice
from coordinator import clock
from coordinator.models.entries import Entry
from coordinator.models.information_requests import InformationRequest
from coordinator.models.sharing import Note
from coordinator.vocabulary import Level

LIST = "/families/LANE-01/requests"
ASK = f"{LIST}/ask"
HELD = "Canary-4711 in the cellar"
WHAT = "Current risk and treatment"
WORDS = {
    "what": WHAT,
    "why": "To judge whether Leo is safe at home",
    "decision": "The conference on Friday",
}
SUMMARY = {
    "answer": "summary",
    "text": "She takes her treatment and is well",
    "reason": "The rest does not bear on the decision",
    "parent_told": "yes",
    "parent_view": "Kim agrees",
}
DECLINED = {"answer": "declined", "reason": "It does not bear on the decision"}


def ask(client, of="Amira", days=3, **values):
    """Ask somebody whose name, or whose desk's, begins so; return the page that follows."""
    page = client.get(ASK)
    due_on = clock.today() + timedelta(days=days)
    return client.submit(
        page, {"whom": choice(page, "whom", of), "due_on": due_on, **WORDS, **values}
    )


def ask_holder(client, notice, days=3):
    return client.submit(
        client.get(f"/notices/{notice}/ask"),
        {"due_on": clock.today() + timedelta(days=days), **WORDS},
    )


def hold(world, author, level=Level.NAMED):
    """Let somebody write a note that is held back; return its reference."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        return writer.add(Note, author, level, text=HELD).reference


def newest(world):
    """Return the reference of the newest request."""
    with world.session() as session:
        return session.scalars(
            select(Entry.reference)
            .join(InformationRequest.__table__, InformationRequest.__table__.c.id == Entry.id)
            .order_by(Entry.id.desc())
            .limit(1)
        ).one()


def at(world, act=""):
    return f"/requests/{newest(world)}" + (f"/{act}" if act else "")


def answer(client, world, **values):
    return client.submit(client.get(at(world, "answer")), {**SUMMARY, **values})


def judge(client, world, verdict):
    return client.submit(client.get(at(world, "verdict")), {"verdict": verdict})


def challenge(client, world, why="The conference cannot decide without it"):
    return client.submit(client.get(at(world, "challenge")), {"why": why})


def overdue(world):
    """Let the newest request have been due yesterday."""
    with world.does("Ben") as (session, _actor):
        record = session.scalars(
            select(InformationRequest).where(InformationRequest.reference == newest(world))
        ).one()
        record.due_on = clock.today() - timedelta(days=1)
