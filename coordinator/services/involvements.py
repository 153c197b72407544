"""Who works with a family: bring in a colleague, hand over the lead, leave the case."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from coordinator.access import prepared
from coordinator.access.actor import Actor, Standing, current
from coordinator.access.scope import may_know
from coordinator.access.sights import OPEN_ONLY_ROLES, FamilyInSight, InvolvementInSight, Moment
from coordinator.errors import DeniedError, InvalidError
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.models.families import Involvement
from coordinator.services import addresses
from coordinator.vocabulary import PRACTITIONER_ROLES, CaseRole, Role

SECOND_ROLE = "{name} has a part in this case already: say why they need a second one"
CASE_ROLES = {
    Role.CARE_COORDINATOR: CaseRole.CARE_COORDINATOR,
    Role.SOCIAL_WORKER: CaseRole.SOCIAL_WORKER,
    Role.THERAPIST: CaseRole.THERAPIST,
    Role.LINK_WORKER: CaseRole.LINK_WORKER,
    Role.CHAIR: CaseRole.CHAIR,
    Role.MINUTE_TAKER: CaseRole.MINUTE_TAKER,
}
ON_THE_CASE = prepared.fixed(
    select(
        Involvement.reference,
        Involvement.account_id,
        Involvement.agency_id,
        Involvement.team_id,
        Team.reference.label("team"),
    )
    .join(Team, Team.id == Involvement.team_id)
    .where(
        Involvement.family_id == bindparam("family"), current(Involvement, prepared.WHENEVER.today)
    )
)


def case_role_of(role: Role) -> CaseRole:
    """Return what a person with this role is on a case."""
    return CASE_ROLES.get(role, CaseRole.OTHER)


def standing_of(actor: Actor) -> Standing:
    """Return for which agency and team an actor does case work.

    Raises `DeniedError` for somebody without a current membership.
    """
    if actor.acting_as is None:
        raise DeniedError("This is for a member of an agency.")
    return actor.acting_as


def add_colleague(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    membership_reference: str,
    *,
    lead: bool = False,
    second_role: str = "",
) -> None:
    """Put somebody of the actor's own agency on the case from today.

    The first worker of an agency leads for it.  `second_role` is the reason why somebody who has a
    part in the case already needs another.  Raises `InvalidError` for somebody who is on the case
    already, may not be on it, or is not of this agency.
    """
    here = standing_of(actor).agency_id
    join(
        session,
        moment,
        family.id,
        here,
        None,
        membership_reference,
        lead=lead,
        second_role=second_role,
    )


def join(
    session: Session,
    moment: Moment,
    family_id: int,
    agency_id: int,
    team_id: int | None,
    membership_reference: str,
    *,
    lead: bool,
    second_role: str = "",
) -> int:
    """Put a practitioner of this agency (and team, if one is named) on the case; return who it is.

    Whoever works on the case for another agency, or manages a team that does, needs a reason for a
    second role (D18).  Raises `InvalidError`, beside the field `worker` or `second_role`.
    """
    chosen = practitioner(session, moment, family_id, agency_id, team_id, membership_reference)
    colleagues = current_workers(session, moment, family_id, agency_id)
    if any(worker.account_id == chosen.account_id for worker in colleagues):
        raise InvalidError({"worker": f"{chosen.name} is on the case already"})
    second = has_a_part(session, moment, family_id, chosen.account_id)
    if second and not second_role:
        raise InvalidError({"second_role": SECOND_ROLE.format(name=chosen.name)})
    addresses.refuse(second_role=second_role)
    worker = Involvement(
        family_id=family_id,
        account_id=chosen.account_id,
        agency_id=agency_id,
        team_id=chosen.team_id,
        role=case_role_of(chosen.role),
        lead=lead or not any(colleague.lead for colleague in colleagues),
        starts_on=moment.today,
        second_role_reason=second_role if second else "",
    )
    session.add(worker)
    if worker.lead:
        _step_back(colleagues)
    session.flush()
    return int(chosen.account_id)


def practitioner(
    session: Session,
    moment: Moment,
    family_id: int,
    agency_id: int,
    team_id: int | None,
    membership_reference: str,
) -> Any:
    """Return who of this agency (and team, if one is named) can work on the case.

    It has `account_id`, `team_id`, `role` and `name`.  Raises `InvalidError`, beside the field
    `worker`.
    """
    statement = (
        select(Membership.account_id, Membership.team_id, Membership.role, Account.name)
        .join(Team, Team.id == Membership.team_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.reference == membership_reference,
            Membership.role.in_(PRACTITIONER_ROLES),
            current(Membership, moment.today),
            Team.agency_id == agency_id,
            Account.closed_at.is_(None),
        )
    )
    if team_id is not None:
        statement = statement.where(Membership.team_id == team_id)
    chosen = session.execute(statement).one_or_none()
    # One answer for a role that has ended and for somebody who may not know of the family.
    if chosen is None or not session.scalar(select(may_know(chosen.account_id, family_id))):
        raise InvalidError({"worker": "Choose somebody from the list"})
    return chosen


def take_the_lead(
    session: Session, moment: Moment, family: FamilyInSight, involvement: InvolvementInSight
) -> None:
    """Make a worker the one who leads for their agency; whoever led before stays on the case.

    Raises `InvalidError` for somebody who has left.
    """
    colleagues = current_workers(session, moment, family.id, involvement.agency_id)
    chosen = next((w for w in colleagues if w.id == involvement.id), None)
    if chosen is None:
        raise InvalidError("This worker has left the case")
    if chosen.role in OPEN_ONLY_ROLES:
        raise InvalidError("A chair, a minute taker or a link worker does not lead")
    _step_back([worker for worker in colleagues if worker is not chosen])
    chosen.lead = True
    session.flush()


def leave(
    session: Session,
    moment: Moment,
    family: FamilyInSight,
    involvement: InvolvementInSight,
    off_from: date,
    reason: str,
    new_lead: str = "",
) -> None:
    """End an involvement: from `off_from` on the worker is off the case, at once if that is today.

    `new_lead` is the reference of the involvement that leads from now on; an agency's lead cannot
    leave without one.  Raises `InvalidError`.
    """
    if off_from < moment.today:
        raise InvalidError({"off_from": "Choose today or a day to come"})
    addresses.refuse(reason=reason)
    colleagues = current_workers(session, moment, family.id, involvement.agency_id)
    leaving = next((worker for worker in colleagues if worker.id == involvement.id), None)
    if leaving is None:
        raise InvalidError("This worker has left the case")
    if leaving.lead:
        if all(worker is leaving or worker.role in OPEN_ONLY_ROLES for worker in colleagues):
            raise InvalidError(
                "The last worker of an agency cannot leave. Put a colleague on the case first."
            )
        following = next(
            (
                worker
                for worker in colleagues
                if worker.reference == new_lead
                and worker is not leaving
                and worker.role not in OPEN_ONLY_ROLES
            ),
            None,
        )
        if following is None:
            raise InvalidError({"new_lead": "Choose who leads for your agency from now on"})
        _step_back(colleagues)
        following.lead = True
    leaving.ends_on = off_from - timedelta(days=1)
    leaving.end_reason = reason
    session.flush()


def current_workers(
    session: Session, moment: Moment, family_id: int, agency_id: int
) -> list[Involvement]:
    """Return the involvements of an agency's workers on a case today."""
    return list(
        session.scalars(
            select(Involvement)
            .where(
                Involvement.family_id == family_id,
                Involvement.agency_id == agency_id,
                current(Involvement, moment.today),
            )
            .order_by(Involvement.id)
        )
    )


def on_the_case(session: Session, moment: Moment, family: FamilyInSight) -> Sequence[Any]:
    """Return who is on a case today, of both agencies, with the references of their teams.

    Each has `reference`, `account_id`, `agency_id`, `team_id` and `team`.  One statement.
    """
    asked = {"family": family.id, "today": moment.today}
    workers: Sequence[Any] = prepared.rows(session, ON_THE_CASE, asked).all()
    return workers


def others(
    session: Session, moment: Moment, family_id: int, agency_id: int
) -> list[tuple[int, int]]:
    """Return who works on a case today for another agency: (account, agency)."""
    rows = session.execute(
        select(Involvement.account_id, Involvement.agency_id)
        .where(
            Involvement.family_id == family_id,
            Involvement.agency_id != agency_id,
            Involvement.role.not_in(OPEN_ONLY_ROLES),
            current(Involvement, moment.today),
        )
        .distinct()
        .order_by(Involvement.account_id)
    )
    return [(row.account_id, row.agency_id) for row in rows]


def has_a_part(session: Session, moment: Moment, family_id: int, account_id: int) -> bool:
    """Whether somebody works on the case already, or manages a team that does."""
    managed = select(Membership.team_id).where(
        Membership.account_id == account_id,
        Membership.role == Role.TEAM_MANAGER,
        current(Membership, moment.today),
    )
    part = select(Involvement.id).where(
        Involvement.family_id == family_id,
        or_(Involvement.account_id == account_id, Involvement.team_id.in_(managed)),
        current(Involvement, moment.today),
    )
    return session.scalar(part.limit(1)) is not None


def _step_back(workers: list[Involvement]) -> None:
    for worker in workers:
        worker.lead = False
