"""Somebody leaves soon, and somebody is away: what a directory lives through (E06)."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access.actor import Actor
from coordinator.access.directory_sights import ColleagueInSight
from coordinator.access.sights import AccountInSight, Moment
from coordinator.demo import cast
from coordinator.models.accounts import Account
from coordinator.services import absences, departures
from coordinator.services.absences import Away

LEAVES_IN = timedelta(days=9)
AWAY = timedelta(days=4)


def load(session: Session) -> None:
    """Let Maeve's last day come near, and Idris be away with Maeve acting for him."""
    moment = Moment(clock.now(), clock.today())
    farah = _acts(session, "Farah", "accounts.grant")
    account = session.execute(
        select(Account.id, Account.reference).where(Account.name == "Maeve")
    ).one()
    leaver = AccountInSight(account.id, account.reference)
    departures.leave(session, farah, moment, leaver, moment.today + LEAVES_IN)
    idris = _acts(session, "Idris", "absences.tell")
    himself = ColleagueInSight(idris.account_id, idris.reference, idris.team_ids)
    away = Away(moment.today, moment.today + AWAY, account.reference)
    absences.tell(session, idris, moment, himself, away)


def _acts(session: Session, name: str, action: str) -> Actor:
    actor = cast.actor(session, name)
    trail.acting(session, actor.acting(), action)
    return actor
