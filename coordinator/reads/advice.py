"""Questions to a lead: for the lead who is asked, and for those who may read the entry's page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import disclosed_by_asking, readable_in
from coordinator.access.sights import AdviceInSight, EntryInSight, FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.sharing import Advice
from coordinator.reads.levels import share_page, with_words
from coordinator.vocabulary import AdviceOutcome, EntryKind, Level

_Asker, _Lead = aliased(Account), aliased(Account)
_About = aliased(Entry)


@dataclass(frozen=True)
class AdviceRow:
    """A question to a lead, and the advice.  `share_at` is where the entry is opened further."""

    reference: str
    version: int
    family: str
    kind: EntryKind
    about_on: datetime
    about_level: Level
    share_at: str
    question: str
    asked_by: str
    asked_at: datetime
    lead: str
    due_at: datetime
    outcome: AdviceOutcome | None
    answer: str
    answered_at: datetime | None
    late: bool


@dataclass(frozen=True)
class AskedAbout:
    """The words of an entry that its asker shows to a lead by asking."""

    kind: EntryKind
    words: str
    author: str
    at: datetime


def of_family(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    entry_id: int | None = None,
) -> tuple[AdviceRow, ...]:
    """Return the questions that the actor may read, the newest first.  One statement.

    With `entry_id`, those about one entry.
    """
    statement = (
        _listed()
        .where(Advice.family_id == family.id, readable_in(actor, family))
        .order_by(Advice.id.desc())
    )
    if entry_id is not None:
        statement = statement.where(Advice.about_entry_id == entry_id)
    return tuple(_row(row, moment) for row in session.execute(statement))


def of_entry(
    session: Session, actor: Actor, moment: Moment, entry: EntryInSight
) -> tuple[AdviceRow, ...]:
    """Return the questions about an entry that the actor may read, the newest first."""
    return of_family(session, actor, moment, entry.family, entry.id)


def one(session: Session, moment: Moment, advice: AdviceInSight) -> AdviceRow:
    """Return a question in sight."""
    return _row(session.execute(_listed().where(Advice.id == advice.id)).one(), moment)


def asked_about(session: Session, actor: Actor, advice: AdviceInSight) -> AskedAbout | None:
    """Return what the lead reads because they are asked; None once they have answered.

    A plan is more than one entry: of that the lead reads the question.
    """
    row = session.execute(
        with_words(Entry.kind, Entry.created_at, Account.name).where(
            Entry.id == advice.about_entry_id, disclosed_by_asking(actor)
        )
    ).one_or_none()
    if row is None:
        return None
    return AskedAbout(row.kind, row.text or row.line or row.what or "", row.name, row.created_at)


def _listed() -> Any:
    return (
        select(
            Advice.reference,
            Advice.version,
            Family.reference.label("family"),
            _About.reference.label("about"),
            _About.kind.label("about_kind"),
            _About.created_at.label("about_on"),
            _About.level.label("about_level"),
            Advice.question,
            _Asker.name.label("asked_by"),
            Advice.created_at.label("asked_at"),
            _Lead.name.label("lead"),
            Advice.due_at,
            Advice.outcome,
            Advice.answer,
            Advice.answered_at,
        )
        .join(Family, Family.id == Advice.family_id)
        .join(_About, _About.id == Advice.about_entry_id)
        .join(_Asker, _Asker.id == Advice.author_id)
        .join(_Lead, _Lead.id == Advice.lead_id)
    )


def _row(row: Any, moment: Moment) -> AdviceRow:
    facts = row._asdict()
    about, kind = facts.pop("about"), facts.pop("about_kind")
    late = row.answered_at is None and row.due_at < moment.now
    return AdviceRow(kind=kind, share_at=share_page(kind, about, row.family), late=late, **facts)
