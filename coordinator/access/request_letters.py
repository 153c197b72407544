"""Mail that somebody is asked for information: a reference, a day and a link, and nothing else."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_requests
from coordinator.access.letters import Letter, MailKind, Queued, Sender, WithheldError, letter
from coordinator.access.policy import Permission, decide
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.clock import day_in_words
from coordinator.models.information_requests import InformationRequest
from coordinator.trail import Subject

OPENINGS = {
    MailKind.REQUEST: "You are asked for information.",
    MailKind.REQUEST_CHASED: "You are asked for information, and the answer is late.",
}


def asked(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write to somebody who can answer a request now.  Raises `WithheldError`."""
    request = session.execute(
        select(
            InformationRequest.id,
            InformationRequest.reference,
            InformationRequest.family_id,
            InformationRequest.due_on,
        ).where(InformationRequest.reference == message.about)
    ).one()
    subject = Subject(
        request.family_id,
        request.id,
        "information_requests",
        request.reference,
        message.account_id,
    )
    person = recipient(session, moment, message.account_id, message.details.get("agency"))
    if person is None:
        raise WithheldError("the account is closed", subject)
    sight = find_requests.request(session, person.actor, moment, request.reference)
    if sight is None or not decide(person.actor, Permission.REQUESTS_ANSWER, sight).allowed:
        raise WithheldError("no longer asked", subject)
    text = [
        OPENINGS[message.kind],
        "",
        f"Request, reference {request.reference}",
        f"By {day_in_words(request.due_on)}",
        "",
        f"Read it and answer: {sender.base_url}/requests/{request.reference}",
        "",
        "What is asked, and about whom, is on that page, after you sign in.",
    ]
    title = f"Request for information, reference {request.reference}"
    mail = letter(message, sender, person.email, title, "\n".join(text))
    return Letter(person.email, mail, subject)
