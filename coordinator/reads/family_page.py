"""The whole picture of a family at a glance, read in a constant number of statements."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.reads import (
    contact_attempts,
    directory,
    families,
    family_ahead,
    involvements,
    people,
    plans,
    safe_contacts,
)
from coordinator.reads import gaps as missing
from coordinator.reads import sharing as sharing_reads
from coordinator.reads.action_rows import ActionRow
from coordinator.reads.child_statuses import Status
from coordinator.reads.contact_attempts import Last
from coordinator.reads.deadlines import Clock
from coordinator.reads.families import Bar
from coordinator.reads.family_ahead import NextMeeting, NextVisit
from coordinator.reads.gaps import Gap
from coordinator.reads.involvements import Worker
from coordinator.reads.people import Household
from coordinator.reads.plans import PlanSummary
from coordinator.reads.post_cards import PostCard
from coordinator.reads.sharing import HeldBack
from coordinator.vocabulary import EntryKind, GoalFor


@dataclass(frozen=True)
class WorkerCard:
    """A worker on the case, with when they were last tried and last reached about the family."""

    worker: Worker
    last: Last
    is_me: bool


@dataclass(frozen=True)
class AgencyCards:
    """The workers of one agency on the case, and the link workers and duty desks of their teams.

    `in_a_year` is how many workers it had here in 12 months (S18).
    """

    agency: str
    workers: tuple[WorkerCard, ...]
    duty_lines: tuple[tuple[str, str, str, Last], ...]
    posts: tuple[PostCard, ...]
    in_a_year: int


@dataclass(frozen=True)
class Picture:
    """What the family page shows."""

    bar: Bar
    safe: tuple[tuple[str, str], ...]
    household: Household
    agencies: tuple[AgencyCards, ...]
    plan: PlanSummary
    goals: tuple[tuple[GoalFor, tuple[str, ...]], ...]
    next_meeting: NextMeeting | None
    next_visit: NextVisit | None
    read_first: str | None
    for_me: tuple[ActionRow, ...]
    late: tuple[ActionRow, ...]
    held_back: tuple[HeldBack, ...]
    gaps: tuple[Gap, ...]
    clocks: tuple[Clock, ...]
    statuses: tuple[Status, ...]
    may: frozenset[Permission]


ASKED_OF_THE_POLICY = (
    Permission.FAMILIES_CHANGE,
    Permission.CONTACTS_LOG,
    Permission.MEETINGS_ARRANGE,
    Permission.VISITS_BOOK,
    Permission.NOTES_ADD,
    Permission.SLOTS_PLAN,
    Permission.REQUESTS_ASK,
    Permission.EMERGENCIES_OPEN,
    Permission.SUPERVISION_TAKE,
    Permission.LINK_REQUESTS_ASK,
)


def whole(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> Picture:
    """Return the whole picture of a family in sight.  Nine statements."""
    household = people.household(session, moment, family)
    workers = involvements.workers(session, moment, family)
    contacts = contact_attempts.last_with(session, actor, family)
    posts = directory.link_workers(session, {worker.team_id for worker in workers}, moment)
    plan = plans.summary(session, actor, moment, family)
    held_back = sharing_reads.notices(session, actor, family)
    to_come = family_ahead.ahead(session, actor, moment, family)
    return Picture(
        bar=families.bar_of(family, household),
        safe=safe_contacts.in_force(session, actor, family),
        household=household,
        agencies=_agencies(actor, workers, contacts, posts),
        plan=plan,
        goals=tuple(
            (side, goals)
            for side in GoalFor
            if (goals := tuple(text for goal_for, text in plan.goals if goal_for is side))
        ),
        next_meeting=to_come.next_meeting,
        next_visit=to_come.next_visit,
        read_first=next((w.took_over for w in workers if w.account_id == actor.account_id), None),
        for_me=tuple(action for action in plan.open_actions if action.waits_for_me),
        late=tuple(action for action in plan.late if not action.waits_for_me),
        held_back=held_back,
        gaps=(
            *missing.gaps(
                actor,
                moment,
                household,
                workers,
                plan,
                contacts,
                plan_is_held_back=any(held.kind is EntryKind.PLAN for held in held_back),
            ),
            *missing.openness(household.explained_on),
        ),
        clocks=to_come.clocks,
        statuses=to_come.statuses,
        may=frozenset(p for p in ASKED_OF_THE_POLICY if decide(actor, p, family).allowed),
    )


def _agencies(
    actor: Actor,
    workers: tuple[Worker, ...],
    contacts: contact_attempts.LastContacts,
    posts: tuple[PostCard, ...],
) -> tuple[AgencyCards, ...]:
    """Return the workers by agency, the other agency first: it is the one that one has to reach."""
    grouped: dict[int, list[Worker]] = {}
    for worker in workers:
        grouped.setdefault(worker.agency_id, []).append(worker)
    cards = []
    for agency_id in sorted(grouped, key=lambda agency_id: agency_id == actor.agency_id):
        here = grouped[agency_id]
        teams = {worker.team_reference: worker for worker in here if worker.duty_line}
        cards.append(
            AgencyCards(
                here[0].agency,
                tuple(
                    WorkerCard(
                        worker,
                        contacts.of_workers.get((worker.account_id, agency_id), Last()),
                        worker.account_id == actor.account_id,
                    )
                    for worker in here
                ),
                tuple(
                    (
                        worker.team,
                        worker.duty_line,
                        reference,
                        contacts.of_teams.get(worker.team_id, Last()),
                    )
                    for reference, worker in teams.items()
                ),
                tuple(post for post in posts if post.agency == here[0].agency),
                here[0].in_a_year,
            )
        )
    return tuple(cards)
