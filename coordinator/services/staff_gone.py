"""Who is on the directory and not on an agency's whole staff list: they leave (issue 5, 5)."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import current
from coordinator.access.sights import AccountInSight, Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Team
from coordinator.reads import departures as reads
from coordinator.services import departures
from coordinator.services.staff_list import StaffList
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AgencyKind


@dataclass(frozen=True)
class Gone:
    """Somebody who is not on the list; `agency_id` where they work for another agency, too."""

    account: AccountInSight
    name: str
    email: str
    agency_id: int | None


def found(session: Session, staff: StaffList, moment: Moment) -> list[Gone]:
    """Return who works today for an agency of the list and is not on it, by name.

    Whoever is known to leave already is not there again.
    """
    on_the_list = {line.email for line in staff.lines}
    named = {line.agency.casefold() for line in staff.lines}
    rows = session.execute(
        select(
            Account.id,
            Account.reference,
            Account.name,
            Account.email,
            Agency.id.label("agency_id"),
            Agency.name.label("agency"),
        )
        .join(Membership, Membership.account_id == Account.id)
        .join(Team, Team.id == Membership.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .where(
            current(Membership, moment.today),
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
            Agency.kind != AgencyKind.HOST,
        )
        .distinct()
        .order_by(Account.name, Account.id)
    ).all()
    gone = []
    for account_id in dict.fromkeys(row.id for row in rows):
        here = [row for row in rows if row.id == account_id]
        lost = [row for row in here if row.agency.casefold() in named]
        first = here[0]
        leaves = lost and first.email not in on_the_list
        if leaves and not reads.open_departures(session, account_id):
            agency_id = None if len(lost) == len(here) else lost[0].agency_id
            account = AccountInSight(account_id, first.reference)
            gone.append(Gone(account, first.name, first.email, agency_id))
    return gone


def leave(session: Session, moment: Moment, gone: list[Gone]) -> None:
    """Let them leave after some days, in which their managers say who takes over."""
    for one in gone:
        last_day = moment.today + timedelta(days=SETTINGS.leaver_days)
        departures.leave(session, None, moment, one.account, last_day, one.agency_id)
