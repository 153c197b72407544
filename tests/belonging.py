"""Steps that the tests of who belongs around a family share."""

from __future__ import annotations

from sqlalchemy import select

from coordinator.access import find
from coordinator.models.families import Person
from coordinator.models.guests import Guest
from coordinator.services import needs
from coordinator.services.needs import NeedsSaid
from page import Client, Page
from world import World
from writer import Writer

PEOPLE = "/families/LANE-01/people"


def person(world: World, name: str) -> str:
    """Return the reference of a member of LANE-01 by the beginning of the name."""
    with world.session() as session:
        return session.scalars(select(Person.reference).where(Person.name.startswith(name))).one()


def guest(world: World, name: str = "Ines Field", **more: object) -> str:
    """Add a guest to LANE-01; return the reference."""
    with world.session() as session:
        made: Guest = Writer.of(session, world.moment, world.family).guest("Ben", name, **more)
        return made.reference


def answers(
    world: World, name: str, whom: str = "Nate", *, safe: bool | None, note: str = ""
) -> None:
    """Let somebody answer the private question about a member of the family."""
    reference = person(world, whom)
    with world.does(name) as (session, actor):
        sight = find.person(session, actor, world.moment, reference)
        assert sight is not None
        needs.write_private(session, actor, world.moment, sight, safe=safe, note=note)


def needs_of_kim(world: World, said: NeedsSaid) -> None:
    """Let Amira write down what Kim needs."""
    reference = person(world, "Kim")
    with world.does("Amira") as (session, actor):
        sight = find.person(session, actor, world.moment, reference)
        assert sight is not None
        needs.write(session, actor, world.moment, sight, needs.NOTHING_YET, said)


def ticked(page: Page) -> dict[str, str]:
    """Return who is proposed on the form: the hint of each by the name."""
    return {
        box.find_parent(class_="govuk-checkboxes__item").label.get_text(strip=True): (
            box.find_parent(class_="govuk-checkboxes__item")
            .select_one(".govuk-checkboxes__hint")
            .get_text(strip=True)
        )
        for box in page.main.select("input[name=invite][checked]")
    }


def boxes(page: Page) -> dict[str, str]:
    """Return whom the form offers: the value by the name."""
    return {
        box.find_parent(class_="govuk-checkboxes__item").label.get_text(strip=True): str(
            box["value"]
        )
        for box in page.main.select("input[name=invite]")
    }


def invited(client: Client, address: str, name: str) -> str:
    """Return the reference of somebody's invitation, as the page's links name it."""
    page = client.get(address)
    href = next(
        href for words, href in page.links.items() if name in words and "invitation=" in href
    )
    return href.rpartition("=")[2]
