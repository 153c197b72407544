"""Documents whose review date has come, for whoever looks after them (E32)."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased

from coordinator.access.actor import Actor, current
from coordinator.access.sights import Moment
from coordinator.models.accounts import Membership
from coordinator.models.directory import PostHolding
from coordinator.models.library import Document, DocumentOwner, DocumentVersion
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import TodayRow
from coordinator.vocabulary import Role


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return what is to be reviewed, in the columns of reads/matters.py.

    Both holders are asked; a deputy while a post has no holder; an administrator while nobody
    answers for any post of it.
    """
    mine, theirs, anybody = (aliased(PostHolding) for _ in range(3))
    held = exists().where(
        theirs.post_id == DocumentOwner.post_id,
        theirs.deputy.is_(False),
        current(theirs, moment.today),
    )
    asked = exists().where(
        DocumentOwner.document_id == Document.id,
        mine.post_id == DocumentOwner.post_id,
        mine.account_id == actor.account_id,
        current(mine, moment.today),
        or_(mine.deputy.is_(False), ~held),
    )
    answered = exists().where(
        DocumentOwner.document_id == Document.id,
        anybody.post_id == DocumentOwner.post_id,
        current(anybody, moment.today),
    )
    administers = exists().where(
        Membership.account_id == actor.account_id,
        Membership.role == Role.ADMINISTRATOR,
        current(Membership, moment.today),
    )
    return (
        matter(
            source="library",
            reference=Document.reference,
            family="",
            what=DocumentVersion.title,
            due_on=Document.review_on,
        )
        .select_from(Document)
        .join(
            DocumentVersion,
            and_(
                DocumentVersion.document_id == Document.id,
                DocumentVersion.number == Document.number,
            ),
        )
        .where(
            Document.review_on <= moment.today,
            Document.withdrawn_at.is_(None),
            or_(asked, and_(administers, ~answered)),
        ),
    )


def mine(matters: Iterable[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield the documents that the reader is to review."""
    for row in matters:
        if row.source == "library":
            yield TodayRow(
                kind="library",
                verb="Review",
                text=row.what,
                href=f"/library/{row.reference}",
                family="",
                due=row.due_on,
                due_word="review by",
                late=row.due_on < moment.today,
            )
