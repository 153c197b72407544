"""What link workers are asked, and somebody whom nobody reaches."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_entries, find_links
from coordinator.demo.teller import LostThreadError, Scene, scene
from coordinator.models.directory import Post, Team
from coordinator.services import link_requests, raised_needs
from coordinator.services.link_requests import Answer, Asked
from coordinator.services.raised_needs import Raised
from coordinator.vocabulary import LinkHelp, LinkOutcome, Outcome, PostKind

NORTH, EAST = "Northside CMHT", "Eastway Family Support"


def load(session: Session) -> None:
    """Tell three requests, a need that nobody answered, and three tries in vain.

    The caller commits.
    """
    what = "Who takes Tess to nursery while Joan is at the day unit? I tried on Monday and Tuesday."
    with scene(session, "Nia", "MILL-02", ago=7, at="09:20", does="link-requests.ask") as told:
        asked = _ask(told, NORTH, LinkHelp.INTRODUCE, "Amira", what)
    with scene(session, "Cerys", ago=7, at="13:05", does="link-requests.answer") as told:
        seen = find_links.link_request(session, told.actor, told.moment, asked)
        if seen is None:
            raise LostThreadError(asked)
        said = "Amira was on leave and is back. She rings you tomorrow before ten."
        given = Answer(LinkOutcome.PUT_IN_TOUCH, said)
        link_requests.answer(session, told.actor, told.moment, seen, given)
    with scene(session, "Nia", ago=5, at="10:30", does="link-requests.hear") as told:
        seen = find_links.link_request(session, told.actor, told.moment, asked)
        if seen is None:
            raise LostThreadError(asked)
        link_requests.hear(session, told.moment, seen)
    with scene(session, "Ben", "HILL-06", ago=1, at="15:40", does="link-requests.ask") as told:
        _ask(told, NORTH, LinkHelp.ATTEND, "Idris", "A first meeting with the aunt, on Thursday.")
    with scene(session, "Amira", "DOVE-04", ago=4, at="11:10", does="link-requests.ask") as told:
        _ask(told, EAST, LinkHelp.CHASE, "Bella", "The midwife needs to know who visits first.")
    _need(session)
    for ago in (3, 2, 1):
        with scene(session, "Bella", "WREN-07", ago=ago, at="16:20", does="contacts.log") as told:
            told.tried(told.worker("Maeve"), Outcome.NO_ANSWER)


def _need(session: Session) -> None:
    """Raise a need that nobody answered for four hours, until a manager saw to it."""
    with scene(session, "Ben", "LANE-01", ago=12, at="09:10", does="raised-needs.raise") as told:
        desk = session.scalars(select(Team.reference).where(Team.name == NORTH)).one()
        what = "Kim needs to be seen today; I left word with the desk."
        raised = Raised(desk, what, told.moment.now)
        asked = raised_needs.raise_it(session, told.actor, told.moment, told.family, raised)
    with scene(session, "Dana", "LANE-01", ago=12, at="13:20", does="raised-needs.close") as told:
        seen = find_entries.raised_need(session, told.actor, told.moment, asked)
        if seen is None:
            raise LostThreadError(asked)
        done = "Amira saw Kim at home at noon. The desk now rings back within the hour."
        raised_needs.close(session, told.actor, told.moment, seen, done)


def _ask(told: Scene, team: str, kind: LinkHelp, about: str, what: str) -> str:
    post = told.session.scalars(
        select(Post.reference)
        .join(Team, Team.id == Post.team_id)
        .where(Team.name == team, Post.kind == PostKind.LINK_WORKER)
    ).one()
    by_on = told.moment.today + timedelta(days=2)
    asked = Asked(post, kind, what, by_on, told.worker(about))
    return link_requests.ask(told.session, told.actor, told.moment, told.family, asked)
