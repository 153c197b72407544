"""Whoever should be at a meeting and is left out: the reason, kept for each person (I11, P15)."""

from collections.abc import Iterable, Mapping

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.meetings import Invitation, Meeting, NotAsked
from coordinator.reads import outsiders
from coordinator.reads.outsiders import Outsider
from coordinator.vocabulary import NotAskedReason


def field_of(value: str) -> str:
    """Return the name of the form's field that asks why this person is left out."""
    return f"why_{value}"


def explain(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: Meeting,
    offered: Iterable[Outsider],
    reasons: Mapping[str, NotAskedReason],
) -> None:
    """Keep why each of the offered people is not asked; nothing for who is, or need not be.

    `reasons` are by the value of a person.  Raises `InvalidError` where one is missing.
    """
    session.flush()
    asked = session.execute(
        select(Invitation.guest_id, Invitation.person_id).where(
            Invitation.meeting_id == meeting.id, Invitation.removed_at.is_(None)
        )
    ).all()
    there = {(row.guest_id, row.person_id) for row in asked}
    missing = [
        one for one in offered if one.must_explain and (one.guest_id, one.person_id) not in there
    ]
    problems = {
        field_of(one.value): f"Say why {one.name} is not invited"
        for one in missing
        if one.value not in reasons
    }
    if problems:
        raise InvalidError(problems)
    for one in missing:
        session.add(
            NotAsked(
                meeting_id=meeting.id,
                guest_id=one.guest_id,
                person_id=one.person_id,
                reason=reasons[one.value],
                by_id=actor.account_id,
                at=moment.now,
            )
        )
    session.flush()


def explain_one(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: Meeting,
    family: FamilyInSight,
    removed: Invitation,
    why: NotAskedReason | None,
) -> None:
    """Keep why somebody who was asked need not come any more, if that must be said.

    Raises `InvalidError` for the field `why` where it is missing.
    """
    left = [one for one in outsiders.of_family(session, actor, moment, family) if one.is_(removed)]
    try:
        reasons = {one.value: why for one in left if why}
        explain(session, actor, moment, meeting, left, reasons)
    except InvalidError as refused:
        raise InvalidError({"why": next(iter(refused.problems.values()))}) from None


def asked_after_all(
    session: Session, moment: Moment, meeting: Meeting, chosen: Iterable[Outsider]
) -> None:
    """End the reasons of whoever is asked now."""
    people = list(chosen)
    if not people:
        return
    for left_out in session.scalars(
        select(NotAsked).where(
            NotAsked.meeting_id == meeting.id,
            NotAsked.ended_at.is_(None),
            or_(
                *(
                    and_(
                        NotAsked.guest_id.is_not_distinct_from(one.guest_id),
                        NotAsked.person_id.is_not_distinct_from(one.person_id),
                    )
                    for one in people
                )
            ),
        )
    ):
        left_out.ended_at = moment.now
    session.flush()
