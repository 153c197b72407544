"""Telling of meetings: arranged, answered, held."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access import find_entries
from coordinator.access.sights import MeetingInSight
from coordinator.demo.teller import LostThreadError, Scene, day, scene
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Site
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.outbox import OutboxMessage
from coordinator.reads import invitations as offered
from coordinator.reads import outsiders
from coordinator.services import actions, attendance, invitations, outbox, series
from coordinator.services.meetings import Arrangement
from coordinator.services.series import Again
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import Attendance, MailState, Place, Reply


def arranged(
    telling: Scene,
    kind: str,
    ago: int,
    start: str,
    names: tuple[str, ...],
    *,
    chair: str = "",
    minute_taker: str = "",
    purpose: str = "",
    again: Again | None = None,
) -> str:
    """Arrange a meeting at a site of the arranger's agency, or a series; return its reference.

    The family, and who works with it, is asked as it is proposed.  `ago` is negative for a day to
    come.
    """
    company = offered.company(telling.session, telling.actor, telling.moment, telling.family)
    people = {c.name: c.value for c in company.invitees(telling.actor)}
    outside = outsiders.of_family(telling.session, telling.actor, telling.moment, telling.family)
    chairs = {c.name: c.value for c in company.chairs}
    takers = {c.name: c.value for c in company.minute_takers}
    site = telling.session.scalars(
        select(Site.reference)
        .join(Agency, Agency.id == Site.agency_id)
        .where(Agency.id == telling.actor.agency_id)
        .order_by(Site.id)
    ).first()
    reference, _ = series.arrange(
        telling.session,
        telling.actor,
        telling.moment,
        telling.family,
        telling.session.scalars(
            select(MeetingKind.reference).where(MeetingKind.name == kind)
        ).one(),
        Arrangement(
            day=weekday(day(ago)),
            start=time.fromisoformat(start),
            minutes=60,
            place=Place.SITE,
            site=site or "",
            purpose=purpose,
            chair=chairs.get(chair, ""),
            minute_taker=takers.get(minute_taker, ""),
            # Days move to a Friday, and so on some days of the year two of them meet.
            all_the_same=True,
        ),
        [people[name] for name in names] + [one.value for one in outside if one.proposed],
        None,
        None,
        again,
    )
    return reference


def weekday(wanted: date) -> date:
    """Return this day, or the Friday before a weekend."""
    return wanted - timedelta(days=max(wanted.weekday() - 4, 0))


def answered(
    session: Session, name: str, meeting: str, reply: Reply, ago: int, note: str = ""
) -> None:
    """Let somebody answer an invitation."""
    with scene(session, name, ago=ago, at="16:20", does="meetings.reply") as telling:
        invitations.answer(
            session, telling.actor, telling.moment, seen(telling, meeting), reply, note
        )


def held(
    session: Session, name: str, meeting: str, came: Mapping[str, Attendance], ago: int
) -> None:
    """Let the chair or minute taker record who came; whoever is not named came."""
    with scene(session, name, ago=ago, at="17:00", does="meetings.record") as telling:
        invited = session.execute(
            select(Invitation.reference, Invitation.version, Account.name)
            .outerjoin(Account, Account.id == Invitation.account_id)
            .join(Meeting, Meeting.id == Invitation.meeting_id)
            .where(Meeting.reference == meeting)
        ).all()
        attendance.record(
            session,
            telling.moment,
            seen(telling, meeting),
            sum(row.version for row in invited),
            {row.reference: came.get(row.name, Attendance.ATTENDED) for row in invited},
        )


def agreed(
    session: Session, name: str, meeting: str, text: str, ago: int, due: int, did: int
) -> None:
    """Let somebody take on an action at a meeting on LANE-01, and do it; in days ago."""
    with scene(session, name, "LANE-01", ago=ago, at="15:10", does="actions.add") as telling:
        sight = seen(telling, meeting)
        day = telling.moment.today + timedelta(days=ago - due)
        here = (session, telling.actor, telling.moment, telling.family)
        action = actions.ask(*here, text, telling.worker(name), day, meeting_id=sight.id)
    with scene(session, name, "LANE-01", ago=did, at="16:40", does="actions.finish") as telling:
        actions.done(session, telling.actor, telling.moment, telling.action(action))


def seen(telling: Scene, meeting: str) -> MeetingInSight:
    """Return a meeting as this person stands to it."""
    sight = find_entries.meeting(telling.session, telling.actor, telling.moment, meeting)
    if sight is None:
        raise LostThreadError(meeting)
    return sight


def delivered(session: Session) -> None:
    """Let the mail about meetings that are over have been sent when it was queued."""
    rows = session.execute(
        select(
            OutboxMessage.message_id,
            OutboxMessage.queued_at,
            OutboxMessage.account_id,
            Meeting.id,
            Meeting.family_id,
            Meeting.reference,
        )
        .join(Meeting, Meeting.reference == OutboxMessage.about)
        .where(Meeting.starts_at < clock.now(), OutboxMessage.state == MailState.QUEUED)
    ).all()
    for row in rows:
        sent_at = row.queued_at + timedelta(seconds=20)
        with clock.standing_at(sent_at):
            trail.acting(session, Acting(service="worker"), "mail.send")
            subject = Subject(row.family_id, row.id, "meetings", row.reference, row.account_id)
            outbox.close(session, row.message_id, sent_at, MailState.SENT, subject)
