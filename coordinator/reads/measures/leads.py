"""Safeguarding leads: held and confirmed, on the last day of each month (M01).

It is how the directory stood, which everybody may read, so that no number is too small for it.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.sights import Moment
from coordinator.models.directory import Post, PostConfirmation, PostHolding
from coordinator.models.directory_rules import DirectoryRule
from coordinator.reads import directory_rules
from coordinator.reads.directory import SAFEGUARDING
from coordinator.reads.measures.counts import Cells, Where
from coordinator.reads.measures.frame import Measure, Month, Tally

CONFIRMED = Measure(
    "M01",
    "Safeguarding leads confirmed",
    "Teams with a lead for children and one for adults, of the team or of its agency, on the last "
    "day of this time: both held, and confirmed by whoever holds them within the period of the "
    "directory.",
    "People may confirm by habit: ask staff, too, whether they know their lead.",
    {1: "Both confirmed", 0: "One vacant or not confirmed"},
    frozenset({1}),
    "Agency",
    kept_up=True,
    behind=("/directory/safeguarding-lead", "See the leads"),
)


def confirmed(
    session: Session, moment: Moment, months: tuple[Month, ...], teams: tuple[Where, ...]
) -> Cells:
    """Return for each team whether both posts were held and confirmed.  One statement."""
    every = directory_rules.in_force(DirectoryRule.confirmed_every_days, moment.today)
    rows = session.execute(
        select(
            Post.kind,
            Post.agency_id,
            Post.team_id,
            PostHolding.starts_on,
            PostHolding.ends_on,
            PostConfirmation.on_day,
            every.label("every"),
        )
        .join(PostHolding, PostHolding.post_id == Post.id)
        .join(PostConfirmation, PostConfirmation.holding_id == PostHolding.id)
        .where(Post.kind.in_(SAFEGUARDING), PostHolding.deputy.is_(False))
    ).all()
    cells: Cells = {}
    for ago, month in enumerate(months):
        right = {(row.kind, row.agency_id, row.team_id) for row in rows if _holds(row, month.until)}
        for team in teams:
            both = all(
                {(kind, team.agency_id, None), (kind, team.agency_id, team.id)} & right
                for kind in SAFEGUARDING
            )
            cells[ago, team.agency_id, team.id] = Tally({int(both): 1})
    return cells


def _holds(row: Any, day: date) -> bool:
    held = row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
    return bool(held and row.on_day <= day <= row.on_day + timedelta(days=row.every))
