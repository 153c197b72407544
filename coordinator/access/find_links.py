"""Finding a request to a link worker: through its family, or because one answers for the post.

It opens itself to whoever answers for the post, and nothing else of the family
(docs/decisions/0031).
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.find_entries import entry_facts
from coordinator.access.link_sights import LinkRequestInSight
from coordinator.access.prepared import Prepared
from coordinator.access.scope import may_know, not_excluded, readable
from coordinator.access.sights import Moment, Way
from coordinator.access.ways import (
    family_columns,
    gave_reason,
    has_left,
    reads_own_agency,
    way_of,
)
from coordinator.models.accounts import Account
from coordinator.models.directory import Post, PostHolding
from coordinator.models.entries import Entry
from coordinator.models.families import Family
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


def _link_request(actor: Actor, moment: Moment) -> Any:
    return (
        select(
            *family_columns(actor, moment),
            LinkRequest.id,
            LinkRequest.reference,
            LinkRequest.version,
            LinkRequest.kind,
            LinkRequest.author_id,
            has_left(LinkRequest.author_id, LinkRequest.agency_id, moment).label("author_left"),
            LinkRequest.agency_id,
            LinkRequest.level,
            LinkRequest.about_id,
            LinkRequest.closed_at,
            received(actor, moment).label("received"),
        )
        .select_from(LinkRequest)
        .join(Family, Family.id == LinkRequest.family_id)
        .where(
            LinkRequest.reference == bindparam("reference"),
            not_excluded(actor, Family.id),
            or_(
                readable(
                    actor,
                    reads_own_agency(actor, moment, Family.id),
                    gave_reason(actor, moment, Family.id),
                ),
                received(actor, moment),
            ),
        )
    )


LINK_REQUEST = Prepared(_link_request)


def link_request(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> LinkRequestInSight | None:
    """Return a request that the actor may read, or answers for, else None."""
    row = LINK_REQUEST.run(session, actor, moment, reference=reference).one_or_none()
    way = row and (way_of(row) or (Way.RECEIVED if row.received else None))
    if row is None or not way:
        return None
    if way is Way.LEAD_WITHOUT_REASON and row.received:
        way = Way.RECEIVED
    return LinkRequestInSight(
        **entry_facts(row, way),
        received=bool(row.received),
        closed=row.closed_at is not None,
        about_id=row.about_id,
    )
