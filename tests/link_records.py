"""Adds a request to a link worker, and that somebody was not reached, in the name of the cast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coordinator.demo import cast
from coordinator.demo.people import CMHT, CSC
from coordinator.models.directory import Post, Team
from coordinator.models.link_requests import LinkAttempt, LinkRequest
from coordinator.models.raised_needs import RaisedNeed
from coordinator.models.unreached import Unreached
from coordinator.vocabulary import Level, LinkHelp, PostKind

if TYPE_CHECKING:
    from writer import Writer

# Each agency's team with a link worker, and who answers there.
TEAMS = {CMHT: ("Northside CMHT", "Cerys"), CSC: ("Eastway Family Support", "Nia")}


def need(
    writer: Writer, author: str, words: str, level: Level = Level.OPEN, **more: Any
) -> RaisedNeed:
    """Add a need that nobody answered, past its hours; its managers are not written to."""
    who = cast.actor(writer.session, author)
    assert who.acting_as is not None
    team, _ = TEAMS[who.acting_as.agency_name]
    made: RaisedNeed = writer.add(
        RaisedNeed,
        author,
        level,
        team_id=writer.session.scalars(select(Team.id).where(Team.name == team)).one(),
        what=words,
        done=words,
        raised_at=writer.moment.now - timedelta(hours=3),
        due_at=writer.moment.now - timedelta(hours=1),
        told_at=writer.moment.now,
        **more,
    )
    return made


def request(
    writer: Writer,
    author: str,
    words: str,
    level: Level = Level.OPEN,
    about: str = "",
    **more: Any,
) -> LinkRequest:
    """Add an open request to the link worker of their agency, and an attempt that it names.

    Whoever is alone with a family asks themselves: a manager knows what is asked of their staff.
    What is open to both agencies was noticed as not reached, too (services/contact_ladder.py).
    """
    who = cast.actor(writer.session, about or author)
    assert who.acting_as is not None
    team, answers = TEAMS[who.acting_as.agency_name]
    asked = author if about in ("", author) else answers
    post = writer.session.scalars(
        select(Post)
        .join(Team, Team.id == Post.team_id)
        .where(Team.name == team, Post.kind == PostKind.LINK_WORKER)
    ).one()
    made: LinkRequest = writer.add(
        LinkRequest,
        author,
        level,
        post_id=post.id,
        asked_id=cast.actor(writer.session, asked).account_id,
        help=LinkHelp.CHASE,
        what=words,
        answer=words,
        by_on=writer.moment.today,
        about_id=who.account_id,
        about_agency_id=who.agency_id,
        **more,
    )
    tried = writer.contact(author, about or author, words, level, **more)
    if level is Level.OPEN:
        writer.session.add(
            Unreached(
                family_id=writer.family_id,
                account_id=who.account_id,
                team_id=post.team_id,
                tries=3,
                noticed_at=writer.moment.now,
            )
        )
    writer.session.add(LinkAttempt(request_id=made.id, attempt_id=tried.id))
    writer.session.flush()
    return made
