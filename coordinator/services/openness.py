"""The two-way openness record: what the parent was told, and what she said about sharing (S23)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.entries import Entry
from coordinator.models.openness import Openness
from coordinator.services import addresses
from coordinator.services.plans import stamp
from coordinator.vocabulary import EntryKind, Level, OpennessKind, Settled

# Both agencies have to know these: an objection of which one agency knows holds nobody back.
FOR_BOTH = frozenset({OpennessKind.EXPLAINED, OpennessKind.OBJECTION})
LEVELS = (Level.OPEN, Level.OWN_AGENCY)
HAPPENED = frozenset(OpennessKind) - {OpennessKind.NOT_TOLD, OpennessKind.CHOSE_NOT_TO_SAY}
# How each kind comes to its end, by somebody who works on the case.
ENDS = {
    OpennessKind.NOT_TOLD: Settled.TOLD,
    OpennessKind.ASKED_FOR_HELP: Settled.HELPED,
    OpennessKind.OBJECTION: Settled.WITHDRAWN,
}
NO_WORDS = {
    Settled.TOLD: "Say what the parent thinks of it",
    Settled.HELPED: "Say what help was given",
    Settled.WITHDRAWN: "Say what the parent said",
}
LONGEST_WAIT = timedelta(days=366)
WHY_REFUSED = "Say why it was refused, in their words"
SETTLED = "This is settled already. Go back to read how"


@dataclass(frozen=True)
class Line:
    """One line as it is told.

    `happened_on` is the day on which she was told, asked or objected; `review_on` the day on which
    what she is not told is thought of again.  `about` is the reference of a note in sight.
    """

    told: OpennessKind
    what: str = ""
    why: str = ""
    parent_view: str = ""
    happened_on: date | None = None
    review_on: date | None = None
    level: Level = Level.OPEN
    about: str = ""


def write(session: Session, actor: Actor, moment: Moment, family: FamilyInSight, line: Line) -> str:
    """Write one line and return its reference.

    What the parent is not told needs a reason and a day to think of it again.  Raises
    `InvalidError`.
    """
    _check(line, moment)
    addresses.stop(
        session, actor, family, what=line.what, why=line.why, parent_view=line.parent_view
    )
    level = Level.OPEN if line.told in FOR_BOTH else line.level
    record = Openness(
        **stamp(actor, moment, family, level),
        told=line.told,
        what=line.what,
        why=line.why,
        parent_view=line.parent_view,
        happened_on=line.happened_on,
        review_on=line.review_on,
        about_entry_id=_about(session, actor, family, line.about),
    )
    session.add(record)
    session.flush()
    return record.reference


def settle(
    session: Session,
    actor: Actor,
    moment: Moment,
    openness: EntryInSight,
    version: int | None,
    words: str,
    on: date | None = None,
) -> None:
    """Say that the parent was told at last and what she thinks, withdrew, or was helped.

    `on` is the day, today unless said.  Raises `InvalidError` and `ConflictError`.
    """
    record = _open(session, openness, version)
    end = ENDS.get(record.told)
    if end is None:
        raise InvalidError("There is nothing to settle here")
    day = on or moment.today
    if day > moment.today:
        raise InvalidError({"on": "The day must be today or earlier"})
    if not words:
        raise InvalidError({"words": NO_WORDS[end]})
    addresses.stop(session, actor, openness.family, words=words)
    if end is Settled.TOLD:
        record.happened_on, record.review_on = day, None
    _end(record, actor, moment, end, words)
    session.flush()


def still_not_told(
    session: Session,
    actor: Actor,
    moment: Moment,
    openness: EntryInSight,
    version: int | None,
    why: str,
    review_on: date | None,
) -> None:
    """Say why the parent is still not told, and when to think of it again.

    The earlier reason stays among the versions.  Raises `InvalidError` and `ConflictError`.
    """
    record = _open(session, openness, version)
    if record.told is not OpennessKind.NOT_TOLD:
        raise InvalidError("There is nothing to review here")
    _check_review(why, review_on, moment)
    addresses.stop(session, actor, openness.family, why=why)
    record.why, record.review_on = why, review_on
    session.flush()


@dataclass(frozen=True)
class Refusal:
    """How help was refused: when, why, what is offered instead, and the day to look again.

    `questioned` is what was said against it, and to whom; empty while nobody did.
    """

    on: date | None
    review_on: date | None
    why: str
    alternative: str
    questioned: str = ""


def refuse(
    session: Session,
    actor: Actor,
    moment: Moment,
    openness: EntryInSight,
    version: int | None,
    refusal: Refusal,
) -> None:
    """Write down that the help which the parent asked for was refused, for now (P02).

    The call for help stands on; what was written of an earlier refusal stays among the versions.
    Raises `InvalidError` without a reason, an alternative or a day to look again; `ConflictError`.
    """
    record = _open(session, openness, version)
    if record.told is not OpennessKind.ASKED_FOR_HELP:
        raise InvalidError("Nobody asked for help here")
    day = refusal.on or moment.today
    problems = _review_problems(refusal.why, refusal.review_on, moment, WHY_REFUSED)
    if day > moment.today:
        problems["on"] = "The day must be today or earlier"
    if not refusal.alternative:
        problems["alternative"] = "Say what is offered instead, if only whom to call"
    if problems:
        raise InvalidError(problems)
    texts = {name: getattr(refusal, name) for name in ("why", "alternative", "questioned")}
    addresses.stop(session, actor, openness.family, **texts)
    for name, text in texts.items():
        setattr(record, name, text)
    record.refused_on, record.review_on = day, refusal.review_on
    session.flush()


def agree(
    session: Session,
    actor: Actor,
    moment: Moment,
    openness: EntryInSight,
    version: int | None,
    words: str,
) -> None:
    """Agree in writing, as a safeguarding lead, to share although the parent objects.

    Raises `InvalidError` for anything but an open objection, or without words; `ConflictError`.
    """
    record = _open(session, openness, version)
    if record.told is not OpennessKind.OBJECTION:
        raise InvalidError("There is no objection to agree about here")
    if not words:
        raise InvalidError({"words": "Write why you agree, and to what"})
    addresses.stop(session, actor, openness.family, words=words)
    _end(record, actor, moment, Settled.LEAD_AGREED, words)
    session.flush()


def _check(line: Line, moment: Moment) -> None:
    problems = {}
    if not line.what and line.told is not OpennessKind.EXPLAINED:
        problems["what"] = "Say what it is"
    if line.told in HAPPENED:
        if line.happened_on is None:
            problems["happened_on"] = "Enter the day"
        elif line.happened_on > moment.today:
            problems["happened_on"] = "The day must be today or earlier"
    if line.level not in LEVELS:
        problems["level"] = "Choose who may read it"
    if problems:
        raise InvalidError(problems)
    if line.told is OpennessKind.NOT_TOLD:
        _check_review(line.why, line.review_on, moment)


def _check_review(why: str, review_on: date | None, moment: Moment) -> None:
    """Holding back is also a decision: it needs a reason and a review date (sharing.md)."""
    if problems := _review_problems(why, review_on, moment, "Say why the parent is not told"):
        raise InvalidError(problems)


def _review_problems(
    why: str, review_on: date | None, moment: Moment, no_reason: str
) -> dict[str, str]:
    problems = {}
    if not why:
        problems["why"] = no_reason
    if review_on is None:
        problems["review_on"] = "Enter the day on which you will think of it again"
    elif review_on <= moment.today:
        problems["review_on"] = "The day must be later than today"
    elif review_on > moment.today + LONGEST_WAIT:
        problems["review_on"] = "The day must be within a year"
    return problems


def _about(session: Session, actor: Actor, family: FamilyInSight, reference: str) -> int | None:
    if not reference:
        return None
    found = session.scalar(
        select(Entry.id).where(
            Entry.family_id == family.id,
            Entry.reference == reference,
            Entry.kind == EntryKind.NOTE,
            readable_in(actor, family),
        )
    )
    if found is None:
        raise InvalidError({"about": "Choose one of the notes"})
    return found


def _open(session: Session, openness: EntryInSight, version: int | None) -> Openness:
    record = session.get_one(Openness, openness.id)
    if record.how_settled:
        raise InvalidError(SETTLED)
    if version != record.version:
        raise ConflictError({"what": record.what, "why": record.why}, record.version)
    return record


def _end(record: Openness, actor: Actor, moment: Moment, end: Settled, words: str) -> None:
    record.settled, record.how_settled = words, end
    record.settled_by_id, record.settled_at = actor.account_id, moment.now
