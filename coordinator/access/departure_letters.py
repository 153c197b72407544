"""Mail when somebody leaves: a reference and a link, never who and never whose (E06, E24)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find
from coordinator.access.letters import Letter, Queued, Sender, WithheldError, letter
from coordinator.access.policy import Permission, decide
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.models.departures import Departure
from coordinator.trail import Subject


def announced(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Ask a manager to say who takes over.  Raises `WithheldError` where nobody leaves any more."""
    subject = Subject(None, None, "departures", message.about, message.account_id)
    person = recipient(session, moment, message.account_id)
    leaves = session.scalar(
        select(Departure.last_day).where(
            Departure.reference == message.about,
            Departure.withdrawn_at.is_(None),
            Departure.done_at.is_(None),
        )
    )
    if person is None or leaves is None:
        raise WithheldError("nothing to decide any more", subject)
    text = [
        "Somebody of your team leaves. Please say who takes over.",
        "",
        f"Read for whom, and by when: {sender.base_url}/leavers",
        "",
        "What you have not decided when they have left comes to you.",
    ]
    title = f"Somebody leaves, reference {message.about}"
    mail = letter(message, sender, person.email, title, "\n".join(text))
    return Letter(person.email, mail, subject)


def taken_over(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Tell a worker on the case that somebody else of an agency works on it now.

    Raises `WithheldError` for who is not on the case any more.
    """
    person = recipient(session, moment, message.account_id, message.details.get("agency"))
    subject = Subject(None, None, "families", message.about, message.account_id)
    if person is None:
        raise WithheldError("the account is closed", subject)
    family = find.family(session, person.actor, moment, message.about)
    if family is None or not decide(person.actor, Permission.FAMILIES_READ, family).allowed:
        raise WithheldError("not on the case any more", subject)
    text = [
        "Somebody has left, and a colleague has taken over.",
        "",
        f"Family, reference {message.about}",
        "",
        f"See who it is and how to reach them: {sender.base_url}/families/{message.about}/people",
    ]
    title = f"A new worker, reference {message.about}"
    mail = letter(message, sender, person.email, title, "\n".join(text))
    subject = Subject(family.id, None, "families", message.about, message.account_id)
    return Letter(person.email, mail, subject)


def handed_over(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Tell a worker on the case that a colleague takes over, and where the note for them is.

    Raises `WithheldError` for who may not read it now.
    """
    person = recipient(session, moment, message.account_id, message.details.get("agency"))
    subject = Subject(None, None, "handover_notes", message.about, message.account_id)
    if person is None:
        raise WithheldError("the account is closed", subject)
    note = find.FINDERS["handover_note"](session, person.actor, moment, message.about)
    if note is None or not decide(person.actor, Permission.HANDOVER_NOTES_READ, note).allowed:
        raise WithheldError("not on the case any more", subject)
    text = [
        "A worker hands a case over to a colleague.",
        "",
        f"Family, reference {note.family.reference}",
        "",
        f"See who, from when, and what to know: {sender.base_url}/handover-notes/{message.about}",
    ]
    title = f"A worker changes, reference {note.family.reference}"
    mail = letter(message, sender, person.email, title, "\n".join(text))
    subject = Subject(note.family.id, note.id, "handover_notes", message.about, message.account_id)
    return Letter(person.email, mail, subject)
