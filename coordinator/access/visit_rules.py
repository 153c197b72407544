"""What the policy is told of a visit, and the rules about it, each named as the sentence it is."""

from dataclasses import dataclass

from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight
from coordinator.vocabulary import VisitState


@dataclass(frozen=True)
class VisitInSight(EntryInSight):
    """A visit.  `owners` are one or two of account and agency."""

    state: VisitState
    owners: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class VisitKindInSight:
    """A kind of visit, for an administrator."""

    id: int
    reference: str


def owns_the_visit(actor: Actor, record: object) -> bool:
    """An owner of the visit, for the agency for which they own it."""
    return isinstance(record, VisitInSight) and (actor.account_id, actor.agency_id) in record.owners


def visit_is_planned(actor: Actor, record: object) -> bool:
    """A visit that did not take place yet and is not given up."""
    return isinstance(record, VisitInSight) and record.state is VisitState.PLANNED


def visit_can_be_told_of(actor: Actor, record: object) -> bool:
    """A visit that is planned, or that took place."""
    return isinstance(record, VisitInSight) and record.state in (
        VisitState.PLANNED,
        VisitState.DONE,
    )
