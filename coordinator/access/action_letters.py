"""Mail that an action is soon due: a reference, a day and a link, and nothing else (E14)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_entries
from coordinator.access.letters import Letter, Queued, Sender, WithheldError, letter
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.clock import day_in_words
from coordinator.models.plans import Action
from coordinator.trail import Subject
from coordinator.vocabulary import ActionState


def due(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write to whoever is to do an action.  Raises `WithheldError` if it waits for them no more."""
    action = session.execute(
        select(Action.id, Action.reference, Action.family_id, Action.due_on).where(
            Action.reference == message.about
        )
    ).one()
    subject = Subject(action.family_id, action.id, "actions", action.reference, message.account_id)
    person = recipient(session, moment, message.account_id, message.details.get("agency"))
    if person is None:
        raise WithheldError("the account is closed", subject)
    sight = find_entries.action(session, person.actor, moment, action.reference)
    if sight is None or sight.owner_account_id != message.account_id:
        raise WithheldError("may not receive it any more", subject)
    if sight.state not in (ActionState.REQUESTED, ActionState.ACCEPTED):
        raise WithheldError("it is closed", subject)
    asked = sight.state is ActionState.REQUESTED
    text = [
        "You are asked to do something, and have not answered yet."
        if asked
        else "Something that you took on is due soon.",
        "",
        f"Action, reference {action.reference}",
        f"By {day_in_words(action.due_on)}",
        "",
        f"Say how it stands: {sender.base_url}/actions/{action.reference}",
        "",
        "What it is, and for whom, is on that page, after you sign in.",
    ]
    title = f"Action due soon, reference {action.reference}"
    mail = letter(message, sender, person.email, title, "\n".join(text))
    return Letter(person.email, mail, subject)
