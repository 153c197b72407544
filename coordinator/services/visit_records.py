"""What became of a visit: how it went, each owner's part, and who wanted it otherwise."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.access.visit_rules import VisitInSight
from coordinator.errors import InvalidError
from coordinator.models.visits import Visit, VisitComment, VisitKind, VisitMove, VisitPart
from coordinator.services import addresses, full_weeks
from coordinator.vocabulary import MovedBy, ParentAnswered, VisitState


@dataclass(frozen=True)
class Told:
    """How a visit went: its new state, and the owner's own part.

    Who did not want it, and why, only where it did not take place.  What went well, who else
    observed, and what the parent answered, only of a parent's supervised time with a child.
    """

    state: VisitState
    text: str = ""
    moved_by: MovedBy | None = None
    reason: str = ""
    went_well: str = ""
    observers: str = ""
    word: ParentAnswered | None = None
    comment: str = ""


def tell(session: Session, actor: Actor, moment: Moment, visit: VisitInSight, told: Told) -> None:
    """Say how a visit went, and add one's own part; more than once is a new part.

    Nobody home is a state of its own: it never counts as missed (spec/cautions.md).  Raises
    `InvalidError`.
    """
    record = session.get_one(Visit, visit.id, with_for_update=True)
    if moment.now < record.starts_at:
        raise InvalidError({"": "It has not begun yet. You can move or cancel it"})
    names = ("text", "reason", "went_well", "observers", "comment")
    addresses.stop(session, actor, visit.family, **{name: getattr(told, name) for name in names})
    state = VisitState.DONE if record.state is VisitState.DONE else told.state
    if state is VisitState.DONE:
        _enough(session, actor, record, told)
    if state is VisitState.NOT_DONE:
        problems = {} if told.moved_by else {"moved_by": "Say on whose side it was"}
        problems |= {} if told.reason else {"reason": "Say why"}
        problems |= {"comment": "Leave this empty: it did not take place"} if told.comment else {}
        if problems or told.moved_by is None:
            raise InvalidError(problems)
        give_up(session, actor, moment, visit, state, told.moved_by, told.reason)
    record.state = state
    if told.text or told.went_well:
        session.add(
            VisitPart(
                visit_id=record.id,
                account_id=actor.account_id,
                agency_id=actor.agency_id,
                text=told.text,
                went_well=told.went_well,
                observers=told.observers,
                at=moment.now,
            )
        )
    session.flush()
    if state is VisitState.DONE and (told.word or told.comment):
        comment(session, actor, moment, visit, told.word, told.comment)


def _enough(session: Session, actor: Actor, record: Visit, told: Told) -> None:
    """Raise `InvalidError` for an empty part, or a first one without what went well (S12)."""
    if not session.get_one(VisitKind, record.kind_id).supervises:
        if not told.text:
            raise InvalidError({"text": "Write your part"})
        return
    mine = exists().where(
        VisitPart.visit_id == record.id,
        VisitPart.account_id == actor.account_id,
        VisitPart.agency_id == actor.agency_id,
    )
    if not told.went_well and not (told.text and session.scalar(select(mine))):
        raise InvalidError({"went_well": "Write what went well, before anything else"})


def comment(
    session: Session,
    actor: Actor,
    moment: Moment,
    visit: VisitInSight,
    word: ParentAnswered | None,
    text: str,
) -> None:
    """Add what the parent answered about a visit that took place (S12).

    Words alone are what they said.  Raises `InvalidError`.
    """
    addresses.stop(session, actor, visit.family, comment=text)
    if session.get_one(Visit, visit.id).state is not VisitState.DONE:
        raise InvalidError({"": "First write down how it went"})
    if word is None and not text:
        raise InvalidError({"word": "Choose what came of asking"})
    if word is ParentAnswered.SAID and not text:
        raise InvalidError({"comment": "Write down what they said"})
    if word is ParentAnswered.WOULD_NOT and text:
        raise InvalidError({"comment": "Leave this empty if they did not want to say"})
    session.add(
        VisitComment(
            visit_id=visit.id,
            account_id=actor.account_id,
            agency_id=actor.agency_id,
            word=word or ParentAnswered.SAID,
            text=text,
            at=moment.now,
        )
    )
    session.flush()


def give_up(
    session: Session,
    actor: Actor,
    moment: Moment,
    visit: VisitInSight,
    state: VisitState,
    moved_by: MovedBy,
    reason: str,
) -> None:
    """Let a visit not take place: cancelled before, or not done; who wanted it, and why."""
    record = session.get_one(Visit, visit.id)
    record.state, record.state_reason = state, reason
    record.sequence += 1
    moved(session, actor, moment, record, record.starts_at, moved_by, reason, gone=True)
    full_weeks.weigh(session, actor, moment, visit.family, record.starts_at)


def moved(
    session: Session,
    actor: Actor,
    moment: Moment,
    visit: Visit,
    before: datetime,
    moved_by: MovedBy,
    reason: str,
    *,
    gone: bool = False,
) -> None:
    """Keep that a visit was moved, or given up if `gone`: who wanted it, and why."""
    session.add(
        VisitMove(
            visit_id=visit.id,
            moved_from=before,
            moved_to=None if gone else visit.starts_at,
            moved_by=moved_by,
            reason=reason,
            by_id=actor.account_id,
            at=moment.now,
        )
    )
    session.flush()
