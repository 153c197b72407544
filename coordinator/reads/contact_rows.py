"""The rows of the log of contacts: what the database is asked, and what a row then says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, select
from sqlalchemy.orm import aliased

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement, Person
from coordinator.reads.contact_attempts import CONTACTS, in_family
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
class Wish:
    """How a member of the family likes to be reached, and what no answer means (S19)."""

    person: str
    name: str
    reach_by: str
    silence_means: str


@dataclass(frozen=True)
class ContactRow:
    """One contact attempt.  `attempted_at` is when it was tried, `recorded_at` when logged.

    A worker is told about by role in this family and agency, a member of the family by their
    place in it; `wish` is theirs.  `earlier` are the rows that this one replaces, the latest first.
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
    wish: Wish | None = None
    earlier: tuple["ContactRow", ...] = ()

    @property
    def logged_late(self) -> bool:
        """Whether it was logged on a later day than it was tried, London time."""
        return clock.local(self.recorded_at).date() > clock.local(self.attempted_at).date()


def select_rows(actor: Actor, family: FamilyInSight) -> Select[Any]:
    """Return the statement from whose rows `contact_row` reads."""
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
        Person.reference.label("person_reference"),
        Person.relation,
        Person.own_words,
        Person.reach_by,
        Person.silence_means,
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


def contact_row(
    row: Any,
    actor: Actor,
    family: FamilyInSight,
    earlier: tuple[ContactRow, ...] = (),
    *,
    corrected: bool = False,
) -> ContactRow:
    """Return a row of the log; `earlier` are those that it replaces, `corrected` if it is one."""
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
        wish=_wish(row),
        earlier=earlier,
    )


def _wish(row: Any) -> Wish | None:
    if not row.person:
        return None
    return Wish(row.person_reference, row.person, row.reach_by, row.silence_means)


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
