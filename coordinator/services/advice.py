"""Not sure, ask first: a question to a safeguarding lead, with a timer (E17, D04).

Asking changes nobody's rights: the entry stays as it is until somebody decides.  Who asks agrees
that the lead reads its words until the question is answered (access/scope.py).
"""

from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import SAFEGUARDING_POSTS, Actor, current
from coordinator.access.scope import may_know
from coordinator.access.sights import AdviceInSight, EntryInSight, FamilyInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.accounts import Account
from coordinator.models.directory import Post, PostHolding
from coordinator.models.sharing import Advice
from coordinator.services import addresses, readers
from coordinator.services.sharing import check_open_question
from coordinator.services.sharing_facts import open_objection
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AdviceOutcome, Level, Notice

OBJECTION = "The parent objects to sharing (written down on {day})."


def leads(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> dict[str, tuple[int, str]]:
    """Return who can be asked: the leads of the actor's own agency who may know of the family.

    Account by reference, with its number and words; who holds a post comes before a deputy, and
    the lead for children first.
    """
    rows = session.execute(
        select(Account.reference, Account.id, Account.name, Post.kind, PostHolding.deputy)
        .join(PostHolding, PostHolding.account_id == Account.id)
        .join(Post, Post.id == PostHolding.post_id)
        .where(
            Post.agency_id == actor.agency_id,
            Post.kind.in_(SAFEGUARDING_POSTS),
            current(PostHolding, moment.today),
            Account.id != actor.account_id,
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
            may_know(Account.id, family.id),
        )
        .order_by(PostHolding.deputy, Post.kind.desc(), Account.name)
    )
    found: dict[str, tuple[int, str]] = {}
    for row in rows:
        words = f"{row.name}, {row.kind.label}{', deputy' if row.deputy else ''}"
        found.setdefault(row.reference, (row.id, words))
    return found


def ask(
    session: Session, actor: Actor, moment: Moment, entry: EntryInSight, lead: str, question: str
) -> str:
    """Ask a lead whether to share an entry; return the question's reference.

    An objection of the parent that stands is said with the question, so that whoever agrees has
    read it.  Raises `InvalidError`, and `DeniedError` for what both agencies may read already.
    """
    check_open_question(entry)
    known = leads(session, actor, moment, entry.family)
    problems = {}
    if lead not in known:
        problems["lead"] = "Choose whom you ask"
    if not question:
        problems["question"] = "Write what you are not sure about"
    if problems:
        raise InvalidError(problems)
    if _waits(session, actor, moment, entry):
        raise InvalidError({"question": "You have asked already, and the answer is not there yet"})
    addresses.stop(session, actor, entry.family, question=question)
    objection = open_objection(session, actor, entry.family, [entry.id])
    if objection:
        day = clock.day_in_words(clock.local(objection.created_at).date())
        question = f"{OBJECTION.format(day=day)}\n{question}"
    advice = Advice(
        family_id=entry.family.id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=Level.NAMED,
        notice=Notice.NOBODY,
        created_at=moment.now,
        about_entry_id=entry.id,
        question=question,
        lead_id=known[lead][0],
        due_at=moment.now + timedelta(hours=SETTINGS.advice_hours),
    )
    session.add(advice)
    session.flush()
    readers.add(session, advice.id, {advice.lead_id})
    return advice.reference


def parent_objects(session: Session, actor: Actor, entry: EntryInSight) -> bool:
    """Whether the lead will be told, with the question, that the parent objects."""
    return open_objection(session, actor, entry.family, [entry.id]) is not None


def answer(
    session: Session,
    actor: Actor,
    moment: Moment,
    advice: AdviceInSight,
    version: int | None,
    outcome: AdviceOutcome,
    words: str,
) -> None:
    """Advise who asked, in writing.  Sharing stays theirs to do.

    Raises `InvalidError`, and `ConflictError` if the question was answered meanwhile.
    """
    record = session.get_one(Advice, advice.id)
    if version != record.version or record.answered_at is not None:
        raise ConflictError({"words": record.answer}, record.version)
    if not words:
        raise InvalidError({"words": "Write your advice"})
    addresses.refuse(words=words)
    record.outcome, record.answer = outcome, words
    record.answered_by_id, record.answered_at = actor.account_id, moment.now
    session.flush()


def _waits(session: Session, actor: Actor, moment: Moment, entry: EntryInSight) -> bool:
    """Whether the actor's question is still in its time; who waits longer may ask another lead."""
    waiting = select(Advice.id).where(
        Advice.about_entry_id == entry.id,
        Advice.author_id == actor.account_id,
        Advice.answered_at.is_(None),
        Advice.due_at > moment.now,
    )
    return session.scalar(waiting.limit(1)) is not None
