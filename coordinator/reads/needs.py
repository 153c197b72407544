"""How to meet and talk with the family, as its pages and its meetings show it."""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, select, true
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.inclusion import may_be_asked
from coordinator.access.prepared import WHENEVER
from coordinator.access.prepared_family import Prepared
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment, PersonInSight
from coordinator.models.accounts import Account
from coordinator.models.base import version_of
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Person
from coordinator.models.needs import Needs
from coordinator.vocabulary import Level, MeetWhere, Place, Relation

NEEDS = cast("Table", Needs.__table__)
SAID = ("id", "language", "interpreter", "formats", "likes", "not_there")
NOTHING_YET = version_of()
# How a meeting is held where somebody does not want to meet, or likes to.
HELD = {MeetWhere.SITE: Place.SITE, MeetWhere.PHONE: Place.PHONE, MeetWhere.VIDEO: Place.VIDEO}
LIKED = HELD | {MeetWhere.HOME: Place.ELSEWHERE, MeetWhere.NEUTRAL: Place.ELSEWHERE}
# To phone instead is no other place to which somebody has to go.
IN_PERSON = (Place.SITE, Place.ELSEWHERE, MeetWhere.HOME, MeetWhere.SITE, MeetWhere.NEUTRAL)


@dataclass(frozen=True)
class NeedsOf:
    """What one member of the family needs so as to take part."""

    person: str
    name: str
    language: str
    interpreter: bool
    formats: str
    likes: MeetWhere | None
    not_there: MeetWhere | None
    version: int

    @property
    def in_short(self) -> tuple[str, ...]:
        """The needs as short sentences."""
        language = self.language or "English"
        spoken = f"{language}, with an interpreter" if self.interpreter else self.language
        return tuple(
            words
            for words in (
                spoken,
                self.formats,
                f"Likes to meet: {self.likes.label.lower()}" if self.likes else "",
                f"Not: {self.not_there.label.lower()}" if self.not_there else "",
            )
            if words
        )

    def objects_to(self, place: Place | MeetWhere) -> bool:
        """Whether this person does not want to meet in this way."""
        if self.not_there is None:
            return False
        return place is self.not_there or place is HELD.get(self.not_there)

    def likes_elsewhere(self, place: Place | MeetWhere) -> bool:
        """Whether this is in person, and somewhere else than this person likes to meet."""
        if self.likes is None or place not in IN_PERSON:
            return False
        return place is not self.likes and place is not LIKED.get(self.likes)


@dataclass(frozen=True)
class MemberOf:
    """A member of the family, and what the actor reads of how to meet and talk with them.

    `may_be_asked` is what everybody is told of the private answers: no more than a list without
    the name.  `answered` and `safe` are of the actor's own answer.
    """

    id: int
    reference: str
    name: str
    relation: Relation
    own_words: str
    lives_with: bool | None
    may_be_asked: bool
    needs: NeedsOf | None
    answered: bool
    safe: bool | None

    @property
    def waits_for_an_answer(self) -> bool:
        """Whether a partner is kept off the list, and not because the actor said so."""
        partner = self.relation is Relation.PARTNER
        return partner and not self.may_be_asked and self.safe is not False


def members(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[MemberOf, ...]:
    """Return the members of a family with what the actor reads of their needs.  One statement.

    What others answered in private stands nowhere in it but in `may_be_asked`.
    """
    rows = MEMBERS.run(session, actor, family, today=moment.today)
    return tuple({row.reference: _member(row) for row in rows}.values())


def of_family(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[NeedsOf, ...]:
    """Return what members of a family in sight need.  One statement."""
    everybody = members(session, actor, moment, family)
    return tuple(member.needs for member in everybody if member.needs)


def of_person(session: Session, actor: Actor, moment: Moment, person: PersonInSight) -> MemberOf:
    """Return one member of the family, with their needs and the actor's own answer."""
    everybody = members(session, actor, moment, person.family)
    return next(member for member in everybody if member.reference == person.reference)


def private_words(
    session: Session, actor: Actor, person: PersonInSight
) -> tuple[str, tuple[str, ...]]:
    """Return the note of the actor's own private answer, and who is named for it (accounts).

    For the page of that answer and for no other.
    """
    reader = aliased(EntryReader)
    rows = session.execute(
        select(NEEDS.c.note, Account.reference)
        .select_from(Entry)
        .join(NEEDS, NEEDS.c.id == Entry.id)
        .outerjoin(reader, reader.entry_id == NEEDS.c.id)
        .outerjoin(Account, Account.id == reader.account_id)
        .where(
            NEEDS.c.person_id == person.id,
            NEEDS.c.ended_at.is_(None),
            Entry.level == Level.SAFE_CONTACT,
            Entry.agency_id == actor.agency_id,
            readable_in(actor, person.family),
        )
        .order_by(NEEDS.c.id)
    ).all()
    note = rows[-1].note if rows else ""
    return note, tuple(row.reference for row in rows if row.reference)


def _in_force(actor: Actor, family: FamilyInSight, *, private: bool) -> Any:
    """Return what stands and the actor reads; of private answers those of their own agency."""
    level = Level.SAFE_CONTACT if private else Level.OPEN
    return (
        select(NEEDS.c.person_id, NEEDS.c.safe, *(NEEDS.c[name] for name in SAID))
        .join(Entry, Entry.id == NEEDS.c.id)
        .where(
            Entry.family_id == family.id,
            Entry.level == level,
            NEEDS.c.ended_at.is_(None),
            Entry.agency_id == actor.agency_id if private else true(),
            readable_in(actor, family),
        )
        .subquery()
    )


def _members(actor: Actor, family: FamilyInSight) -> Any:
    said, mine = _in_force(actor, family, private=False), _in_force(actor, family, private=True)
    return (
        select(
            Person.id,
            Person.reference,
            Person.name,
            Person.relation,
            Person.own_words,
            Person.lives_with,
            may_be_asked(Person, WHENEVER).label("may_be_asked"),
            *(said.c[name].label(f"said_{name}") for name in SAID),
            mine.c.id.label("answer_id"),
            mine.c.safe,
        )
        .outerjoin(said, said.c.person_id == Person.id)
        .outerjoin(mine, mine.c.person_id == Person.id)
        .where(Person.family_id == family.id)
        .order_by(Person.id, said.c.id, mine.c.id)
    )


MEMBERS = Prepared(_members)


def _member(row: Any) -> MemberOf:
    needs = None
    if row.said_id is not None:
        needs = NeedsOf(
            person=row.reference,
            name=row.name,
            language=row.said_language,
            interpreter=row.said_interpreter,
            formats=row.said_formats,
            likes=row.said_likes,
            not_there=row.said_not_there,
            version=version_of(row.said_id),
        )
    return MemberOf(
        id=row.id,
        reference=row.reference,
        name=row.name,
        relation=row.relation,
        own_words=row.own_words,
        lives_with=row.lives_with,
        may_be_asked=bool(row.may_be_asked),
        needs=needs,
        answered=row.answer_id is not None,
        safe=row.safe,
    )
