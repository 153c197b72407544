"""Logging who was contacted: one row for each try, and a new row for each correction."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.models.guests import Guest
from coordinator.services import addresses, contact_ladder, involvements, readers
from coordinator.vocabulary import DEFAULT_NOTICE, Level, Mechanism, Outcome

# In a correction: whoever it was before, also when they have left the case since.
AS_BEFORE = "as-before"
NOBODY: dict[str, Any] = {
    "account_id": None,
    "team_id": None,
    "person_id": None,
    "someone_else": "",
    "guest_id": None,
    "contacted_agency_id": None,
}
SOMETHING_WAS_SAID = (Outcome.REACHED, Outcome.LEFT_MESSAGE)


@dataclass(frozen=True)
class Attempt:
    """One try at reaching somebody, as it is told.

    `whom` is the reference of an involvement, of a team with a worker on the case, of a member of
    the family or of a guest; for anybody else it is empty and `someone_else` says who.  `also` are
    the references of others in the same call.  `attempted_at` is an aware instant.  Whoever was
    reached, or left a message, has something to say in `line`.
    """

    whom: str
    mechanism: Mechanism
    attempted_at: datetime
    outcome: Outcome
    line: str = ""
    someone_else: str = ""
    also: tuple[str, ...] = ()


def log(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, attempt: Attempt
) -> str:
    """Log a contact attempt by the actor, open to both agencies; return its reference.

    Each of several people in one call has a row of their own.  Raises `InvalidError` for somebody
    who is not on the case, for a time to come, and for a conversation or a message without a word
    about it.
    """
    _check(attempt, moment)
    addresses.stop(session, actor, family, line=attempt.line, someone_else=attempt.someone_else)
    others = [one for one in dict.fromkeys(attempt.also) if one != attempt.whom]
    tries = [attempt, *(replace(attempt, whom=one, someone_else="") for one in others)]
    # All are found before the first is written: one who is not there stops the whole call.
    found = [_whom(session, actor, moment, family, one) for one in tries]
    records = []
    for whom in found:
        record = ContactAttempt(
            family_id=family.id,
            author_id=actor.account_id,
            agency_id=actor.agency_id,
            level=Level.OPEN,
            notice=DEFAULT_NOTICE[Level.OPEN],
            created_at=moment.now,
            **whom,
            **_told(attempt),
        )
        session.add(record)
        session.flush()
        contact_ladder.climb(session, actor, moment, family, record)
        records.append(record)
    return records[0].reference


def correct(
    session: Session, actor: Actor, moment: Moment, contact: EntryInSight, attempt: Attempt
) -> str:
    """Add a row that replaces an earlier one, which stays readable; return its reference.

    The correction stands at the level of what it corrects, for the same readers.  Raises
    `InvalidError` as `log` does, for an entry that was corrected already, and where nothing is
    different.
    """
    _check(attempt, moment)
    texts = {"line": attempt.line, "someone_else": attempt.someone_else}
    addresses.stop(session, actor, contact.family, **texts)
    # Two corrections at once: the second waits here, and then finds the first.
    session.execute(select(Entry.id).where(Entry.id == contact.id).with_for_update())
    if session.scalar(select(ContactAttempt.id).where(ContactAttempt.corrects_id == contact.id)):
        raise InvalidError("This entry was corrected already. Correct the latest one instead.")
    earlier = session.get_one(ContactAttempt, contact.id)
    before = {column: getattr(earlier, column) for column in NOBODY}
    whom = (
        before
        if attempt.whom == AS_BEFORE
        else _whom(session, actor, moment, contact.family, attempt)
    )
    told = _told(attempt)
    if whom == before and all(getattr(earlier, field) == said for field, said in told.items()):
        raise InvalidError("Nothing is different. Change what was wrong, or go back.")
    record = ContactAttempt(
        family_id=contact.family.id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=earlier.level,
        notice=earlier.notice,
        created_at=moment.now,
        corrects_id=earlier.id,
        **whom,
        **told,
    )
    session.add(record)
    session.flush()
    readers.add(session, record.id, readers.of(session, earlier.id))
    contact_ladder.climb(session, actor, moment, contact.family, record)
    return record.reference


def _check(attempt: Attempt, moment: Moment) -> None:
    if attempt.attempted_at > moment.now:
        later_day = clock.local(attempt.attempted_at).date() > moment.today
        raise InvalidError(
            {"on": "The date must be today or earlier"}
            if later_day
            else {"at": "The time must be now or earlier"}
        )
    if attempt.whom and attempt.someone_else:
        raise InvalidError({"whom": "Choose from the list or write who it was, not both"})
    if attempt.outcome in SOMETHING_WAS_SAID and not attempt.line:
        raise InvalidError({"line": "Enter one line: what was said, or what message you left"})


def _told(attempt: Attempt) -> dict[str, Any]:
    """Return the columns that say when, how and with what outcome; people know the minute."""
    return {
        "attempted_at": attempt.attempted_at.replace(second=0, microsecond=0),
        "mechanism": attempt.mechanism,
        "outcome": attempt.outcome,
        "line": attempt.line,
    }


def _whom(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, attempt: Attempt
) -> dict[str, Any]:
    """Return the columns that say who was tried: on the case, in the family, or in words."""
    if attempt.someone_else:
        return NOBODY | {"someone_else": attempt.someone_else}
    on_the_case = involvements.on_the_case(session, moment, family)
    for worker in on_the_case:
        if worker.reference == attempt.whom and worker.account_id != actor.account_id:
            return NOBODY | {
                "account_id": worker.account_id,
                "contacted_agency_id": worker.agency_id,
            }
    for worker in on_the_case:
        if worker.team == attempt.whom:
            return NOBODY | {"team_id": worker.team_id, "contacted_agency_id": worker.agency_id}
    person = session.scalar(
        select(Person.id).where(Person.family_id == family.id, Person.reference == attempt.whom)
    )
    if person is not None:
        return NOBODY | {"person_id": person}
    guest = session.scalar(
        select(Guest).where(
            Guest.family_id == family.id,
            Guest.reference == attempt.whom,
            Guest.ended_at.is_(None),
        )
    )
    if guest is None:
        raise InvalidError({"whom": "Choose who it was from the list, or write who it was"})
    about = [part for part in (guest.name, guest.role.label, guest.organisation) if part]
    return NOBODY | {"guest_id": guest.id, "someone_else": ", ".join(about)}
