"""What has shaped this, in the parent's own words: she decides who reads them (I18)."""

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.openness import ParentsWords
from coordinator.services import addresses, readers
from coordinator.services.plans import stamp
from coordinator.services.sharing_facts import NO_FACTS, Facts, leave_record
from coordinator.vocabulary import Level, ParentTold, Purpose


def write(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    text: str,
    wish: str,
    chosen: tuple[str, ...] = (),
) -> str:
    """Write down for the parent what she wants known, and her wish; return its reference.

    `chosen` are references of the accounts that she chose, on the case; nobody else reads it but
    the writer.  Raises `InvalidError`.
    """
    addresses.stop(session, actor, family, text=text, wish=wish)
    people = readers.circle(session, moment, family.id, actor.agency_id).named(chosen)
    record = ParentsWords(**stamp(actor, moment, family, Level.PARENTS_OWN), text=text, wish=wish)
    session.add(record)
    session.flush()
    readers.add(session, record.id, people - {actor.account_id})
    return record.reference


def change_readers(
    session: Session,
    actor: Actor,
    moment: Moment,
    words: EntryInSight,
    version: int | None,
    chosen: tuple[str, ...],
    wish: str,
) -> None:
    """Let others read her words, or fewer; the date and her wish are recorded.

    `version` is that of services/readers.py.  Raises `InvalidError` and `ConflictError`.
    """
    if not wish:
        raise InvalidError({"wish": "Write what the parent wishes"})
    addresses.stop(session, actor, words.family, wish=wish)
    old, people = readers.choose(session, actor, moment, words, version, chosen)
    record = session.get_one(ParentsWords, words.id)
    wider = bool(people - old)
    facts = Facts(Purpose.OTHER, "Words of her own", ParentTold.YES, wish)
    leave_record(
        session,
        actor,
        moment,
        record,
        record.level,
        facts if wider else NO_FACTS,
        "" if wider else wish,
        people,
    )
