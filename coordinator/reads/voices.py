"""Was the other agency asked, and is it coming?  Adult mental health first of all (S07, R13).

A meeting that one agency calls needs a voice of its partner where the family is open to it: who
comes, or a report.  The chair is told from some days before on, while something can be done.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import current
from coordinator.access.scope import may_know
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.models.families import Involvement
from coordinator.models.meetings import Invitation, Meeting
from coordinator.reads.attendance import AgencyThere, Invitee
from coordinator.reads.invitations import FOR_ONE_MEETING, PARTNER
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AgencyKind, PostKind, Reply

VOICES = {
    AgencyKind.CMHT: "Adult mental health",
    AgencyKind.CSC: "Children’s social care",
    AgencyKind.HOST: "",
}


@dataclass(frozen=True)
class Voice:
    """How the partner agency stands to a meeting: asked, replied, coming, report in.

    `waits`: the time has come to see to it, and nobody of it comes or has reported.
    """

    name: str
    asked: tuple[Invitee, ...]
    went_ahead: str
    waits: bool

    @property
    def replied(self) -> tuple[str, ...]:
        """Who has answered."""
        return tuple(p.name for p in self.asked if p.reply is not Reply.NEEDS_ACTION)

    @property
    def coming(self) -> tuple[str, ...]:
        """Who is coming."""
        return tuple(p.name for p in self.asked if p.reply is Reply.ACCEPTED)

    @property
    def reported(self) -> tuple[str, ...]:
        """Whose report or written view is in."""
        return tuple(p.name for p in self.asked if p.written_view_at or p.report_at)

    @property
    def heard(self) -> bool:
        """Whether it will be heard."""
        return bool(self.coming or self.reported)

    @property
    def in_short(self) -> str:
        """The one sentence of the check."""
        if self.coming:
            return f"{self.name} is represented: {', '.join(self.coming)}"
        if self.reported:
            return f"{self.name} reports in writing: {', '.join(self.reported)}"
        return f"No voice of {self.name[:1].lower()}{self.name[1:]} yet"


@dataclass(frozen=True)
class LinkWorker:
    """A link worker of the partner agency who could come.  `value` names the account in a form."""

    value: str
    account_id: int
    agency_id: int
    name: str
    team: str


def of_meeting(
    agencies: tuple[AgencyThere, ...],
    called_by: AgencyKind,
    starts_at: datetime,
    moment: Moment,
    *,
    is_open: bool,
    went_ahead: str,
) -> Voice | None:
    """Return the check of one meeting, or None where the family is not open to the partner."""
    partner = PARTNER.get(called_by)
    if partner is None or not is_open:
        return None
    asked = tuple(
        person for agency in agencies if agency.kind is partner for person in agency.people
    )
    voice = Voice(VOICES[partner], asked, went_ahead, waits=False)
    day = clock.local(starts_at).date() - timedelta(days=SETTINGS.voices_days_before)
    waits = moment.today >= day and not voice.heard and not went_ahead
    return Voice(voice.name, asked, went_ahead, waits=waits)


def are_partners(one: Any, other: Any) -> ColumnElement[bool]:
    """Return the condition that these two agencies are partners of each other."""
    return or_(*(and_(one.kind == mine, other.kind == theirs) for mine, theirs in PARTNER.items()))


def is_open_to_partner(moment: Moment, agency: Any) -> ColumnElement[bool]:
    """Return the condition that a worker of the partner of this agency works with the family."""
    works, theirs = aliased(Involvement), aliased(Agency)
    return exists().where(
        works.family_id == Meeting.family_id,
        works.role.not_in(FOR_ONE_MEETING),
        current(works, moment.today),
        may_know(works.account_id, works.family_id),
        theirs.id == works.agency_id,
        are_partners(agency, theirs),
    )


def is_missing(moment: Moment, agency: Any) -> ColumnElement[bool]:
    """Return the condition that the partner should be heard in a meeting and will not be."""
    asked, theirs = aliased(Invitation), aliased(Agency)
    heard = exists().where(
        asked.meeting_id == Meeting.id,
        asked.removed_at.is_(None),
        theirs.id == asked.agency_id,
        are_partners(agency, theirs),
        or_(
            asked.reply == Reply.ACCEPTED,
            asked.written_view_at.is_not(None),
            asked.report_at.is_not(None),
        ),
    )
    return and_(Meeting.went_ahead == "", is_open_to_partner(moment, agency), ~heard)


def link_workers(
    session: Session, moment: Moment, meeting: MeetingInSight
) -> tuple[LinkWorker, ...]:
    """Return the link workers of the partner's teams on the case who are not asked yet."""
    mine, theirs, works = aliased(Agency), aliased(Agency), aliased(Involvement)
    asked = exists().where(
        Invitation.meeting_id == meeting.id,
        Invitation.account_id == Account.id,
        Invitation.removed_at.is_(None),
    )
    rows = session.execute(
        select(Account.reference, Account.id, theirs.id.label("agency_id"), Account.name, Team.name)
        .select_from(PostHolding)
        .join(Post, Post.id == PostHolding.post_id)
        .join(Team, Team.id == Post.team_id)
        .join(theirs, theirs.id == Post.agency_id)
        .join(Account, Account.id == PostHolding.account_id)
        .join(mine, mine.id == meeting.agency_id)
        .where(
            Post.kind == PostKind.LINK_WORKER,
            are_partners(mine, theirs),
            current(PostHolding, moment.today),
            Account.closed_at.is_(None),
            may_know(Account.id, meeting.family.id),
            exists().where(
                works.family_id == meeting.family.id,
                works.team_id == Team.id,
                current(works, moment.today),
            ),
            ~asked,
        )
        .order_by(PostHolding.deputy, PostHolding.id)
    )
    return tuple({row.id: LinkWorker(*row) for row in rows}.values())
