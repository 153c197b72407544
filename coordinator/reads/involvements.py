"""Who works with a family, for which agency, and how to reach them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access import prepared
from coordinator.access.actor import Actor, current
from coordinator.access.scope import may_know
from coordinator.access.sights import (
    OPEN_ONLY_ROLES,
    FamilyInSight,
    InvolvementInSight,
    JoinRequestInSight,
    Moment,
)
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Team
from coordinator.models.families import Involvement
from coordinator.models.handover_notes import HandoverNote
from coordinator.reads.colleague_page import away as is_away
from coordinator.vocabulary import PRACTITIONER_ROLES, AgencyKind, CaseRole, Level


@dataclass(frozen=True)
class Worker:
    """A worker on the case.  Dates are days; `until` is the last one.

    `acting` is whom to call instead while they are away: a name, and no right to the case.
    `in_a_year` counts the workers whom their agency had here in 12 months; `took_over` and
    `hands_over` are the open notes that were written for them, and by which they leave (S18).
    """

    reference: str
    account_id: int
    account_reference: str
    name: str
    profession: str
    role: CaseRole
    lead: bool
    agency_id: int
    agency: str
    agency_kind: AgencyKind
    team_id: int
    team: str
    team_reference: str
    duty_line: str
    phone: str
    email: str
    since: date
    until: date | None
    second_role_reason: str
    away_until: date | None
    acting: str
    acting_phone: str
    in_a_year: int
    took_over: str | None
    hands_over: str | None

    @property
    def what(self) -> str:
        """The worker's role on the case, and the profession where that says something else."""
        role, profession = self.role.label, self.profession
        known = not profession or profession.casefold() in role.casefold()
        return role if known else f"{role} ({profession.lower()})"

    @property
    def may_lead(self) -> bool:
        """Whether somebody in this role can lead for an agency."""
        return self.role not in OPEN_ONLY_ROLES


YEAR = timedelta(days=365)
ACTING = aliased(Account)
_EVER = aliased(Involvement)


def in_a_year(family_id: Any, agency_id: Any, year_ago: Any, today: Any) -> Any:
    """Return how many workers an agency had on a case since a day, as a column (S18, M26)."""
    return (
        select(func.count(_EVER.account_id.distinct()))
        .where(
            _EVER.family_id == family_id,
            _EVER.agency_id == agency_id,
            _EVER.role.not_in(OPEN_ONLY_ROLES),
            _EVER.starts_on <= today,
            or_(_EVER.ends_on.is_(None), _EVER.ends_on >= year_ago),
        )
        .scalar_subquery()
    )


def _note(whose: Any, *conditions: Any) -> Any:
    return (
        select(HandoverNote.reference)
        .where(
            HandoverNote.family_id == Involvement.family_id,
            HandoverNote.agency_id == Involvement.agency_id,
            HandoverNote.level == Level.OPEN,
            whose == Involvement.account_id,
            *conditions,
        )
        .order_by(HandoverNote.id.desc())
        .limit(1)
        .scalar_subquery()
    )


WORKERS = prepared.fixed(
    select(
        Involvement.reference,
        Involvement.account_id,
        Account.reference.label("account_reference"),
        Account.name,
        Account.profession,
        Involvement.role,
        Involvement.lead,
        Involvement.agency_id,
        Agency.name.label("agency"),
        Agency.kind.label("agency_kind"),
        Involvement.team_id,
        Team.name.label("team"),
        Team.reference.label("team_reference"),
        Team.phone.label("duty_line"),
        Account.phone,
        Account.email,
        Involvement.starts_on.label("since"),
        Involvement.ends_on.label("until"),
        Involvement.second_role_reason,
        Absence.ends_on.label("away_until"),
        func.coalesce(ACTING.name, "").label("acting"),
        func.coalesce(ACTING.phone, "").label("acting_phone"),
        in_a_year(
            Involvement.family_id,
            Involvement.agency_id,
            bindparam("year_ago", type_=Date()),
            prepared.WHENEVER.today,
        ).label("in_a_year"),
        _note(HandoverNote.to_account_id).label("took_over"),
        _note(HandoverNote.from_account_id, HandoverNote.last_on == Involvement.ends_on).label(
            "hands_over"
        ),
    )
    .join(Account, Account.id == Involvement.account_id)
    .join(Agency, Agency.id == Involvement.agency_id)
    .join(Team, Team.id == Involvement.team_id)
    .outerjoin(Absence, and_(Absence.account_id == Account.id, is_away(prepared.WHENEVER.today)))
    .outerjoin(ACTING, and_(ACTING.id == Absence.cover_id, ACTING.closed_at.is_(None)))
    .where(
        Involvement.family_id == bindparam("family"), current(Involvement, prepared.WHENEVER.today)
    )
    .order_by(Agency.id, Involvement.lead.desc(), Involvement.id)
)


def workers(session: Session, moment: Moment, family: FamilyInSight) -> tuple[Worker, ...]:
    """Return who is on the case today, agency by agency, the lead first.  One statement."""
    asked = {"family": family.id, "today": moment.today, "year_ago": moment.today - YEAR}
    found = prepared.rows(session, WORKERS, asked)
    return tuple(Worker(**row._asdict()) for row in found)


@dataclass(frozen=True)
class PastWorker:
    """Somebody who worked with the family."""

    name: str
    role: CaseRole
    agency: str
    since: date
    until: date
    reason: str


def past_workers(session: Session, moment: Moment, family: FamilyInSight) -> tuple[PastWorker, ...]:
    """Return who was on the case, the newest first."""
    rows = session.execute(
        select(
            Account.name,
            Involvement.role,
            Agency.name.label("agency"),
            Involvement.starts_on.label("since"),
            Involvement.ends_on.label("until"),
            Involvement.end_reason.label("reason"),
        )
        .join(Account, Account.id == Involvement.account_id)
        .join(Agency, Agency.id == Involvement.agency_id)
        .where(Involvement.family_id == family.id, Involvement.ends_on < moment.today)
        .order_by(Involvement.ends_on.desc(), Involvement.id)
    )
    return tuple(PastWorker(**row._asdict()) for row in rows)


@dataclass(frozen=True)
class Leaving:
    """Whose involvement is about to end, and who else of the agency could lead."""

    name: str
    lead: bool
    others: tuple[tuple[str, str], ...]


def leaving(session: Session, moment: Moment, involvement: InvolvementInSight) -> Leaving:
    """Return what the page needs that ends an involvement.  One statement."""
    here = [
        worker
        for worker in workers(session, moment, involvement.family)
        if worker.agency_id == involvement.agency_id
    ]
    chosen = next((worker for worker in here if worker.reference == involvement.reference), None)
    return Leaving(
        chosen.name if chosen else "",
        bool(chosen and chosen.lead),
        tuple(
            (worker.reference, f"{worker.name}, {worker.role.label}")
            for worker in here
            if worker is not chosen and worker.may_lead
        ),
    )


def colleagues(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[tuple[str, str], ...]:
    """Return whom of their own agency the actor can put on the case: (membership, words)."""
    on_it = select(Involvement.account_id).where(
        Involvement.family_id == family.id,
        Involvement.agency_id == actor.agency_id,
        current(Involvement, moment.today),
    )
    return _practitioners(
        session,
        moment,
        family.id,
        Team.agency_id == actor.agency_id,
        Account.id.not_in(on_it),
    )


def successors(
    session: Session, moment: Moment, involvement: InvolvementInSight
) -> tuple[tuple[str, str], ...]:
    """Return who of a worker's agency can take their place: (membership, words)."""
    return _practitioners(
        session,
        moment,
        involvement.family.id,
        Team.agency_id == involvement.agency_id,
        Account.id != involvement.account_id,
    )


def team_workers(
    session: Session, moment: Moment, request: JoinRequestInSight
) -> tuple[tuple[str, str], ...]:
    """Return whom the asked team can name for a family: (membership, words)."""
    return _practitioners(session, moment, request.family_id, Team.id == request.team_id)


def _practitioners(
    session: Session, moment: Moment, family_id: int, *conditions: object
) -> tuple[tuple[str, str], ...]:
    """Return who can work with a family; whoever may not know of it is not listed."""
    rows = session.execute(
        select(Membership.reference, Account.name, Membership.role, Team.name.label("team"))
        .join(Account, Account.id == Membership.account_id)
        .join(Team, Team.id == Membership.team_id)
        .where(
            Membership.role.in_(PRACTITIONER_ROLES),
            current(Membership, moment.today),
            Account.closed_at.is_(None),
            may_know(Account.id, family_id),
            *conditions,  # type: ignore[arg-type]
        )
        .order_by(Account.name, Membership.id)
    )
    return tuple((row.reference, f"{row.name}, {row.role.label} ({row.team})") for row in rows)
