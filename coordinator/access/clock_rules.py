"""What the policy is told of a rule that starts clocks, and who may change it."""

from dataclasses import dataclass

from coordinator.access.actor import Actor
from coordinator.vocabulary import AgencyKind


@dataclass(frozen=True)
class ClockRuleInSight:
    """A version of a rule that starts clocks; it says nothing of a family."""

    id: int
    reference: str
    code: str
    whose: AgencyKind


def manages_the_agency_that_keeps_it(actor: Actor, record: object) -> bool:
    """The manager of a team of the agency that has to keep the rule."""
    return (
        isinstance(record, ClockRuleInSight)
        and bool(actor.managed_team_ids)
        and actor.agency_kind is record.whose
    )
