"""What the policy is told of something taken to supervision; and its rules (E52)."""

from dataclasses import dataclass

from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight


@dataclass(frozen=True)
class SupervisionInSight(EntryInSight):
    """A line of a worker's supervision; `waits`: nobody has said what was decided."""

    worker_id: int
    team_id: int
    waits: bool


def takes_part(actor: Actor, record: object) -> bool:
    """The worker whose supervision it is, and the manager of the team that they work for there."""
    return isinstance(record, SupervisionInSight) and (
        record.worker_id == actor.account_id or record.team_id in actor.managed_team_ids
    )


def is_still_to_come(actor: Actor, record: object) -> bool:
    """What nobody has decided on or taken off the list yet."""
    return isinstance(record, SupervisionInSight) and record.waits
