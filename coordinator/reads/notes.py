"""The notes of a family that the actor may read, and how far a view of a concern has come (S05)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.information_requests import InformationRequest
from coordinator.models.sharing import Note
from coordinator.reads import involvements, readers
from coordinator.vocabulary import CaseRole, EntryKind, Level, MentalHealthView, RequestState

WORRY = "A worry rests on how somebody’s mental health shows"
# Asked of the other agency, so that whoever reads the note may know of it.
_Request = aliased(InformationRequest)
VIEW_ASKED = (
    select(_Request.state)
    .where(
        _Request.about_entry_id == Note.id,
        _Request.level == Level.OPEN,
        _Request.state != RequestState.WITHDRAWN,
    )
    .order_by(_Request.id.desc())
    .limit(1)
    .correlate(Note)
    .scalar_subquery()
)


@dataclass(frozen=True)
class NoteRow:
    """A note that the actor may read.  `readers` are named people, its author left out.

    `view` is how far the request for a mental health view of it has come, if there is one.
    """

    reference: str
    text: str
    author: str
    agency: str
    at: datetime
    level: Level
    readers: tuple[str, ...]
    may_change_level: bool
    mental_health: MentalHealthView
    why_not_sought: str
    view: RequestState | None


def of_family(session: Session, actor: Actor, family: FamilyInSight) -> tuple[NoteRow, ...]:
    """Return the notes that the actor may read, the newest first.  Two statements."""
    rows = session.execute(
        select(
            Note.id,
            Note.reference,
            Note.version,
            Note.text,
            Note.author_id,
            Note.agency_id,
            Note.level,
            Note.created_at,
            Note.mental_health,
            Note.why_not_sought,
            VIEW_ASKED.label("view"),
            Account.name,
            Agency.name.label("agency"),
        )
        .join(Account, Account.id == Note.author_id)
        .join(Agency, Agency.id == Note.agency_id)
        .where(Note.family_id == family.id, readable_in(actor, family))
        .order_by(Note.created_at.desc(), Note.id.desc())
    ).all()
    named = readers.names(session, [row.id for row in rows])
    return tuple(
        NoteRow(
            row.reference,
            row.text,
            row.name,
            row.agency,
            row.created_at,
            row.level,
            named.get(row.id, ()),
            decide(actor, Permission.LEVELS_CHANGE, _sight(family, row)).allowed,
            row.mental_health,
            row.why_not_sought,
            row.view,
        )
        for row in rows
    )


def _sight(family: FamilyInSight, row: Any) -> EntryInSight:
    return EntryInSight(
        family,
        row.id,
        row.reference,
        row.version,
        EntryKind.NOTE,
        row.author_id,
        row.agency_id,
        row.level,
    )


@dataclass(frozen=True)
class ViewToAsk:
    """A note for which a mental health view is wanted, why, and the involvement to ask."""

    entry_id: int | None = None
    whom: str = ""
    why: str = ""


def view_to_ask(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, reference: str
) -> ViewToAsk:
    """Return what to ask about a note that the actor may read; nothing for any other reference.

    The care coordinator who leads is asked, if one is on the case.  Two statements.
    """
    note = session.scalar(
        select(Note.id).where(
            Note.reference == reference, Note.family_id == family.id, readable_in(actor, family)
        )
    )
    if note is None:
        return ViewToAsk()
    workers = involvements.workers(session, moment, family)
    whom = [w for w in workers if w.role is CaseRole.CARE_COORDINATOR]
    return ViewToAsk(note, whom[0].reference if whom else "", WORRY)
