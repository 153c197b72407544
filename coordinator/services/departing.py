"""After somebody's last day, in one transaction: all is handed over, and access ends (E06).

The worker does it, on the decision of whoever said who takes over.  What nobody decided on in the
meantime goes to the manager of the team; what no manager may take stays, and is seen to be left.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import SAFEGUARDING_POSTS, current
from coordinator.access.letters import MailKind
from coordinator.access.scope import may_know
from coordinator.access.sights import OPEN_ONLY_ROLES, Moment
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account, Membership
from coordinator.models.departures import Departure
from coordinator.models.directory import Post, PostHolding, Team
from coordinator.models.families import Family, Involvement
from coordinator.models.sharing import Advice
from coordinator.reads import handing_over, held
from coordinator.reads.held import Part
from coordinator.services import involvements, moving_work, outbox, readers, setup_links
from coordinator.trail import Acting
from coordinator.vocabulary import Role

LEFT = "Left the service"
FOR_A_WHILE = "Holds the case until a colleague takes it over"
SERVICE = "leavers"


def are_due(session: Session, moment: Moment) -> bool:
    """Say whether somebody's last day is over.  Takes no lock."""
    return session.scalar(_due(moment).limit(1)) is not None


def carry_out(session: Session, moment: Moment) -> tuple[int, bool]:
    """Hand over what the next leaver holds and end their access; say whether there are more.

    One leaver, in the caller's transaction, which must be a writing one.
    """
    departure = session.scalars(_due(moment).limit(1).with_for_update()).one_or_none()
    if departure is None:
        return 0, False
    worker = session.info["acting"]
    last_days = {departure.account_id: departure.last_day}
    parts = [
        part
        for part in held.after(session, moment, last_days)
        if departure.agency_id in (None, part.agency_id)
    ]
    decided = handing_over.decisions(session, [departure.id], departure.last_day)
    for part in parts:
        to = decided.get((departure.id, part.family_id, part.agency_id))
        to = to or _manager(session, moment, departure, part)
        if to is not None:
            acting = Acting(to.decided_by_id, part.agency_id, SERVICE)
            trail.acting(session, acting, "departures.hand-over")
            _hand_over(session, moment, departure, part, to)
            session.flush()
    trail.acting(session, worker, "departures.carry-out")
    _questions(session, moment, departure)
    _end_access(session, moment, departure)
    departure.done_at = moment.now
    session.flush()
    return 1, True


def _due(moment: Moment) -> Any:
    return (
        select(Departure)
        .where(
            Departure.withdrawn_at.is_(None),
            Departure.done_at.is_(None),
            Departure.last_day < moment.today,
        )
        .order_by(Departure.last_day, Departure.id)
    )


def _manager(session: Session, moment: Moment, departure: Departure, part: Part) -> Any:
    """Return the manager of a team in which the leaver worked for this agency, or None."""
    involved = select(Involvement.team_id).where(
        Involvement.family_id == part.family_id,
        Involvement.agency_id == part.agency_id,
        Involvement.account_id == departure.account_id,
    )
    works = select(Membership.team_id).where(Membership.account_id == departure.account_id)
    return session.execute(
        select(
            Membership.account_id,
            Membership.team_id,
            Membership.role,
            Membership.account_id.label("decided_by_id"),
        )
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.role == Role.TEAM_MANAGER,
            or_(Membership.team_id.in_(involved), Membership.team_id.in_(works)),
            Membership.account_id != departure.account_id,
            current(Membership, moment.today),
            Account.closed_at.is_(None),
            may_know(Membership.account_id, part.family_id),
        )
        .order_by(Membership.team_id.in_(involved).desc(), Membership.id)
        .limit(1)
    ).one_or_none()


def _hand_over(session: Session, moment: Moment, departure: Departure, part: Part, to: Any) -> None:
    _case(session, moment, departure, part, to)
    moving_work.move(session, moment, part, to)
    _tell(session, moment, part, to)


def _case(session: Session, moment: Moment, departure: Departure, part: Part, to: Any) -> None:
    """End the leaver's roles on the case and put the successor in their place."""
    colleagues = involvements.current_workers(session, moment, part.family_id, part.agency_id)
    leaving = [w for w in colleagues if w.account_id == part.account_id]
    led = any(worker.lead for worker in leaving)
    for worker in leaving:
        worker.ends_on = max(departure.last_day, worker.starts_on - timedelta(days=1))
        worker.end_reason = LEFT
        worker.lead = False
    there = next((w for w in colleagues if w.account_id == to.account_id), None)
    if there is None:
        manages = to.role is Role.TEAM_MANAGER
        there = Involvement(
            family_id=part.family_id,
            account_id=to.account_id,
            agency_id=part.agency_id,
            team_id=to.team_id,
            role=involvements.case_role_of(to.role),
            lead=False,
            starts_on=moment.today,
            second_role_reason=FOR_A_WHILE if manages else "",
        )
        session.add(there)
    if led and there.role not in OPEN_ONLY_ROLES:
        there.lead = True


def _tell(session: Session, moment: Moment, part: Part, to: Any) -> None:
    """Tell the successor, and the other agency's workers on the case."""
    reference = session.scalars(select(Family.reference).where(Family.id == part.family_id)).one()
    others = involvements.others(session, moment, part.family_id, part.agency_id)
    for account_id, agency_id in [(to.account_id, part.agency_id), *others]:
        about: dict[str, str | int] = {"agency": agency_id}
        outbox.queue(session, moment, account_id, MailKind.TAKEN_OVER, reference, about)


def _questions(session: Session, moment: Moment, departure: Departure) -> None:
    """Let questions to a lead go to who holds a safeguarding post of that agency now."""
    for advice in session.scalars(
        select(Advice).where(
            Advice.lead_id == departure.account_id,
            Advice.answered_at.is_(None),
            true() if departure.agency_id is None else Advice.agency_id == departure.agency_id,
        )
    ):
        lead = session.scalar(
            select(PostHolding.account_id)
            .join(Post, Post.id == PostHolding.post_id)
            .join(Account, Account.id == PostHolding.account_id)
            .where(
                Post.agency_id == advice.agency_id,
                Post.kind.in_(SAFEGUARDING_POSTS),
                PostHolding.account_id.not_in([departure.account_id, advice.author_id]),
                current(PostHolding, moment.today),
                Account.closed_at.is_(None),
                may_know(PostHolding.account_id, advice.family_id),
            )
            .order_by(PostHolding.deputy, Post.kind.desc(), PostHolding.id)
            .limit(1)
        )
        if lead is not None:
            advice.lead_id = lead
            readers.add(session, advice.id, {lead})


def _end_access(session: Session, moment: Moment, departure: Departure) -> None:
    """End every role and post after the last day; close the account of who leaves altogether."""
    who, last_day = departure.account_id, departure.last_day
    roles = select(Membership).join(Team, Team.id == Membership.team_id)
    posts = select(PostHolding).join(Post, Post.id == PostHolding.post_id)
    agencies = ((Membership, roles, Team.agency_id), (PostHolding, posts, Post.agency_id))
    for table, statement, agency in agencies:
        ends, starts = table.ends_on, table.starts_on
        held_on = statement.where(table.account_id == who, or_(ends.is_(None), ends > last_day))
        if departure.agency_id is None:
            for row in session.scalars(held_on):
                row.ends_on = _not_before(row.starts_on, last_day)
            continue
        # Whoever moves on may have a role in the same agency again, from a day to come.
        for row in session.scalars(
            held_on.where(agency == departure.agency_id, starts <= last_day)
        ):
            row.ends_on = last_day
    if departure.agency_id is not None:
        return
    for absence in session.scalars(
        select(Absence).where(Absence.cover_id == who, Absence.ends_on >= moment.today)
    ):
        absence.cover_id = None
    account = session.get_one(Account, who)
    account.closed_at = account.closed_at or moment.now
    setup_links.withdraw(session, who, moment.now)
    setup_links.end_all_sessions(session, who, moment.now)


def _not_before(starts_on: date, last_day: date) -> date:
    return max(last_day, starts_on - timedelta(days=1))
