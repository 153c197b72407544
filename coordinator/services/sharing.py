"""Who may read an entry: opening it, narrowing it, and deciding not to share it for now.

What a level means is in access/scope.py alone; what must be said for it, and the record that each
decision leaves, in services/sharing_facts.py (spec/sharing.md).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight, Moment
from coordinator.errors import ConflictError, DeniedError, InvalidError
from coordinator.models.entries import Entry
from coordinator.services import addresses, readers
from coordinator.services.readers import Circle
from coordinator.services.sharing_facts import (
    NARROWED,
    NO_FACTS,
    Facts,
    Grounds,
    check_facts,
    leave_record,
    review_day,
)
from coordinator.vocabulary import DEFAULT_NOTICE, PLAN_KINDS, Decision, EntryKind, Level, Notice

# From the widest circle to the smallest.
CIRCLES = (Level.OPEN, Level.OWN_AGENCY, Level.NAMED, Level.SAFE_CONTACT, Level.PARENTS_OWN)
OFFERED = (Level.OWN_AGENCY, Level.NAMED, Level.OPEN)
# The plan and its parts are opened on the plan's page; a meeting is for those who are invited.
CHANGED_HERE = frozenset({EntryKind.NOTE, EntryKind.CONTACT_ATTEMPT, EntryKind.SUPPORT})
# What can be held back with a day to look again, or asked about: the plan and its parts, too.
DECIDED_ON = CHANGED_HERE | set(PLAN_KINDS)


@dataclass(frozen=True)
class Audience:
    """Who may read an entry, and who is told that it exists.

    `readers` are references of accounts, for named people.  Without a `notice` the level's own
    default stands; `why_hidden` is the reason for hiding even the notice.
    """

    level: Level
    readers: tuple[str, ...] = ()
    notice: Notice | None = None
    why_hidden: str = ""


def change_level(
    session: Session,
    actor: Actor,
    moment: Moment,
    entry: EntryInSight,
    version: int | None,
    audience: Audience,
    facts: Facts = NO_FACTS,
    reason: str = "",
) -> None:
    """Change who may read an entry: opening it asks the three facts, narrowing it a reason.

    A manager who changes a colleague's entry says the reason, too; the author reads the record.
    Raises `InvalidError`, `ConflictError`, and `DeniedError` for what is opened elsewhere.
    """
    if entry.kind not in CHANGED_HERE:
        raise DeniedError("Who reads this is decided on the page of the plan or the meeting.")
    record = session.get_one(Entry, entry.id)
    if version != record.version:
        raise ConflictError({"level": record.level.label}, record.version)
    before = record.level, record.notice
    old = readers.of(session, record.id)
    people = readers.circle(session, moment, record.family_id, record.agency_id)
    named = named_readers(people, audience) - {record.author_id}
    notice = chosen_notice(audience)
    opens = opens_further(people, before[0], old, audience.level, named)
    narrows = _narrows(people, before[0], old, audience.level, named)
    if not opens and not narrows and (audience.level, notice) == before:
        raise InvalidError({"level": "This is who may read it already. Choose somebody else"})
    grounds = NARROWED
    if opens:
        grounds = check_facts(session, actor, moment, entry.family, facts, entry.id)
    if (narrows or actor.account_id != record.author_id) and not reason:
        raise InvalidError({"reason": "Enter a reason"})
    addresses.stop(session, actor, entry.family, reason=reason, why_hidden=audience.why_hidden)
    record.level, record.notice = audience.level, notice
    readers.change(session, record.id, old, named)
    said = facts if opens else NO_FACTS
    why = "; ".join(filter(None, (reason, audience.why_hidden)))
    leave_record(session, actor, moment, record, before[0], said, why, named, grounds)


def do_not_share(
    session: Session,
    actor: Actor,
    moment: Moment,
    entry: EntryInSight,
    reason: str,
    review_on: date | None,
) -> None:
    """Decide not to share an entry for now: that is a decision, too (spec/sharing.md).

    Nothing else changes.  On the day of the review it stands on the Today page of who decided.
    Raises `InvalidError`, and `DeniedError` for what is not decided like this.
    """
    check_open_question(entry)
    problems = {} if reason else {"reason": "Say why it is not shared"}
    problems |= review_day(review_on, moment)
    if problems:
        raise InvalidError(problems)
    addresses.stop(session, actor, entry.family, reason=reason)
    record = session.get_one(Entry, entry.id)
    named = readers.of(session, record.id)
    grounds = Grounds(Decision.NOT_SHARED, review_on=review_on)
    leave_record(session, actor, moment, record, record.level, NO_FACTS, reason, named, grounds)


def check_open_question(entry: EntryInSight) -> None:
    """Raise `DeniedError` unless it is a question whether to share this entry."""
    if entry.kind not in DECIDED_ON:
        raise DeniedError("Who reads this is decided on the page of the plan or the meeting.")
    if not may_decide(entry.kind, entry.level):
        raise DeniedError("Both agencies may read this already.")


def may_decide(kind: EntryKind, level: Level) -> bool:
    """Whether it is a question whether to share what is of this kind, at this level."""
    return kind in DECIDED_ON and level in OFFERED and level is not Level.OPEN


def named_readers(people: Circle, audience: Audience) -> frozenset[int]:
    """Return the accounts of the named readers; none unless the level is for named people.

    Raises `InvalidError` for nobody and for somebody who is not on the case.
    """
    if audience.level is not Level.NAMED:
        return frozenset()
    if not audience.readers:
        raise InvalidError({"readers": "Choose who may read it"})
    return people.named(audience.readers)


def chosen_notice(audience: Audience) -> Notice:
    """Return who is told that the entry exists.

    Raises `InvalidError` if even the notice is hidden and nobody says why.
    """
    if audience.level is Level.OPEN or audience.notice is None:
        return DEFAULT_NOTICE[audience.level]
    if audience.notice is Notice.NOBODY and not audience.why_hidden:
        raise InvalidError({"why_hidden": "Say why even the notice is hidden"})
    return audience.notice


def opens_further(
    people: Circle,
    level: Level,
    old: frozenset[int],
    to_level: Level,
    named: frozenset[int],
) -> bool:
    """Whether somebody could read the entry who could not before: that is an act of sharing."""
    if to_level is not Level.NAMED or level is Level.OPEN:
        return CIRCLES.index(to_level) < CIRCLES.index(level)
    could = old | (people.own_agency if level is Level.OWN_AGENCY else frozenset())
    return bool(named - could)


def _narrows(
    people: Circle,
    level: Level,
    old: frozenset[int],
    to_level: Level,
    named: frozenset[int],
) -> bool:
    """Whether somebody could read the entry who cannot from now on: that needs a reason."""
    if CIRCLES.index(to_level) > CIRCLES.index(level):
        return True
    can = named | (people.own_agency if to_level is Level.OWN_AGENCY else frozenset())
    return to_level is not Level.OPEN and bool(old - can)
