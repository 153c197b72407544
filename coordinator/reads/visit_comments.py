"""What a parent says of a visit, and whether always the same person observes (S12)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight
from coordinator.access.visit_rules import VisitInSight
from coordinator.models.accounts import Account
from coordinator.models.visits import Visit, VisitComment, VisitKind, VisitPart
from coordinator.vocabulary import ParentAnswered, VisitState

# So many times in a row one person may observe alone before another is asked for.
ALONE = 3


@dataclass(frozen=True)
class Comment:
    """What a parent answered, and who asked."""

    word: ParentAnswered
    text: str
    asked_by: str
    at: datetime


@dataclass(frozen=True)
class Comments:
    """What a parent answered about a visit, the first first; whether the actor may add to it."""

    said: tuple[Comment, ...]
    may_add: bool


def of_visit(session: Session, actor: Actor, visit: VisitInSight) -> Comments:
    """Return what a parent answered about one visit in sight.  One statement."""
    rows = session.execute(
        select(VisitComment.word, VisitComment.text, Account.name, VisitComment.at)
        .join(Account, Account.id == VisitComment.account_id)
        .where(VisitComment.visit_id == visit.id)
        .order_by(VisitComment.id)
    )
    took_place = visit.state is VisitState.DONE
    may_add = took_place and decide(actor, Permission.VISITS_COMMENT, visit).allowed
    return Comments(tuple(Comment(*row) for row in rows), may_add)


def always_alone(session: Session, actor: Actor, family: FamilyInSight) -> str:
    """Return who observed the last three times of a parent with a child alone, or "" if nobody.

    Of those that took place and the actor may read.  One statement.
    """
    last = (
        select(Visit.id)
        .join(VisitKind, VisitKind.id == Visit.kind_id)
        .where(
            Visit.family_id == family.id,
            Visit.state == VisitState.DONE,
            VisitKind.supervises.is_(True),
            readable_in(actor, family),
        )
        .order_by(Visit.starts_at.desc(), Visit.id.desc())
        .limit(ALONE)
        .subquery()
    )
    parts = session.execute(
        select(VisitPart.visit_id, Account.name, Visit.second_id, VisitPart.observers)
        .join(Visit, Visit.id == VisitPart.visit_id)
        .join(Account, Account.id == VisitPart.account_id)
        .where(VisitPart.visit_id.in_(select(last.c.id)))
    ).all()
    names = {part.name for part in parts}
    accompanied = any(part.second_id or part.observers for part in parts)
    if len({part.visit_id for part in parts}) < ALONE or len(names) > 1 or accompanied:
        return ""
    return str(names.pop())
