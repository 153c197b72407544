"""By whom and by which agency the audit can be asked: what the reader may know of anyway."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access import find
from coordinator.access.sights import FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.families import Involvement
from coordinator.reads.audit_scope import Reader, own_family


@dataclass(frozen=True)
class Choice:
    """Somebody or some agency to ask about."""

    id: int
    reference: str
    name: str


def people(session: Session, reader: Reader) -> tuple[Choice, ...]:
    """Return the reader's own staff, now and before, and the workers of their families."""
    on_families = select(Involvement.account_id).where(own_family(reader, Involvement.family_id))
    rows = session.execute(
        select(Account.id, Account.reference, Account.name)
        .where(or_(Account.id.in_(reader.all_staff), Account.id.in_(on_families)))
        .order_by(Account.name, Account.id)
    )
    return tuple(Choice(*row) for row in rows)


def agencies(session: Session) -> tuple[Choice, ...]:
    """Return the agencies."""
    rows = session.execute(
        select(Agency.id, Agency.reference, Agency.name).order_by(Agency.name, Agency.id)
    )
    return tuple(Choice(*row) for row in rows)


def family(session: Session, reader: Reader, reference: str) -> FamilyInSight | None:
    """Return the family of this reference if the reader may know of it, else None."""
    return find.family(session, reader.actor, reader.moment, reference)
