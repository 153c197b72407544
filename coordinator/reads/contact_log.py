"""The log of contacts: who tried whom, when, how, with what outcome, and what was corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.errors import NotFoundError
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement, Person
from coordinator.reads.contact_attempts import CONTACTS, Reachable, in_family, not_corrected
from coordinator.settings import SETTINGS
from coordinator.vocabulary import CaseRole, Mechanism, Outcome

_Author, _Worker = aliased(Account), aliased(Account)
_AuthorsAgency, _Agency = aliased(Agency), aliased(Agency)

COLOURS = {
    Outcome.REACHED: "green",
    Outcome.LEFT_MESSAGE: "blue",
    Outcome.NO_ANSWER: "yellow",
    Outcome.WRONG_DETAILS: "red",
    Outcome.DECLINED: "grey",
}


@dataclass(frozen=True)
class ContactRow:
    """One contact attempt.  `attempted_at` is when it was tried, `recorded_at` when logged.

    A worker is told about by role in this family and agency, a member of the family by their
    place in it.  `earlier` are the rows that this one replaces, the latest first.
    """

    reference: str
    attempted_at: datetime
    recorded_at: datetime
    author: str
    author_about: str
    whom: str
    whom_about: str
    mechanism: Mechanism
    outcome: Outcome
    colour: str
    line: str
    may_correct: bool
    earlier: tuple["ContactRow", ...] = ()

    @property
    def logged_late(self) -> bool:
        """Whether it was logged on a later day than it was tried, London time."""
        return clock.local(self.recorded_at).date() > clock.local(self.attempted_at).date()


@dataclass(frozen=True)
class ContactsPage:
    """A page of the log, newest attempted first; `newer` and `older` are where the next begin."""

    rows: tuple[ContactRow, ...]
    newer: str
    older: str


def page(
    session: Session, actor: Actor, family: FamilyInSight, *, before: str = "", after: str = ""
) -> ContactsPage:
    """Return the log of a family, a page at a time: what was tried before, or after, a contact.

    Two statements, one more where a contact is named.  Raises `NotFoundError` if that is none in
    sight.
    """
    backwards = bool(after and not before)
    statement = _rows(actor, family).where(not_corrected())
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
    someone_else: str
    corrected_by: str

    def was_with(self, one: Reachable) -> bool:
        """Whether it was with this worker, duty desk or member of the family."""
        if self.account_id:
            return (self.account_id, self.agency_id) == (one.account_id, one.agency_id)
        return one.team_id == self.team_id if self.team_id else one.reference == self.person


def to_correct(session: Session, actor: Actor, contact: EntryInSight) -> ContactToCorrect:
    """Return one contact in sight, with what a form to correct it starts from.  One statement."""
    link, correction = CONTACTS.alias("link"), aliased(Entry)
    row = session.execute(
        _rows(actor, contact.family)
        .add_columns(
            CONTACTS.c.account_id,
            CONTACTS.c.contacted_agency_id,
            CONTACTS.c.team_id,
            Person.reference.label("person_reference"),
            correction.reference.label("corrected_by"),
        )
        .outerjoin(link, link.c.corrects_id == CONTACTS.c.id)
        .outerjoin(correction, correction.id == link.c.id)
        .where(Entry.id == contact.id)
    ).one()
    return ContactToCorrect(
        row=_row(row, actor, contact.family),
        account_id=row.account_id,
        agency_id=row.contacted_agency_id,
        team_id=row.team_id,
        person=row.person_reference or "",
        someone_else=row.someone_else,
        corrected_by=row.corrected_by or "",
    )


def _role(
    account_id: SQLColumnExpression[Any], agency_id: SQLColumnExpression[Any]
) -> ColumnElement[CaseRole | None]:
    """Return what somebody is, or was last, to the family of an entry."""
    return (
        select(Involvement.role)
        .where(
            Involvement.family_id == Entry.family_id,
            Involvement.account_id == account_id,
            Involvement.agency_id == agency_id,
        )
        .order_by(Involvement.id.desc())
        .limit(1)
        .correlate(Entry, CONTACTS)
        .scalar_subquery()
    )


def _rows(actor: Actor, family: FamilyInSight) -> Select[Any]:
    """Return the statement from whose rows `_row` reads."""
    statement = select(
        Entry.id,
        Entry.reference,
        Entry.version,
        Entry.kind,
        Entry.author_id,
        Entry.agency_id,
        Entry.level,
        Entry.created_at,
        _Author.name.label("author"),
        _role(Entry.author_id, Entry.agency_id).label("author_role"),
        _AuthorsAgency.name.label("author_agency"),
        _Worker.name.label("worker"),
        _role(CONTACTS.c.account_id, CONTACTS.c.contacted_agency_id).label("worker_role"),
        Team.name.label("team"),
        Person.name.label("person"),
        Person.relation,
        Person.own_words,
        CONTACTS.c.someone_else,
        _Agency.name.label("agency"),
        CONTACTS.c.attempted_at,
        CONTACTS.c.mechanism,
        CONTACTS.c.outcome,
        CONTACTS.c.line,
    )
    return (
        in_family(actor, family, statement)
        .join(_Author, _Author.id == Entry.author_id)
        .join(_AuthorsAgency, _AuthorsAgency.id == Entry.agency_id)
        .outerjoin(_Worker, _Worker.id == CONTACTS.c.account_id)
        .outerjoin(Team, Team.id == CONTACTS.c.team_id)
        .outerjoin(Person, Person.id == CONTACTS.c.person_id)
        .outerjoin(_Agency, _Agency.id == CONTACTS.c.contacted_agency_id)
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
        _rows(actor, family)
        .add_columns(chain.c.latest)
        .join(chain, chain.c.id == Entry.id)
        .order_by(Entry.id.desc())
    ):
        earlier.setdefault(row.latest, []).append(_row(row, actor, family, corrected=True))
    return tuple(_row(row, actor, family, tuple(earlier.get(row.id, ()))) for row in found)


def _row(
    row: Any,
    actor: Actor,
    family: FamilyInSight,
    earlier: tuple[ContactRow, ...] = (),
    *,
    corrected: bool = False,
) -> ContactRow:
    sight = EntryInSight(
        family,
        row.id,
        row.reference,
        row.version,
        row.kind,
        row.author_id,
        row.agency_id,
        row.level,
    )
    whom, whom_about = _whom(row)
    may_correct = not corrected and decide(actor, Permission.CONTACTS_CORRECT, sight).allowed
    return ContactRow(
        reference=row.reference,
        attempted_at=row.attempted_at,
        recorded_at=row.created_at,
        author=row.author,
        author_about=_about(row.author_role, row.author_agency),
        whom=whom,
        whom_about=whom_about,
        mechanism=row.mechanism,
        outcome=row.outcome,
        colour=COLOURS[row.outcome],
        line=row.line,
        may_correct=may_correct,
        earlier=earlier,
    )


def _whom(row: Any) -> tuple[str, str]:
    """Return who was tried, and about them."""
    if row.worker:
        return row.worker, _about(row.worker_role, row.agency)
    if row.team:
        return f"the duty desk of {row.team}", row.agency
    if row.person:
        return row.person, row.own_words or row.relation.label
    return row.someone_else, ""


def _about(role: CaseRole | None, agency: str) -> str:
    return f"{role.label}, {agency}" if role else agency
