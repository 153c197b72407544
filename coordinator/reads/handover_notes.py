"""A note for the next worker, and the change of workers that it is about (S18)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import EntryVersion
from coordinator.models.handover_notes import HandoverNote
from coordinator.vocabulary import WrittenWith

_From, _To, _Author = aliased(Account), aliased(Account), aliased(Account)


@dataclass(frozen=True)
class Written:
    """One version of the note: its number, by whom, and when (UTC)."""

    number: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Note:
    """The note as it stands; its days are days in London."""

    reference: str
    version: int
    agency: str
    leaver: str
    successor: str
    successor_profession: str
    successor_phone: str
    author: str
    written_at: datetime
    text: str
    written_with: WrittenWith
    why_not: str
    meets_on: date | None
    why_no_meeting: str
    starts_on: date
    last_on: date
    begun: bool
    mine: bool
    versions: tuple[Written, ...]


def one(session: Session, actor: Actor, moment: Moment, note: EntryInSight) -> Note:
    """Return a note in sight with who wrote its versions.  Two statements."""
    row = session.execute(
        select(
            HandoverNote.reference,
            HandoverNote.version,
            Agency.name.label("agency"),
            _From.name.label("leaver"),
            _To.name.label("successor"),
            _To.profession.label("successor_profession"),
            _To.phone.label("successor_phone"),
            _Author.name.label("author"),
            HandoverNote.created_at.label("written_at"),
            HandoverNote.text,
            HandoverNote.written_with,
            HandoverNote.why_not,
            HandoverNote.meets_on,
            HandoverNote.why_no_meeting,
            HandoverNote.starts_on,
            HandoverNote.last_on,
            (HandoverNote.starts_on <= moment.today).label("begun"),
            (HandoverNote.to_account_id == actor.account_id).label("mine"),
        )
        .join(_From, _From.id == HandoverNote.from_account_id)
        .join(_To, _To.id == HandoverNote.to_account_id)
        .join(_Author, _Author.id == HandoverNote.author_id)
        .join(Agency, Agency.id == HandoverNote.agency_id)
        .where(HandoverNote.id == note.id, readable_in(actor, note.family))
    ).one()
    versions = session.execute(
        select(EntryVersion.version, Account.name, EntryVersion.at)
        .join(Account, Account.id == EntryVersion.by_id)
        .where(EntryVersion.entry_id == note.id)
        .order_by(EntryVersion.version.desc())
    )
    written = tuple(Written(*version) for version in versions)
    return Note(**row._asdict(), versions=written)
