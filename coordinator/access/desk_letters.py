"""Mail about a slot at a shared desk: its reference and its time, and no more (E08)."""

from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access import find_desks
from coordinator.access.letters import Letter, MailKind, Queued, Sender, WithheldError, letter
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.trail import Subject

OPENINGS = {
    MailKind.SLOT_BOOKED: "A colleague has booked a slot with you at a shared desk.",
    MailKind.SLOT_CANCELLED: "A slot with a colleague at a shared desk is cancelled.",
}


def about_slot(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write to the other of the two.  Raises `WithheldError` if they have left."""
    subject = Subject(None, None, "desk_slots", message.about, message.account_id)
    person = recipient(session, moment, message.account_id)
    slot = person and find_desks.desk_slot(session, person.actor, moment, message.about)
    if not person or not slot:
        raise WithheldError("may not receive it any more", subject)
    at = clock.local(slot.starts_at)
    text = [
        OPENINGS[message.kind],
        "",
        f"Slot, reference {message.about}",
        f"{at:%A} {at.day} {at:%B}, {clock.time_in_words(at.time())}",
        f"Read it, after signing in: {sender.base_url}/slots/{message.about}",
    ]
    title = f"Shared desk, reference {message.about}"
    mail = letter(message, sender, person.email, title, "\n".join(text))
    return Letter(person.email, mail, subject)
