"""Somebody leaves: their last day, who takes over each family, and that nothing is left (E06).

An administrator names the day and decides on posts; who takes over a family is decided by those who
oversee it (docs/decisions/0027).
"""

from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.counting import counting
from coordinator.access.letters import MailKind
from coordinator.access.scope import not_excluded
from coordinator.access.sights import (
    AccountInSight,
    FamilyInSight,
    MembershipInSight,
    Moment,
)
from coordinator.errors import InvalidError
from coordinator.models.accounts import Membership
from coordinator.models.departures import Departure, Handover
from coordinator.models.directory import Post, PostHolding, Team
from coordinator.models.families import Family
from coordinator.reads import departures as reads
from coordinator.reads import handing_over, held
from coordinator.reads.handing_over import OPEN_DEPARTURE
from coordinator.services import outbox
from coordinator.vocabulary import Role


def leave(
    session: Session,
    actor: Actor | None,
    moment: Moment,
    account: AccountInSight,
    last_day: date,
    agency_id: int | None = None,
    *,
    holds: bool = True,
) -> None:
    """Say after which day somebody has no access any more; managers are asked who takes over.

    An import is nobody, so it has no `actor`.  `agency_id` is the one agency that they leave, and
    None if they leave altogether.  Said again, it is another day.  Nobody is told of who holds
    nothing, unless they are given something by then.  Raises `InvalidError` for the
    field `last_day`.
    """
    if last_day < moment.today:
        raise InvalidError({"last_day": "Choose today or a day to come"})
    already = _open(session, account.id)
    for one in already:
        if one.carried_out_at is not None and one.agency_id == agency_id:
            # Whoever came back and leaves again: what was left then is theirs once more.
            one.done_at = moment.now
        elif one.carried_out_at is None and one.agency_id == agency_id:
            one.last_day, one.confirmed_at = last_day, None
            session.flush()
            return
        elif one.carried_out_at is None and one.agency_id is None:
            # They leave altogether: that they leave one agency sooner brings it forward.
            one.last_day = min(one.last_day, last_day)
            session.flush()
            return
    record = Departure(
        account_id=account.id,
        agency_id=agency_id,
        last_day=last_day,
        asked_by_id=actor.account_id if actor else None,
        asked_at=moment.now,
    )
    session.add(record)
    session.flush()
    for manager_id in _managers(session, moment, account.id) if holds else ():
        outbox.queue(session, moment, manager_id, MailKind.DEPARTURE, record.reference)


def move(
    session: Session, actor: Actor, moment: Moment, membership: MembershipInSight, last_day: date
) -> bool:
    """Begin to hand over what somebody holds who loses their last role in an agency (a mover).

    Returns whether the role ends with that, after its last day; it does not where they keep
    another role there, hold nothing, or the last day is over already.
    """
    agency_id = session.scalars(
        select(Team.agency_id)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.id == membership.id)
    ).one()
    stays = exists().where(
        Membership.account_id == membership.account_id,
        Membership.id != membership.id,
        Membership.team_id == Team.id,
        Team.agency_id == agency_id,
        or_(Membership.ends_on.is_(None), Membership.ends_on > last_day),
    )
    posts = exists().where(
        PostHolding.account_id == membership.account_id,
        PostHolding.post_id == Post.id,
        Post.agency_id == agency_id,
        or_(PostHolding.ends_on.is_(None), PostHolding.ends_on > last_day),
    )
    # What is left in a family of which the actor may not know is handed over, and not told.
    may_know = select(Family.id).where(not_excluded(actor, Family.id))
    with counting(session):
        parts = held.after(session, moment, {membership.account_id: last_day}, may_know)
    holds = any(part.agency_id == agency_id for part in parts) or session.scalar(select(posts))
    if session.scalar(select(stays)):
        return False
    account = AccountInSight(membership.account_id, membership.account_reference)
    # A role that ended before today ends in any case; what was held in it follows tomorrow.
    day = max(last_day, moment.today)
    leave(session, actor, moment, account, day, agency_id, holds=bool(holds))
    return bool(holds) and last_day >= moment.today


def stay(session: Session, moment: Moment, account: AccountInSight) -> None:
    """Take a departure back: nothing has happened yet, and nothing will.

    Once access has ended, what is left stays listed.
    """
    for one in _open(session, account.id):
        if one.carried_out_at is None:
            one.withdrawn_at = moment.now
    session.flush()


def confirm(session: Session, actor: Actor, moment: Moment, account: AccountInSight) -> None:
    """Say that everything is handed over.

    Raises `InvalidError` that names all that is left without a holder.
    """
    page = reads.of_account(session, actor, moment, account)
    if page is None:
        raise InvalidError("Say first which is their last day")
    if page.left:
        raise InvalidError("; ".join(page.left))
    open_now, *_ = reads.open_departures(session, account.id)
    session.get_one(Departure, open_now.id).confirmed_at = moment.now
    session.flush()


def hand_over(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    departure: str,
    successor: str,
) -> None:
    """Say who takes over what a leaver holds in a family for the actor's agency.

    `departure` is a departure's reference, `successor` that of a membership.  Raises
    `InvalidError` for the field `successor`.
    """
    waiting = {
        one.departure: one for one in handing_over.for_deciders(session, actor, moment, family)
    }
    if departure not in waiting:
        raise InvalidError({"successor": "Nothing waits to be handed over"})
    last_day = waiting[departure].last_day
    offered = handing_over.successors(session, actor, moment, family, last_day)
    if successor not in {choice.reference for choice in offered}:
        raise InvalidError({"successor": "Choose who takes over"})
    membership_id = session.scalars(
        select(Membership.id).where(Membership.reference == successor)
    ).one()
    departure_id = session.scalars(
        select(Departure.id).where(Departure.reference == departure)
    ).one()
    decided = session.scalars(
        select(Handover)
        .where(
            Handover.departure_id == departure_id,
            Handover.family_id == family.id,
            Handover.agency_id == actor.agency_id,
        )
        .order_by(Handover.id)
        .limit(1)
        .with_for_update()
    ).one_or_none()
    if decided is None:
        decided = Handover(
            departure_id=departure_id, family_id=family.id, agency_id=actor.agency_id
        )
        session.add(decided)
    decided.membership_id = membership_id
    decided.decided_by_id, decided.decided_at = actor.account_id, moment.now
    session.flush()


def _open(session: Session, account_id: int) -> list[Departure]:
    """Return somebody's departures that are open: from one agency, or altogether."""
    return list(
        session.scalars(
            select(Departure)
            .where(Departure.account_id == account_id, OPEN_DEPARTURE)
            .order_by(Departure.id)
        )
    )


def _managers(session: Session, moment: Moment, account_id: int) -> list[int]:
    """Return who manages a team in which somebody works, but themselves."""
    works = select(Membership.team_id).where(
        Membership.account_id == account_id,
        current(Membership, moment.today),
    )
    return list(
        session.scalars(
            select(Membership.account_id)
            .where(
                Membership.team_id.in_(works),
                Membership.role == Role.TEAM_MANAGER,
                Membership.account_id != account_id,
                current(Membership, moment.today),
            )
            .distinct()
            .order_by(Membership.account_id)
        )
    )
