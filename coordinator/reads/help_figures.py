"""What became of the help that parents asked for, for the families of a manager's teams (P02).

By the agency that wrote it down: totals, and no family (spec/measures.md, M32).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.models.directory import Agency
from coordinator.models.openness import Openness
from coordinator.reads.meeting_figures import in_sight
from coordinator.settings import SETTINGS
from coordinator.vocabulary import OpennessKind, Settled


@dataclass(frozen=True)
class Helped:
    """The calls for help that an agency wrote down; `refused` also counts what was given later.

    `overdue` are refusals whose day to look again is over.
    """

    agency: str
    asked: int
    given: int
    refused: int
    overdue: int


def of_my_teams(session: Session, actor: Actor, moment: Moment) -> tuple[Helped, ...]:
    """Return a line for each agency, in the order of their names.  One statement."""
    since = moment.today - timedelta(days=SETTINGS.figures_days)
    rows = session.execute(
        select(
            Agency.name.label("agency"),
            Openness.how_settled,
            Openness.refused_on,
            Openness.review_on,
        )
        .join(Agency, Agency.id == Openness.agency_id)
        .where(
            Openness.told == OpennessKind.ASKED_FOR_HELP,
            Openness.happened_on >= since,
            in_sight(actor, moment),
        )
        .order_by(Agency.name, Openness.id)
    )
    grouped: Iterable[tuple[str, Iterable[Any]]] = groupby(rows, lambda row: row.agency)
    return tuple(_helped(agency, list(group), moment) for agency, group in grouped)


def _helped(agency: str, rows: list[Any], moment: Moment) -> Helped:
    refused = [row for row in rows if row.refused_on]
    return Helped(
        agency,
        len(rows),
        sum(row.how_settled is Settled.HELPED for row in rows),
        len(refused),
        sum(row.how_settled is None and row.review_on < moment.today for row in refused),
    )
