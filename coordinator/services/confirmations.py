"""Asking for what the directory says to be confirmed: the holder, then the deputy, the manager.

Each is asked once for each time that a post falls due; the day stands on the holding itself, so
that a worker that runs twice, or two workers, ask nobody again (E06).
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.letters import MailKind
from coordinator.access.sights import Moment, PostInSight
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Post, PostConfirmation, PostHolding
from coordinator.reads import directory_rules
from coordinator.reads.directory_rules import Periods
from coordinator.services import outbox
from coordinator.vocabulary import Role


def confirm(session: Session, actor: Actor, moment: Moment, post: PostInSight) -> None:
    """Say as the holder that the directory is right about this post today (E06)."""
    for holding in session.scalars(
        select(PostHolding).where(
            PostHolding.post_id == post.id,
            PostHolding.account_id == actor.account_id,
            PostHolding.deputy.is_(False),
            current(PostHolding, moment.today),
        )
    ):
        holding.confirmed_on = moment.today
        session.add(PostConfirmation(holding_id=holding.id, on_day=moment.today))
        holding.asked_on = holding.deputy_asked_on = holding.manager_asked_on = None
    session.flush()


def are_due(session: Session, moment: Moment) -> bool:
    """Say whether somebody is to be asked.  Takes no lock."""
    periods = directory_rules.now(session, moment.today)
    return session.scalar(_due(moment, periods).limit(1)) is not None


def ask(session: Session, moment: Moment) -> tuple[int, bool]:
    """Queue the mails that are due; return how many, and that there are no more."""
    periods = directory_rules.now(session, moment.today)
    asked = 0
    for holding in session.scalars(_due(moment, periods).with_for_update(of=PostHolding)):
        post = session.get_one(Post, holding.post_id)
        due_on = (holding.confirmed_on or holding.starts_on) + timedelta(
            days=periods.confirmed_every_days
        )
        if holding.asked_on is None:
            holding.asked_on = moment.today
            asked += _mail(session, moment, post, [holding.account_id], "holder")
        if holding.deputy_asked_on is None and _is_past(moment, due_on, periods.deputy_after_days):
            holding.deputy_asked_on = moment.today
            asked += _mail(session, moment, post, _deputies(session, moment, post), "deputy")
        if holding.manager_asked_on is None and _is_past(
            moment, due_on, periods.manager_after_days
        ):
            holding.manager_asked_on = moment.today
            asked += _mail(session, moment, post, _managers(session, moment, holding), "manager")
    session.flush()
    return asked, False


def _due(moment: Moment, periods: Periods) -> Any:
    every = timedelta(days=periods.confirmed_every_days)
    since = func.coalesce(PostHolding.confirmed_on, PostHolding.starts_on)

    def by(days_after: int) -> ColumnElement[bool]:
        last: date = moment.today - every - timedelta(days=days_after)
        return since < last

    return (
        select(PostHolding)
        .join(Account, Account.id == PostHolding.account_id)
        .where(
            PostHolding.deputy.is_(False),
            current(PostHolding, moment.today),
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
            or_(
                and_(
                    PostHolding.asked_on.is_(None),
                    # Whoever is new to a post is asked on the first day.
                    or_(PostHolding.confirmed_on.is_(None), by(-periods.asked_before_days - 1)),
                ),
                and_(PostHolding.deputy_asked_on.is_(None), by(periods.deputy_after_days)),
                and_(PostHolding.manager_asked_on.is_(None), by(periods.manager_after_days)),
            ),
        )
        .order_by(PostHolding.id)
    )


def _is_past(moment: Moment, due_on: date, days: int) -> bool:
    return moment.today > due_on + timedelta(days=days)


def _mail(session: Session, moment: Moment, post: Post, to: list[int], part: str) -> int:
    for account_id in to:
        details: dict[str, str | int] = {"as": part}
        outbox.queue(session, moment, account_id, MailKind.POST, post.reference, details)
    return len(to)


def _deputies(session: Session, moment: Moment, post: Post) -> list[int]:
    return list(
        session.scalars(
            select(PostHolding.account_id)
            .where(
                PostHolding.post_id == post.id,
                PostHolding.deputy,
                current(PostHolding, moment.today),
            )
            .order_by(PostHolding.id)
        )
    )


def _managers(session: Session, moment: Moment, holding: PostHolding) -> list[int]:
    """Return who manages the post's team, or a team in which the holder works, but the holder.

    Where nobody does, it is the administrators.
    """
    post = session.get_one(Post, holding.post_id)
    works = select(Membership.team_id).where(
        Membership.account_id == holding.account_id, current(Membership, moment.today)
    )
    there = Membership.team_id == post.team_id if post.team_id else Membership.team_id.in_(works)
    others = (
        select(Membership.account_id)
        .where(current(Membership, moment.today), Membership.account_id != holding.account_id)
        .distinct()
        .order_by(Membership.account_id)
    )
    managers = others.where(there, Membership.role == Role.TEAM_MANAGER)
    administrators = others.where(Membership.role == Role.ADMINISTRATOR)
    return list(session.scalars(managers)) or list(session.scalars(administrators))
