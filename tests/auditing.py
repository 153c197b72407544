"""Steps that the tests of the audit share: what is written into the trail, and what is read."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select

from coordinator import clock
from coordinator.demo import cast
from coordinator.models.families import Family
from coordinator.models.trail import TrailEvent
from coordinator.trail import hour_of, micros
from page import Page
from world import World

OF_LANE = "/audit?family=LANE-01"


def rows(page: Page) -> list[list[str]]:
    """Return the cells of each row, in order."""
    return [
        [" ".join(cell.get_text().split()) for cell in row.select("th, td")]
        for row in page.soup.select("tbody tr")
    ]


def acts(page: Page) -> list[tuple[str, str, str]]:
    """Return who did what, and what came of it."""
    return [(row[1], row[3], row[6]) for row in rows(page)]


def fill_trail(world: World, how_many: int, **values: object) -> None:
    """Add events of Amira's in LANE-01, a second apart, the newest now."""
    with world.session() as session:
        family = session.scalars(select(Family.id).where(Family.reference == world.family)).one()
        actor = cast.actor(session, "Amira")
        moments = [clock.now() - timedelta(seconds=how_many - n) for n in range(how_many)]
        common = {
            "schema": 1,
            "kind": "look",
            "action": "plans.read",
            "allowed": True,
            "actor_id": actor.account_id,
            "agency_id": actor.agency_id,
            "family_id": family,
            "db_at": 0,
            "writer": 1,
        } | values
        session.connection().execute(
            insert(TrailEvent.__table__),  # type: ignore[arg-type]
            [
                common
                | {
                    "event_id": n.to_bytes(16, "big"),
                    "at": micros(at),
                    "hour": hour_of(at),
                    "writer_n": n,
                }
                for n, at in enumerate(moments)
            ],
        )


def world_reference(world: World, name: str) -> str:
    with world.session() as session:
        return cast.actor(session, name).reference
