"""After somebody's last day, in one transaction: all is handed over, and access ends (E06).

The worker does it, on the decision of whoever said who takes over.  What nobody decided on in the
meantime goes to the manager of the team; what no manager may take stays listed, and is tried again
each day and after each decision.  What counts as held: reads/held.py.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, exists, or_, select, true
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access.actor import SAFEGUARDING_POSTS, current
from coordinator.access.scope import may_know
from coordinator.access.sights import Moment
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account, Draft, Membership
from coordinator.models.departures import Departure, Handover
from coordinator.models.directory import Post, PostHolding, Team
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.models.sharing import Advice
from coordinator.models.worries import Worry
from coordinator.reads import handing_over, held
from coordinator.reads.held import Part
from coordinator.services import calendar_feeds, handing_on, moving_work, readers, setup_links
from coordinator.trail import Acting
from coordinator.vocabulary import DisagreementStage

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
    decided = handing_over.decisions(session, moment, [departure.account_id], departure.last_day)
    for part in _parts(session, moment, departure):
        to = decided.get((part.account_id, part.family_id, part.agency_id))
        to = to or moving_work.manager(session, moment, part)
        if to is not None:
            acting = Acting(to.decided_by_id, part.agency_id, SERVICE)
            trail.acting(session, acting, "departures.hand-over")
            handing_on.hand_over(session, moment, departure.last_day, part, to)
            session.flush()
    trail.acting(session, worker, "departures.carry-out")
    _end_access(session, moment, departure)
    session.flush()
    waits = _before_leads(session, moment, departure)
    departure.carried_out_at = moment.now
    if not waits and not _parts(session, moment, departure):
        departure.done_at = moment.now
    session.flush()
    return 1, True


def _due(moment: Moment) -> Any:
    decided_since = exists().where(
        Handover.departure_id == Departure.id, Handover.decided_at > Departure.carried_out_at
    )
    return (
        select(Departure)
        .where(
            Departure.withdrawn_at.is_(None),
            Departure.done_at.is_(None),
            Departure.last_day < moment.today,
            or_(
                Departure.carried_out_at.is_(None),
                Departure.carried_out_at < clock.day_bounds(moment.today)[0],
                decided_since,
            ),
        )
        .order_by(Departure.last_day, Departure.id)
    )


def _parts(session: Session, moment: Moment, departure: Departure) -> list[Part]:
    last_days = {departure.account_id: departure.last_day}
    return [
        part
        for part in held.after(session, moment, last_days)
        if departure.agency_id in (None, part.agency_id)
    ]


def _before_leads(session: Session, moment: Moment, departure: Departure) -> int:
    """Give what waits for a lead to who holds a safeguarding post of that agency now.

    Returns how much still waits for a leaver because nobody holds one.
    """
    left = 0
    asked = session.scalars(
        select(Advice).where(
            Advice.lead_id == departure.account_id,
            Advice.answered_at.is_(None),
            true() if departure.agency_id is None else Advice.agency_id == departure.agency_id,
        )
    ).all()
    for advice in asked:
        lead = _lead(session, moment, advice.agency_id, advice.family_id, advice.author_id)
        if lead is None:
            left += 1
            continue
        advice.lead_id = lead
        readers.name_too(session, advice.id, lead)
    step = DisagreementStep
    steps = session.execute(
        select(step, Disagreement.family_id)
        .join(Disagreement, Disagreement.id == step.disagreement_id)
        .where(
            step.owner_id == departure.account_id,
            step.ended_at.is_(None),
            step.stage == DisagreementStage.LEADS,
            true() if departure.agency_id is None else step.owner_agency_id == departure.agency_id,
        )
    ).all()
    for waits, family_id in steps:
        lead = _lead(session, moment, waits.owner_agency_id, family_id, departure.account_id)
        left += lead is None
        waits.owner_id = lead or waits.owner_id
    session.flush()
    return left


def _lead(session: Session, moment: Moment, agency_id: int, family_id: int, but: int) -> int | None:
    """Return who holds a safeguarding post of the agency, or deputises, but this one."""
    return session.scalar(
        select(PostHolding.account_id)
        .join(Post, Post.id == PostHolding.post_id)
        .join(Account, Account.id == PostHolding.account_id)
        .where(
            Post.agency_id == agency_id,
            Post.kind.in_(SAFEGUARDING_POSTS),
            PostHolding.account_id != but,
            current(PostHolding, moment.today),
            Account.closed_at.is_(None),
            may_know(PostHolding.account_id, family_id),
        )
        .order_by(PostHolding.deputy, Post.kind.desc(), PostHolding.id)
        .limit(1)
    )


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
    # What was theirs alone ends with them; before, they were asked to see to it.
    session.execute(delete(Draft).where(Draft.account_id == who))
    for worry in session.scalars(
        select(Worry).where(Worry.account_id == who, Worry.ended_at.is_(None))
    ):
        worry.ended_at = moment.now
    account = session.get_one(Account, who)
    account.closed_at = account.closed_at or moment.now
    setup_links.withdraw(session, who, moment.now)
    calendar_feeds.end(session, who, moment.now)
    setup_links.end_all_sessions(session, who, moment.now)


def _not_before(starts_on: date, last_day: date) -> date:
    return max(last_day, starts_on - timedelta(days=1))
