"""What stands in the directory, by name, and how its pages show it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from checks import words
from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.vocabulary import PostKind
from coordinator.working_days import is_working_day

LEADS = "/directory/safeguarding-lead"


def reference(world, model, *where):
    with world.session() as session:
        return session.scalars(select(model.reference).where(*where).limit(1)).one()


def team(world, name):
    return reference(world, Team, Team.name == name)


def agency(world, name):
    return reference(world, Agency, Agency.name.startswith(name))


def post(world, kind, agency="Northside"):
    with world.session() as session:
        return session.scalars(
            select(Post.reference)
            .join(Agency, Agency.id == Post.agency_id)
            .where(Post.kind == kind, Agency.name.startswith(agency))
            .order_by(Post.id)
            .limit(1)
        ).one()


def next_tuesday(hour=11):
    """Return an instant in the office hours of a working day to come."""
    day = clock.today() + timedelta(days=1)
    while day.weekday() != 1 or not is_working_day(day):
        day += timedelta(days=1)
    return clock.instant_of(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001  (local)


def lead_post(world, agency="Northside"):
    return f"/directory/posts/{post(world, PostKind.SAFEGUARDING_CHILDREN, agency)}"


def account(world, name):
    return reference(world, Account, Account.name == name)


def cards(page):
    """Return the words of each post on a page, by the words of its heading."""
    return {words(card.find(["h2", "h3"])): words(card) for card in page.main.select(".co-person")}


def dialled(page):
    return {str(link["href"]) for link in page.main.select("a[href^='tel:']")}


def confirm_long_ago(world, days):
    with world.does("Farah") as (session, _):
        for holding in session.scalars(select(PostHolding)):
            holding.confirmed_on = clock.today() - timedelta(days=days)


def cards_of_children(person):
    return cards(person.get(LEADS))["Safeguarding children lead"]
