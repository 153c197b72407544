"""Somebody who is asked has something at that time: said once, and arranged if that is confirmed.

Whatever it is, it is an appointment and no more; and whoever may not know that there is one is not
told so (E46, docs/decisions/0023).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account
from coordinator.models.families import Person
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation
from coordinator.reads import calendar
from coordinator.reads.calendar_rows import Asked, Period


def heed(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    asked: Asked,
    period: Period,
    leaving_out: str,
    *,
    all_the_same: bool,
    when: str = "then",
) -> None:
    """Raise `InvalidError` beside `all_the_same` if one of those asked has an appointment then.

    `leaving_out` is the reference of what is arranged or moved; `when` stands in the sentence.
    Once it is confirmed nothing is asked.
    """
    if all_the_same:
        return
    busy = calendar.busy(session, actor, moment, family, asked, period, leaving_out)
    accounts = {time.account_id for time in busy if time.account_id}
    people = {time.person_id for time in busy if time.person_id}
    guests = {time.guest_id for time in busy if time.guest_id}
    names = [
        *_names(session, Person, people),
        *_names(session, Account, accounts - {actor.account_id}),
        *_names(session, Guest, guests),
    ]
    said = [f"{name} has an appointment {when}" for name in names]
    if actor.account_id in accounts:
        said.append(f"You have an appointment {when}")
    if said:
        raise InvalidError({"all_the_same": ". ".join(said)})


def asked_to(session: Session, meeting_id: int) -> Asked:
    """Return who is asked to a meeting, whoever they are.  One statement."""
    found = session.execute(
        select(Invitation.account_id, Invitation.person_id, Invitation.guest_id).where(
            Invitation.meeting_id == meeting_id, Invitation.removed_at.is_(None)
        )
    ).all()
    return Asked(
        frozenset(row.account_id for row in found if row.account_id),
        frozenset(row.person_id for row in found if row.person_id),
        frozenset(row.guest_id for row in found if row.guest_id),
    )


def _names(
    session: Session, who: type[Account] | type[Person] | type[Guest], ids: set[int]
) -> list[str]:
    if not ids:
        return []
    return list(session.scalars(select(who.name).where(who.id.in_(ids)).order_by(who.name)))
