"""How an actor stands to a family, as columns of a query and as a sight of the family.

Each condition has aliases of its own: in a query over the same table it would otherwise be taken
as a condition on that query's row.
"""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from coordinator.access.actor import Actor, current
from coordinator.access.sights import OPEN_ONLY_ROLES, FamilyInSight, Moment, Way
from coordinator.models.accounts import Membership
from coordinator.models.directory import Team
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement, Oversight

# An alias, because the query around may itself read involvements.
WORKER = aliased(Involvement, name="worker")


def manages(
    actor: Actor, moment: Moment, family_id: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    """Return the condition that a team which the actor manages works with the family."""
    return exists().where(
        WORKER.family_id == family_id,
        WORKER.team_id.in_(actor.managed_team_ids),
        current(WORKER, moment.today),
    )


def manages_a_side(actor: Actor, requests: Any) -> ColumnElement[bool]:
    """Return the condition that the actor manages a team which asks for information or is asked.

    `requests` are the columns of the requests that the statement around it reads with their
    entries.
    """
    worker = aliased(Involvement)
    asker = and_(worker.account_id == Entry.author_id, worker.agency_id == Entry.agency_id)
    asked = and_(
        worker.account_id == requests.asked_account_id,
        worker.agency_id == requests.asked_agency_id,
    )
    return or_(
        requests.asked_team_id.in_(actor.managed_team_ids),
        exists().where(
            worker.family_id == Entry.family_id,
            worker.team_id.in_(actor.managed_team_ids),
            or_(asker, asked),
        ),
    )


def has_left(account_id: Any, agency_id: Any, moment: Moment) -> ColumnElement[bool]:
    """Return the condition that somebody has no role in an agency any more."""
    role, team = aliased(Membership), aliased(Team)
    return ~exists().where(
        role.account_id == account_id,
        role.team_id == team.id,
        team.agency_id == agency_id,
        current(role, moment.today),
    )


def began(actor: Actor, moment: Moment, entry: Any = Entry) -> ColumnElement[bool]:
    """Return which entries the actor began, or carries on for a colleague who left (0036).

    The same as the rules `is_the_author` and `carries_it_on`, for lists.
    """
    return and_(
        entry.agency_id == actor.agency_id,
        or_(
            entry.author_id == actor.account_id,
            and_(
                has_left(entry.author_id, entry.agency_id, moment),
                exists().where(
                    WORKER.account_id == actor.account_id,
                    WORKER.agency_id == actor.agency_id,
                    WORKER.family_id == entry.family_id,
                    WORKER.role.not_in(OPEN_ONLY_ROLES),
                    current(WORKER, moment.today),
                ),
            ),
        ),
    )


def gave_reason(
    actor: Actor, moment: Moment, family_id: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    """Return the condition that the actor, a safeguarding lead, lately said why they look."""
    if not actor.is_safeguarding_lead:
        return false()
    given = aliased(Oversight)
    return exists().where(
        given.family_id == family_id,
        given.account_id == actor.account_id,
        given.agency_id == actor.agency_id,
        given.until > moment.now,
    )


def is_on_the_case(
    actor: Actor, moment: Moment, family_id: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    """Return the condition that the actor has a role on the case, for the agency acted for."""
    return exists().where(
        WORKER.account_id == actor.account_id,
        WORKER.agency_id == actor.agency_id,
        WORKER.family_id == family_id,
        current(WORKER, moment.today),
    )


def reads_own_agency(
    actor: Actor, moment: Moment, family_id: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    """Return the condition that the actor reads what is for their own agency in this family."""
    return or_(
        exists().where(
            WORKER.account_id == actor.account_id,
            WORKER.agency_id == actor.agency_id,
            WORKER.family_id == family_id,
            WORKER.role.not_in(OPEN_ONLY_ROLES),
            current(WORKER, moment.today),
        ),
        manages(actor, moment, family_id),
        gave_reason(actor, moment, family_id),
    )


def _ways(actor: Actor, moment: Moment, family_id: SQLColumnExpression[int]) -> list[Any]:
    """Return the columns that say how the actor stands to a family."""
    involvement = (
        select(WORKER.role)
        .where(
            WORKER.account_id == actor.account_id,
            WORKER.agency_id == actor.agency_id,
            WORKER.family_id == family_id,
            current(WORKER, moment.today),
        )
        .order_by(WORKER.lead.desc(), WORKER.id)
        .limit(1)
        .scalar_subquery()
    )
    lead = exists().where(
        WORKER.account_id == actor.account_id,
        WORKER.agency_id == actor.agency_id,
        WORKER.family_id == family_id,
        WORKER.lead.is_(True),
        current(WORKER, moment.today),
    )
    own_staff = exists().where(
        WORKER.family_id == family_id,
        WORKER.agency_id == actor.agency_id,
        current(WORKER, moment.today),
    )
    return [
        involvement.label("case_role"),
        lead.label("lead"),
        manages(actor, moment, family_id).label("managed"),
        (own_staff if actor.is_safeguarding_lead else false()).label("led"),
        gave_reason(actor, moment, family_id).label("reasoned"),
    ]


def way_of(row: Any, *, invited: bool = False) -> Way | None:
    """Return by which way the family of this row is in sight, or None if it is not."""
    if row.case_role is not None:
        return Way.ON_THE_CASE
    if row.managed:
        return Way.MANAGER
    if row.led:
        return Way.LEAD if row.reasoned else Way.LEAD_WITHOUT_REASON
    return Way.INVITED if invited else None


def sight_of(row: Any, way: Way) -> FamilyInSight:
    """Return the sight of the family of this row."""
    return FamilyInSight(
        id=row.family_id,
        reference=row.family_reference,
        version=row.family_version,
        way=way,
        case_role=row.case_role,
        lead=bool(row.lead),
    )


def family_columns(actor: Actor, moment: Moment) -> list[Any]:
    """Return the columns from which `way_of` and `sight_of` read."""
    return [
        Family.id.label("family_id"),
        Family.reference.label("family_reference"),
        Family.version.label("family_version"),
        *_ways(actor, moment, Family.id),
    ]
