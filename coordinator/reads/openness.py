"""The two-way openness record of a family, as far as the reader may read it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.openness import Openness
from coordinator.models.sharing import Note
from coordinator.vocabulary import EntryKind, Level, OpennessKind, Settled

NOTES = cast("Table", Note.__table__)
# What the parent's own copy says; what she is not told is there once she was told.
ON_THE_COPY = (OpennessKind.EXPLAINED, OpennessKind.TOLD, OpennessKind.OBJECTION)
TO_SETTLE = (OpennessKind.NOT_TOLD, OpennessKind.ASKED_FOR_HELP, OpennessKind.OBJECTION)


@dataclass(frozen=True)
class Line:
    """One line of the record.  `on` is a day; `about` names a note that the reader may read."""

    reference: str
    version: int
    told: OpennessKind
    what: str
    why: str
    parent_view: str
    on: date | None
    review_on: date | None
    level: Level
    by: str
    agency: str
    at: datetime
    how_settled: Settled | None
    settled: str
    settled_by: str
    settled_at: datetime | None
    about: str
    refused_on: date | None
    alternative: str
    questioned: str
    late: bool
    may_settle: bool
    may_agree: bool

    @property
    def for_one_agency(self) -> bool:
        """Whether the other agency reads no more than that there is a line."""
        return self.level is not Level.OPEN


@dataclass(frozen=True)
class Record:
    """The whole record, the newest lines first."""

    lines: tuple[Line, ...]

    def of(self, *kinds: str) -> tuple[Line, ...]:
        """Return the lines of these kinds, by their stored words."""
        return tuple(line for line in self.lines if line.told.value in kinds)

    @property
    def told(self) -> tuple[Line, ...]:
        """What the parent was told, at once or at last."""
        return tuple(
            line
            for line in self.lines
            if line.told is OpennessKind.TOLD or line.how_settled is Settled.TOLD
        )

    @property
    def not_told(self) -> tuple[Line, ...]:
        """What the parent is not told yet."""
        return tuple(line for line in self.of("not-told") if not line.how_settled)

    @property
    def copy(self) -> tuple[Line, ...]:
        """What the parent's own copy may say: open lines, and none that she is not told."""
        return tuple(
            line
            for line in self.lines
            if line.level is Level.OPEN and (line.told in ON_THE_COPY or line in self.told)
        )


def record(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> Record:
    """Return the record as the actor may read it.  Two statements."""
    settler = aliased(Account)
    rows = session.execute(
        select(
            Openness.id,
            Openness.reference,
            Openness.version,
            Openness.author_id,
            Openness.agency_id,
            Openness.told,
            Openness.what,
            Openness.why,
            Openness.parent_view,
            Openness.happened_on.label("on"),
            Openness.review_on,
            Openness.level,
            Openness.about_entry_id,
            Account.name.label("by"),
            Agency.name.label("agency"),
            Openness.created_at.label("at"),
            Openness.how_settled,
            Openness.settled,
            settler.name.label("settled_by"),
            Openness.settled_at,
            Openness.refused_on,
            Openness.alternative,
            Openness.questioned,
        )
        .join(Account, Account.id == Openness.author_id)
        .join(Agency, Agency.id == Openness.agency_id)
        .outerjoin(settler, settler.id == Openness.settled_by_id)
        .where(Openness.family_id == family.id, readable_in(actor, family))
        .order_by(Openness.created_at.desc(), Openness.id.desc())
    ).all()
    about = {
        row.id: f"Note of {row.created_at.day} {row.created_at:%B}"
        for row in session.execute(
            select(Entry.id, Entry.created_at).where(
                Entry.family_id == family.id,
                Entry.id.in_({row.about_entry_id for row in rows}),
                readable_in(actor, family),
            )
        )
    }
    return Record(tuple(_line(actor, moment, family, row, about) for row in rows))


def _line(
    actor: Actor, moment: Moment, family: FamilyInSight, row: Any, about: dict[int, str]
) -> Line:
    sight = _sight(family, row)
    facts = row._asdict()
    for name in ("id", "author_id", "agency_id"):
        del facts[name]
    stands = row.told in TO_SETTLE and not row.how_settled
    return Line(
        **facts | {"settled_by": row.settled_by or "", "about": about.get(_about(facts), "")},
        late=bool(stands and row.review_on and row.review_on < moment.today),
        may_settle=stands and decide(actor, Permission.OPENNESS_WRITE, sight).allowed,
        may_agree=stands
        and row.told is OpennessKind.OBJECTION
        and decide(actor, Permission.OPENNESS_AGREE, sight).allowed,
    )


def _about(facts: dict[str, Any]) -> int:
    return cast("int", facts.pop("about_entry_id"))


@dataclass(frozen=True)
class Standing:
    """One line as it stands, for the page that settles it."""

    told: OpennessKind
    what: str
    why: str
    by: str
    at: datetime
    review_on: date | None
    version: int
    open: bool
    refused_on: date | None
    alternative: str
    questioned: str


def one(session: Session, openness: EntryInSight) -> Standing:
    """Return a line in sight.  One statement."""
    row = session.execute(
        select(
            Openness.told,
            Openness.what,
            Openness.why,
            Account.name.label("by"),
            Openness.created_at.label("at"),
            Openness.review_on,
            Openness.version,
            Openness.how_settled.is_(None).label("open"),
            Openness.refused_on,
            Openness.alternative,
            Openness.questioned,
        )
        .join(Account, Account.id == Openness.author_id)
        .where(Openness.id == openness.id)
    ).one()
    return Standing(**row._asdict())


def notes_to_name(
    session: Session, actor: Actor, family: FamilyInSight
) -> tuple[tuple[str, str], ...]:
    """Return the notes that a line can be about: (reference, words), the newest twenty."""
    rows = session.execute(
        select(Entry.reference, Entry.created_at, NOTES.c.text)
        .join(NOTES, NOTES.c.id == Entry.id)
        .where(Entry.family_id == family.id, readable_in(actor, family))
        .order_by(Entry.created_at.desc(), Entry.id.desc())
        .limit(20)
    )
    return tuple(
        (row.reference, f"{row.created_at.day} {row.created_at:%B}: {_short(row.text)}")
        for row in rows
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _sight(family: FamilyInSight, row: Any) -> EntryInSight:
    return EntryInSight(
        family,
        row.id,
        row.reference,
        row.version,
        EntryKind.OPENNESS,
        row.author_id,
        row.agency_id,
        row.level,
    )
