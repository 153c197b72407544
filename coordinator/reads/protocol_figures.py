"""How well the joint protocol is carried out, by team, for managers (E31; measures.md, M22).

Over the families on which the manager's own teams work, by what the manager may read.  Of a team
that is not theirs a figure over few families is not shown: it could tell of one.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import overseen_families
from coordinator.access.sights import Moment
from coordinator.models.directory import Agency, Team
from coordinator.models.families import Family, Involvement
from coordinator.models.protocol import ProtocolMark
from coordinator.reads import evidence, protocol
from coordinator.reads.meeting_figures import in_sight
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Evidence


@dataclass(frozen=True)
class FamilyShare:
    """How many steps the records of a family show, and how many are marked by hand alone."""

    id: int
    reference: str
    shown: frozenset[Evidence]
    by_hand: frozenset[Evidence]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class TeamShare:
    """The mean share of steps that tick themselves, in whole percent, and the most missed step.

    `share` is None where a figure over so few families is not shown.
    """

    team: str
    agency: str
    families: int
    share: int | None
    most_missed: str


@dataclass(frozen=True)
class Figures:
    """The teams, and behind them the families, those with the fewest steps first."""

    steps: int
    teams: tuple[TeamShare, ...]
    families: tuple[FamilyShare, ...]


def of_my_teams(session: Session, actor: Actor, moment: Moment) -> Figures:
    """Return the figures of the families on which the actor's own teams work.  Four statements."""
    steps = protocol.in_force(session)
    families = _families(session, actor, moment, steps)
    by_id = {family.id: family for family in families}
    teams: dict[tuple[int, str, str], list[FamilyShare]] = {}
    rows = session.execute(
        select(Team.name, Agency.name.label("agency"), Team.id, Involvement.family_id)
        .join(Team, Team.id == Involvement.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .where(
            Involvement.family_id.in_(overseen_families(actor, moment)),
            current(Involvement, moment.today),
        )
        .distinct()
        .order_by(Agency.name, Team.name, Involvement.family_id)
    )
    for name, agency, team_id, family_id in rows:
        teams.setdefault((team_id, name, agency), []).append(by_id[family_id])
    return Figures(
        len(steps),
        tuple(
            _team(name, agency, theirs, steps)
            if team_id in actor.managed_team_ids or len(theirs) >= SETTINGS.shown_from
            else TeamShare(name, agency, len(theirs), None, "")
            for (team_id, name, agency), theirs in teams.items()
        ),
        tuple(sorted(families, key=lambda family: (len(family.shown), family.reference))),
    )


def _families(
    session: Session, actor: Actor, moment: Moment, steps: tuple[protocol.SetStep, ...]
) -> list[FamilyShare]:
    marked: dict[int, set[Evidence]] = {}
    marks = select(ProtocolMark.family_id, ProtocolMark.evidence).where(
        ProtocolMark.taken_back_at.is_(None), in_sight(actor, moment)
    )
    for family_id, which in session.execute(marks):
        marked.setdefault(family_id, set()).add(which)
    rows = session.execute(
        select(Family.id, Family.reference, *evidence.columns(actor, moment)).where(
            Family.id.in_(overseen_families(actor, moment))
        )
    )
    return [_family(row, steps, frozenset(marked.get(row.id, ()))) for row in rows]


def _family(
    row: Any, steps: tuple[protocol.SetStep, ...], marked: frozenset[Evidence]
) -> FamilyShare:
    asked = frozenset(step.evidence for step in steps)
    shown = evidence.ticked(row) & asked
    by_hand = (marked & asked) - shown
    missing = tuple(step.text for step in steps if step.evidence not in shown | by_hand)
    return FamilyShare(row.id, row.reference, shown, by_hand, missing)


def _team(
    name: str,
    agency: str,
    families: list[FamilyShare],
    steps: tuple[protocol.SetStep, ...],
) -> TeamShare:
    number = len(families)
    missed = Counter(
        step.text for family in families for step in steps if step.evidence not in family.shown
    )
    most = missed.most_common(1)
    share = round(100 * sum(len(family.shown) for family in families) / (number * len(steps)))
    return TeamShare(name, agency, number, share, most[0][0] if most else "")
