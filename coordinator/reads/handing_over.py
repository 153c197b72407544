"""Who takes over what leavers hold in families: for those who oversee or work on the case."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.counting import counting
from coordinator.access.scope import may_know, not_excluded
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.ways import is_on_the_case, manages
from coordinator.models.accounts import Account, Membership
from coordinator.models.departures import Departure, Handover
from coordinator.models.directory import Team
from coordinator.models.families import Family, Involvement
from coordinator.reads import held
from coordinator.reads.teams import Choice
from coordinator.vocabulary import PRACTITIONER_ROLES, Role

OPEN_DEPARTURE = and_(Departure.withdrawn_at.is_(None), Departure.done_at.is_(None))


@dataclass(frozen=True)
class FamilyLeft:
    """What a leaver holds in one family, for those who may say who takes it over.

    `involvement` is the reference of their role on the case, if they have one.
    """

    departure: str
    leaver: str
    last_day: date
    family: str
    agency_id: int
    what: str
    successor: str
    involvement: str | None


def decisions(
    session: Session, moment: Moment, leavers: Collection[int], last_day: date
) -> dict[tuple[int, int, int], Any]:
    """Return who takes over, by leaver, family and agency: only who still can.  One statement.

    Whoever leaves too, has lost the role, or may no longer know of the family cannot: on the day
    after the last one, or today if that is over.
    """
    last_day = max(last_day, moment.today - timedelta(days=1))
    leaves = aliased(Departure)
    gone = exists().where(
        leaves.account_id == Membership.account_id,
        leaves.withdrawn_at.is_(None),
        leaves.done_at.is_(None),
        leaves.last_day <= last_day,
    )
    rows = session.execute(
        select(
            Departure.account_id.label("leaver_id"),
            Handover.family_id,
            Handover.agency_id,
            Handover.decided_by_id,
            Membership.account_id,
            Membership.team_id,
            Membership.role,
            Account.name,
        )
        .join(Departure, Departure.id == Handover.departure_id)
        .join(Membership, Membership.id == Handover.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            OPEN_DEPARTURE,
            Departure.account_id.in_(leavers),
            Account.closed_at.is_(None),
            or_(Membership.ends_on.is_(None), Membership.ends_on > last_day),
            may_know(Membership.account_id, Handover.family_id),
            ~gone,
        )
        .order_by(Handover.decided_at, Handover.id)
    )
    return {(row.leaver_id, row.family_id, row.agency_id): row for row in rows}


def for_deciders(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight | None = None
) -> tuple[FamilyLeft, ...]:
    """Return the families that leavers of the actor's agency leave, or one; those first that wait.

    Only families whose case the actor oversees as a manager or works on, and none that they may not
    know of.  Five statements.
    """
    leavers = session.execute(
        select(
            Departure.id,
            Departure.reference,
            Departure.account_id,
            Departure.last_day,
            Account.name,
        )
        .join(Account, Account.id == Departure.account_id)
        .where(
            OPEN_DEPARTURE,
            or_(Departure.agency_id.is_(None), Departure.agency_id == actor.agency_id),
        )
        .order_by(Departure.last_day, Departure.id)
    ).all()

    if family is not None:
        mine = select(Family.id).where(Family.id == family.id)
    else:
        sees = or_(manages(actor, moment, Family.id), is_on_the_case(actor, moment, Family.id))
        mine = select(Family.id).where(sees, not_excluded(actor, Family.id))

    last_days = {leaver.account_id: leaver.last_day for leaver in leavers}
    with counting(session):
        counted = held.after(session, moment, last_days, mine)
    parts = [part for part in counted if part.agency_id == actor.agency_id]
    if not parts:
        return ()
    latest = max(last_days.values())
    decided = decisions(session, moment, last_days, latest)
    ids = {part.family_id for part in parts}
    found_ids = session.execute(select(Family.id, Family.reference).where(Family.id.in_(ids)))
    references = {row.id: row.reference for row in found_ids}
    on_case = session.execute(
        select(Involvement.account_id, Involvement.family_id, Involvement.reference).where(
            Involvement.family_id.in_(ids),
            Involvement.agency_id == actor.agency_id,
            Involvement.account_id.in_(last_days),
            current(Involvement, moment.today),
        )
    )
    roles = {(row.account_id, row.family_id): row.reference for row in on_case}
    by_account = {leaver.account_id: leaver for leaver in leavers}
    found = []
    for part in parts:
        leaver = by_account[part.account_id]
        successor = decided.get((part.account_id, part.family_id, part.agency_id))
        found.append(
            FamilyLeft(
                leaver.reference,
                leaver.name,
                leaver.last_day,
                references[part.family_id],
                part.agency_id,
                part.in_words,
                successor.name if successor else "",
                roles.get((part.account_id, part.family_id)),
            )
        )
    return tuple(sorted(found, key=lambda one: (bool(one.successor), one.last_day, one.family)))


def successors(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, last_day: date
) -> tuple[Choice, ...]:
    """Return who can take over in this family: colleagues who may know of it.  One statement.

    Chairs take over from chairs, so they are there, too; and the actor, who holds it for a while.
    """
    leaves = aliased(Departure)
    gone = exists().where(
        leaves.account_id == Account.id, leaves.withdrawn_at.is_(None), leaves.done_at.is_(None)
    )
    rows = session.execute(
        select(
            Membership.reference, Account.id, Account.name, Membership.role, Team.name.label("team")
        )
        .join(Account, Account.id == Membership.account_id)
        .join(Team, Team.id == Membership.team_id)
        .where(
            Team.agency_id == actor.agency_id,
            or_(
                Membership.role.in_({*PRACTITIONER_ROLES, Role.CHAIR, Role.MINUTE_TAKER}),
                and_(
                    Membership.account_id == actor.account_id, Membership.role == Role.TEAM_MANAGER
                ),
            ),
            current(Membership, moment.today),
            or_(Membership.ends_on.is_(None), Membership.ends_on > last_day),
            Account.closed_at.is_(None),
            may_know(Account.id, family.id),
            ~gone,
        )
        .order_by(Account.name, Membership.id)
    )
    return tuple(
        Choice(
            row.reference,
            f"{row.name} (you), until a colleague takes over"
            if row.id == actor.account_id
            else f"{row.name}, {row.role.label.lower()}, {row.team}",
        )
        for row in rows
    )
