"""Mail about a need that nobody answered: a reference and a link, and no more (E35)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_entries
from coordinator.access.letters import Letter, Queued, Sender, WithheldError, letter
from coordinator.access.policy import Permission, decide
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.models.entries import Entry
from coordinator.trail import Subject


def not_answered(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write to a manager of a team on the case.  Raises `WithheldError`."""
    row = session.execute(
        select(Entry.id, Entry.family_id).where(Entry.reference == message.about)
    ).one()
    subject = Subject(row.family_id, row.id, "raised_needs", message.about, message.account_id)
    person = recipient(session, moment, message.account_id, message.details.get("agency"))
    sight = person and find_entries.raised_need(session, person.actor, moment, message.about)
    if not (
        person and sight and decide(person.actor, Permission.RAISED_NEEDS_CLOSE, sight).allowed
    ):
        raise WithheldError("may not receive it any more", subject)
    text = [
        "A need was raised, and nobody has answered within its hours.",
        "The managers of both agencies are told. It is closed only with what was done.",
        "",
        f"Need, reference {message.about}",
        f"Read it, after signing in: {sender.base_url}/raised-needs/{message.about}",
    ]
    title = f"Need not answered, reference {message.about}"
    mail = letter(message, sender, person.email, title, "\n".join(text))
    return Letter(person.email, mail, subject)
