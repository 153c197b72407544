"""Pairs of link workers, a champion in each agency, and what they find difficult (E03, S21)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_directory, find_link_pairs
from coordinator.demo.teller import LostThreadError, Scene, scene
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Post, Team
from coordinator.services import confirmations, difficulties, directory, link_pairs
from coordinator.services.directory import PostDetails
from coordinator.vocabulary import DifficultyStep, PostKind

NORTH, EAST, SOUTH = "Northside CMHT", "Eastway Family Support", "Southgate Family Support"
CHAMPIONS = ((NORTH, "Idris"), (EAST, "Nia"))
CAN_DO = "Takes up what makes work between the agencies hard, with the champion of the other."
RINGS = "After a joint visit each team thinks that the other rings the parent."
LETTERS = "Letters of the ward reach the social worker two weeks after somebody went home."
TERMS = "Reviews fall into the school holidays, when half of us are away."


def load(session: Session) -> None:
    """Tell them.  The caller commits."""
    for team, name in CHAMPIONS:
        _champion(session, team, name)
    _pairs(session)
    rings = _add(session, "Nia", 61, RINGS)
    _write(session, "Idris", 54, rings, DifficultyStep.NOTE, "We write down who rings, and when.")
    _write(session, "Nia", 33, rings, DifficultyStep.RESOLVED, "It is the last line of each visit.")
    letters = _add(session, "Colm", 26, LETTERS)
    _add(session, "Idris", 19, TERMS)
    with scene(session, "Cerys", ago=12, at="15:00", does="difficulties.write") as told:
        came = {"Idris": NORTH, "Cerys": NORTH, "Nia": EAST, "Colm": EAST}
        people = [(_account(told, name), team) for name, team in came.items()]
        day = told.moment.today
        difficulties.log_meeting(session, told.actor, told.moment, day, people, [letters])
    said = "Cerys asks the ward to ring on the day, ahead of the letter."
    _write(session, "Cerys", 12, letters, DifficultyStep.NOTE, said)


def _champion(session: Session, team: str, name: str) -> None:
    with scene(session, "Farah", ago=200, does="directory.manage") as told:
        here = session.execute(
            select(Team.reference, Team.phone, Agency.reference.label("agency"))
            .join(Agency, Agency.id == Team.agency_id)
            .where(Team.name == team)
        ).one()
        agency = find_directory.agency(session, told.actor, told.moment, here.agency)
        if agency is None:
            raise LostThreadError(team)
        details = PostDetails(phone=here.phone, can_do=CAN_DO)
        made = directory.add_post(session, agency, PostKind.CHAMPION, here.reference, details)
        post = find_directory.post(session, told.actor, told.moment, made)
        if post is None:
            raise LostThreadError(made)
        account, start = _account(told, name), told.moment.today
        directory.appoint(session, told.moment, post, account, start, deputy=False)
    with scene(session, name, ago=18, does="posts.confirm") as told:
        confirmations.confirm(session, told.actor, told.moment, post)


def _pairs(session: Session) -> None:
    with scene(session, "Farah", ago=190, does="pairs.name") as told:
        north = _post(told, NORTH)
        east, _ = (
            link_pairs.name(session, told.actor, told.moment, north, _post(told, team))
            for team in (EAST, SOUTH)
        )
    with scene(session, "Colm", ago=20, does="pairs.review") as told:
        pair = find_link_pairs.link_pair(session, told.actor, told.moment, east)
        if pair is None:
            raise LostThreadError(east)
        link_pairs.review(session, told.actor, told.moment, pair, "We ring on Mondays.")


def _add(session: Session, name: str, ago: int, text: str) -> str:
    with scene(session, name, ago=ago, at="13:40", does="difficulties.write") as told:
        return difficulties.add(session, told.actor, told.moment, text)


def _write(
    session: Session, name: str, ago: int, reference: str, step: DifficultyStep, text: str
) -> None:
    with scene(session, name, ago=ago, at="16:10", does="difficulties.write") as told:
        seen = find_link_pairs.difficulty(session, told.actor, told.moment, reference)
        if seen is None:
            raise LostThreadError(reference)
        difficulties.write(session, told.actor, told.moment, seen, step, text)


def _account(told: Scene, name: str) -> str:
    return told.session.scalars(select(Account.reference).where(Account.name == name)).one()


def _post(told: Scene, team: str) -> str:
    return told.session.scalars(
        select(Post.reference)
        .join(Team, Team.id == Post.team_id)
        .where(Team.name == team, Post.kind == PostKind.LINK_WORKER)
    ).one()
