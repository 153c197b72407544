"""Who can be asked to a meeting, and why they are proposed.

Whoever is offered here is whom services/invitations.py accepts.  A person who may not know of the
family is never among them, and nothing says so.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import may_know
from coordinator.access.sights import FamilyInSight, MeetingInSight, Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Team
from coordinator.models.families import Involvement
from coordinator.models.meetings import Invitation
from coordinator.vocabulary import (
    PRACTITIONER_ROLES,
    AgencyKind,
    CaseRole,
    Role,
)

PARTNER = {AgencyKind.CMHT: AgencyKind.CSC, AgencyKind.CSC: AgencyKind.CMHT}
FOR_ONE_MEETING = (CaseRole.CHAIR, CaseRole.MINUTE_TAKER)
MAY_DEPUTISE = PRACTITIONER_ROLES | {Role.TEAM_MANAGER, Role.SAFEGUARDING_LEAD}


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be asked, for an agency.  `value` names them in a form.

    `case_role` is what they are on the case, or None if they are not on it.
    """

    value: str
    account_id: int
    name: str
    role: str
    case_role: CaseRole | None
    agency_id: int
    agency: str
    agency_kind: AgencyKind
    team_id: int
    team: str

    @property
    def why(self) -> str:
        """Why this person is proposed: `Social worker on the case, Eastway …` (E10)."""
        place = f"{self.role} on the case" if self.case_role else self.role
        return f"{place}, {self.agency}"

    @property
    def proposed(self) -> bool:
        """Whether they are ticked at first: workers on the case, not the chair of another day."""
        return self.case_role is not None and self.case_role not in FOR_ONE_MEETING

    @property
    def words(self) -> str:
        """The person as one line of a list."""
        return f"{self.name}, {self.role.lower()}, {self.team}"


@dataclass(frozen=True)
class Company:
    """Who can come to a meeting about a family, and who can chair it or take its minutes."""

    on_the_case: tuple[Candidate, ...]
    chairs: tuple[Candidate, ...]
    minute_takers: tuple[Candidate, ...]

    def invitees(self, actor: Actor) -> tuple[Candidate, ...]:
        """Return whom to propose: everybody on the case but the one who asks, who comes anyway."""
        return tuple(c for c in self.on_the_case if c.account_id != actor.account_id)


def company(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> Company:
    """Return who can be asked to a meeting about this family.  Two statements.

    Chairs and minute takers are those of the actor's agency, or people on the case.
    """
    on_the_case = _once(
        _candidate(row, row.role)
        for row in session.execute(
            _people(Involvement, Involvement.team_id)
            .where(
                Involvement.family_id == family.id,
                current(Involvement, moment.today),
                may_know(Involvement.account_id, family.id),
                _open(moment),
            )
            .order_by(
                Involvement.role.in_(FOR_ONE_MEETING),
                Agency.id,
                Involvement.lead.desc(),
                Involvement.id,
            )
        )
    )
    by_role = _once(
        _candidate(row, None)
        for row in session.execute(
            _people(Membership, Membership.team_id)
            .where(
                Membership.role.in_((Role.CHAIR, Role.MINUTE_TAKER)),
                Agency.id == actor.agency_id,
                current(Membership, moment.today),
                may_know(Membership.account_id, family.id),
                _open(moment),
            )
            .order_by(Account.name, Membership.id)
        )
    )
    known = {candidate.account_id for candidate in on_the_case}
    others = [candidate for candidate in by_role if candidate.account_id not in known]
    return Company(
        on_the_case,
        (*(c for c in others if c.role == Role.CHAIR.label), *on_the_case),
        (*(c for c in others if c.role == Role.MINUTE_TAKER.label), *on_the_case),
    )


def invited_accounts(session: Session, meeting_id: int) -> frozenset[int]:
    """Return which workers are asked to a meeting now."""
    asked = session.scalars(
        select(Invitation.account_id).where(
            Invitation.meeting_id == meeting_id, Invitation.removed_at.is_(None)
        )
    )
    return frozenset(account for account in asked if account is not None)


def to_invite(
    session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight
) -> tuple[Candidate, ...]:
    """Return who is on the case and not asked to this meeting yet."""
    invited = invited_accounts(session, meeting.id)
    people = company(session, actor, moment, meeting.family).on_the_case
    return tuple(c for c in people if c.account_id not in invited)


def deputies(
    session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight
) -> tuple[Candidate, ...]:
    """Return colleagues whom the actor could send: of their agency, their own team first.

    Whoever is asked already is left out, except a deputy whom the actor sent.
    """
    taken = exists().where(
        Invitation.meeting_id == meeting.id,
        Invitation.account_id == Membership.account_id,
        Invitation.removed_at.is_(None),
        or_(Invitation.deputy_for_id.is_(None), Invitation.deputy_for_id != meeting.invitation_id),
    )
    rows = session.execute(
        _people(Membership, Membership.team_id)
        .where(
            Agency.id == actor.agency_id,
            Membership.role.in_(MAY_DEPUTISE),
            Membership.account_id != actor.account_id,
            current(Membership, moment.today),
            may_know(Membership.account_id, meeting.family.id),
            _open(moment),
            ~taken,
        )
        .order_by(Account.name, Membership.id)
    )
    people = _once(_candidate(row, None) for row in rows)
    return tuple(sorted(people, key=lambda c: c.team_id not in actor.team_ids))


def _people(table: type[Any], team_id: Any) -> Any:
    return (
        select(
            table.reference,
            table.account_id,
            table.role,
            Account.name,
            Team.id.label("team_id"),
            Team.name.label("team"),
            Agency.id.label("agency_id"),
            Agency.name.label("agency"),
            Agency.kind.label("agency_kind"),
        )
        .select_from(table)
        .join(Account, Account.id == table.account_id)
        .join(Team, Team.id == team_id)
        .join(Agency, Agency.id == Team.agency_id)
    )


def _open(moment: Moment) -> Any:
    return or_(Account.closed_at.is_(None), Account.closed_at > moment.now)


def _candidate(row: Any, case_role: CaseRole | None) -> Candidate:
    return Candidate(
        value=row.reference,
        account_id=row.account_id,
        name=row.name,
        role=row.role.label,
        case_role=case_role,
        agency_id=row.agency_id,
        agency=row.agency,
        agency_kind=row.agency_kind,
        team_id=row.team_id,
        team=row.team,
    )


def _once(people: Any) -> tuple[Candidate, ...]:
    """Keep the first line of each person: somebody with two roles is asked once."""
    first: dict[int, Candidate] = {}
    for person in people:
        first.setdefault(person.account_id, person)
    return tuple(first.values())
