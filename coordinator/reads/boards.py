"""The board of a meeting: what stands on each side, whose words it is, and what was answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.part_sights import BoardEntryInSight, MinutesInSight
from coordinator.access.scope import readable_in
from coordinator.access.sights import MeetingInSight
from coordinator.models.accounts import Account
from coordinator.models.boards import BoardEntry
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation
from coordinator.reads.agendas import NAME, invited
from coordinator.vocabulary import BoardSide

BOARD = cast("Table", BoardEntry.__table__)
_Author = aliased(Account)


@dataclass(frozen=True)
class BoardLine:
    """One line.  `said_by` is whose words it is where the author wrote them down for somebody.

    `by_link`: a guest sent it, and nobody wrote it down.
    """

    reference: str
    side: BoardSide
    text: str
    author: str
    agency: str
    at: datetime
    said_by: str
    by_link: bool
    may_change: bool
    answers: tuple["BoardLine", ...] = ()

    @property
    def whose(self) -> str:
        """Whose words these are."""
        return self.said_by or self.author


def of(
    session: Session, actor: Actor, meeting: MinutesInSight
) -> dict[BoardSide, tuple[BoardLine, ...]]:
    """Return what stands on each side, in the order in which it was written.  One statement."""
    rows = session.execute(
        select(
            Entry.id,
            Entry.reference,
            Entry.author_id,
            Entry.agency_id,
            Entry.created_at,
            _Author.name.label("author"),
            Agency.name.label("agency"),
            BOARD.c.side,
            BOARD.c.text,
            BOARD.c.answers_id,
            BOARD.c.by_link_at,
            func.coalesce(Account.name, Guest.name, Person.name).label("said_by"),
        )
        .select_from(Entry)
        .join(BOARD, BOARD.c.id == Entry.id)
        .join(_Author, _Author.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .outerjoin(Account, Account.id == BOARD.c.said_by_account_id)
        .outerjoin(Guest, Guest.id == BOARD.c.said_by_guest_id)
        .outerjoin(Person, Person.id == BOARD.c.said_by_person_id)
        .where(
            BOARD.c.meeting_id == meeting.id,
            Entry.family_id == meeting.family.id,
            readable_in(actor, meeting.family),
        )
        .order_by(Entry.id)
    ).all()
    answers: dict[int, list[BoardLine]] = {}
    for row in rows:
        if row.answers_id:
            answers.setdefault(row.answers_id, []).append(_line(row, actor, meeting, ()))
    sides: dict[BoardSide, list[BoardLine]] = {side: [] for side in BoardSide}
    for row in rows:
        if not row.answers_id:
            line = _line(row, actor, meeting, tuple(answers.get(row.id, ())))
            sides[row.side].append(line)
    return {side: tuple(lines) for side, lines in sides.items()}


def _line(
    row: Any, actor: Actor, meeting: MinutesInSight, answers: tuple[BoardLine, ...]
) -> BoardLine:
    mine = row.author_id == actor.account_id and row.agency_id == actor.agency_id
    return BoardLine(
        reference=row.reference,
        side=row.side,
        text=row.text,
        author=row.author,
        agency=row.agency,
        at=row.created_at,
        said_by=row.said_by or "",
        by_link=row.by_link_at is not None,
        may_change=mine and row.by_link_at is None and not meeting.closed,
        answers=answers,
    )


def words_of(session: Session, entry: BoardEntryInSight) -> str:
    """Return the words of a line in sight."""
    return session.execute(select(BoardEntry.text).where(BoardEntry.id == entry.id)).scalar_one()


def speakers(
    session: Session, actor: Actor, meeting: MeetingInSight
) -> tuple[tuple[str, str], ...]:
    """Return whose words somebody can write down: who is invited, then the rest of the family.

    As (reference of the invitation or of the person, name).  Two statements.
    """
    asked = session.execute(
        invited(
            select(Invitation.reference, NAME, Invitation.account_id, Invitation.person_id),
            meeting.id,
        )
    ).all()
    there = {row.person_id for row in asked}
    family = session.execute(
        select(Person.id, Person.reference, Person.name)
        .where(Person.family_id == meeting.family.id)
        .order_by(Person.id)
    )
    people = [(row.reference, row.name) for row in asked if row.account_id != actor.account_id]
    return (*people, *((row.reference, row.name) for row in family if row.id not in there))
