"""Who may not know of a family, and what was opened in immediate danger: done, and waiting."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access import find_entries
from coordinator.access.actor import SAFEGUARDING_POSTS
from coordinator.access.find_emergencies import emergency
from coordinator.access.find_exclusions import exclusion
from coordinator.demo import cast
from coordinator.demo.gatherings import answered, arranged
from coordinator.demo.teller import LostThreadError, scene
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.outbox import OutboxMessage
from coordinator.services import emergencies, exclusions, notes, outbox
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import Danger, MailState, Reply, ReviewOutcome


def load(session: Session) -> None:
    """Tell it.  The caller commits."""
    _keep_out(session)
    _danger_at_mill(session)
    _opened(
        session,
        "WREN-07",
        "Maeve",
        "Dora holds her breath when she is told no. Sit down with her, and wait; she comes back.",
        "Bella",
        "Ada’s nursery rings: Dora stands at the gate with her and does not answer anybody.",
        0,
    )
    _held_and_not_recorded(session)


def _keep_out(session: Session) -> None:
    """One exclusion that stands, and one that a privacy officer has lifted."""
    with scene(session, "Dana", "MILL-02", ago=34, at="08:50", does="exclusions.set") as telling:
        exclusions.set_exclusion(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            cast.actor(session, "Priya").reference,
            "A cousin of Joan’s; she told me herself, and asked not to know.",
        )
    with scene(session, "Dev", "HILL-06", ago=16, at="09:20", does="exclusions.set") as telling:
        set_by_mistake = exclusions.set_exclusion(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            cast.actor(session, "Omar").reference,
            "He seems to be the neighbour of whom Sam speaks.",
        )
    with scene(session, "Piers", ago=15, at="14:00", does="exclusions.lift") as telling:
        found = exclusion(session, telling.actor, telling.moment, set_by_mistake)
        if found is None:
            raise LostThreadError(set_by_mistake)
        why = "Dev and Omar both say so: the neighbour is somebody else of the same name."
        exclusions.lift(session, telling.actor, telling.moment, found, why)


def _danger_at_mill(session: Session) -> None:
    opening = _opened(
        session,
        "MILL-02",
        "Amira",
        "Joan keeps more tablets than she needs, in the drawer beside Tess’s bed. We speak of it.",
        "Nia",
        "Tess is drowsy at nursery and Joan cannot be reached; what may she have taken?",
        9,
    )
    with scene(session, "Elif", ago=8, at="09:40", does="emergencies.review") as telling:
        actor = replace(telling.actor, posts=SAFEGUARDING_POSTS)
        found = emergency(session, actor, telling.moment, opening)
        if found is None:
            raise LostThreadError(opening)
        emergencies.review(
            session,
            actor,
            telling.moment,
            found,
            ReviewOutcome.LEARNING,
            "Right to look, and Tess had a cold. Amira and Nia put the tablets on the shared plan.",
        )


def _opened(
    session: Session, family: str, author: str, text: str, opener: str, fear: str, ago: int
) -> str:
    """Let a colleague of the other agency open a note in danger; return the opening's reference."""
    with scene(session, author, family, ago=ago + 4, at="16:30", does="notes.add") as telling:
        note = notes.add_note(session, telling.actor, telling.moment, telling.family, text)
    # Whatever was opened today was opened just now, so that it is open still.
    at = "09:15" if ago else "23:59"
    with scene(session, opener, family, ago=ago, at=at, does="emergencies.open") as telling:
        held = find_entries.notice(session, telling.actor, telling.moment, note)
        if held is None:
            raise LostThreadError(note)
        opening = emergencies.open_now(
            session, telling.actor, telling.moment, held, Danger.CHILD, fear
        )
    _told(session, opening)
    return opening


def _told(session: Session, opening: str) -> None:
    """Let the mail about an opening have been sent when it was queued."""
    about = session.scalars(
        select(EmergencyOpening).where(EmergencyOpening.reference == opening)
    ).one()
    queued = session.execute(
        select(OutboxMessage.message_id, OutboxMessage.queued_at, OutboxMessage.account_id).where(
            OutboxMessage.about == opening
        )
    ).all()
    for row in queued:
        sent_at = row.queued_at + timedelta(seconds=20)
        with clock.standing_at(sent_at):
            trail.acting(session, Acting(service="worker"), "mail.send")
            subject = Subject(
                about.family_id, about.entry_id, "emergency_openings", opening, row.account_id
            )
            outbox.close(session, row.message_id, sent_at, MailState.SENT, subject)


def _held_and_not_recorded(session: Session) -> None:
    """A meeting of yesterday or so, of which its chair has not yet said who came."""
    with scene(session, "Bella", "WREN-07", ago=10, at="13:20", does="meetings.arrange") as telling:
        meeting = arranged(
            telling,
            "Child in need meeting",
            1,
            "10:00",
            ("Maeve",),
            chair="Hana",
            purpose="How Dora and Ada do at home, and who visits when.",
        )
    answered(session, "Maeve", meeting, Reply.ACCEPTED, 8)
    answered(session, "Hana", meeting, Reply.ACCEPTED, 7)
