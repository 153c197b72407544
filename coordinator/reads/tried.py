"""Who was asked and tried before a meeting, when, by whom, how, and what came of it (E59)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.sights import FamilyInSight, MeetingInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.reads.attendance import COLOURS as OF_REPLIES
from coordinator.reads.contact_attempts import CONTACTS, in_family, not_corrected
from coordinator.reads.contact_rows import COLOURS as OF_OUTCOMES
from coordinator.vocabulary import Outcome, Reply

# Older tries say little of this meeting; the contact log and the audit hold them all.
BEFORE = timedelta(days=60)
_By = aliased(Account)


@dataclass(frozen=True)
class Act:
    """One invitation or try: when (an instant), by whom, how, and its outcome with a colour."""

    at: datetime
    by: str
    how: str
    outcome: str
    colour: str
    invited: bool
    reached: bool


@dataclass(frozen=True)
class Colleague:
    """A worker or duty desk, and what was done to reach them before the meeting, oldest first.

    `arranges`: they asked the others, and themselves.
    """

    name: str
    agency: str
    acts: tuple[Act, ...]
    arranges: bool

    @property
    def tries(self) -> int:
        """How often they were tried."""
        return sum(not act.invited for act in self.acts)

    @property
    def invited(self) -> bool:
        """Whether they were asked to this meeting."""
        return any(act.invited for act in self.acts)

    @property
    def reached(self) -> datetime | None:
        """When they were last reached."""
        return max((act.at for act in self.acts if act.reached), default=None)


@dataclass(frozen=True)
class TriedPage:
    """A meeting, from when on tries count (an instant), and each colleague."""

    kind: str
    starts_at: datetime
    since: datetime
    colleagues: tuple[Colleague, ...]


Whom = tuple[str, int, int]


def before(session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight) -> TriedPage:
    """Return who was asked to a meeting or tried before it, and who of the case was not.

    Only contacts that the actor may read.  Whoever arranges the meeting is left out unless they
    were tried.  Four statements.
    """
    kind, starts_at = session.execute(
        select(MeetingKind.name, Meeting.starts_at)
        .join(Meeting, Meeting.kind_id == MeetingKind.id)
        .where(Meeting.id == meeting.id)
    ).one()
    since = starts_at - BEFORE
    names: dict[Whom, tuple[str, str]] = {}
    acts: dict[Whom, list[Act]] = {}
    arranging: set[Whom] = set()
    for row in session.execute(_invitations(meeting, starts_at)):
        whom = ("worker", row.account_id, row.agency_id)
        names[whom] = (row.name, row.agency)
        if row.invited_by_id == row.account_id:
            arranging.add(whom)
        else:
            acts.setdefault(whom, []).append(_asked(row, starts_at))
    for row in session.execute(_tries(actor, meeting.family, since, starts_at)):
        desk = row.team_id is not None
        whom = ("desk" if desk else "worker", row.team_id or row.account_id, row.agency_id)
        names[whom] = (f"Duty desk of {row.team}" if desk else row.name, row.agency)
        acts.setdefault(whom, []).append(_try(row))
    day = min(moment.today, clock.local(starts_at).date())
    for row in session.execute(_workers(meeting.family, day)):
        names.setdefault(("worker", row.account_id, row.agency_id), (row.name, row.agency))
    return TriedPage(
        kind,
        starts_at,
        since,
        tuple(
            Colleague(
                name,
                agency,
                tuple(sorted(acts.get(whom, ()), key=lambda act: act.at)),
                arranges=whom in arranging,
            )
            for whom, (name, agency) in sorted(names.items(), key=lambda item: item[1][::-1])
            if whom in acts or whom not in arranging
        ),
    )


def _invitations(meeting: MeetingInSight, starts_at: datetime) -> Any:
    return (
        select(
            Invitation.account_id,
            Invitation.agency_id,
            Account.name,
            Agency.name.label("agency"),
            Invitation.invited_by_id,
            _By.name.label("by"),
            Invitation.invited_at,
            Invitation.removed_at,
            Invitation.reply,
            Invitation.replied_at,
        )
        .join(Account, Account.id == Invitation.account_id)
        .join(Agency, Agency.id == Invitation.agency_id)
        .join(_By, _By.id == Invitation.invited_by_id)
        .where(Invitation.meeting_id == meeting.id, Invitation.invited_at <= starts_at)
        .order_by(Invitation.id)
    )


def _tries(actor: Actor, family: FamilyInSight, since: datetime, until: datetime) -> Any:
    of_colleagues = or_(CONTACTS.c.account_id.is_not(None), CONTACTS.c.team_id.is_not(None))
    columns = select(
        CONTACTS.c.account_id,
        CONTACTS.c.team_id,
        CONTACTS.c.contacted_agency_id.label("agency_id"),
        Account.name,
        Team.name.label("team"),
        Agency.name.label("agency"),
        _By.name.label("by"),
        CONTACTS.c.attempted_at,
        CONTACTS.c.mechanism,
        CONTACTS.c.outcome,
    )
    return (
        in_family(actor, family, columns)
        .join(_By, _By.id == Entry.author_id)
        .join(Agency, Agency.id == CONTACTS.c.contacted_agency_id)
        .outerjoin(Account, Account.id == CONTACTS.c.account_id)
        .outerjoin(Team, Team.id == CONTACTS.c.team_id)
        .where(
            of_colleagues,
            CONTACTS.c.attempted_at >= since,
            CONTACTS.c.attempted_at <= until,
            not_corrected(),
        )
        .order_by(CONTACTS.c.attempted_at, Entry.id)
    )


def _workers(family: FamilyInSight, day: Any) -> Any:
    return (
        select(
            Involvement.account_id,
            Involvement.agency_id,
            func.max(Account.name).label("name"),
            func.max(Agency.name).label("agency"),
        )
        .join(Account, Account.id == Involvement.account_id)
        .join(Agency, Agency.id == Involvement.agency_id)
        .where(and_(Involvement.family_id == family.id, current(Involvement, day)))
        .group_by(Involvement.account_id, Involvement.agency_id)
    )


def _asked(row: Any, starts_at: datetime) -> Act:
    answered = row.replied_at is not None and row.replied_at <= starts_at
    reply = row.reply if answered else Reply.NEEDS_ACTION
    gone = row.removed_at is not None and row.removed_at <= starts_at
    outcome, colour = ("Withdrawn", "grey") if gone else (reply.label, OF_REPLIES[reply])
    return Act(row.invited_at, row.by, "Invitation", outcome, colour, invited=True, reached=False)


def _try(row: Any) -> Act:
    return Act(
        row.attempted_at,
        row.by,
        row.mechanism.label,
        row.outcome.label,
        OF_OUTCOMES[row.outcome],
        invited=False,
        reached=row.outcome is Outcome.REACHED,
    )
