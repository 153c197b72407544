"""Who a mail would go to, as an actor: mail is composed under the recipient's rights of today."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, Standing, current
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Team


@dataclass(frozen=True)
class Recipient:
    """The address of a person and what they may see when they act for one agency."""

    email: str
    actor: Actor


def recipient(
    session: Session, moment: Moment, account_id: int | None, agency_id: int | None = None
) -> Recipient | None:
    """Return a person as they would act for an agency, or None if they have no open account.

    Without a current membership of that agency they act for none, and so see nothing.
    """
    account = session.execute(
        select(
            Account.reference, Account.name, Account.profession, Account.email, Account.zone
        ).where(
            Account.id == account_id,
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
        )
    ).one_or_none()
    if account is None or account_id is None:
        return None
    rows = session.execute(
        select(
            Membership.id,
            Membership.reference,
            Team.id,
            Team.name,
            Agency.id,
            Agency.name,
            Agency.kind,
            Membership.role,
        )
        .join(Team, Team.id == Membership.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .where(Membership.account_id == account_id, current(Membership, moment.today))
        .order_by(Membership.id)
    )
    standings = tuple(Standing(*row) for row in rows)
    return Recipient(
        account.email,
        Actor(
            account_id=account_id,
            reference=account.reference,
            name=account.name,
            profession=account.profession,
            session_id=0,
            session_hash=b"",
            standings=standings,
            acting_as=next((s for s in standings if s.agency_id == agency_id), None),
            posts=frozenset(),
            zone=account.zone,
        ),
    )
