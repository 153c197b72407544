"""What has shaped this, in the parent's own words: she decides who reads them (I18)."""

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.openness import ParentsWords
from coordinator.services import addresses, readers, sharing
from coordinator.services.plans import stamp
from coordinator.services.sharing import Facts
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
    people = readers.named(session, moment, family, actor.agency_id, chosen) - {actor.account_id}
    record = ParentsWords(**stamp(actor, moment, family, Level.PARENTS_OWN), text=text, wish=wish)
    session.add(record)
    session.flush()
    sharing.add_readers(session, record.id, people)
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
    old = readers.of(session, words.id)
    if version != readers.version(old):
        raise ConflictError({}, readers.version(old))
    people = readers.named(session, moment, words.family, words.agency_id, chosen)
    people -= {actor.account_id}
    if people == old:
        raise InvalidError({"readers": "These people read it already. Choose somebody else"})
    readers.change(session, words.id, old, people)
    record = session.get_one(ParentsWords, words.id)
    wider = bool(people - old)
    facts = Facts(Purpose.OTHER, "Words of her own", ParentTold.YES, wish)
    sharing.leave_record(
        session,
        actor,
        moment,
        record,
        record.level,
        facts if wider else sharing.NO_FACTS,
        "" if wider else wish,
        people,
    )
