"""How many teams have both safeguarding leads, held and lately confirmed (M01)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.models.directory import Team
from coordinator.reads import directory
from coordinator.reads.directory import SAFEGUARDING


@dataclass(frozen=True)
class LeadsConfirmed:
    """Of `teams` of the agency, `confirmed` have both; `missing` says which posts are not."""

    teams: int
    confirmed: int
    missing: tuple[str, ...]


def of_my_agency(session: Session, actor: Actor, moment: Moment) -> LeadsConfirmed:
    """Return the figure for the agency acted for; a lead of the agency is one of each team.

    A lead counts who holds the post, confirmed it, and within the period of the directory's rules.
    Three statements.
    """
    names = session.scalars(select(Team.name).where(Team.agency_id == actor.agency_id)).all()
    posts = directory.posts_of_agency(session, actor, actor.agency_id or 0, moment)
    leads = [post for post in posts if post.kind in SAFEGUARDING]
    right = {
        (post.team, post.kind)
        for post in leads
        if post.holder is not None and post.confirmed_on is not None and not post.stale
    }
    confirmed = [
        name
        for name in names
        if all((name, kind) in right or ("", kind) in right for kind in SAFEGUARDING)
    ]
    missing = [
        f"{kind.label}: {'vacant' if all(p.holder is None for p in here) else 'not confirmed'}"
        for kind in SAFEGUARDING
        if not {key for key in right if key[1] is kind}
        for here in [[post for post in leads if post.kind is kind]]
    ]
    return LeadsConfirmed(len(names), len(confirmed), tuple(missing))
