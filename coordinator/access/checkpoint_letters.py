"""Mail to a privacy officer with the checkpoint of the day: numbers, and nothing of any family."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.letters import Letter, Queued, Sender, WithheldError, letter
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.models.trail import TrailCheckpoint
from coordinator.seal import checkpoints
from coordinator.trail import Subject


def of_the_day(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write down the checkpoint, as it is signed and as it can be kept on paper.

    Raises `WithheldError` if the recipient's account is closed or no longer a privacy officer's.
    """
    subject = Subject(None, None, "trail_checkpoints", None, message.account_id)
    person = recipient(session, moment, message.account_id, message.details["agency"])
    if person is None or not person.actor.is_privacy_officer:
        raise WithheldError("is no privacy officer today", subject)
    note = session.scalars(
        select(TrailCheckpoint.note).where(TrailCheckpoint.size == int(message.about))
    ).one()
    checkpoint = checkpoints.read(note)
    text = [
        f"The trail of Coordinator has {checkpoint.size} acts. Please keep this mail.",
        "Nobody can change an act from before it without this root becoming wrong.",
        "",
        f"On paper: {checkpoint.size} acts, root",
        *checkpoints.paper(checkpoint.root),
        "",
        "For a computer:",
        "",
        note,
        "",
        f"All checkpoints, after signing in: {sender.base_url}/audit/checkpoints",
    ]
    mail = letter(message, sender, person.email, "Checkpoint of the trail", "\n".join(text))
    return Letter(person.email, mail, subject)
