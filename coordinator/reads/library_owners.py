"""The posts that look after documents of the library, and who answers for them today (E32)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import current
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.models.library import DocumentOwner
from coordinator.vocabulary import AgencyKind, PostKind


@dataclass(frozen=True)
class Owner:
    """A post that looks after a document, and who answers for it today ("" if nobody does)."""

    reference: str
    kind: PostKind
    agency: str
    agency_kind: AgencyKind
    holder: str

    @property
    def name(self) -> str:
        """The post as people call it."""
        return f"{self.kind.label}, {self.agency}"


def choices(session: Session, moment: Moment) -> tuple[tuple[AgencyKind, str, str], ...]:
    """Return the posts that can look after a document: (kind of agency, reference, words)."""
    rows = session.execute(_posts(moment).order_by(Agency.name, Post.kind, Post.id))
    found = [_owner(row) for row in rows]
    return tuple(
        (post.agency_kind, post.reference, f"{post.name} ({post.holder or 'vacant'})")
        for post in found
    )


def _posts(moment: Moment) -> Any:
    holding = aliased(PostHolding)
    # Their holder, or whoever deputises while there is none.
    answers = (
        select(Account.name)
        .join(holding, holding.account_id == Account.id)
        .where(holding.post_id == Post.id, current(holding, moment.today))
        .order_by(holding.deputy, holding.id)
        .limit(1)
        .correlate(Post)
        .scalar_subquery()
    )
    return (
        select(
            Post.reference,
            Post.kind,
            Agency.name.label("agency"),
            Agency.kind.label("agency_kind"),
            Team.name.label("team"),
            func.coalesce(answers, "").label("holder"),
        )
        .join(Agency, Agency.id == Post.agency_id)
        .outerjoin(Team, Team.id == Post.team_id)
    )


def of(session: Session, moment: Moment, document_id: int) -> tuple[Owner, ...]:
    """Return the posts that look after a document.  One statement."""
    rows = session.execute(
        _posts(moment)
        .join(DocumentOwner, DocumentOwner.post_id == Post.id)
        .where(DocumentOwner.document_id == document_id)
        .order_by(Agency.name, Post.id)
    )
    return tuple(_owner(row) for row in rows)


def _owner(row: Any) -> Owner:
    return Owner(row.reference, row.kind, row.team or row.agency, row.agency_kind, row.holder)
