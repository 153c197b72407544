"""Who is asked to a meeting, what they answered and whether they came, by agency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.families import Person
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.outbox import OutboxMessage
from coordinator.vocabulary import AgencyKind, AskedHow, Attendance, MailState, Reply, ReplyBy

FAMILY, GUESTS = "The family", "Others who work with the family"
COLOURS = {
    Reply.NEEDS_ACTION: "yellow",
    Reply.ACCEPTED: "green",
    Reply.DECLINED: "red",
    Reply.TENTATIVE: "blue",
    Reply.DELEGATED: "purple",
    Attendance.ATTENDED: "green",
    Attendance.APOLOGIES: "grey",
    Attendance.ABSENT: "red",
}


@dataclass(frozen=True)
class Invitee:
    """One person asked.  The facts stand apart: asked, handed over, `reply`, `attendance`, report.

    `account_id` is None for a member of the family and for a guest.  `note` and `written_view` are
    empty for a reader who is not on the case, except their own.  `mail` is how the last message to
    this person stands; there is none for whom a worker tells.
    """

    reference: str
    account_id: int | None
    name: str
    profession: str
    part: str
    invited_at: datetime
    asked_how: AskedHow | None
    asked_on: date | None
    team: str
    reply: Reply
    reply_by: ReplyBy | None
    note: str
    deputy: str
    deputy_for: str
    written_view: str
    written_view_at: datetime | None
    attendance: Attendance | None
    report_at: datetime | None
    view_asked_at: datetime | None
    mail: MailState | None
    mail_at: datetime | None
    mail_problem: str
    arranged: bool
    is_me: bool
    of_family: bool = False

    @property
    def by_hand(self) -> bool:
        """Whether a worker tells this person: no mail of ours reaches them."""
        return self.account_id is None and self.mail is None

    @property
    def untold(self) -> bool:
        """Whether nobody has written down how and when this person was asked."""
        return self.by_hand and self.asked_on is None

    @property
    def story(self) -> tuple[tuple[str, datetime | date | None], ...]:
        """What happened so far, in order: asked, handed over, and a report; words and when."""
        asked = (
            (f"Asked {self.asked_how.label[:1].lower()}{self.asked_how.label[1:]}", self.asked_on)
            if self.asked_how
            else ("Invited", self.invited_at)
        )
        handed = ("Handed to the mail server", self.mail_at) if self.mail_at else None
        team = (f"Sent to {self.team} because the person was not reached", None)
        report = ("Report received", self.report_at)
        view = ("Written view received", self.written_view_at)
        return tuple(
            told
            for told in (
                asked,
                handed,
                team if self.team else None,
                view if self.written_view_at else None,
                report if self.report_at else None,
            )
            if told
        )

    @property
    def tag(self) -> str:
        """The one word that matters most now: what happened, else what was answered."""
        return (self.attendance or self.reply).label

    @property
    def colour(self) -> str:
        """The colour of that word."""
        return COLOURS[self.attendance or self.reply]


@dataclass(frozen=True)
class AgencyThere:
    """An agency at a meeting, with the people it was asked for; a deputy counts for it (E11)."""

    name: str
    people: tuple[Invitee, ...]
    kind: AgencyKind | None = None

    @property
    def came(self) -> tuple[str, ...]:
        """Who came for this agency."""
        return tuple(p.name for p in self.people if p.attendance is Attendance.ATTENDED)

    @property
    def comes(self) -> tuple[str, ...]:
        """Who said that they come."""
        return tuple(p.name for p in self.people if p.reply is Reply.ACCEPTED)

    @property
    def in_short(self) -> str:
        """How the agency stands: `2 coming, 1 to answer`, or afterwards `1 came`."""
        if self.recorded:
            return f"{len(self.came) or 'nobody'} came"
        waiting = sum(p.reply is Reply.NEEDS_ACTION for p in self.people)
        coming = f"{len(self.comes) or 'nobody'} coming"
        return f"{coming}, {waiting} to answer" if waiting else coming

    @property
    def recorded(self) -> bool:
        """Whether it was written down who came."""
        return any(p.attendance for p in self.people)


def there(
    session: Session, actor: Actor, meetings: Sequence[int], *, full: bool, everybody: bool = True
) -> dict[int, tuple[AgencyThere, ...]]:
    """Return who is asked to each of these meetings, by agency.  One statement.

    The family comes first and its guests last.  `full`: whether the actor reads the notes and
    written views of others.  Without `everybody` only workers are among them: who is invited and
    not on the case is told no name of the family.
    """
    deputies = aliased(Invitation)
    deputy_account, principal = aliased(Account), aliased(Invitation)
    principal_account = aliased(Account)
    last_mail = (
        select(func.max(OutboxMessage.id))
        .where(
            OutboxMessage.about == Meeting.reference,
            or_(
                OutboxMessage.account_id == Invitation.account_id,
                OutboxMessage.guest_id == Invitation.guest_id,
            ),
        )
        .correlate(Meeting, Invitation)
        .scalar_subquery()
    )
    deputy = (
        select(deputy_account.name)
        .join(deputies, deputies.account_id == deputy_account.id)
        .where(deputies.deputy_for_id == Invitation.id, deputies.removed_at.is_(None))
        .correlate(Invitation)
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Invitation.meeting_id,
            Invitation.reference,
            Invitation.account_id,
            func.coalesce(Account.name, Guest.name, Person.name).label("name"),
            Account.profession,
            Guest.role.label("guest_role"),
            Guest.organisation,
            Person.relation,
            Person.own_words,
            Invitation.invited_at,
            Invitation.asked_how,
            Invitation.asked_on,
            Team.name.label("team"),
            Invitation.report_at,
            Invitation.view_asked_at,
            Invitation.reply,
            Invitation.reply_by,
            Invitation.deputy_name,
            Invitation.reply_note,
            Invitation.written_view,
            Invitation.written_view_at,
            Invitation.attendance,
            Meeting.author_id,
            Meeting.chair_id,
            Meeting.minute_taker_id,
            Agency.name.label("agency"),
            Agency.kind.label("agency_kind"),
            deputy.label("deputy"),
            principal_account.name.label("deputy_for"),
            OutboxMessage.state.label("mail"),
            OutboxMessage.sent_at.label("mail_at"),
            OutboxMessage.problem.label("mail_problem"),
        )
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .outerjoin(Account, Account.id == Invitation.account_id)
        .outerjoin(Agency, Agency.id == Invitation.agency_id)
        .outerjoin(Guest, Guest.id == Invitation.guest_id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .outerjoin(Team, Team.id == Invitation.sent_to_team_id)
        .outerjoin(principal, principal.id == Invitation.deputy_for_id)
        .outerjoin(principal_account, principal_account.id == principal.account_id)
        .outerjoin(OutboxMessage, OutboxMessage.id == last_mail)
        .where(
            Invitation.meeting_id.in_(meetings),
            Invitation.removed_at.is_(None),
            true() if everybody else Invitation.account_id.is_not(None),
        )
        .order_by(
            Invitation.meeting_id,
            Invitation.person_id.is_(None),
            Invitation.guest_id.is_not(None),
            Agency.id,
            Invitation.id,
        )
    )
    found: dict[int, dict[tuple[str, AgencyKind | None], list[Invitee]]] = {}
    for row in rows:
        group = (row.agency or (GUESTS if row.guest_role else FAMILY), row.agency_kind)
        agencies = found.setdefault(row.meeting_id, {})
        agencies.setdefault(group, []).append(_invitee(row, actor, full=full))
    return {
        meeting: tuple(
            AgencyThere(name, tuple(people), kind) for (name, kind), people in agencies.items()
        )
        for meeting, agencies in found.items()
    }


def version(session: Session, meeting_id: int) -> int:
    """Return a number that grows with every change of an invitation to this meeting."""
    return (
        session.scalar(
            select(func.sum(Invitation.version)).where(Invitation.meeting_id == meeting_id)
        )
        or 0
    )


def _invitee(row: Any, actor: Actor, *, full: bool) -> Invitee:
    is_me = row.account_id == actor.account_id
    parts = (
        ("chair", row.chair_id),
        ("minute taker", row.minute_taker_id),
        ("arranged the meeting", row.author_id),
    )
    return Invitee(
        reference=row.reference,
        account_id=row.account_id,
        name=row.name,
        profession=row.profession or _place(row),
        part=", ".join(p for p, account in parts if row.account_id and account == row.account_id),
        invited_at=row.invited_at,
        asked_how=row.asked_how,
        asked_on=row.asked_on,
        team=row.team or "",
        report_at=row.report_at,
        view_asked_at=row.view_asked_at,
        reply=row.reply,
        reply_by=row.reply_by,
        note=row.reply_note if full or is_me else "",
        deputy=row.deputy or row.deputy_name,
        deputy_for=row.deputy_for or "",
        written_view=row.written_view if full or is_me else "",
        written_view_at=row.written_view_at,
        attendance=row.attendance,
        mail=row.mail,
        mail_at=row.mail_at,
        mail_problem=row.mail_problem or "",
        arranged=row.author_id == row.account_id,
        is_me=is_me,
        of_family=row.relation is not None,
    )


def _place(row: Any) -> str:
    """Return who somebody without a login is: a health visitor of a clinic, a grandmother."""
    if row.guest_role:
        return ", ".join(words for words in (row.guest_role.label, row.organisation) if words)
    return row.own_words or (row.relation.label if row.relation else "")
