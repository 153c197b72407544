"""Who could not be reached about a family, and what to try next (E19)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import not_excluded, overseen_families
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Team
from coordinator.models.families import Family, Involvement
from coordinator.models.unreached import Unreached
from coordinator.reads.matters import matter


@dataclass(frozen=True)
class NotReached:
    """Somebody on the case who was tried in vain; `whom` is what forms call them."""

    whom: str
    name: str
    tries: int
    noticed_at: datetime
    team: str
    desk: str
    duty_line: str


def of_family(session: Session, moment: Moment, family: FamilyInSight) -> tuple[NotReached, ...]:
    """Return who on the case could not be reached, and who answers instead.  One statement."""
    rows = session.execute(
        _waiting(
            select(
                Involvement.reference,
                Account.name,
                Unreached.tries,
                Unreached.noticed_at,
                Team.name,
                Team.reference,
                Team.phone,
            ),
            moment,
        )
        .where(Unreached.family_id == family.id)
        .order_by(Unreached.id)
    )
    return tuple(NotReached(*row) for row in rows)


def to_see_to(actor: Actor, moment: Moment) -> Any:
    """Return who of the actor's teams was not reached, in the columns of reads/matters.py."""
    return (
        _waiting(
            matter(
                source="unreached",
                family=Family.reference,
                who=Account.name,
                phone=Account.phone,
                at=Unreached.noticed_at,
            ),
            moment,
        )
        .join(Family, Family.id == Unreached.family_id)
        .where(
            Unreached.team_id.in_(actor.managed_team_ids),
            Unreached.family_id.in_(overseen_families(actor, moment)),
            not_excluded(actor, Unreached.family_id),
        )
    )


def _waiting(statement: Any, moment: Moment) -> Any:
    return (
        statement.select_from(Unreached)
        .join(
            Involvement,
            and_(
                Involvement.family_id == Unreached.family_id,
                Involvement.account_id == Unreached.account_id,
                Involvement.team_id == Unreached.team_id,
                current(Involvement, moment.today),
            ),
        )
        .join(Account, Account.id == Unreached.account_id)
        .join(Team, Team.id == Unreached.team_id)
        .where(Unreached.ended_at.is_(None))
    )
