"""Mail that something was opened in immediate danger: a reference and a link (D22)."""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import SAFEGUARDING_POSTS, current
from coordinator.access.letters import Letter, Queued, Sender, WithheldError, letter
from coordinator.access.recipients import recipient
from coordinator.access.scope import may_know
from coordinator.access.sights import Moment
from coordinator.models.directory import Post, PostHolding
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.entries import Entry
from coordinator.trail import Subject


def opened(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write to the author, or to a safeguarding lead of their agency.  Raises `WithheldError`."""
    to = message.account_id
    leads = exists().where(
        PostHolding.account_id == to,
        current(PostHolding, moment.today),
        Post.id == PostHolding.post_id,
        Post.agency_id == Entry.agency_id,
        Post.kind.in_(SAFEGUARDING_POSTS),
    )
    opening = session.execute(
        select(
            EmergencyOpening.reference,
            EmergencyOpening.family_id,
            EmergencyOpening.entry_id,
            or_(Entry.author_id == to, leads).label("answers"),
            may_know(to, EmergencyOpening.family_id).label("may_know"),
        )
        .join(Entry, Entry.id == EmergencyOpening.entry_id)
        .where(EmergencyOpening.reference == message.about)
    ).one()
    subject = Subject(
        opening.family_id, opening.entry_id, "emergency_openings", opening.reference, to
    )
    person = recipient(session, moment, to)
    if person is None:
        raise WithheldError("the account is closed", subject)
    if not opening.answers or not opening.may_know:
        raise WithheldError("may not receive it any more", subject)
    text = [
        "Somebody opened an entry in immediate danger.",
        "",
        f"Reference {opening.reference}",
        "",
        f"Read who opened it, and why: {sender.base_url}/emergencies/{opening.reference}",
        "",
        "Whom it is about is on that page, after you sign in.",
    ]
    title = f"Opened in immediate danger, reference {opening.reference}"
    return Letter(
        person.email, letter(message, sender, person.email, title, "\n".join(text)), subject
    )
