"""One’s own last day, on one’s own page: what only a leaver can finish waits until then (E06)."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import exists, or_

from coordinator.access.actor import Actor
from coordinator.models.accounts import Draft
from coordinator.models.departures import Departure
from coordinator.models.worries import Worry
from coordinator.reads.handing_over import OPEN_DEPARTURE
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import TodayRow


def select_mine(actor: Actor) -> Any:
    """Return one's own departure while something private waits, in the columns of matters.py."""
    typed = exists().where(Draft.account_id == actor.account_id)
    worried = exists().where(Worry.account_id == actor.account_id, Worry.ended_at.is_(None))
    return matter(
        source="leaving", reference=Departure.reference, family="", due_on=Departure.last_day
    ).where(
        Departure.account_id == actor.account_id,
        Departure.agency_id.is_(None),
        OPEN_DEPARTURE,
        or_(typed, worried),
    )


def mine(matters: Iterable[Any]) -> Iterator[TodayRow]:
    """Yield what the reader is to see to before they leave."""
    for row in matters:
        if row.source == "leaving":
            yield TodayRow(
                kind="leaving",
                verb="Finish or discard",
                text="what only you see, before you leave",
                href="/leaving",
                family="",
                due=row.due_on,
                due_word="last day",
            )
