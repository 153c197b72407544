"""What is asked wherever an entry is opened further, and the record that each decision leaves.

Purpose, what allows it, who needs it, what exactly, and what the parent was told and said
(spec/sharing.md, three facts; E17).  Her objection stops every purpose but safeguarding until a
lead agrees in writing; for safeguarding it is written down as her view.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.entries import Entry
from coordinator.models.openness import Openness
from coordinator.models.sharing import Advice, Sharing, SharingBasis
from coordinator.services import addresses, lawful_bases, readers
from coordinator.services.lawful_bases import SAFEGUARDING
from coordinator.vocabulary import (
    AdviceOutcome,
    Decision,
    EntryKind,
    Level,
    Notice,
    OpennessKind,
    ParentTold,
    Purpose,
)

OBJECTS = (
    "The parent objects to sharing this, so it stays as it is. Ask a lead first: what they agree"
    " to in writing can be shared"
)


@dataclass(frozen=True)
class Facts:
    """What is said of an act of sharing.

    `basis` is the reference of a reason on the list.  Why a parent is not told stands in
    `parent_view`, and `review_on` is the day on which that is looked at again.
    """

    purpose: Purpose | None = None
    what: str = ""
    parent_told: ParentTold | None = None
    parent_view: str = ""
    basis: str = ""
    who_needs: str = ""
    review_on: date | None = None


NO_FACTS = Facts()


@dataclass(frozen=True)
class Grounds:
    """On what a decision stands: its reason in the wording of the day, who agreed, until when."""

    decision: Decision
    basis_id: int | None = None
    wording: str = ""
    who_needs: str = ""
    review_on: date | None = None
    agreed_by_id: int | None = None


NARROWED = Grounds(Decision.NARROWED)


def check_facts(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    facts: Facts,
    entry_id: int | None = None,
    parts: Collection[int] = (),
) -> Grounds:
    """Return on what an act of sharing stands.

    `entry_id` is the entry that is opened, None for one that is being written; `parts` are opened
    with it.  Raises `InvalidError` unless all that it asks for is said, for a combination that the
    law does not know, and where the parent objects and no lead agreed.
    """
    problems = _missing(facts, moment)
    basis_id, wording, agreed_by_id = None, "", None
    try:
        basis_id, wording = lawful_bases.check(
            session, facts.basis, facts.purpose, facts.parent_told
        )
    except InvalidError as refused:
        problems |= refused.problems
    if facts.purpose and facts.purpose not in SAFEGUARDING:
        objection = open_objection(session, actor, family, {entry_id, *parts} - {None})
        if objection:
            agreed_by_id = _agreed_by(session, actor, family, entry_id, objection)
            if agreed_by_id is None:
                problems["purpose"] = OBJECTS
    if problems:
        raise InvalidError(problems)
    texts = {"who_needs": facts.who_needs, "what": facts.what, "parent_view": facts.parent_view}
    addresses.stop(session, actor, family, **texts)
    return Grounds(
        Decision.OPENED,
        basis_id,
        wording,
        facts.who_needs,
        facts.review_on if facts.parent_told is not ParentTold.YES else None,
        agreed_by_id,
    )


def _missing(facts: Facts, moment: Moment) -> dict[str, str]:
    problems = {}
    if facts.purpose is None:
        problems["purpose"] = "Choose why you share it"
    if not facts.who_needs:
        problems["who_needs"] = "Say who needs it, and for what"
    if not facts.what:
        problems["what"] = "Say what exactly you share"
    if facts.parent_told is None:
        problems["parent_told"] = "Say whether the parent or carer was told"
    elif facts.parent_told is not ParentTold.YES:
        if not facts.parent_view:
            problems["parent_view"] = "Say why the parent or carer is not told yet"
        problems |= review_day(facts.review_on, moment)
    return problems


def review_day(day: date | None, moment: Moment) -> dict[str, str]:
    """Return what is wrong with the day on which somebody looks at this again."""
    if day is None or day <= moment.today:
        return {"review_on": "Enter a day from tomorrow on, to look at it again"}
    return {}


def open_objection(
    session: Session, actor: Actor, family: FamilyInSight, entries: Iterable[int | None] = ()
) -> Openness | None:
    """Return the parent's latest objection that stands, about these entries or about everything.

    Only what the actor may read counts: an objection out of sight would be told by its effect.
    """
    return session.scalar(
        select(Openness)
        .where(
            Openness.family_id == family.id,
            Openness.told == OpennessKind.OBJECTION,
            Openness.settled_at.is_(None),
            or_(Openness.about_entry_id.is_(None), Openness.about_entry_id.in_(set(entries))),
            readable_in(actor, family),
        )
        .order_by(Openness.id.desc())
        .limit(1)
    )


def _agreed_by(
    session: Session,
    actor: Actor,
    family: FamilyInSight,
    entry_id: int | None,
    objection: Openness,
) -> int | None:
    """Return the lead who agreed in writing, when asked about this entry after the objection."""
    return session.scalar(
        select(Advice.answered_by_id)
        .where(
            Advice.about_entry_id == entry_id,
            Advice.outcome == AdviceOutcome.SHARE,
            Advice.id > objection.id,
            readable_in(actor, family),
        )
        .limit(1)
    )


def leave_record(
    session: Session,
    actor: Actor,
    moment: Moment,
    entry: Entry,
    from_level: Level,
    facts: Facts,
    reason: str,
    named: frozenset[int],
    grounds: Grounds | None = None,
) -> None:
    """Leave the record of what was just decided about an entry.

    It is for those who may read the entry, its author among them, and leaves no notice of its own:
    the entry does.
    """
    record = Sharing(
        family_id=entry.family_id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=entry.level,
        notice=Notice.EVERYONE if entry.level is Level.OPEN else Notice.NOBODY,
        created_at=moment.now,
        shared_entry_id=entry.id,
        from_level=from_level,
        to_level=entry.level,
        purpose=facts.purpose,
        what=facts.what,
        parent_told=facts.parent_told,
        parent_view=facts.parent_view,
        reason=reason,
    )
    session.add(record)
    session.flush()
    stands = grounds or (Grounds(Decision.OPENED) if facts.purpose else NARROWED)
    session.add(SharingBasis(sharing_id=record.id, **vars(stands)))
    session.flush()
    if entry.level is not Level.OPEN:
        readers.add(session, record.id, (named | {entry.author_id}) - {actor.account_id})
    elif stands.review_on:
        _not_told(session, record, entry, facts, stands.review_on)


def _not_told(
    session: Session, record: Sharing, about: Entry, facts: Facts, review_on: date
) -> None:
    """Leave a line on the openness record: both agencies read it, and she was not told (S23).

    On the day of the review it stands on the Today page of who shared it.
    """
    what = "the plan" if about.kind is EntryKind.PLAN else facts.what[:1].lower() + facts.what[1:]
    session.add(
        Openness(
            family_id=record.family_id,
            author_id=record.author_id,
            agency_id=record.agency_id,
            level=record.level,
            notice=record.notice,
            created_at=record.created_at,
            told=OpennessKind.NOT_TOLD,
            what=f"Opened to both agencies: {what}",
            why=facts.parent_view,
            review_on=review_on,
            about_entry_id=about.id,
        )
    )
    session.flush()
