"""What did not arrive, on the page of the one who sent it: a task for a human (point 12)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.find_undelivered import ABOUT_FAMILY, about, did_not_arrive, mine
from coordinator.access.letters import MailKind
from coordinator.access.prepared import Prepared
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.base import UTCDateTime
from coordinator.models.directory import Team
from coordinator.models.families import Family
from coordinator.models.guests import Guest
from coordinator.models.outbox import OutboxMessage
from coordinator.reads.today_rows import Press, TodayRow
from coordinator.settings import SETTINGS
from coordinator.vocabulary import MailState

WHAT = {
    MailKind.INVITATION: ("the invitation to a meeting", "/meetings/"),
    MailKind.UPDATE: ("the change of a meeting", "/meetings/"),
    MailKind.CANCELLATION: ("that a meeting is off", "/meetings/"),
    MailKind.EMERGENCY: ("what was opened in immediate danger", "/emergencies/"),
    MailKind.REQUEST: ("a request for information", "/requests/"),
    MailKind.REQUEST_CHASED: ("a request for information", "/requests/"),
    MailKind.REFERRAL: ("a referral", "/referrals/"),
    MailKind.LINK_REQUEST: ("a request to a link worker", "/link-requests/"),
    MailKind.NEED: ("a need that nobody answered", "/raised-needs/"),
    MailKind.LINK_CLOSED: ("what came of a request to a link worker", "/link-requests/"),
}
HINTS = {
    MailState.FAILED: "The mail server refused the mail",
    MailState.WITHHELD: "This guest may not be written to",
    MailState.QUEUED: "The mail has not left since",
}


def _statement(actor: Actor, moment: Moment) -> Any:
    since, soon = (bindparam(name, type_=UTCDateTime()) for name in ("since", "soon"))
    chosen = (
        select(
            OutboxMessage.reference,
            OutboxMessage.kind,
            OutboxMessage.about,
            OutboxMessage.state,
            OutboxMessage.queued_at,
            func.coalesce(Account.name, Guest.name, Team.name).label("to"),
            func.coalesce(Account.phone, Guest.phone, Team.phone).label("phone"),
            Family.reference.label("family"),
        )
        .select_from(OutboxMessage)
        .outerjoin(Account, Account.id == OutboxMessage.account_id)
        .outerjoin(Guest, Guest.id == OutboxMessage.guest_id)
        .outerjoin(Team, Team.id == OutboxMessage.team_id)
    )
    return (
        about(chosen)
        .join(Family, Family.id == ABOUT_FAMILY)
        .where(mine(actor, moment), did_not_arrive(moment.now, since, soon))
        .order_by(OutboxMessage.id)
    )


UNDELIVERED = Prepared(_statement)


def waiting(session: Session, actor: Actor, moment: Moment) -> Iterator[TodayRow]:
    """Yield whom the actor must reach in another way.  One statement."""
    rows = UNDELIVERED.run(
        session,
        actor,
        moment,
        since=moment.now - SETTINGS.mail_urgent_after,
        soon=moment.now + SETTINGS.mail_urgent_before_meeting,
    )
    for row in rows:
        what, where = WHAT.get(MailKind(row.kind), ("a message", ""))
        yield TodayRow(
            kind="undelivered",
            verb="Tell",
            text=f"{row.to} yourself: {what} did not arrive",
            href=f"{where}{row.about}" if where else f"/families/{row.family}",
            family=row.family,
            due=moment.today,
            due_word="sent",
            at=row.queued_at,
            hint=HINTS[row.state],
            late=True,
            phone=row.phone or "",
            press=Press(f"/undelivered/{row.reference}/told", "I have told them"),
        )
