"""One record of each noun in a family, for sweeps that need something to point at.

Each function returns the reference to which each URL parameter leads.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

import clock_records
import desk_records
import directory_records
import link_records
import pair_records
import support_records
import visit_records
import worry_records
from coordinator import trail
from coordinator.access.sights import Moment
from coordinator.demo import cast
from coordinator.models.accounts import Account, Membership
from coordinator.models.areas import Area
from coordinator.models.boards import BoardEntry
from coordinator.models.directory import Agency, Post, Site, Team
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Family, Involvement, JoinRequest, Person
from coordinator.models.guest_passes import GuestDomain
from coordinator.models.lawful_bases import LawfulBasis
from coordinator.models.library import Document, DocumentVersion
from coordinator.models.meetings import MeetingKind
from coordinator.models.minutes import Minutes
from coordinator.models.openness import ParentsWords
from coordinator.models.outbox import OutboxMessage
from coordinator.models.plans import WhatHelps
from coordinator.models.safe_contacts import SafeContact
from coordinator.models.sharing import Advice, Note
from coordinator.models.visits import VisitKind
from coordinator.vocabulary import (
    BoardSide,
    CaseRole,
    ChildrenAsked,
    JoinState,
    Level,
    MailState,
    Notice,
    OpennessKind,
    ReferralState,
    Relation,
)
from sharing_writer import account_id
from writer import Writer


def another_family(
    session: Session, moment: Moment, name: str, number: str, workers: list[str], excluded: str = ""
) -> dict[str, str]:
    """Open a family for these workers, one of each noun in it, and keep one person from it.

    Returns the reference to which each URL parameter leads.
    """
    first = cast.actor(session, workers[0])
    trail.acting(session, first.acting(), "test")
    family = Family(
        opened_at=moment.now,
        opened_by_id=first.account_id,
        agency_id=first.agency_id,
        children_asked=ChildrenAsked.YES,
    )
    session.add(family)
    session.flush()
    session.add(
        Person(
            family_id=family.id,
            name=name,
            match_name=name.casefold(),
            born_on=date(1990, 2, 1),
            nhs_number=number,
            relation=Relation.PARENT_OR_CARER,
        )
    )
    writer = Writer(session, moment, family.id)
    for worker in workers:
        writer.involve(worker, CaseRole.OTHER, lead=True)
    asked = cast.actor(session, excluded or workers[0]).acting_as
    assert asked is not None
    found = build(
        session, moment, family.reference, workers[0], workers[-1], workers[0], asked.team_name
    )
    if excluded:
        writer.exclude(excluded)
    return found


def build(
    session: Session,
    moment: Moment,
    family: str,
    author: str = "Amira",
    colleague: str = "Ben",
    chair: str = "Hana",
    team: str = "Eastway Family Support",
) -> dict[str, str]:
    """Add one of each noun to the family; return the reference to which each URL parameter leads.

    The author wrote the goal, the action (asked of the colleague), the contact and a note of their
    own agency; the colleague arranged the meeting; the team was asked to name a worker.
    """
    writer = Writer.of(session, moment, family)
    writer.plan(author)
    session.add(
        asked := JoinRequest(
            family_id=writer.family_id,
            team_id=session.scalars(select(Team.id).where(Team.name == team)).one(),
            asked_by_id=account_id(session, author),
            asked_at=moment.now,
            why="Two children live at home",
            state=JoinState.ASKED,
        )
    )
    session.flush()
    first = {
        "family": select(Family.reference).where(Family.id == writer.family_id),
        "person": select(Person.reference).where(Person.family_id == writer.family_id),
        "involvement": select(Involvement.reference)
        .join(Account, Account.id == Involvement.account_id)
        .where(Involvement.family_id == writer.family_id, Account.name == author),
        "account": select(Account.reference).where(Account.name == "Bella"),
        "colleague": select(Account.reference).where(Account.name == "Bella"),
        "membership": select(Membership.reference)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.name == "Bella"),
        "agency": select(Agency.reference).order_by(Agency.id),
        "area": select(Area.reference).order_by(Area.id),
        "site": select(Site.reference).order_by(Site.id),
        "post": select(Post.reference).order_by(Post.id),
        "team": select(Team.reference).where(Team.name == "Eastway Family Support"),
        "meeting_kind": select(MeetingKind.reference).order_by(MeetingKind.position),
        "visit_kind": select(VisitKind.reference).order_by(VisitKind.position),
        "guest_domain": select(GuestDomain.reference).order_by(GuestDomain.id),
        "document": select(Document.reference).order_by(Document.id),
        "document_version": select(DocumentVersion.reference).order_by(DocumentVersion.id),
        "lawful_basis": select(LawfulBasis.reference).order_by(LawfulBasis.position.desc()),
    }
    found = {name: str(session.scalars(question).first()) for name, question in first.items()}
    entries = {
        "goal": writer.goal(author, "Eat together twice a week"),
        "action": writer.action(author, colleague, "Ask the school about breakfast club"),
        "meeting": writer.meeting(colleague, chair, [author, chair]),
        "contact": writer.contact(author, colleague, "About the school"),
        "entry": writer.add(Note, author, Level.OWN_AGENCY, text="Ask about sleep"),
        "request": writer.request(author, colleague, "Is Leo safe at home?"),
        "openness": writer.openness(author, OpennessKind.OBJECTION, "Not to her sister"),
        "parents_words": writer.add(ParentsWords, author, Level.PARENTS_OWN, text="My story"),
        "safe_contact": writer.add(
            SafeContact, author, Level.SAFE_CONTACT, person_id=writer.first_person(), how="By text"
        ),
        "what-helps": writer.add(WhatHelps, author, text="Short visits"),
    }
    entries |= visit_records.visits(writer, author)
    entries |= support_records.supports(writer, author, entries["meeting"], "A skills group")
    entries |= clock_records.clocks(writer, author, entries["meeting"], "Because of illness")
    entries["notice"] = entries["entry"]
    entries |= parts(writer, author, entries["meeting"])
    more = {
        "undelivered": undelivered(writer, author, colleague, entries["meeting"]).reference,
        "child": clock_records.a_child(writer).reference,
        "clock_rule": clock_records.rule(writer).reference,
        "advice": question(writer, author, entries["entry"]).reference,
        "join_request": asked.reference,
        # What the author's note is to the colleague of the other agency.
        "notice": entries["entry"].reference,
        "emergency": writer.danger(colleague, writer.add(Note, author, Level.NAMED, text="Alone")),
        "exclusion": writer.keep_out("Maeve"),
        "guest": writer.guest(author, "Ines Field").reference,
        "alert": writer.look_alert(colleague),
        "worry": worry_records.worry(writer, author).reference,
        "referral": worry_records.referral(
            writer, author, "He was alone all night", state=ReferralState.SENT, team=team
        ).reference,
        "ending": worry_records.ending(writer, author, "She has what she needs").reference,
        "separation": worry_records.separation(writer, author).reference,
        "past": writer.session.get_one(Family, writer.family_id).reference,
        "supervised": worry_records.supervised(writer, author, "").reference,
        "handover_note": worry_records.handover_note(writer, author, "He likes trains").reference,
        "disagreement": worry_records.disagreement(
            writer, author, colleague, "Whether Leo is safe at night"
        ).reference,
        "protocol_mark": worry_records.protocol_mark(writer, author, "We talk").reference,
        "raised_need": link_records.need(writer, author, "Nobody at the desk").reference,
        "link_request": link_records.request(
            writer, author, "Nobody answers about the school", about=colleague
        ).reference,
        **worry_records.settings(writer),
        "absence": directory_records.away(writer, "Bella").reference,
        **desk_records.desk_and_slot(writer, "Ben", "Amira"),
        "local_service": directory_records.service(writer, "Colm").reference,
        "link_pair": pair_records.pair(writer).reference,
        "difficulty": pair_records.difficulty(writer).reference,
        "joint_concern": pair_records.concern(writer).reference,
        "question": directory_records.question(writer, "Ben", "Cerys").reference,
        "audit_view": directory_records.audit_view(writer, "Dana").reference,
    }
    return found | more | references(entries)


def question(writer: Writer, author: str, about: Entry, lead: str = "Elif") -> Advice:
    """Add a question of the author to a lead, about an entry; nobody has answered it."""
    asked: Advice = writer.add(
        Advice,
        author,
        Level.NAMED,
        notice=Notice.NOBODY,
        about_entry_id=about.id,
        question="May Ben know?",
        lead_id=account_id(writer.session, lead),
        due_at=writer.moment.now + timedelta(hours=24),
    )
    writer.session.add(EntryReader(entry_id=asked.id, account_id=asked.lead_id))
    writer.session.flush()
    return asked


def parts(writer: Writer, author: str, meeting: Entry) -> dict[str, Entry]:
    """Add a part of the author's to a meeting, its minutes, and a strength on its board."""
    minutes = writer.add(Minutes, author, meeting_id=meeting.id, decided="Visits go on")
    return {
        "minutes": meeting,
        "minutes_entry": minutes,
        "part": writer.part(author, meeting, "How the summer went"),
        "board_entry": writer.add(
            BoardEntry,
            author,
            meeting_id=meeting.id,
            side=BoardSide.STRENGTH,
            text="They eat together",
        ),
    }


def undelivered(writer: Writer, to: str, sender: str, meeting: Entry) -> OutboxMessage:
    """Add a message about a meeting that the mail server refused."""
    message = OutboxMessage(
        message_id=f"<{secrets.token_hex(8)}@coordinator>",
        account_id=account_id(writer.session, to),
        kind="invitation",
        about=meeting.reference,
        state=MailState.FAILED,
        queued_at=writer.moment.now,
        next_try_at=writer.moment.now,
        sender_id=account_id(writer.session, sender),
    )
    writer.session.add(message)
    writer.session.flush()
    return message


def references(entries: dict[str, Entry]) -> dict[str, str]:
    """Return the references of these entries."""
    return {name: entry.reference for name, entry in entries.items()}
