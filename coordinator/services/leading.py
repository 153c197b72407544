"""Who chairs a meeting and who takes its minutes: invited, and on the case for the meeting."""

from datetime import timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.families import Involvement
from coordinator.models.meetings import Meeting
from coordinator.reads import invitations as reads
from coordinator.reads.invitations import Candidate, Company
from coordinator.services import invitations
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AskedAs, CaseRole


class Leading(Protocol):
    """Whom an arrangement names, by values that reads.invitations.company offers."""

    @property
    def chair(self) -> str:
        """The chair, or an empty text."""

    @property
    def minute_taker(self) -> str:
        """The minute taker, or an empty text."""


def name(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: Meeting,
    people: Company,
    wanted: Leading,
) -> None:
    """Name the chair and the minute taker, who are invited and on the case for the meeting."""
    for field, value, offered, role in (
        ("chair", wanted.chair, people.chairs, CaseRole.CHAIR),
        ("minute_taker", wanted.minute_taker, people.minute_takers, CaseRole.MINUTE_TAKER),
    ):
        chosen = next((c for c in offered if c.value == value), None)
        if value and chosen is None:
            raise InvalidError({field: "Choose somebody from the list"})
        setattr(meeting, f"{field}_id", chosen.account_id if chosen else None)
        if chosen is None:
            continue
        _keep_on_the_case(session, moment, meeting, chosen, role)
        session.flush()
        if chosen.account_id not in reads.invited_accounts(session, meeting.id):
            who = (chosen.account_id, chosen.agency_id)
            leads = AskedAs.FOR_THE_MEETING
            invitations.ask(session, actor, moment, meeting, *who, asked_as=leads)
            session.flush()


def _keep_on_the_case(
    session: Session, moment: Moment, meeting: Meeting, chosen: Candidate, role: CaseRole
) -> None:
    """Let a chair or minute taker open the family until some days after the meeting."""
    until = meeting.local_start.date() + timedelta(days=SETTINGS.chair_stays_days)
    if chosen.case_role is None:
        session.add(
            Involvement(
                family_id=meeting.family_id,
                account_id=chosen.account_id,
                agency_id=chosen.agency_id,
                team_id=chosen.team_id,
                role=role,
                lead=False,
                starts_on=moment.today,
                ends_on=until,
            )
        )
        return
    for involvement in session.scalars(
        select(Involvement).where(
            Involvement.family_id == meeting.family_id,
            Involvement.account_id == chosen.account_id,
            Involvement.role.in_(reads.FOR_ONE_MEETING),
            Involvement.ends_on < until,
            current(Involvement, moment.today),
        )
    ):
        involvement.ends_on = until
