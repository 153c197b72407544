"""Taking an answer, or silence, to both managers, who settle it together (E16, D01)."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.sights import Moment, RequestInSight
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account, Membership
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.information_requests import Challenge, InformationAnswer, InformationRequest
from coordinator.services import addresses, readers
from coordinator.vocabulary import ChallengeOutcome, Level, Role


def challenge(
    session: Session, actor: Actor, moment: Moment, request: RequestInSight, why: str
) -> None:
    """Put a request before the managers of the team that asks and of the team that is asked.

    From now on they read it at whatever level it is.  Raises `InvalidError` where neither team has
    a manager, and for a request that was challenged meanwhile.
    """
    addresses.stop(session, actor, request.family, why=why)
    # Two challenges at once: the second waits here, and then finds the first.
    session.execute(select(Entry.id).where(Entry.id == request.id).with_for_update())
    if session.scalar(select(Challenge.at).where(Challenge.request_id == request.id)):
        raise InvalidError("It is before both managers already.")
    record = session.get_one(InformationRequest, request.id)
    managers = _managers(session, moment, record)
    if not managers:
        raise InvalidError("Neither team has a manager here. Speak with your safeguarding lead.")
    session.add(Challenge(request_id=record.id, by_id=actor.account_id, at=moment.now, why=why))
    session.flush()
    if record.level is not Level.OPEN:
        _let_read(session, record.id, managers)


def settle(
    session: Session,
    actor: Actor,
    moment: Moment,
    request: RequestInSight,
    outcome: ChallengeOutcome,
    words: str,
) -> None:
    """Write down how both managers settled a challenge; who asked and who was asked read it.

    Raises `InvalidError` if the other manager was quicker.
    """
    addresses.stop(session, actor, request.family, settled=words)
    record = session.scalars(
        select(Challenge).where(Challenge.request_id == request.id).with_for_update()
    ).one()
    if record.settled_at is not None:
        raise InvalidError("The other manager settled it meanwhile. Read what they wrote first.")
    record.outcome, record.settled = outcome, words
    record.settled_by_id, record.settled_at = actor.account_id, moment.now
    session.flush()


def _managers(session: Session, moment: Moment, record: InformationRequest) -> frozenset[int]:
    """Return the accounts of today's managers of both teams, the two people themselves left out."""
    of_the_two = select(Involvement.team_id).where(
        Involvement.family_id == record.family_id,
        or_(
            (Involvement.account_id == record.author_id)
            & (Involvement.agency_id == record.agency_id),
            (Involvement.account_id == record.asked_account_id)
            & (Involvement.agency_id == record.asked_agency_id),
        ),
    )
    managers = session.scalars(
        select(Membership.account_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.role == Role.TEAM_MANAGER,
            or_(
                Membership.team_id.in_(of_the_two),
                Membership.team_id == record.asked_team_id,
            ),
            current(Membership, moment.today),
            Account.closed_at.is_(None),
        )
    )
    return frozenset(managers) - {record.author_id, record.asked_account_id}


def _let_read(session: Session, request_id: int, managers: frozenset[int]) -> None:
    entries = session.scalars(
        select(Entry.id)
        .outerjoin(InformationAnswer.__table__, InformationAnswer.__table__.c.id == Entry.id)
        .where(or_(Entry.id == request_id, InformationAnswer.__table__.c.request_id == request_id))
    ).all()
    for entry_id in entries:
        readers.add(session, entry_id, managers - readers.of(session, entry_id))
