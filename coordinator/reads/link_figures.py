"""What link workers are asked and what comes of it, by team and never by person (E04, M04).

What counts is what the reader may read now, so the rows behind each figure are theirs to see.
"""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.find_links import received
from coordinator.access.scope import not_excluded
from coordinator.access.sights import Moment
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.models.link_requests import LinkRequest
from coordinator.reads.link_requests import LinkRow, row_of, rows
from coordinator.reads.today_links import reached_each_other
from coordinator.reads.waiting_requests import within_sight
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AgencyKind, LinkOutcome, PostKind


@dataclass(frozen=True)
class TeamFigures:
    """The requests to the link worker of a team; `took` is the median time until one is closed.

    `talked` are those after which the two workers talked with each other, as the log of contacts
    says.  `hidden`: too few to be told to readers of another team; all else is then zero.
    """

    team: str
    agency: str
    asked: int
    closed: int
    talked: int
    took: timedelta | None
    hidden: bool = False

    @property
    def open(self) -> int:
        """The requests that wait."""
        return self.asked - self.closed

    @property
    def share(self) -> int | None:
        """The per cent of those asked after which the two workers talked."""
        return round(100 * self.talked / self.asked) if self.asked else None


@dataclass(frozen=True)
class LinkFigures:
    """The figures of the last so many days, and the requests behind those that are told.

    `named` says of each agency how many of its teams have a link worker: (agency, named, teams).
    """

    days: int
    teams: tuple[TeamFigures, ...]
    rows: tuple[LinkRow, ...]
    named: tuple[tuple[str, int, int], ...]


def of_teams(session: Session, actor: Actor, moment: Moment) -> LinkFigures:
    """Return the figures of the requests that the actor may read.  Two statements."""
    days = SETTINGS.figures_days
    since = moment.now - timedelta(days=days)
    talked = and_(LinkRequest.about_id.is_not(None), reached_each_other(LinkRequest.created_at))
    found = session.execute(
        rows(
            Post.team_id,
            Team.agency_id.label("teams_agency"),
            talked.label("talked"),
            received(actor, moment).label("received"),
        )
        .where(
            LinkRequest.created_at > since,
            or_(LinkRequest.outcome.is_(None), LinkRequest.outcome != LinkOutcome.WITHDRAWN),
            or_(within_sight(actor, moment), received(actor, moment)),
            not_excluded(actor, LinkRequest.family_id),
        )
        .order_by(LinkRequest.id.desc())
    ).all()
    agencies = session.execute(_named(moment)).all()
    names = {row.id: row.name for row in agencies}
    of_team: dict[int, list[Any]] = {}
    for row in found:
        of_team.setdefault(row.team_id, []).append(row)
    told, teams = [], []
    for team_id, group in sorted(of_team.items(), key=lambda item: item[1][0].team):
        ours = team_id in actor.team_ids
        agency = names.get(group[0].teams_agency, "")
        if ours or len(group) >= SETTINGS.shown_from:
            teams.append(_figures(agency, group, moment))
            told += group
        else:
            teams.append(TeamFigures(group[0].team, agency, 0, 0, 0, None, hidden=True))
    return LinkFigures(
        days,
        tuple(teams),
        tuple(row_of(row, moment) for row in told),
        tuple((row.name, row.named, row.teams) for row in agencies),
    )


def _figures(agency: str, group: list[Any], moment: Moment) -> TeamFigures:
    closed = (row_of(row, moment).took for row in group)
    took = [one.total_seconds() for one in closed if one is not None]
    return TeamFigures(
        group[0].team,
        agency,
        asked=len(group),
        closed=len(took),
        talked=sum(bool(row.talked) for row in group),
        took=timedelta(seconds=median(took)) if took else None,
    )


def _named(moment: Moment) -> Any:
    post, holding = aliased(Post), aliased(PostHolding)
    has_one = exists().where(
        post.team_id == Team.id,
        post.kind == PostKind.LINK_WORKER,
        holding.post_id == post.id,
        holding.deputy.is_(False),
        current(holding, moment.today),
    )
    return (
        select(
            Agency.id,
            Agency.name,
            func.count(Team.id).filter(has_one).label("named"),
            func.count(Team.id).label("teams"),
        )
        .join(Team, Team.agency_id == Agency.id)
        .where(Agency.kind != AgencyKind.HOST)
        .group_by(Agency.id, Agency.name)
        .order_by(Agency.name)
    )
