"""What the policy is told of people in the directory and of their absences; and its rules."""

from dataclasses import dataclass

from coordinator.access.actor import Actor


@dataclass(frozen=True)
class ColleagueInSight:
    """Somebody in the directory, and the teams in which they work today."""

    id: int
    reference: str
    team_ids: frozenset[int]


@dataclass(frozen=True)
class AreaInSight:
    """An area of the list."""

    id: int
    reference: str


@dataclass(frozen=True)
class AbsenceInSight:
    """Days on which somebody is away."""

    id: int
    reference: str
    colleague: ColleagueInSight


def is_themselves(actor: Actor, record: object) -> bool:
    """The person themselves."""
    return _colleague(record).id == actor.account_id


def manages_them(actor: Actor, record: object) -> bool:
    """The manager of a team in which they work."""
    return bool(_colleague(record).team_ids & actor.managed_team_ids)


def _colleague(record: object) -> ColleagueInSight:
    if isinstance(record, AbsenceInSight):
        return record.colleague
    if isinstance(record, ColleagueInSight):
        return record
    raise TypeError(record)
