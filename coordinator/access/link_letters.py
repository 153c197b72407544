"""Mail of the contact ladder: a reference and a link, and no more (E03, E19)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find, find_links
from coordinator.access.letters import Letter, MailKind, Queued, Sender, WithheldError, letter
from coordinator.access.policy import Permission, decide
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.models.directory import Team
from coordinator.models.families import Family
from coordinator.models.link_requests import LinkRequest
from coordinator.trail import Subject

OPENINGS = {
    MailKind.LINK_REQUEST: "A colleague asks you for help as a link worker.",
    MailKind.LINK_CLOSED: "The link worker has answered you.",
}


def about_help(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write to whoever answers for the post, or to who asked.  Raises `WithheldError`."""
    row = session.execute(
        select(LinkRequest.id, LinkRequest.family_id).where(LinkRequest.reference == message.about)
    ).one()
    subject = Subject(row.family_id, row.id, "link_requests", message.about, message.account_id)
    person = recipient(session, moment, message.account_id, message.details.get("agency"))
    sight = person and find_links.link_request(session, person.actor, moment, message.about)
    if not (
        person and sight and decide(person.actor, Permission.LINK_REQUESTS_READ, sight).allowed
    ):
        raise WithheldError("may not receive it any more", subject)
    text = [
        OPENINGS[message.kind],
        "",
        f"Request, reference {message.about}",
        f"Read it, after signing in: {sender.base_url}/link-requests/{message.about}",
    ]
    title = f"Link worker, reference {message.about}"
    mail = letter(message, sender, person.email, title, "\n".join(text))
    return Letter(person.email, mail, subject)


def unreached(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write to the manager of somebody who could not be reached.  Raises `WithheldError`."""
    family_id = session.scalars(select(Family.id).where(Family.reference == message.about)).one()
    subject = Subject(family_id, None, "unreached", message.about, message.account_id)
    agency_id = session.scalar(select(Team.agency_id).where(Team.id == message.details.get("team")))
    person = recipient(session, moment, message.account_id, agency_id)
    sight = person and find.family(session, person.actor, moment, message.about)
    if not (person and sight and decide(person.actor, Permission.CONTACTS_READ, sight).allowed):
        raise WithheldError("may not receive it any more", subject)
    text = [
        "Somebody of your team could not be reached about a family: three tries in five days.",
        "",
        f"Family, reference {message.about}",
        f"Who tried, after signing in: {sender.base_url}/families/{message.about}/contacts",
    ]
    title = f"Not reached, reference {message.about}"
    mail = letter(message, sender, person.email, title, "\n".join(text))
    return Letter(person.email, mail, subject)
