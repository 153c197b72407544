"""The ladder when nobody answers: the third try in vain tells the manager, once (E19)."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.letters import MailKind
from coordinator.access.scope import may_know
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.clock import day_bounds
from coordinator.models.accounts import Account, Membership
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.unreached import Unreached
from coordinator.reads import reaching
from coordinator.services import involvements, outbox
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Level, Outcome, Role
from coordinator.working_days import working_days_from

DAY = timedelta(days=1)


def climb(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, tried: ContactAttempt
) -> None:
    """Settle what a contact that was just logged means for who could not be reached.

    Reaching somebody, or their own call to another agency, ends it.  The third try in vain within
    five working days, by whomever, begins it and tells the manager; a fourth tells nobody again.
    A contact that is held back moves nothing: others would learn of it.
    """
    if tried.level is not Level.OPEN:
        return
    if tried.outcome is Outcome.REACHED:
        talked = {tried.account_id}
        if tried.contacted_agency_id not in (None, tried.agency_id):
            talked.add(tried.author_id)
        for record in _waiting(session, family, talked - {None}):
            record.ended_at = moment.now
        session.flush()
        return
    if tried.account_id is None or list(_waiting(session, family, {tried.account_id})):
        return
    # The working days up to today: today is the last of them, if it is one.
    first = working_days_from(moment.today + DAY, -SETTINGS.working_days_of_attempts)
    since = day_bounds(first)[0]
    attempts = reaching.tried_in_vain(session, actor, family, tried.account_id)
    lately = [one for one in attempts if one.attempted_at >= since and one.level is Level.OPEN]
    if len(lately) < SETTINGS.attempts_before_the_team:
        return
    for worker in involvements.on_the_case(session, moment, family):
        if (worker.account_id, worker.agency_id) == (tried.account_id, tried.contacted_agency_id):
            _tell(session, moment, family, tried.account_id, worker.team_id, len(lately))
            return


def _waiting(
    session: Session, family: FamilyInSight, people: Iterable[int | None]
) -> Iterable[Unreached]:
    return session.scalars(
        select(Unreached).where(
            Unreached.family_id == family.id,
            Unreached.account_id.in_(list(people)),
            Unreached.ended_at.is_(None),
        )
    )


def _tell(
    session: Session,
    moment: Moment,
    family: FamilyInSight,
    account_id: int,
    team_id: int,
    tries: int,
) -> None:
    record = Unreached(
        family_id=family.id,
        account_id=account_id,
        team_id=team_id,
        tries=tries,
        noticed_at=moment.now,
    )
    session.add(record)
    session.flush()
    managers = session.scalars(
        select(Membership.account_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.team_id == team_id,
            Membership.role == Role.TEAM_MANAGER,
            Membership.account_id != account_id,
            current(Membership, moment.today),
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
            may_know(Membership.account_id, family.id),
        )
    )
    for manager in set(managers):
        about: dict[str, str | int] = {"team": team_id}
        outbox.queue(session, moment, manager, MailKind.UNREACHED, family.reference, about)
