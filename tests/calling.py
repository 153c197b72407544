"""Steps that the tests of contacts share: who is called, and what the log then says."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from coordinator import clock
from coordinator.models.families import Involvement
from coordinator.services import contact_attempts
from coordinator.services.contact_attempts import Attempt
from coordinator.settings import Settings
from coordinator.vocabulary import Mechanism, Outcome
from world import World

LOG = "/families/LANE-01/contacts/log"


CONTACTS = "/families/LANE-01/contacts"


CALLED = {"mechanism": "02", "outcome": "reached", "line": "Agreed to meet on Friday."}


def on_the_case(world: World, name: str) -> str:
    """Return the reference of somebody's involvement in LANE-01: what a form says for them."""
    with world.session() as session:
        return session.scalars(
            select(Involvement.reference).where(Involvement.account_id == world.account_id(name))
        ).one()


def tell(
    world: World,
    author: str,
    whom: str,
    outcome: Outcome = Outcome.NO_ANSWER,
    ago: timedelta = timedelta(hours=1),
    line: str = "Asked about Friday",
) -> str:
    """Log a contact with a worker of LANE-01 some time ago; return its reference."""
    with world.does(author, "contacts.log") as (session, actor):
        attempt = Attempt(
            whom=on_the_case(world, whom),
            mechanism=Mechanism.TELEPHONE,
            attempted_at=clock.now() - ago,
            outcome=outcome,
            line=line,
        )
        family = world.family_for(session, actor)
        return contact_attempts.log(session, actor, world.moment, family, attempt)


def correct_link(client) -> str:
    return next(link for link in client.get(CONTACTS).links if link.startswith("Correct"))


def lines(page) -> list[str]:
    return [line.get_text() for line in page.soup.select(".co-contact__line")]


def pages_of(size: int):
    return Settings(page_size=size)
