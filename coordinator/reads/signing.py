"""How the plan stands: which version was signed, what changed since, who is asked to sign.

What is signed is the words of the entries that are open to both agencies.  Whether an action is
done is no part of it; its words, its owner and its date are.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, literal, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared_family import Prepared
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Team
from coordinator.models.entries import Entry, EntryVersion
from coordinator.models.plans import PlanVersionEntry
from coordinator.reads.plan_entries import PlanEntry, describe, owner_key, words_of
from coordinator.vocabulary import EntryKind


@dataclass(frozen=True)
class Signature:
    """Who signed, for which agency, when (UTC)."""

    agency_id: int
    agency: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Version:
    """A version that all agencies signed: locked."""

    id: int
    number: int
    content: bytes
    locked_at: datetime
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class Locked:
    """One entry as it was signed."""

    id: int
    reference: str
    kind: EntryKind
    words: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One difference from the last signed version.  `what`: Added, Changed or Removed."""

    reference: str
    what: str
    kind: EntryKind
    now: str
    before: str


@dataclass(frozen=True)
class Standing:
    """How the plan stands.

    `last` is the version that holds, if any; `number` the version that these words are or would
    become; `content` the fingerprint of these words as that version, of which `entries` are the
    parts; `signatures` who signed exactly these words.
    """

    last: Version | None
    versions: tuple[Version, ...]
    number: int
    content: bytes
    signatures: tuple[Signature, ...]
    entries: tuple[PlanEntry, ...]
    draft: bool


def fingerprint(number: int, entries: Iterable[PlanEntry]) -> bytes:
    """Return the SHA-256 of a version's number and its entries' references and words."""
    said = sorted((entry.row.reference, entry.row.words) for entry in entries)
    return hashlib.sha256(json.dumps([number, said]).encode()).digest()


def standing(entries: Iterable[PlanEntry]) -> Standing:
    """Return how the plan of these entries stands."""
    entries = tuple(entries)
    versions, made = signed_versions(entries)
    last = versions[-1] if versions else None
    content = tuple(entry for entry in entries if entry.counts)
    if last and fingerprint(last.number, content) == last.content:
        return Standing(
            last, versions, last.number, last.content, last.signatures, content, draft=False
        )
    number = last.number + 1 if last else 1
    mark = fingerprint(number, content)
    newest = {signature.agency_id: signature for words, signature in made if words == mark}
    return Standing(last, versions, number, mark, tuple(newest.values()), content, draft=True)


def signed_versions(
    entries: Iterable[PlanEntry],
) -> tuple[tuple[Version, ...], list[tuple[bytes, Signature]]]:
    """Return the locked versions in order, and each signature with the words that it is for."""
    rows = [row for entry in entries for row in entry.signed]
    made = [
        (row.content_hash, Signature(row.said_for, row.speakers_agency, row.speaker, row.signed_at))
        for row in rows
    ]
    locked = {row.number: row for row in rows if row.number is not None}
    versions = tuple(
        Version(
            id=row.version_id,
            number=number,
            content=row.content_hash,
            locked_at=row.locked_at,
            signatures=tuple(who for words, who in made if words == row.content_hash),
        )
        for number, row in sorted(locked.items())
    )
    return versions, made


LOCKED = Prepared(
    lambda actor, family: (
        select(Entry.id, Entry.reference, Entry.kind, EntryVersion.words)
        .join(PlanVersionEntry, PlanVersionEntry.entry_id == Entry.id)
        .join(
            EntryVersion,
            and_(
                EntryVersion.entry_id == Entry.id,
                EntryVersion.version == PlanVersionEntry.entry_version,
            ),
        )
        .where(
            PlanVersionEntry.plan_version_id == bindparam("version"),
            Entry.family_id == family.id,
            readable_in(actor, family),
        )
        .order_by(Entry.id)
    )
)


def locked_entries(
    session: Session, actor: Actor, family: FamilyInSight, version_id: int
) -> tuple[Locked, ...]:
    """Return a locked version's entries in their signed words, under today's rights."""
    rows = LOCKED.run(session, actor, family, version=version_id)
    return tuple(Locked(row.id, row.reference, row.kind, words_of(row.words)) for row in rows)


def changes(
    session: Session, actor: Actor, family: FamilyInSight, stands: Standing
) -> tuple[Change, ...]:
    """Return what differs from the last signed version.  At most two statements."""
    if not stands.draft or stands.last is None:
        return ()
    before = {entry.id: entry for entry in locked_entries(session, actor, family, stands.last.id)}
    now = {entry.row.id: entry for entry in stands.entries}
    known = {owner_key(e.words): e.row.owner for e in stands.entries if e.row.owner}
    changed = [
        number
        for number in sorted(before.keys() | now.keys())
        if number not in before
        or number not in now
        or dict(before[number].words) != dict(now[number].words)
    ]
    words = [before[n].words for n in changed if n in before]
    words += [now[n].words for n in changed if n in now]
    names = known | owner_names(session, words, known)

    def change(number: int) -> Change:
        old, new = before.get(number), now.get(number)
        kind = new.kind if new else before[number].kind
        return Change(
            reference=new.row.reference if new else before[number].reference,
            what="Changed" if old and new else "Added" if new else "Removed",
            kind=kind,
            now=describe(kind, new.words, names) if new else "",
            before=describe(kind, old.words, names) if old else "",
        )

    return tuple(change(number) for number in changed)


def owner_names(
    session: Session, words: Iterable[Mapping[str, Any]], known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the names of the people and teams that own these actions, without those `known`.

    One statement, and none where all are known.
    """
    words = [said for said in words if owner_key(said) not in (known or {})]
    people = {w["owner_account_id"] for w in words if w.get("owner_account_id")}
    teams = {w["owner_team_id"] for w in words if w.get("owner_team_id")}
    if not people and not teams:
        return {}
    rows = session.execute(
        select(literal("person"), Account.id, Account.name)
        .where(Account.id.in_(people))
        .union_all(select(literal("team"), Team.id, Team.name).where(Team.id.in_(teams)))
    )
    return {f"{what} {number}": name for what, number, name in rows}
