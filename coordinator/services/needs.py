"""How to meet and talk with a member of the family, and whether it is safe to invite them.

What is open is read by everybody on the case (S31, I05).  What is private is a safe contact: for
its author and whom they name (I14).  Either is written anew, and the old one ends.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import Moment, PersonInSight
from coordinator.errors import ConflictError
from coordinator.models.base import version_of
from coordinator.models.families import Person
from coordinator.models.needs import Needs
from coordinator.services import addresses, readers
from coordinator.services.plans import stamp
from coordinator.vocabulary import Level, MeetWhere

NOTHING_YET = version_of()


@dataclass(frozen=True)
class NeedsSaid:
    """What somebody needs so as to take part; `language` is empty for English."""

    language: str = ""
    interpreter: bool = False
    formats: str = ""
    likes: MeetWhere | None = None
    not_there: MeetWhere | None = None


def write(
    session: Session,
    actor: Actor,
    moment: Moment,
    person: PersonInSight,
    version: int | None,
    said: NeedsSaid,
) -> None:
    """Write down the needs of a member of the family, for everybody on the case.

    `version` is that of reads/needs.py.  Raises `InvalidError` and `ConflictError`.
    """
    addresses.stop(session, actor, person.family, language=said.language, formats=said.formats)
    session.get_one(Person, person.id, with_for_update=True)
    old = _in_force(session, actor, person, private=False)
    if version != version_of(*(one.id for one in old)):
        now = {"language": old[-1].language, "formats": old[-1].formats} if old else {}
        raise ConflictError(now, version_of(*(one.id for one in old)))
    _end(session, moment, old)
    session.add(
        Needs(**stamp(actor, moment, person.family, Level.OPEN), person_id=person.id, **vars(said))
    )
    session.flush()


def write_private(
    session: Session,
    actor: Actor,
    moment: Moment,
    person: PersonInSight,
    *,
    safe: bool | None,
    note: str = "",
    chosen: tuple[str, ...] = (),
) -> None:
    """Answer in private whether it is safe to invite this person, with a word on safety.

    It ends what the actor wrote or was named for before.  `chosen` are references of accounts on
    the case who read it too.  Raises `InvalidError`.
    """
    people = readers.circle(session, moment, person.family.id, actor.agency_id).named(chosen)
    session.get_one(Person, person.id, with_for_update=True)
    old = [
        one
        for one in _in_force(session, actor, person, private=True)
        if one.agency_id == actor.agency_id
    ]
    _end(session, moment, old)
    record = Needs(
        **stamp(actor, moment, person.family, Level.SAFE_CONTACT),
        person_id=person.id,
        safe=safe,
        note=note,
    )
    session.add(record)
    session.flush()
    readers.add(session, record.id, people - {actor.account_id})


def _in_force(
    session: Session, actor: Actor, person: PersonInSight, *, private: bool
) -> list[Needs]:
    return list(
        session.scalars(
            select(Needs)
            .where(
                Needs.person_id == person.id,
                Needs.ended_at.is_(None),
                Needs.level == (Level.SAFE_CONTACT if private else Level.OPEN),
                readable_in(actor, person.family),
            )
            .order_by(Needs.id)
        )
    )


def _end(session: Session, moment: Moment, old: list[Needs]) -> None:
    for one in old:
        one.ended_at = moment.now
    session.flush()
