"""Mail when somebody leaves: a reference and a link, never who and never whose (E06, E24)."""

from dataclasses import dataclass

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
    return _about_an_entry(
        session,
        moment,
        message,
        sender,
        About(
            "handover_note",
            "handover_notes",
            Permission.HANDOVER_NOTES_READ,
            "A worker changes",
            "A worker hands a case over to a colleague.",
            "See who, from when, and what to know",
        ),
    )


def help_ends(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Tell a worker on the case where the end of one agency's help stands.

    Raises `WithheldError` for who may not read it now.
    """
    return _about_an_entry(
        session,
        moment,
        message,
        sender,
        About(
            "ending",
            "endings",
            Permission.ENDINGS_READ,
            "One agency’s help",
            "Something about the end of one agency’s help has changed.",
            "See what ends, what continues, and what is asked of you",
        ),
    )


@dataclass(frozen=True)
class About:
    """The words of a letter about an entry, and how it is found and may be read."""

    finder: str
    pages: str
    permission: Permission
    title: str
    what: str
    see: str


def _about_an_entry(
    session: Session, moment: Moment, message: Queued, sender: Sender, about: About
) -> Letter:
    person = recipient(session, moment, message.account_id, message.details.get("agency"))
    subject = Subject(None, None, about.pages, message.about, message.account_id)
    if person is None:
        raise WithheldError("the account is closed", subject)
    found = find.FINDERS[about.finder](session, person.actor, moment, message.about)
    if found is None or not decide(person.actor, about.permission, found).allowed:
        raise WithheldError("not on the case any more", subject)
    link = f"{sender.base_url}/{about.pages.replace('_', '-')}/{message.about}"
    text = [
        about.what,
        "",
        f"Family, reference {found.family.reference}",
        "",
        f"{about.see}: {link}",
    ]
    title = f"{about.title}, reference {found.family.reference}"
    mail = letter(message, sender, person.email, title, "\n".join(text))
    subject = Subject(found.family.id, found.id, about.pages, message.about, message.account_id)
    return Letter(person.email, mail, subject)
