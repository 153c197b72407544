"""Steps that the tests of the plan share: what a person presses and fills in."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from casework import SAID
from coordinator import clock
from coordinator.demo import cast
from coordinator.models.accounts import Account
from coordinator.models.families import Family, Involvement
from coordinator.models.plans import Action, Goal
from coordinator.reads import actions as reads
from coordinator.reads import plans as plan_reads
from coordinator.services import actions, plan_sharing, plans, signing
from coordinator.vocabulary import ActionState, CaseRole, GoalFor
from filling import words
from page import Client, Page
from world import World

PLAN = "/families/LANE-01/plan"
SHARED = {
    "purpose": "joint-plan",
    "basis": "BASE00004",
    "who_needs": "Ben, to plan",
    "parent_told": "yes",
}


def day(ahead: int) -> date:
    """Return the day so many days from today."""
    return clock.today() + timedelta(days=ahead)


def start(client: Client) -> Page:
    """Start the plan."""
    return client.submit(client.get(PLAN), button="Start the plan")


def add_goal(client: Client, text: str, goal_for: str = "parent") -> Page:
    """Add a goal."""
    page = client.get(f"{PLAN}/goals/add")
    return client.submit(page, {"goal_for": goal_for, "text": text}, button="Add the goal")


def say_role(client: Client, does: str = "I visit.", does_not: str = "I do not treat.") -> Page:
    """Say what one does and does not do."""
    page = client.get(f"{PLAN}/role")
    return client.submit(page, {"i_do": does, "i_do_not": does_not}, button="Save")


def share(client: Client, **values: object) -> Page:
    """Open the plan to the other agency."""
    page = client.get(f"{PLAN}/share")
    return client.submit(page, {**SHARED, **values}, button="Share")


def whole_plan(client: Client) -> None:
    """Write a plan that lacks nothing but the other agency's part, and share it: one commit.

    For tests that begin where a plan stands; the pages that lead there have tests of their own.
    """
    world = World(client.app)
    with world.does(client.name, "plans.write") as (session, actor):
        family = world.family_for(session, actor)
        plans.start(session, actor, world.moment, family)
        for side in GoalFor:
            plans.add_goal(session, actor, world.moment, family, side, f"A goal for the {side}")
        plans.say_role(session, actor, world.moment, family, "I visit.", "I do not treat.")
        page = plan_reads.whole(session, actor, world.moment, family)
        openable = [reference for reference, _kind, _words in page.openable]
        plan_sharing.share(session, actor, world.moment, family, openable, SAID)


def ready_plan(first: Client, second: Client) -> None:
    """Write a plan that both can sign, with an action that the first asks of the second."""
    whole_plan(first)
    world = World(first.app)
    with world.does(second.name, "plans.write") as (session, actor):
        family = world.family_for(session, actor)
        plans.say_role(session, actor, world.moment, family, "I visit.", "I do not treat.")
    with world.does(first.name, "actions.add") as (session, actor):
        family = world.family_for(session, actor)
        statement = select(Involvement.reference).join(
            Account, Account.id == Involvement.account_id
        )
        owner = session.scalars(statement.where(Account.name == second.name)).one()
        statement = select(Goal.reference).where(Goal.goal_for == GoalFor.CHILD)
        goal = session.scalars(statement).one()
        actions.ask(session, actor, world.moment, family, "Ask the school", owner, day(7), goal)


def signed_plan(first: Client, second: Client) -> None:
    """Write a plan, and let both sign it."""
    ready_plan(first, second)
    world = World(first.app)
    for client in (first, second):
        with world.does(client.name, "plans.sign") as (session, actor):
            signing.sign(session, actor, world.moment, world.family_for(session, actor))


def option(page: Page, field: str, label: str) -> str:
    """Return the value of the choice whose words begin like this."""
    for choice in page.main.select(f'select[name="{field}"] option'):
        if words(choice).startswith(label):
            return str(choice["value"])
    raise AssertionError(f"{field} does not offer {label!r}")


def add_action(
    client: Client, text: str, owner: str, due: date | None = None, goal: str = ""
) -> Page:
    """Ask for an action; `owner` and `goal` are the first words of what is offered."""
    page = client.get(f"{PLAN}/actions/add")
    values = {"text": text, "owner": option(page, "owner", owner), "due_on": due or day(7)}
    if goal:
        values["goal"] = option(page, "goal", goal)
    return client.submit(page, values, button="Add the action")


def action_page(client: Client, text: str) -> Page:
    """Open the page of the action with these words."""
    return client.click(client.get(PLAN), text)


def goal_link(client: Client, text: str, to: str) -> str:
    """Return the address at which the goal with these words is changed or answered."""
    for card in client.get(PLAN).main.select(".co-goal"):
        if text in words(card.select_one(".govuk-summary-card__title")):
            return "/goals/" + str(card["id"]).removeprefix("goal-") + "/" + to
    raise AssertionError(f"there is no goal {text!r}")


def answer(client: Client, text: str, agreement: str, comment: str = "") -> Page:
    """Say whether one's agency agrees with a goal."""
    page = client.get(goal_link(client, text, "agree"))
    return client.submit(page, {"agreement": agreement, "comment": comment}, button="Save")


def sign(client: Client) -> Page:
    """Sign the plan as it stands."""
    page = client.get(f"{PLAN}/sign")
    return client.submit(page, to="/plan/sign")


def put_on_the_case(world: World, name: str, role: CaseRole, team: str | None = None) -> None:
    """Put somebody on the case of LANE-01 from today."""
    with world.does("Amira") as (session, _amira):
        who = cast.actor(session, name, team)
        assert who.acting_as is not None
        family = session.scalars(select(Family.id).where(Family.reference == world.family)).one()
        session.add(
            Involvement(
                family_id=family,
                account_id=who.account_id,
                agency_id=who.agency_id,
                team_id=who.acting_as.team_id,
                role=role,
                lead=False,
                starts_on=world.moment.today,
            )
        )


def row(page: Page, text: str) -> str:
    """Return the line of an action as words."""
    lines = [line for line in page.main.select("li.co-row") if text in line.get_text()]
    assert len(lines) == 1, f"{len(lines)} lines say {text!r}"
    return " ".join(lines[0].get_text(" ").split())


def state_of(world: World, text: str) -> ActionState:
    """Return how the action with these words stands."""
    with world.session() as session:
        return session.scalars(select(Action.state).where(Action.text == text)).one()


def waiting(world: World, name: str, team: str | None = None) -> reads.Waiting:
    """Return what waits for somebody."""
    with world.does(name, team=team) as (session, actor):
        return reads.waiting_for(session, actor, world.moment)


def texts(group: tuple[reads.WaitingAction, ...]) -> list[str]:
    """Return the words of actions that wait."""
    return [waiting.row.text for waiting in group]
