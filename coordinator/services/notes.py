"""Short notes for colleagues: for one's own agency unless their author opens them (T08)."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.sharing import Note
from coordinator.services import addresses, readers, sharing
from coordinator.services.sharing import Audience
from coordinator.services.sharing_facts import NO_FACTS, Facts, check_facts, leave_record
from coordinator.vocabulary import Level, MentalHealthView, Notice

OWN_AGENCY = Audience(Level.OWN_AGENCY)


@dataclass(frozen=True)
class Concern:
    """Whether a note is a concern about how somebody's mental health shows (S05)."""

    view: MentalHealthView = MentalHealthView.NOT_ABOUT
    why_not_sought: str = ""


NO_CONCERN = Concern()


def add_note(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    text: str,
    audience: Audience = OWN_AGENCY,
    facts: Facts = NO_FACTS,
    *,
    ask_first: bool = False,
    concern: Concern = NO_CONCERN,
) -> str:
    """Write a note and return its reference.

    A note that the other agency may read is an act of sharing and asks for its facts; `what` is
    the note itself.  With `ask_first` it is kept for those who may read it without being shared,
    whatever its author thinks of.  A concern whose author sought no care coordinator's view says
    why not.  Raises `InvalidError`.
    """
    not_sought = concern.view is MentalHealthView.NOT_SOUGHT
    if not_sought and not concern.why_not_sought:
        raise InvalidError({"why_not_sought": "Say why not yet"})
    people = readers.circle(session, moment, family.id, actor.agency_id)
    if ask_first and audience.level is Level.OPEN:
        audience = replace(audience, level=Level.OWN_AGENCY)
    named = sharing.named_readers(people, audience) - {actor.account_id}
    if ask_first:
        named &= people.own_agency
    notice = sharing.chosen_notice(audience)
    grounds = None
    opens = sharing.opens_further(people, Level.OWN_AGENCY, frozenset(), audience.level, named)
    if opens:
        facts = replace(facts, what="The note")
        grounds = check_facts(session, actor, moment, family, facts)
    texts = {"text": text, "why_not_sought": concern.why_not_sought}
    addresses.stop(session, actor, family, **texts, why_hidden=audience.why_hidden)
    note = Note(
        family_id=family.id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=audience.level,
        notice=notice,
        created_at=moment.now,
        text=text,
        mental_health=concern.view,
        why_not_sought=concern.why_not_sought if not_sought else "",
    )
    session.add(note)
    session.flush()
    readers.add(session, note.id, named)
    if opens or notice is Notice.NOBODY:
        said = facts if opens else NO_FACTS
        leave_record(
            session,
            actor,
            moment,
            note,
            Level.OWN_AGENCY,
            said,
            audience.why_hidden,
            named,
            grounds,
        )
    return note.reference
