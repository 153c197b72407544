"""Needs that were raised and not answered: of a family, one of them, and what waits (E35)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.rules import WORKING_ROLES
from coordinator.access.scope import my_families, not_excluded, overseen_families, readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.families import Family, Involvement
from coordinator.models.raised_needs import RaisedNeed
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import TodayRow
from coordinator.vocabulary import Level

_Author, _Closer = aliased(Account), aliased(Account)
SHOWN = 5


@dataclass(frozen=True)
class NeedRow:
    """One need: who raised it with which team, what was done; instants.

    From `due_at` on it stands with both managers, unless it was closed before.
    """

    reference: str
    what: str
    author: str
    agency: str
    team: str
    duty_line: str
    raised_at: datetime
    due_at: datetime
    told_at: datetime | None
    done: str
    closed_by: str
    closed_at: datetime | None

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.closed_at:
            return "Answered"
        return "With both managers" if self.told_at else "Not answered"

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        if self.closed_at:
            return "green"
        return "red" if self.told_at else "orange"


def of_family(session: Session, actor: Actor, family: FamilyInSight) -> tuple[NeedRow, ...]:
    """Return the latest needs of a family, those that wait first.  One statement."""
    statement = (
        _rows()
        .where(RaisedNeed.family_id == family.id, readable_in(actor, family))
        .order_by(RaisedNeed.closed_at.is_not(None), RaisedNeed.id.desc())
        .limit(SHOWN)
    )
    return tuple(_row(row) for row in session.execute(statement))


def one(session: Session, need: EntryInSight) -> NeedRow:
    """Return a need in sight.  One statement."""
    return _row(session.execute(_rows().where(RaisedNeed.id == need.id)).one())


def _rows() -> Any:
    return (
        select(
            RaisedNeed.reference,
            RaisedNeed.what,
            _Author.name.label("author"),
            Agency.name.label("agency"),
            Team.name.label("team"),
            Team.phone.label("duty_line"),
            RaisedNeed.raised_at,
            RaisedNeed.due_at,
            RaisedNeed.told_at,
            RaisedNeed.done,
            _Closer.name.label("closed_by"),
            RaisedNeed.closed_at,
        )
        .select_from(RaisedNeed)
        .join(_Author, _Author.id == RaisedNeed.author_id)
        .join(Agency, Agency.id == RaisedNeed.agency_id)
        .join(Team, Team.id == RaisedNeed.team_id)
        .outerjoin(_Closer, _Closer.id == RaisedNeed.closed_by_id)
    )


def _row(row: Any) -> NeedRow:
    return NeedRow(**row._asdict() | {"closed_by": row.closed_by or ""})


def to_answer(actor: Actor, moment: Moment) -> Any:
    """Return the open needs that wait for the actor, in the columns of reads/matters.py.

    For the workers on the case at once, and for the managers of its teams when its hours are over.
    """
    works = exists().where(
        Involvement.family_id == RaisedNeed.family_id,
        Involvement.account_id == actor.account_id,
        Involvement.agency_id == actor.agency_id,
        Involvement.role.in_(WORKING_ROLES),
        current(Involvement, moment.today),
    )
    theirs = aliased(Involvement)
    manages = exists().where(
        theirs.family_id == RaisedNeed.family_id,
        theirs.team_id.in_(actor.managed_team_ids),
        current(theirs, moment.today),
    )
    over = RaisedNeed.due_at <= moment.now
    return (
        matter(
            source="raised-need",
            part=case((over, "over"), else_="open"),
            reference=RaisedNeed.reference,
            family=Family.reference,
            who=_Author.name,
            what=Team.name,
            phone=Team.phone,
            at=RaisedNeed.raised_at,
            due_at=RaisedNeed.due_at,
        )
        .select_from(RaisedNeed)
        .join(Family, Family.id == RaisedNeed.family_id)
        .join(_Author, _Author.id == RaisedNeed.author_id)
        .join(Team, Team.id == RaisedNeed.team_id)
        .where(
            RaisedNeed.level == Level.OPEN,
            RaisedNeed.closed_at.is_(None),
            not_excluded(actor, RaisedNeed.family_id),
            or_(
                and_(works, RaisedNeed.family_id.in_(my_families(actor, moment))),
                and_(over, manages, RaisedNeed.family_id.in_(overseen_families(actor, moment))),
            ),
        )
    )


def mine(matters: Iterable[Any]) -> Iterator[TodayRow]:
    """Yield the needs that wait for the reader: never what they say."""
    for row in matters:
        if row.source == "raised-need":
            yield TodayRow(
                kind="need",
                verb="Answer",
                text=f"the need raised with {row.what}",
                href=f"/raised-needs/{row.reference}",
                family=row.family,
                who=row.who,
                due=clock.local(row.due_at).date(),
                due_word="told",
                at=row.at,
                late=row.part == "over",
                hint="With both managers" if row.part == "over" else "Nobody has answered",
                phone=row.phone,
            )
