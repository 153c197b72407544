"""The log of contacts: who tried whom, when, how, with what outcome, and what was corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.errors import NotFoundError
from coordinator.models.entries import Entry
from coordinator.models.guests import Guest
from coordinator.reads.contact_attempts import CONTACTS, Reachable, in_family, not_corrected
from coordinator.reads.contact_rows import ContactRow, Wish, contact_row, select_rows
from coordinator.settings import SETTINGS
from coordinator.vocabulary import NOT_REACHED


@dataclass(frozen=True)
class ContactsPage:
    """A page of the log, newest attempted first; `newer` and `older` are where the next begin."""

    rows: tuple[ContactRow, ...]
    newer: str
    older: str

    def unanswered(self, since: datetime) -> tuple[Wish, ...]:
        """Return the members of the family who did not answer when they were last tried.

        Only on the newest page, and not for a try before `since`.
        """
        latest: dict[str, ContactRow] = {}
        for row in self.rows if not self.newer else ():
            if row.wish:
                latest.setdefault(row.wish.person, row)
        return tuple(
            row.wish
            for row in latest.values()
            if row.wish and row.outcome in NOT_REACHED and row.attempted_at >= since
        )


def page(
    session: Session, actor: Actor, family: FamilyInSight, *, before: str = "", after: str = ""
) -> ContactsPage:
    """Return the log of a family, a page at a time: what was tried before, or after, a contact.

    Two statements, one more where a contact is named.  Raises `NotFoundError` if that is none in
    sight.
    """
    backwards = bool(after and not before)
    statement = select_rows(actor, family).where(not_corrected())
    if before or after:
        at, number = _place(session, actor, family, before or after)
        column = CONTACTS.c.attempted_at
        statement = statement.where(
            or_(column > at, and_(column == at, Entry.id > number))
            if backwards
            else or_(column < at, and_(column == at, Entry.id < number))
        )
    order = [CONTACTS.c.attempted_at, Entry.id]
    statement = statement.order_by(*(order if backwards else [by.desc() for by in order]))
    found = session.execute(statement.limit(SETTINGS.page_size + 1)).all()
    more, found = len(found) > SETTINGS.page_size, found[: SETTINGS.page_size]
    rows = _with_earlier(session, actor, family, found[::-1] if backwards else found)
    newer, older = (more, True) if backwards else (bool(before), more)
    return ContactsPage(
        rows,
        newer=rows[0].reference if rows and newer else "",
        older=rows[-1].reference if rows and older else "",
    )


@dataclass(frozen=True)
class ContactToCorrect:
    """A contact about to be corrected, and what it says of whom it was with.

    `corrected_by` is the reference of the row that corrected it already, or empty.
    """

    row: ContactRow
    account_id: int | None
    agency_id: int | None
    team_id: int | None
    person: str
    guest: str
    someone_else: str
    corrected_by: str

    def was_with(self, one: Reachable) -> bool:
        """Whether it was with this worker, duty desk, member of the family or guest."""
        if self.account_id:
            return (self.account_id, self.agency_id) == (one.account_id, one.agency_id)
        if self.team_id:
            return one.team_id == self.team_id
        return one.reference == (self.person or self.guest)


def to_correct(session: Session, actor: Actor, contact: EntryInSight) -> ContactToCorrect:
    """Return one contact in sight, with what a form to correct it starts from.  One statement."""
    link, correction = CONTACTS.alias("link"), aliased(Entry)
    row = session.execute(
        select_rows(actor, contact.family)
        .add_columns(
            CONTACTS.c.account_id,
            CONTACTS.c.contacted_agency_id,
            CONTACTS.c.team_id,
            Guest.reference.label("guest"),
            correction.reference.label("corrected_by"),
        )
        .outerjoin(link, link.c.corrects_id == CONTACTS.c.id)
        .outerjoin(correction, correction.id == link.c.id)
        .outerjoin(Guest, Guest.id == CONTACTS.c.guest_id)
        .where(Entry.id == contact.id)
    ).one()
    return ContactToCorrect(
        row=contact_row(row, actor, contact.family),
        account_id=row.account_id,
        agency_id=row.contacted_agency_id,
        team_id=row.team_id,
        person=row.person_reference or "",
        guest=row.guest or "",
        someone_else=row.someone_else,
        corrected_by=row.corrected_by or "",
    )


def _place(
    session: Session, actor: Actor, family: FamilyInSight, reference: str
) -> tuple[datetime, int]:
    """Return where a contact stands in the order of the log."""
    found = session.execute(
        in_family(actor, family, select(CONTACTS.c.attempted_at, Entry.id)).where(
            Entry.reference == reference
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return found.attempted_at, found.id


def _with_earlier(
    session: Session, actor: Actor, family: FamilyInSight, found: Sequence[Any]
) -> tuple[ContactRow, ...]:
    """Return the rows, each with those that it replaces."""
    link = CONTACTS.alias("link")
    chain = (
        select(CONTACTS.c.corrects_id.label("id"), CONTACTS.c.id.label("latest"))
        .where(CONTACTS.c.id.in_([row.id for row in found]), CONTACTS.c.corrects_id.is_not(None))
        .cte(recursive=True)
    )
    chain = chain.union_all(
        select(link.c.corrects_id, chain.c.latest)
        .join(chain, chain.c.id == link.c.id)
        .where(link.c.corrects_id.is_not(None))
    )
    earlier: dict[int, list[ContactRow]] = {}
    for row in session.execute(
        select_rows(actor, family)
        .add_columns(chain.c.latest)
        .join(chain, chain.c.id == Entry.id)
        .order_by(Entry.id.desc())
    ):
        earlier.setdefault(row.latest, []).append(contact_row(row, actor, family, corrected=True))
    return tuple(contact_row(row, actor, family, tuple(earlier.get(row.id, ()))) for row in found)
