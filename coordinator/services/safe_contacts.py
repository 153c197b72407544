"""Safe contact: how somebody can be reached safely, and how never to (threats, 2 and 4).

The words are for named people and are read on one page alone, behind a look that is logged.  What
changes is written anew and ends the old one; nothing here is put into a message of any kind.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.families import Person
from coordinator.models.safe_contacts import SafeContact
from coordinator.services import addresses, readers
from coordinator.services.plans import stamp
from coordinator.services.sharing_facts import NO_FACTS, leave_record
from coordinator.vocabulary import Level, Notice


@dataclass(frozen=True)
class SafeDetails:
    """How to reach somebody safely, how never to, the number (+44…) and the address."""

    how: str
    never: str = ""
    phone: str = ""
    address: str = ""


def write(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    person: str,
    details: SafeDetails,
    chosen: tuple[str, ...] = (),
    notice: Notice = Notice.NOBODY,
) -> str:
    """Write down how a member of the family is reached safely; return the reference.

    `person` is the member's reference, `chosen` those of accounts on the case.  Raises
    `InvalidError`.
    """
    person_id = session.scalar(
        select(Person.id).where(Person.family_id == family.id, Person.reference == person)
    )
    if person_id is None:
        raise InvalidError({"person": "Choose whom it is about"})
    people = readers.circle(session, moment, family.id, actor.agency_id).named(chosen)
    people -= {actor.account_id}
    return _add(session, actor, moment, family, person_id, details, people, notice).reference


def replace(
    session: Session,
    actor: Actor,
    moment: Moment,
    safe: EntryInSight,
    details: SafeDetails,
) -> str:
    """End a safe contact and write it anew for the same readers; return the new reference.

    Raises `InvalidError` if somebody ended it before.
    """
    old = _in_force(session, safe)
    people = (readers.of(session, old.id) | {old.author_id}) - {actor.account_id}
    old.ended_at = moment.now
    session.flush()
    return _add(
        session, actor, moment, safe.family, old.person_id, details, people, old.notice
    ).reference


def end(session: Session, moment: Moment, safe: EntryInSight) -> None:
    """End a safe contact: it is not to be used any more.  Raises `InvalidError`."""
    _in_force(session, safe).ended_at = moment.now
    session.flush()


def change_readers(
    session: Session,
    actor: Actor,
    moment: Moment,
    safe: EntryInSight,
    version: int | None,
    chosen: tuple[str, ...],
    reason: str,
) -> None:
    """Change who is named for a safe contact, with a reason that the readers can read.

    `version` is that of services/readers.py.  Raises `InvalidError` and `ConflictError`.
    """
    if not reason:
        raise InvalidError({"reason": "Enter a reason"})
    addresses.stop(session, actor, safe.family, reason=reason)
    _, people = readers.choose(session, actor, moment, safe, version, chosen)
    record = session.get_one(SafeContact, safe.id)
    leave_record(session, actor, moment, record, record.level, NO_FACTS, reason, people)


def _in_force(session: Session, safe: EntryInSight) -> SafeContact:
    record = session.get_one(SafeContact, safe.id)
    if record.ended_at is not None:
        raise InvalidError("This was ended already. Go back to see what stands now")
    return record


def _add(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    person_id: int,
    details: SafeDetails,
    people: frozenset[int],
    notice: Notice,
) -> SafeContact:
    record = SafeContact(
        **stamp(actor, moment, family, Level.SAFE_CONTACT) | {"notice": notice},
        person_id=person_id,
        how=details.how,
        never=details.never,
        phone=details.phone,
        address=details.address,
    )
    session.add(record)
    session.flush()
    readers.add(session, record.id, people)
    return record
