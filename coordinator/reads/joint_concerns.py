"""Concerns about working together, as who raised them and who answers for a team reads them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.concern_rules import ConcernInSight
from coordinator.access.find_concerns import answers, raised
from coordinator.access.sights import Moment
from coordinator.clock import local
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.joint_concerns import JointConcern
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AgencyKind, ConcernKind


@dataclass(frozen=True)
class ConcernLine:
    """A concern: of which team, about which, who owns it, and what came of it.

    `by` is who raised it, for their own agency alone: the other reads the team.  `due` is the day
    by which an answer is expected.
    """

    reference: str
    kind: ConcernKind
    text: str
    mine: bool
    by: str
    team: str
    about: str
    raised_on: date
    due: date
    late: bool
    owner: str
    owned: bool
    outcome: str
    closed_on: date | None
    heard: bool

    @property
    def took(self) -> int | None:
        """The days from when it was raised until it was closed."""
        return (self.closed_on - self.raised_on).days if self.closed_on else None


@dataclass(frozen=True)
class Counts:
    """What the reader answers for comes to, by kind; `days` is the median of those closed."""

    kind: ConcernKind
    open: int
    closed: int
    days: float | None


@dataclass(frozen=True)
class Board:
    """What the reader answers for, open and closed lately, with counts; and what they raised."""

    open: tuple[ConcernLine, ...]
    closed: tuple[ConcernLine, ...]
    mine: tuple[ConcernLine, ...]
    counts: tuple[Counts, ...]


def board(session: Session, actor: Actor, moment: Moment) -> Board:
    """Return what is open, the oldest first, and what was closed in the time of figures.

    What the reader raised is all there.  One statement.
    """
    since = moment.now - timedelta(days=SETTINGS.figures_days)
    lately = or_(JointConcern.closed_at.is_(None), JointConcern.closed_at > since)
    rows = session.execute(
        _lines()
        .where(or_(raised(actor), answers(actor, moment) & lately))
        .order_by(JointConcern.at, JointConcern.id)
    )
    lines = [_line(row, actor, moment) for row in rows]
    theirs = [line for line in lines if not line.mine]
    return Board(
        tuple(line for line in theirs if line.closed_on is None),
        tuple(line for line in reversed(theirs) if line.closed_on),
        tuple(line for line in reversed(lines) if line.mine),
        _counts(theirs),
    )


def one(session: Session, actor: Actor, moment: Moment, concern: ConcernInSight) -> ConcernLine:
    """Return one concern.  One statement."""
    row = session.execute(_lines().where(JointConcern.id == concern.id)).one()
    return _line(row, actor, moment)


def teams_of_others(session: Session, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the teams of the other agencies that are not closed: (reference, name).

    One statement.
    """
    rows = session.execute(
        select(Team.reference, Team.name)
        .join(Agency, Agency.id == Team.agency_id)
        .where(
            Agency.id != actor.agency_id, Agency.kind != AgencyKind.HOST, Team.closed_on.is_(None)
        )
        .order_by(Team.name)
    )
    return tuple((row.reference, row.name) for row in rows)


def teams_of_mine(session: Session, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the actor's own teams: (reference, name).  One statement."""
    rows = session.execute(
        select(Team.reference, Team.name).where(Team.id.in_(actor.team_ids)).order_by(Team.name)
    )
    return tuple((row.reference, row.name) for row in rows)


def _counts(lines: list[ConcernLine]) -> tuple[Counts, ...]:
    kinds: dict[ConcernKind, list[ConcernLine]] = defaultdict(list)
    for line in lines:
        kinds[line.kind].append(line)
    counts = []
    for kind in ConcernKind:
        took = [line.took for line in kinds[kind] if line.took is not None]
        if kinds[kind]:
            still = len(kinds[kind]) - len(took)
            counts.append(Counts(kind, still, len(took), median(took) if took else None))
    return tuple(counts)


def _lines() -> Any:
    theirs, owner = aliased(Team), aliased(Account)
    return (
        select(
            JointConcern.reference,
            JointConcern.kind,
            JointConcern.text,
            JointConcern.by_id,
            JointConcern.agency_id,
            JointConcern.owner_id,
            JointConcern.at,
            JointConcern.outcome,
            JointConcern.closed_at,
            JointConcern.heard_at,
            Account.name.label("by"),
            Team.name.label("team"),
            theirs.name.label("about"),
            owner.name.label("owner"),
        )
        .join(Account, Account.id == JointConcern.by_id)
        .join(Team, Team.id == JointConcern.team_id)
        .join(theirs, theirs.id == JointConcern.about_team_id)
        .outerjoin(owner, owner.id == JointConcern.owner_id)
    )


def _line(row: Any, actor: Actor, moment: Moment) -> ConcernLine:
    raised_on = local(row.at).date()
    due = raised_on + timedelta(days=SETTINGS.concern_days)
    return ConcernLine(
        reference=row.reference,
        kind=row.kind,
        text=row.text,
        mine=row.by_id == actor.account_id,
        by=row.by if row.agency_id == actor.agency_id else "",
        team=row.team,
        about=row.about,
        raised_on=raised_on,
        due=due,
        late=row.closed_at is None and due < moment.today,
        owner=row.owner or "",
        owned=row.owner_id == actor.account_id,
        outcome=row.outcome,
        closed_on=local(row.closed_at).date() if row.closed_at else None,
        heard=row.heard_at is not None,
    )
