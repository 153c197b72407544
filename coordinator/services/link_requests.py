"""Asking a link worker, and what came of it (E03, E04).

A request goes to a post: to its holder, else the deputy, else the manager of its team, and never
to somebody who may not know of the family.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.find_links import can_take_it
from coordinator.access.letters import MailKind
from coordinator.access.link_sights import LinkRequestInSight
from coordinator.access.scope import may_know
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Post, PostHolding
from coordinator.models.families import Family
from coordinator.models.link_requests import LinkAttempt, LinkRequest
from coordinator.reads import reaching
from coordinator.reads.colleague_page import away
from coordinator.services import addresses, involvements, outbox
from coordinator.vocabulary import (
    DEFAULT_NOTICE,
    Level,
    LinkHelp,
    LinkOutcome,
    PostKind,
    Role,
)

ABOUT_SOMEBODY = (LinkHelp.INTRODUCE, LinkHelp.CHASE)
NOBODY = "Nobody can take it now. Ask another link worker, or call the duty desk"


@dataclass(frozen=True)
class Asked:
    """What is asked: of which post, for what, by which day in London, about which colleague.

    `post` and `about` are references: of a post, and of an involvement or nothing.
    """

    post: str
    help: LinkHelp
    what: str
    by_on: date
    about: str = ""


def ask(session: Session, actor: Actor, moment: Moment, family: FamilyInSight, asked: Asked) -> str:
    """Ask a link worker for help; return the request's reference.

    Attempts at the colleague since they were last reached are named in it.  Raises `InvalidError`
    for a day that is over, a colleague who is not on the case, and a post at which nobody can
    take it.
    """
    addresses.stop(session, actor, family, what=asked.what)
    if asked.by_on < moment.today:
        raise InvalidError({"by_on": "The day must be today or later"})
    about = _colleague(session, actor, moment, family, asked)
    post = session.scalar(
        select(Post).where(Post.reference == asked.post, Post.kind == PostKind.LINK_WORKER)
    )
    if post is None:
        raise InvalidError({"post": "Choose a link worker from the list"})
    record = LinkRequest(
        family_id=family.id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=Level.OPEN,
        notice=DEFAULT_NOTICE[Level.OPEN],
        created_at=moment.now,
        post_id=post.id,
        asked_id=_who_answers(session, actor, moment, family, post),
        help=asked.help,
        what=asked.what,
        by_on=asked.by_on,
        about_id=about.account_id if about else None,
        about_agency_id=about.agency_id if about else None,
    )
    session.add(record)
    session.flush()
    if about:
        for one in reaching.tried_in_vain(session, actor, family, about.account_id):
            if one.level is Level.OPEN:
                session.add(LinkAttempt(request_id=record.id, attempt_id=one.id))
    session.flush()
    outbox.queue(
        session,
        moment,
        record.asked_id,
        MailKind.LINK_REQUEST,
        record.reference,
        {"agency": post.agency_id},
    )
    return record.reference


@dataclass(frozen=True)
class Answer:
    """What came of a request, in a line; `call_at` is when the two talk, an aware instant."""

    outcome: LinkOutcome
    said: str
    call_at: datetime | None = None


def answer(
    session: Session, actor: Actor, moment: Moment, request: LinkRequestInSight, given: Answer
) -> None:
    """Close a request with what came of it; its asker is told.

    Raises `InvalidError` for a call that is over, and for one with nobody to talk with.
    """
    addresses.stop(session, actor, request.family, said=given.said)
    if given.outcome is LinkOutcome.PUT_IN_TOUCH and request.about_id is None:
        raise InvalidError({"outcome": "No colleague is named in this request. Choose another"})
    if given.call_at and given.outcome is not LinkOutcome.PUT_IN_TOUCH:
        raise InvalidError({"call_on": "A call is for two who are put in touch. Leave it empty"})
    if given.call_at and clock.local(given.call_at).date() < moment.today:
        raise InvalidError({"call_on": "The day of the call must be today or later"})
    record = session.get_one(LinkRequest, request.id)
    _close(record, actor, moment, given.outcome)
    record.answer, record.call_at = given.said, given.call_at
    session.flush()
    about: dict[str, str | int] = {"agency": record.agency_id}
    outbox.queue(session, moment, record.author_id, MailKind.LINK_CLOSED, record.reference, about)


def withdraw(session: Session, actor: Actor, moment: Moment, request: LinkRequestInSight) -> None:
    """Say, as its asker, that the help is no longer needed."""
    record = session.get_one(LinkRequest, request.id)
    _close(record, actor, moment, LinkOutcome.WITHDRAWN)
    record.heard_at = moment.now
    session.flush()


def hear(session: Session, moment: Moment, request: LinkRequestInSight) -> None:
    """Say, as its asker, that what came of it is read, or that the call was made."""
    record = session.get_one(LinkRequest, request.id)
    if record.heard_at is None:
        record.heard_at = moment.now
        session.flush()


def _close(record: LinkRequest, actor: Actor, moment: Moment, outcome: LinkOutcome) -> None:
    record.outcome, record.closed_by_id = outcome, actor.account_id
    # As a contact attempt: a call in the same minute comes after it.
    record.closed_at = moment.now.replace(second=0, microsecond=0)


def _colleague(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, asked: Asked
) -> Any:
    """Return the colleague on the case whom a request is about, or nothing."""
    if not asked.about:
        if asked.help in ABOUT_SOMEBODY:
            raise InvalidError({"about": "Choose the colleague whom you need"})
        return None
    for worker in involvements.on_the_case(session, moment, family):
        if worker.reference == asked.about and worker.account_id != actor.account_id:
            return worker
    raise InvalidError({"about": "Choose a colleague from the list"})


def _who_answers(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, post: Post
) -> int:
    """Return who gets it: the holder, the deputy or a manager; whoever is there goes first."""
    absence = aliased(Absence)
    is_away = exists().where(
        absence.account_id == PostHolding.account_id, away(moment.today, absence)
    )
    at_the_post = (
        select(PostHolding.account_id)
        .join(Family, Family.id == family.id)
        .where(
            PostHolding.post_id == post.id,
            PostHolding.account_id != actor.account_id,
            can_take_it(PostHolding, moment, Family.id),
        )
        .order_by(is_away, PostHolding.deputy, PostHolding.id)
    )
    managers = (
        select(Membership.account_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.team_id == post.team_id,
            Membership.role == Role.TEAM_MANAGER,
            Membership.account_id != actor.account_id,
            current(Membership, moment.today),
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
            may_know(Membership.account_id, family.id),
        )
        .order_by(Membership.id)
    )
    found = session.scalars(at_the_post).first() or session.scalars(managers).first()
    if found is None:
        raise InvalidError({"post": NOBODY})
    return found
