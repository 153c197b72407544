"""A version of the plan as it was signed, shown under today's rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.entries import Entry
from coordinator.models.plans import RoleStatement
from coordinator.reads.plan_cards import SIDES
from coordinator.reads.plan_entries import entries, long_day, owner_key
from coordinator.reads.signing import (
    Locked,
    Signature,
    locked_entries,
    owner_names,
    signed_versions,
)
from coordinator.vocabulary import EntryKind, GoalFor


@dataclass(frozen=True)
class SignedVersion:
    """A locked version in its signed words; what its reader may not open today is left out."""

    number: int
    newest: bool
    locked_at: datetime
    signatures: tuple[Signature, ...]
    what_helps: tuple[str, ...]
    sides: tuple[tuple[GoalFor, tuple[str, ...], str], ...]
    actions: tuple[tuple[str, str, str], ...]
    roles: tuple[tuple[str, str, str], ...]


def version(
    session: Session, actor: Actor, family: FamilyInSight, number: int
) -> SignedVersion | None:
    """Return a locked version, or None if there is none of this number.  Four statements."""
    all_versions, _ = signed_versions(entries(session, actor, family))
    found = next((v for v in all_versions if v.number == number), None)
    if found is None:
        return None
    locked = locked_entries(session, actor, family, found.id)
    by_kind: dict[EntryKind, list[Locked]] = {}
    for entry in locked:
        by_kind.setdefault(entry.kind, []).append(entry)
    owners = owner_names(session, [entry.words for entry in by_kind.get(EntryKind.ACTION, ())])
    speakers = _speakers(session, by_kind.get(EntryKind.ROLE_STATEMENT, []))
    goals = by_kind.get(EntryKind.GOAL, ())
    plan = by_kind[EntryKind.PLAN][0].words if EntryKind.PLAN in by_kind else {}
    return SignedVersion(
        number=number,
        newest=found is all_versions[-1],
        locked_at=found.locked_at,
        signatures=found.signatures,
        what_helps=tuple(e.words["text"] for e in by_kind.get(EntryKind.WHAT_HELPS, ())),
        sides=tuple(
            (
                side,
                tuple(goal.words["text"] for goal in goals if goal.words["goal_for"] == side),
                str(plan.get(name, "")),
            )
            for side, name in SIDES.items()
        ),
        actions=tuple(
            (
                entry.words["text"],
                owners.get(owner_key(entry.words), ""),
                long_day(entry.words["due_on"]),
            )
            for entry in by_kind.get(EntryKind.ACTION, ())
        ),
        roles=tuple(
            (speakers.get(entry.id, ""), entry.words["i_do"], entry.words["i_do_not"])
            for entry in by_kind.get(EntryKind.ROLE_STATEMENT, ())
        ),
    )


def _speakers(session: Session, statements: list[Locked]) -> Mapping[int, str]:
    """Return by entry whose role it says."""
    rows = session.execute(
        select(Entry.id, Account.name)
        .join(RoleStatement.__table__, RoleStatement.__table__.c.id == Entry.id)
        .join(Account, Account.id == RoleStatement.__table__.c.account_id)
        .where(Entry.id.in_([statement.id for statement in statements]))
    )
    return {number: name for number, name in rows}  # noqa: C416  (rows are no pairs to mypy)
