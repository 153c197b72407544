"""Who must sign the plan, who did, and what still stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight
from coordinator.reads.plan_cards import PARTNERS, Member, RoleCard, Side
from coordinator.reads.plan_entries import PlanEntry
from coordinator.reads.signing import Signature, Standing
from coordinator.vocabulary import ChildrenAsked


@dataclass(frozen=True)
class Party:
    """An agency that signs: its lead workers, and its signature on these words."""

    agency_id: int
    agency: str
    leads: tuple[str, ...]
    signature: Signature | None


@dataclass(frozen=True)
class Missing:
    """What stands between the plan and a signature, and where to put it right."""

    sentence: str
    href: str
    link: str


def parties(members: Iterable[Member], stands: Standing) -> tuple[Party, ...]:
    """Return the agencies that must sign: those with a lead worker on the case."""
    leads: dict[int, list[Member]] = {}
    for member in members:
        if member.lead and member.agency_kind in PARTNERS:
            leads.setdefault(member.agency_id, []).append(member)
    signed = {signature.agency_id: signature for signature in stands.signatures}
    return tuple(
        Party(number, some[0].agency, tuple(m.name for m in some), signed.get(number))
        for number, some in leads.items()
    )


def missing(
    family: FamilyInSight,
    plan: PlanEntry | None,
    members: Iterable[Member],
    asked: ChildrenAsked,
    sides: Iterable[Side],
    roles: Iterable[RoleCard],
    actor: Actor,
) -> tuple[Missing, ...]:
    """Return all that keeps the actor's agency from signing (E15, E49, E51), in plain sentences."""
    home = f"/families/{family.reference}"
    shared = plan is not None and plan.open
    found = []
    if not shared:
        sentence = "The plan is not open to the other agency yet."
        found.append(Missing(sentence, f"{home}/plan/share", "Share the plan"))
    found += _people(home, tuple(members))
    if asked is ChildrenAsked.NOT_ASKED:
        sentence = "Nobody has asked about children yet, so the plan stays a draft."
        found.append(Missing(sentence, f"{home}/children", "Say what you know"))
    for side in sides:
        found += _goals(home, side, shared=shared)
    here = actor.acting_as.agency_name if actor.acting_as else ""
    if not any(card.agency == here and card.part and not card.part.held for card in roles):
        sentence = f"Nobody from {here} has said what they do and what they do not do."
        found.append(Missing(sentence, f"{home}/plan/role", "Say what you do"))
    return tuple(found)


def _people(home: str, members: tuple[Member, ...]) -> Iterable[Missing]:
    for kind in PARTNERS:
        ours = [member for member in members if member.agency_kind is kind]
        if not ours:
            sentence = f"Nobody from {kind.label.lower()} is on the case yet."
            yield Missing(sentence, f"{home}/people", "Bring them in")
        elif not any(member.lead for member in ours):
            sentence = f"Nobody from {kind.label.lower()} is the lead worker."
            yield Missing(sentence, f"{home}/people", "See who is involved")


def _goals(home: str, side: Side, *, shared: bool) -> Iterable[Missing]:
    """Return what is missing on one side; a goal that is held back does not count for it."""
    whom = side.goal_for.label.lower()
    seen = [card for card in side.goals if not (shared and card.part.held)]
    if not seen and not side.reason:
        sentence = f"There is no goal for {whom}, and no reason why not."
        yield Missing(sentence, f"{home}/plan/missing-goals", "Add a goal or give a reason")
    for card in seen:
        for agency in card.disputed_by:
            sentence = f"{agency} does not agree with a goal for {whom}: “{card.part.text}”"
            yield Missing(sentence, f"/goals/{card.part.reference}/change", "Change the goal")
