"""Posts as people need them: who holds one, who deputises, how to reach them, and how sure that is.

The directory belongs to no family, so everybody who is signed in reads all of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment, PostInSight
from coordinator.models.directory import Agency, Post
from coordinator.reads.post_cards import PostCard, cards
from coordinator.vocabulary import AgencyKind, PostKind

SAFEGUARDING = (PostKind.SAFEGUARDING_CHILDREN, PostKind.SAFEGUARDING_ADULTS)
ON_PAPER = (*SAFEGUARDING, PostKind.DUTY_DESK, PostKind.OUT_OF_HOURS)
AT_A_CASE = (PostKind.LINK_WORKER, PostKind.DUTY_DESK)
PARTNERS = {AgencyKind.CMHT: AgencyKind.CSC, AgencyKind.CSC: AgencyKind.CMHT}


@dataclass(frozen=True)
class AgencyLeads:
    """The safeguarding leads of one agency: for children and for adults, always both."""

    agency: str
    posts: tuple[PostCard, ...]


def safeguarding_leads(session: Session, actor: Actor, moment: Moment) -> tuple[AgencyLeads, ...]:
    """Return the leads of the actor's agency; of every agency for somebody who belongs to neither.

    Two statements.  A post that nobody has set up is there all the same, as vacant (E05).
    """
    own = actor.agency_kind in PARTNERS
    agencies = session.execute(
        select(Agency.id, Agency.name)
        .where(Agency.id == actor.agency_id if own else Agency.kind != AgencyKind.HOST)
        .order_by(Agency.name)
    ).all()
    posts = cards(
        session,
        actor,
        moment,
        Post.kind.in_(SAFEGUARDING),
        Post.agency_id.in_([agency.id for agency in agencies]),
    )
    leads = {(post.agency, post.kind): post for post in posts}
    return tuple(
        AgencyLeads(
            agency.name,
            tuple(
                leads.get((agency.name, kind), PostCard("", kind, agency.name))
                for kind in SAFEGUARDING
            ),
        )
        for agency in agencies
    )


def link_workers(
    session: Session, team_ids: Iterable[int], moment: Moment, actor: Actor | None = None
) -> tuple[PostCard, ...]:
    """Return the link workers and duty desks of these teams.  One statement (E03)."""
    return cards(session, actor, moment, Post.kind.in_(AT_A_CASE), Post.team_id.in_(list(team_ids)))


def link_workers_of_partner(
    session: Session,
    actor: Actor,
    kind: AgencyKind | None,
    moment: Moment,
    team_ids: Iterable[int] = (),
) -> tuple[PostCard, ...]:
    """Return the link workers of the other kind of agency, and of these teams of any."""
    partner = PARTNERS.get(kind) if kind else None
    there = or_(Agency.kind == partner, Post.team_id.in_(list(team_ids)))
    return cards(session, actor, moment, Post.kind == PostKind.LINK_WORKER, there)


def posts_of_agency(
    session: Session, actor: Actor, agency_id: int, moment: Moment
) -> tuple[PostCard, ...]:
    """Return all posts of an agency and its teams."""
    return cards(session, actor, moment, Post.agency_id == agency_id)


def posts_of_team(
    session: Session, actor: Actor, team_id: int, moment: Moment
) -> tuple[PostCard, ...]:
    """Return all posts of one team."""
    return cards(session, actor, moment, Post.team_id == team_id)


def that_are(
    session: Session, actor: Actor, moment: Moment, condition: ColumnElement[bool]
) -> tuple[PostCard, ...]:
    """Return the posts that meet a condition on posts, teams or agencies.  One statement."""
    return cards(session, actor, moment, condition)


def post(session: Session, actor: Actor, post: PostInSight, moment: Moment) -> PostCard:
    """Return one post."""
    return cards(session, actor, moment, Post.id == post.id, closed=True)[0]


def to_look_after(session: Session, actor: Actor, moment: Moment) -> tuple[PostCard, ...]:
    """Return the posts that are vacant or not confirmed: an administrator's list."""
    return tuple(card for card in cards(session, actor, moment) if card.is_to_see_to)


def to_print(session: Session, moment: Moment) -> tuple[tuple[str, tuple[PostCard, ...]], ...]:
    """Return whom to call in each agency, for a page that lies there for a day.  One statement."""
    posts = cards(session, None, moment, Post.kind.in_(ON_PAPER), Agency.kind != AgencyKind.HOST)
    return tuple(
        (agency, tuple(card for card in posts if card.agency == agency))
        for agency in dict.fromkeys(card.agency for card in posts)
    )
