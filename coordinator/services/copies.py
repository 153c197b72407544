"""Handing the parent's copy over: to whom, when, and in which language (E64, S31)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.meetings import Meeting
from coordinator.reads.whom_to_call import of_family
from coordinator.services import addresses, invitations

UNKNOWN = "-"


def given(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    invitation: str,
    on: date,
    language: str,
) -> None:
    """Write down that a member of the family (their invitation's reference) has their copy.

    `on` is a day in London, not before the meeting; `language` is empty where the copy was not
    translated.  Raises `InvalidError`.
    """
    addresses.stop(session, actor, meeting.family, language=language)
    asked = invitations.invited(session, meeting, invitation)
    if asked.person_id is None:
        raise InvalidError({"invitation": "Choose a member of the family"})
    held = session.scalars(select(Meeting.starts_at).where(Meeting.id == meeting.id)).one()
    if not clock.local(held).date() <= on <= moment.today:
        raise InvalidError({"on": "The day must be after the meeting, and not to come"})
    asked.copy_given_on, asked.copy_language = on, language
    # Handed over on an earlier day, it carries the numbers of that day, which nobody knows now.
    today = on == moment.today
    asked.copy_numbers = of_family(session, moment, meeting.family).seal if today else UNKNOWN
    session.flush()
