"""Facts that a person may not know, drawn and told into a world: there, with other words, or not.

Which words a fact has is not written down for each table: whatever is stored while a fact is told
carries the fact's words in each column that can hold words.  So a new column is hidden, too.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Enum, String, event, select
from sqlalchemy.orm import Mapper

import archetypes
import records
from archetypes import Archetype
from coordinator import trail
from coordinator.access.actor import hash_of
from coordinator.access.letters import MailKind
from coordinator.demo import cast
from coordinator.demo.people import CMHT, CSC
from coordinator.models.accounts import Draft, SignInSession, Submission
from coordinator.models.base import Model
from coordinator.models.calendars import CalendarFeed, CalendarFetch
from coordinator.models.entries import Entry
from coordinator.models.families import Oversight
from coordinator.services import outbox, setup_links
from coordinator.services.families import match_name
from coordinator.vocabulary import EventKind, Level, LinkReason, Notice
from sharing_model import Said
from sharing_writer import account_id
from writer import Writer

NUMBER, OF_OTHERS = "9434765919", "9434765870"
# Words that the tool itself puts together, or by which it finds the record again.
OF_THE_TOOL = {"reference", "uid", "zone", "message_id", "form_key", "location", "path", "email"}
OF_THE_TOOL |= {"about", "details", "form", "kind", "nhs_number", "password_hash", "totp_secret"}
OF_THE_TOOL |= {
    "token_hash",
    "told_hash",
    "someone_else",
}  # a contact is with one alone, and here with a colleague
# Mail to a team's inbox, and about a post or a leaver, in which no family is told of.
OF_NO_WORKER = {MailKind.TO_TEAM, MailKind.REFERRAL, MailKind.POST, MailKind.DEPARTURE}
# Of no family.
OF_NO_WORKER |= {MailKind.SLOT_BOOKED, MailKind.SLOT_CANCELLED, MailKind.CHECKPOINT}
AUTHORS = {"Amira": CMHT, "Ben": CSC}
HELD_BACK = (Level.OWN_AGENCY, Level.NAMED, Level.SAFE_CONTACT, Level.PARENTS_OWN)


@dataclass(frozen=True)
class Fact:
    """Something that is so in a world.  `tell` adds it and returns where its parameters lead.

    `values_alone`: that there is something may be known, and only what it says is hidden.
    """

    name: str
    tell: Callable[[Writer, str], dict[str, str]]
    values_alone: bool = False


@dataclass(frozen=True)
class Told:
    """A fact as one world has it: with these words, or without words not at all."""

    fact: Fact
    words: str | None


@contextmanager
def saying(words: str) -> Iterator[set[type[Model]]]:
    """Let each new row say these words wherever it can say any; yield what was stored."""
    stored: set[type[Model]] = set()

    def say(mapper: Mapper[Any], _connection: Any, row: Any) -> None:
        stored.add(mapper.class_)
        for attribute in mapper.column_attrs:
            kind = attribute.columns[0].type
            if isinstance(kind, Enum) or not isinstance(kind, String):
                continue
            if attribute.key == "match_name":
                row.match_name = match_name(words)
            elif attribute.key not in OF_THE_TOOL:
                setattr(row, attribute.key, words[: kind.length])

    event.listen(Mapper, "before_insert", say)
    try:
        yield stored
    finally:
        event.remove(Mapper, "before_insert", say)


def some_words(draw: random.Random) -> str:
    """Return a word that nobody else says, and that begins like no other."""
    return draw.choice("QXZJ") + "".join(
        draw.choices(string.ascii_lowercase, k=draw.randint(6, 12))
    )


# Facts about LANE-01.


def _entries(
    author: str, level: Level, notice: Notice, writer: Writer, words: str
) -> dict[str, str]:
    return records.references(writer.of_each_kind(author, words, level, notice))


def _exclusion(writer: Writer, words: str) -> dict[str, str]:
    return {"exclusion": writer.keep_out("Farah")}


def _looks(writer: Writer, words: str) -> dict[str, str]:
    session = writer.session
    trail.acting(session, cast.actor(session, "Paula").acting(), "families.read")
    for action in ("families.read", "plans.read", "contacts.read"):
        trail.looked(session, trail.Subject(writer.family_id, None, "families"), action)
    return {}


def _reason(writer: Writer, words: str) -> dict[str, str]:
    lead = cast.actor(writer.session, "Elif")
    trail.acting(writer.session, lead.acting(), "families.give-reason")
    writer.session.add(
        Oversight(
            family_id=writer.family_id,
            account_id=lead.account_id,
            agency_id=lead.agency_id,
            reason=words,
            opened_at=writer.moment.now,
            until=writer.moment.now + timedelta(hours=2),
        )
    )
    writer.session.flush()
    return {}


def _alert(writer: Writer, words: str) -> dict[str, str]:
    return {"alert": writer.look_alert("Paula")}


def _danger(writer: Writer, words: str) -> dict[str, str]:
    held = select(Entry).where(Entry.family_id == writer.family_id, Entry.level == Level.NAMED)
    first = writer.session.scalars(held.order_by(Entry.id).limit(1)).one()
    return {"emergency": writer.danger("Paula", first)}


# Facts about nobody's case.


def _of_somebody_else(writer: Writer, words: str) -> dict[str, str]:
    """What somebody typed and sent, their sign-in, mail to them, links that are theirs alone."""
    session, now = writer.session, writer.moment.now
    who = cast.actor(session, "Paula")
    trail.acting(session, who.acting(), "sessions.sign-in")
    trail.write(session, EventKind.SIGN_IN, outcome="signed-in")
    mine = {"account_id": who.account_id}
    session.add(SignInSession(token_hash=hash_of(words), started_at=now, last_used_at=now, **mine))
    session.add(feed := CalendarFeed(token_hash=hash_of(f"feed {words}"), made_at=now, **mine))
    session.flush()
    session.add(CalendarFetch(feed_id=feed.id, last_at=now, in_the_hour=1))
    session.add(Draft(path="/families/LANE-01/plan", form=words, kept_at=now, **mine))
    session.add(Submission(form_key=words, location="/families/LANE-01/plan", at=now, **mine))
    setup_links.make(session, who.account_id, LinkReason.FORGOTTEN_PASSWORD, now)
    outbox.queue(session, writer.moment, who.account_id, MailKind.REQUEST, "LANE-01")
    session.flush()
    return {}


def _family(worker: str, writer: Writer, words: str) -> dict[str, str]:
    """A family of which only its own worker knows."""
    return records.another_family(writer.session, writer.moment, words, OF_OTHERS, [worker])


def _excluded(who: Archetype, writer: Writer, words: str) -> dict[str, str]:
    """A family from which somebody is kept who has every right there is; mail waits for them."""
    session, moment = writer.session, writer.moment
    found = records.another_family(session, moment, words, NUMBER, ["Paula", "Bella"], who.name)
    account = account_id(session, who.name)
    for kind in set(MailKind) - OF_NO_WORKER:
        about = {MailKind.EMERGENCY: "emergency", MailKind.REQUEST: "request"}
        about |= {MailKind.REQUEST_CHASED: "request", MailKind.ACTION_DUE: "action"}
        about |= {MailKind.TAKEN_OVER: "family", MailKind.UNREACHED: "family"}
        about |= {MailKind.NEED: "raised_need"}
        about |= dict.fromkeys((MailKind.LINK_REQUEST, MailKind.LINK_CLOSED), "link_request")
        outbox.queue(session, moment, account, kind, found[about.get(kind, "meeting")])
    session.flush()
    return found


# Who may know of a fact that is no entry, by the rules of sharing.md, row Audit, and decisions
# 12, 13 and 16.  What is read by level stands in sharing_model.py.
MANAGERS = {"Team manager", "Excluded manager"}
NORTH_LEADS = {"Northside lead", "Northside lead too late", "Excluded lead"}
KNOWN_TO: dict[str, tuple[Callable[[Writer, str], dict[str, str]], set[str]]] = {
    "an exclusion": (_exclusion, MANAGERS | {"Privacy officer", "Northside lead"}),
    "looks": (_looks, MANAGERS | NORTH_LEADS),
    "a lead's reason": (_reason, MANAGERS | NORTH_LEADS),
    "an alert": (_alert, {"Privacy officer"}),
    "an emergency": (_danger, MANAGERS | NORTH_LEADS),
    "somebody else's affairs": (
        _of_somebody_else,
        NORTH_LEADS | {"Privacy officer", "Administrator", "Excluded administrator"},
    ),
    "a family of Northside": (partial(_family, "Paula"), NORTH_LEADS | {"Privacy officer"}),
    "a family of Eastway": (partial(_family, "Omar"), {"Eastway lead"}),
}


def hidden_from(who: Archetype, moment: Any) -> list[Fact]:
    """Return every fact that this person may not know."""
    facts = [Fact(name, tell) for name, (tell, known) in KNOWN_TO.items() if who.name not in known]
    if who.excluded:
        facts.append(Fact("a family to keep from them", partial(_excluded, who)))
    case = archetypes.case(moment)
    if who.is_lead:
        # To say why they look is among what they may do: what they then read is no secret.
        case.reasons[who.name, who.agency] = moment.now + timedelta(hours=1)
    way = case.way(who.name, who.agency, moment.now, moment.today)
    for author, agency in AUTHORS.items():
        for level in (Level.OPEN, *HELD_BACK):
            case.said = {1: Said(author, agency, level.value)}
            if case.reads(who.name, who.agency, moment.now, moment.today):
                continue
            # A lead of the author's agency is told of what leaves no notice, and why.
            told_why = who.is_lead and who.agency == agency and level in HELD_BACK[:2]
            noticed = way == "on the case" or (way in ("manager", "lead") and who.agency == agency)
            for notice in (Notice.EVERYONE, Notice.NOBODY):
                if told_why and notice is Notice.NOBODY:
                    continue
                facts.append(
                    Fact(
                        f"{author}'s entries: {level.value}, {notice.value}",
                        partial(_entries, author, level, notice),
                        values_alone=notice is Notice.EVERYONE and noticed,
                    )
                )
    return facts
