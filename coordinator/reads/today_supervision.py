"""A worker's "I need help with this" on the page of their own manager (E39)."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import false

from coordinator.access.actor import Actor
from coordinator.access.scope import overseen_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import reads_own_agency
from coordinator.models.accounts import Account
from coordinator.models.families import Family
from coordinator.models.supervision import Supervision
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import TodayRow


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return who of the reader's teams needs help, in the columns of reads/matters.py."""
    return (
        matter(
            source="supervision",
            reference=Supervision.reference,
            family=Family.reference,
            who=Account.name,
            at=Supervision.created_at,
        )
        .select_from(Supervision)
        .join(Family, Family.id == Supervision.family_id)
        .join(Account, Account.id == Supervision.worker_id)
        .where(
            Supervision.needs_help,
            Supervision.discussed_on.is_(None),
            Supervision.withdrawn_at.is_(None),
            Supervision.worker_id != actor.account_id,
            Supervision.team_id.in_(actor.managed_team_ids),
            Supervision.agency_id == actor.agency_id,
            Supervision.family_id.in_(overseen_families(actor, moment)),
            readable(actor, reads_own_agency(actor, moment, Supervision.family_id), false()),
        ),
    )


def mine(matters: Iterable[Any]) -> Iterator[TodayRow]:
    """Yield them."""
    for row in matters:
        if row.source == "supervision":
            yield TodayRow(
                kind="call",
                verb="Help:",
                text=f"{row.who} needs help with this case",
                href=f"/families/{row.family}/supervision",
                family=row.family,
                due_word="asked",
                at=row.at,
            )
