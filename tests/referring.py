"""What the tests of worries and referrals do again and again, as people do it."""

from __future__ import annotations

from datetime import UTC, datetime

import time_machine
from sqlalchemy import select

import records
import worry_records
from coordinator.models.referrals import Referral
from page import Client

# A Tuesday, at 11am and 7pm in London.
DAY = datetime(2026, 11, 24, 11, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 19, tzinfo=UTC)
LIST = "/families/LANE-01/referrals"


def at(instant: datetime) -> time_machine.travel:
    """Let it be this instant."""
    return time_machine.travel(instant, tick=False)


def set_up(world) -> None:
    """Set where referrals about Eastway go: by day to Ben's team, else to the safeguarding team."""
    with world.session() as session:
        worry_records.settings(records.Writer.of(session, world.moment, world.family))


def worried(client: Client, danger: str = "no", about: str = "LANE-01"):
    """Answer the two questions; return the page with the lead's number."""
    return client.submit(client.get(f"/worried?about={about}"), {"danger": danger})


def begin(client: Client):
    """Begin a draft; return the page on which it is written."""
    return client.submit(client.get(f"{LIST}/begin"), {"form": "child-concern"})


def answers(page) -> dict[str, str]:
    """Return an answer for each question that is still open."""
    names = {area["name"] for area in page.soup.select("textarea")}
    return {name: "He was alone all night" for name in names if not page.field(name)}


def write(client: Client):
    """Begin and write all of a draft; return the page on which it is sent."""
    page = begin(client)
    return client.submit(page, answers(page), button="Go on to sending")


def sent(client: Client, **more):
    """Write and send a referral; return the page that follows."""
    page = write(client)
    basis = page.soup.select("input[name=basis]")[0]["value"]
    facts = {"basis": basis, "parent_told": "yes", "parent_view": "Kim is angry about it"}
    facts["whom"] = place(page, "Eastway Family Support")
    return client.submit(page, {**facts, **more}, button="Send it")


def place(page, team: str) -> str:
    """Return what stands for a team to which a referral can go."""
    labels = page.soup.select(".govuk-radios__label")
    found = next(label for label in labels if team in label.get_text())
    return str(page.soup.find(id=found["for"])["value"])


def newest(world) -> str:
    """Return the address of the newest referral."""
    with world.session() as session:
        last = select(Referral.reference).order_by(Referral.id.desc()).limit(1)
        return f"/referrals/{session.scalars(last).one()}"
