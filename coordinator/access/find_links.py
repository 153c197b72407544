"""Finding a request to a link worker: through its family, or because one answers for the post.

It opens itself to whoever answers for the post, and nothing else of the family
(docs/decisions/0031).
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.find_entries import entry_facts, one_of, way_or_received
from coordinator.access.link_sights import LinkRequestInSight
from coordinator.access.scope import may_know
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Post, PostHolding
from coordinator.models.entries import Entry
from coordinator.models.link_requests import LinkRequest
from coordinator.vocabulary import Level


def can_take_it(holding: Any, moment: Moment, family_id: Any) -> ColumnElement[bool]:
    """Return the condition that a holder or deputy is there today and may know of the family."""
    account = aliased(Account)
    return and_(
        current(holding, moment.today),
        may_know(holding.account_id, family_id),
        exists().where(
            account.id == holding.account_id,
            or_(account.closed_at.is_(None), account.closed_at > moment.now),
        ),
    )


def received(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return the condition that the actor answers for the post that a request was sent to.

    The holder and the deputy do; while neither is there or may know of the family, the managers
    of the post's team do, so that no request lies nowhere.
    """
    mine, anybodys, about = aliased(PostHolding), aliased(PostHolding), aliased(Entry)
    held, managed = aliased(Post), aliased(Post)
    holds_it = exists().where(
        mine.post_id == LinkRequest.post_id,
        mine.account_id == actor.account_id,
        current(mine, moment.today),
        held.id == mine.post_id,
        held.agency_id == actor.agency_id,
    )
    # Each names what it needs itself: a condition two levels down does not find the outer row.
    somebody_does = exists().where(
        anybodys.post_id == LinkRequest.post_id,
        about.id == LinkRequest.id,
        can_take_it(anybodys, moment, about.family_id),
    )
    manages_it = exists().where(
        managed.id == LinkRequest.post_id,
        managed.agency_id == actor.agency_id,
        managed.team_id.in_(actor.managed_team_ids),
    )
    return and_(LinkRequest.level == Level.OPEN, or_(holds_it, and_(manages_it, ~somebody_does)))


LINK_REQUEST = one_of(LinkRequest, LinkRequest.about_id, LinkRequest.closed_at, received=received)


def link_request(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> LinkRequestInSight | None:
    """Return a request that the actor may read, or answers for, else None."""
    row = LINK_REQUEST.run(session, actor, moment, reference=reference).one_or_none()
    way = way_or_received(row) if row else None
    if way is None:
        return None
    return LinkRequestInSight(
        **entry_facts(row, way),
        received=bool(row.received),
        closed=row.closed_at is not None,
        about_id=row.about_id,
    )
