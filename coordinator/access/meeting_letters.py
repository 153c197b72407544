"""Invitations, updates and cancellations as mail with a calendar part (iTIP, RFC 5546).

They carry a reference, a time and a link: no name of a family member, no word of what a meeting is
about or of which kind it is, a place only if it is a listed site.  The one attendee is the
recipient and the organiser is the tool: no mail lists who else is involved (threats, 16).
"""

from datetime import timedelta
from typing import Any

from icalendar import Calendar, Event, vCalAddress
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from coordinator.access import agenda, find_entries, guest_letters, series_letters
from coordinator.access.letters import Letter, MailKind, Queued, Sender, WithheldError, letter
from coordinator.access.recipients import recipient
from coordinator.access.scope import may_know
from coordinator.access.sights import Moment, Way
from coordinator.clock import day_in_words, elsewhere, local, time_in_words
from coordinator.models.accounts import Account
from coordinator.models.directory import Site
from coordinator.models.meetings import Invitation, Meeting
from coordinator.settings import SETTINGS
from coordinator.trail import Subject
from coordinator.vocabulary import AskedAs, MeetingState, Reply

OPENINGS = {
    MailKind.INVITATION: "You are invited to a meeting.",
    MailKind.UPDATE: "The time or the place of a meeting has changed.",
    MailKind.REMINDER: "You are invited to a meeting and have not answered yet.",
    MailKind.VIEW_ASKED: "You are asked for a written view for a meeting.",
}


GUESTS_OWN = (
    "The link is for you alone. It opens this one meeting, without signing in, until {} days after"
    " it."
)
BY_CALENDAR_TOO = "You can answer from your calendar, too."
BY_LINK_ALONE = "An answer from your calendar does not reach Coordinator: please use the link."


def invitation(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write an invitation or an update of one.  Raises `WithheldError`."""
    meeting = _meeting(session, message)
    subject = _subject(meeting, message)
    if message.guest_id:
        to, link = guest_letters.address_and_link(session, message, meeting, sender, subject)
        inside, parts = GUESTS_OWN.format(SETTINGS.guest_pass_after_meeting.days), []
    else:
        to = _recipient_in_sight(session, moment, message, meeting, subject)
        link = f"{sender.base_url}/meetings/{meeting.reference}"
        inside = "What the meeting is about is on that page, after you sign in."
        parts = _my_parts(session, moment, message, meeting)
    if meeting.state is not MeetingState.PLANNED:
        raise WithheldError("the meeting is no longer planned", subject)
    if message.kind is MailKind.REMINDER and meeting.reply is not Reply.NEEDS_ACTION:
        raise WithheldError("has answered meanwhile", subject)
    text = [
        OPENINGS[message.kind],
        "",
        f"Meeting, reference {meeting.reference}",
        _when(meeting),
        *parts,
        _site(meeting) or "The place, or how to join, is on the meeting’s page.",
        "",
        *series_letters.others(session, message, meeting),
        f"Say whether you are coming: {link}",
        "",
        inside,
        BY_CALENDAR_TOO if sender.replies_to else BY_LINK_ALONE,
    ]
    return _letter(meeting, message, sender, subject, to, text, link)


def cancellation(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write that a meeting is off, or off for one person, who need not be invited any more.

    Raises `WithheldError`.
    """
    meeting = _meeting(session, message)
    subject = _subject(meeting, message)
    if message.guest_id:
        to = guest_letters.address_to_cancel(session, message, meeting, subject)
    else:
        to = _address_of_a_worker(session, moment, message, meeting, subject)
    off = meeting.state is MeetingState.CANCELLED
    text = [
        "A meeting is cancelled." if off else "You are no longer asked to come to a meeting.",
        "",
        f"Meeting, reference {meeting.reference}",
        _when(meeting),
        *(series_letters.called_off(session, message, meeting) if off else []),
        "",
        "You need not do anything. Your calendar can take the meeting out.",
    ]
    return _letter(meeting, message, sender, subject, to, text)


def _address_of_a_worker(
    session: Session, moment: Moment, message: Queued, meeting: Any, subject: Subject
) -> str:
    person = recipient(session, moment, message.account_id)
    if person is None:
        raise WithheldError("the account is closed", subject)
    if not session.scalar(select(may_know(message.account_id, meeting.family_id))):
        raise WithheldError("may not receive it any more", subject)
    return person.email


def _meeting(session: Session, message: Queued) -> Any:
    return session.execute(
        select(
            Meeting.id,
            Meeting.reference,
            Meeting.family_id,
            Meeting.uid,
            Meeting.sequence,
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.state,
            Site.name.label("site_name"),
            Site.address.label("site_address"),
            Invitation.agency_id.label("invited_for"),
            Invitation.reply,
            Invitation.asked_as,
            select(Account.zone)
            .where(Account.id == message.account_id)
            .scalar_subquery()
            .label("zone"),
        )
        .outerjoin(Site, Site.id == Meeting.site_id)
        .outerjoin(
            Invitation,
            and_(
                Invitation.meeting_id == Meeting.id,
                Invitation.guest_id == message.guest_id
                if message.guest_id
                else Invitation.account_id == message.account_id,
                Invitation.removed_at.is_(None),
            ),
        )
        .where(Meeting.reference == message.about)
        .limit(1)
    ).one()


def _subject(meeting: Any, message: Queued) -> Subject:
    return Subject(meeting.family_id, meeting.id, "meetings", meeting.reference, message.account_id)


def _recipient_in_sight(
    session: Session, moment: Moment, message: Queued, meeting: Any, subject: Subject
) -> str:
    """Return the address of the recipient if the meeting's page would open for them now."""
    person = recipient(session, moment, message.account_id, meeting.invited_for)
    if person is None:
        raise WithheldError("the account is closed", subject)
    if meeting.invited_for is None:
        raise WithheldError("no longer invited", subject)
    sight = find_entries.meeting(session, person.actor, moment, meeting.reference)
    if sight is None or sight.invitation_id is None:
        raise WithheldError("may not receive it any more", subject)
    if meeting.asked_as is AskedAs.WORKER and sight.family.way is not Way.ON_THE_CASE:
        raise WithheldError("not on the case any more", subject)
    return person.email


def _my_parts(session: Session, moment: Moment, message: Queued, meeting: Any) -> list[str]:
    """Return from when to when this worker is asked to be there, if it is for some parts only."""
    person = recipient(session, moment, message.account_id, meeting.invited_for)
    sight = person and find_entries.meeting(session, person.actor, moment, meeting.reference)
    if not person or not sight:
        return []
    times = agenda.my_times(session, person.actor, sight, meeting.starts_at)
    spans = [f"{time_in_words(local(a))} to {time_in_words(local(b))}" for a, b in times]
    return [f"You are asked from {' and from '.join(spans)}."] if spans else []


def _when(meeting: Any) -> str:
    """Write when it is, in London's time and in that of whoever reads it."""
    ends_at = meeting.starts_at + timedelta(minutes=meeting.minutes)
    start, end = local(meeting.starts_at), local(ends_at)
    when = f"{day_in_words(start)}, {time_in_words(start)} to {time_in_words(end)}"
    there = elsewhere(meeting.starts_at, ends_at, meeting.zone) if meeting.zone else ""
    return f"{when}, London time\n({there})" if there else when


def _site(meeting: Any) -> str:
    """Return the listed site, if the meeting is at one; no other place is even read here."""
    return ", ".join(part for part in (meeting.site_name, meeting.site_address) if part)


def _letter(
    meeting: Any,
    message: Queued,
    sender: Sender,
    subject: Subject,
    to: str,
    text: list[str],
    link: str = "",
) -> Letter:
    """Return the mail with its calendar part; without a link it is a cancellation."""
    heading = "Meeting" if link else "Cancelled: meeting"
    mail = letter(message, sender, to, f"{heading}, reference {meeting.reference}", "\n".join(text))
    # Bytes, so that the line ends of the calendar stay as the standard wants them.
    mail.add_alternative(
        _calendar(meeting, message, sender, to, link),
        maintype="text",
        subtype="calendar",
        params={"method": "REQUEST" if link else "CANCEL", "charset": "utf-8"},
    )
    return Letter(to, mail, subject)


def _calendar(meeting: Any, message: Queued, sender: Sender, to: str, link: str) -> bytes:
    """Return the iCalendar object: one event, in UTC, with the properties of RFC 5546."""
    attendee = vCalAddress(f"mailto:{to}")
    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", message.queued_at)
    event.add("sequence", max(meeting.sequence, message.details.get("sequence", 0)))
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    event.add("summary", f"Meeting, reference {meeting.reference}")
    event.add("status", "CONFIRMED" if link else "CANCELLED")
    event.add("organizer", vCalAddress(f"mailto:{sender.replies_to or sender.address}"))
    if link:
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        attendee.params["PARTSTAT"] = meeting.reply.value.upper()
        attendee.params["RSVP"] = "TRUE" if meeting.reply is Reply.NEEDS_ACTION else "FALSE"
        if not message.guest_id:
            # A guest's link opens without signing in, and others may read their calendar.
            event.add("url", link)
        if site := _site(meeting):
            event.add("location", site)
    event.add("attendee", attendee)
    calendar = Calendar()
    calendar.add("prodid", "-//Coordinator//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST" if link else "CANCEL")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
