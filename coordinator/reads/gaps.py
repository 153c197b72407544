"""What is missing from a family's picture, and who could supply it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.reads.contact_attempts import LastContacts
from coordinator.reads.involvements import Worker
from coordinator.reads.people import Household
from coordinator.reads.plans import PlanSummary
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AgencyKind, ChildrenAsked, GoalFor

SIDES = {
    AgencyKind.CMHT: "community mental health",
    AgencyKind.CSC: "children’s social care",
}
KNOWS_BEST = {GoalFor.CHILD: AgencyKind.CSC, GoalFor.PARENT: AgencyKind.CMHT}


@dataclass(frozen=True)
class Gap:
    """Something that is missing: what, whom to call for it, and the page where it is supplied.

    `call` is words such as "Ask Ben"; `path` goes on from the family's own address.
    """

    what: str
    call: str = ""
    phone: str = ""
    step: str = ""
    path: str = ""


def gaps(
    actor: Actor,
    moment: Moment,
    household: Household,
    workers: tuple[Worker, ...],
    plan: PlanSummary,
    contacts: LastContacts,
    *,
    plan_is_held_back: bool,
) -> tuple[Gap, ...]:
    """Return what is missing, the most telling first."""
    return (
        *_agencies(household, workers),
        *_children(household),
        *_plan(workers, plan, plan_is_held_back=plan_is_held_back),
        *_conversation(actor.agency_id, moment, workers, contacts),
    )


def openness(explained_on: date | None) -> tuple[Gap, ...]:
    """Say that nobody has told the parent how we share (P04)."""
    if explained_on:
        return ()
    return (
        Gap(
            "Parent not yet told how we share",
            step="Say when it was explained",
            path="/openness/add/explained",
        ),
    )


def _agencies(household: Household, workers: tuple[Worker, ...]) -> Iterator[Gap]:
    """Say which agency has nobody on the case, and whether its duty desk was asked."""
    here = {worker.agency_kind for worker in workers}
    for kind, name in SIDES.items():
        if kind not in here and household.asked_team:
            yield Gap(
                f"No worker of {name} yet. {household.asked_team} was asked and has not answered",
                call="Call their duty desk",
                phone=household.asked_phone,
                step="See the request",
                path="/people",
            )
        elif kind not in here:
            yield Gap(f"No worker of {name} yet", step="Ask their duty desk to join", path="/ask")


def _children(household: Household) -> Iterator[Gap]:
    if household.children_asked is ChildrenAsked.NOT_ASKED:
        yield Gap("Nobody has asked about children yet", step="Answer it now", path="/children")
    elif household.children_asked is ChildrenAsked.YES and not household.children:
        yield Gap("No child is named yet", step="Add the children", path="/people/add?who=child")


def _plan(
    workers: tuple[Worker, ...], plan: PlanSummary, *, plan_is_held_back: bool
) -> Iterator[Gap]:
    """Say that there is no plan, that it is not open to the other agency, which goal is missing."""
    if not plan.started:
        if not plan_is_held_back:
            yield Gap("No plan yet", step="Start the plan", path="/plan")
        return
    if not plan.shared:
        yield Gap("The plan is not open to the other agency yet", step="Open it", path="/plan")
    for side in plan.empty:
        lead = _lead(workers, KNOWS_BEST.get(side))
        yield Gap(
            f"No goal for {side.label.lower()}",
            call=f"Ask {lead.name}" if lead else "",
            phone=lead.phone if lead else "",
            step="Add a goal",
            path="/plan",
        )


def _conversation(
    agency_id: int | None, moment: Moment, workers: tuple[Worker, ...], contacts: LastContacts
) -> Iterator[Gap]:
    """Say for how long workers of different agencies have not talked, if that is too long."""
    since: dict[int, date] = {}
    for worker in workers:
        since[worker.agency_id] = min(worker.since, since.get(worker.agency_id, worker.since))
    if len(since) < 2:
        return
    talked = contacts.conversation
    days = (moment.today - (clock.local(talked).date() if talked else max(since.values()))).days
    if timedelta(days=days) > timedelta(days=SETTINGS.days_between_conversations):
        partner = next((w for w in workers if w.lead and w.agency_id != agency_id), None)
        yield Gap(
            f"No conversation between the agencies for {days} days",
            call=f"Call {partner.name}" if partner else "",
            phone=partner.phone if partner else "",
            step="Log a contact",
            path="/contacts/log",
        )


def _lead(workers: tuple[Worker, ...], kind: AgencyKind | None) -> Worker | None:
    return next((w for w in workers if w.agency_kind is kind and w.lead), None)
