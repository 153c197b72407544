"""What the plan says: its entries, their words, and what each agency said of each goal.

One statement for all of it, within the actor's scope.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.prepared_family import Prepared
from coordinator.access.scope import noticed_in, readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry, EntryVersion
from coordinator.models.plans import (
    GoalAgreement,
    PlanSignature,
    PlanVersion,
    PlanVersionEntry,
    RoleStatement,
)
from coordinator.reads.action_rows import COLUMNS, actions_of
from coordinator.vocabulary import ActionState, Agreement, EntryKind, GoalFor, Level

PLAN_KINDS = (
    EntryKind.PLAN,
    EntryKind.WHAT_HELPS,
    EntryKind.GOAL,
    EntryKind.ACTION,
    EntryKind.ROLE_STATEMENT,
)
# What stands on the page of the plan, and is told of there if it is held back.
NOTICED = (*PLAN_KINDS, EntryKind.SUPPORT)
ROLES = cast("Table", RoleStatement.__table__)
Writer, Speaker, SpeakersAgency = aliased(Account), aliased(Account), aliased(Agency)
Later = aliased(EntryVersion)

STATEMENT = (
    actions_of(
        select(
            *COLUMNS,
            ROLES.c.account_id.label("role_of_id"),
            exists()
            .where(PlanVersionEntry.entry_id == Entry.id)
            .correlate(Entry)
            .label("was_signed"),
            EntryVersion.version.label("words_version"),
            EntryVersion.words,
            EntryVersion.at.label("written_at"),
            Writer.name.label("writer"),
            GoalAgreement.id.label("said_id"),
            GoalAgreement.goal_version,
            GoalAgreement.agreement,
            GoalAgreement.comment,
            GoalAgreement.at.label("said_at"),
            PlanSignature.id.label("signature_id"),
            PlanSignature.content_hash,
            PlanSignature.signed_at,
            PlanVersion.id.label("version_id"),
            PlanVersion.number,
            PlanVersion.locked_at,
            SpeakersAgency.id.label("said_for"),
            Speaker.name.label("speaker"),
            SpeakersAgency.name.label("speakers_agency"),
        ).select_from(Entry),
        optional=True,
    )
    .outerjoin(ROLES, ROLES.c.id == Entry.id)
    .outerjoin(
        EntryVersion,
        and_(
            EntryVersion.entry_id == Entry.id,
            EntryVersion.version
            == select(func.max(Later.version))
            .where(Later.entry_id == Entry.id)
            .correlate(Entry)
            .scalar_subquery(),
        ),
    )
    .outerjoin(Writer, Writer.id == EntryVersion.by_id)
    .outerjoin(GoalAgreement, GoalAgreement.goal_id == Entry.id)
    .outerjoin(PlanSignature, PlanSignature.plan_id == Entry.id)
    .outerjoin(
        PlanVersion,
        and_(
            PlanVersion.plan_id == PlanSignature.plan_id,
            PlanVersion.content_hash == PlanSignature.content_hash,
        ),
    )
    .outerjoin(
        Speaker, Speaker.id == func.coalesce(GoalAgreement.account_id, PlanSignature.account_id)
    )
    .outerjoin(
        SpeakersAgency,
        SpeakersAgency.id == func.coalesce(GoalAgreement.agency_id, PlanSignature.agency_id),
    )
    .where(Entry.kind.in_(PLAN_KINDS))
    .order_by(Entry.id, GoalAgreement.id, PlanSignature.id)
)
ENTRIES = Prepared(
    lambda actor, family: STATEMENT.where(Entry.family_id == family.id, readable_in(actor, family))
)
NOTICES = Prepared(
    lambda actor, family: (
        select(
            Entry.reference,
            Entry.kind,
            Entry.created_at,
            Account.name,
            Account.phone,
            Agency.name,
        )
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .where(Entry.family_id == family.id, Entry.kind.in_(NOTICED), noticed_in(actor, family))
        .order_by(Entry.id)
    )
)


@dataclass(frozen=True)
class Opinion:
    """What an agency last said of a goal; `stale` if the goal's words changed since."""

    agency_id: int
    agency: str
    agreement: Agreement
    comment: str
    by: str
    at: datetime
    stale: bool

    @property
    def against(self) -> bool:
        """Whether the goal as it stands is disputed by this agency."""
        return self.agreement is Agreement.NOT_AGREED and not self.stale


@dataclass(frozen=True)
class PlanEntry:
    """An entry of the plan: `row` with its columns, its words, and what was said of it.

    `signed` holds a row for each signature, where this is the plan itself.
    """

    row: Any
    words: Mapping[str, Any]
    opinions: tuple[Opinion, ...]
    signed: tuple[Any, ...]

    @property
    def kind(self) -> EntryKind:
        """What it is."""
        return cast("EntryKind", self.row.kind)

    @property
    def open(self) -> bool:
        """Whether both agencies read it."""
        return self.row.level is Level.OPEN

    @property
    def dropped(self) -> bool:
        """Whether it is a goal that was dropped or an action that was cancelled."""
        return bool(self.words.get("dropped")) or self.row.state is ActionState.CANCELLED

    @property
    def counts(self) -> bool:
        """Whether its words are what the agencies sign.

        Cancelling an action that was signed changes no words; one that never was just goes.
        """
        cancelled = self.row.state is ActionState.CANCELLED and not self.row.was_signed
        return self.open and bool(self.words) and not self.words.get("dropped") and not cancelled


def entries(session: Session, actor: Actor, family: FamilyInSight) -> tuple[PlanEntry, ...]:
    """Return what the actor may read of the family's plan, oldest first.  One statement."""
    by_entry: dict[int, list[Any]] = {}
    for row in ENTRIES.run(session, actor, family):
        by_entry.setdefault(row.id, []).append(row)
    return tuple(
        PlanEntry(
            rows[0],
            words_of(rows[0].words),
            _opinions(rows),
            tuple(row for row in rows if row.signature_id is not None),
        )
        for rows in by_entry.values()
    )


def _opinions(rows: list[Any]) -> tuple[Opinion, ...]:
    """Return the newest word of each agency on a goal."""
    newest = {
        row.said_for: Opinion(
            agency_id=row.said_for,
            agency=row.speakers_agency,
            agreement=row.agreement,
            comment=row.comment,
            by=row.speaker,
            at=row.said_at,
            stale=row.goal_version != row.words_version,
        )
        for row in rows
        if row.said_id is not None
    }
    return tuple(newest.values())


def current_words(session: Session, entry: EntryInSight) -> Mapping[str, Any]:
    """Return the words of an entry in sight as they now stand.  One statement."""
    return words_of(
        session.scalars(
            select(EntryVersion.words)
            .where(EntryVersion.entry_id == entry.id)
            .order_by(EntryVersion.version.desc())
            .limit(1)
        ).first()
    )


def words_of(kept: str | None) -> dict[str, Any]:
    """Return the words of one version of an entry as they were kept."""
    return json.loads(kept) if kept else {}


@dataclass(frozen=True)
class Held:
    """Something of the plan that this reader may not open: its kind, its day, who holds it.

    The reference is a handle to ask by; it opens nothing.
    """

    reference: str
    kind: EntryKind
    on: datetime
    holder: str
    phone: str
    agency: str


def held_back(session: Session, actor: Actor, family: FamilyInSight) -> tuple[Held, ...]:
    """Return the notices that parts of the plan leave to this reader.  One statement."""
    return tuple(Held(*row) for row in NOTICES.run(session, actor, family))


def describe(kind: EntryKind, words: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return the words of an entry as one line; `names` says who an owner is (see `owner_key`)."""
    match kind:
        case EntryKind.GOAL:
            return f"For {GoalFor(words['goal_for']).label.lower()}: {words['text']}"
        case EntryKind.ACTION:
            owner = names.get(owner_key(words), "somebody who has left")
            return f"{words['text']} ({owner}, by {long_day(words['due_on'])})"
        case EntryKind.ROLE_STATEMENT:
            return f"Part: {words['i_do']} Limits: {words['i_do_not']}"
        case EntryKind.PLAN:
            return " ".join(
                f"No goal for {side.label.lower()}: {words[name]}."
                for side, name in (
                    (GoalFor.CHILD, "no_child_goal"),
                    (GoalFor.PARENT, "no_parent_goal"),
                    (GoalFor.FAMILY, "no_family_goal"),
                )
                if words.get(name)
            )
        case _:
            return str(words.get("text", ""))


def owner_key(words: Mapping[str, Any]) -> str:
    """Return a key for the owner that an action's words name: a person or a team."""
    if words.get("owner_account_id"):
        return f"person {words['owner_account_id']}"
    return f"team {words.get('owner_team_id')}"


def long_day(written: str) -> str:
    """Return a stored day, such as 2026-11-24, as people write it."""
    day = date.fromisoformat(written)
    return f"{day.day} {day:%B %Y}"
