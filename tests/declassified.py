"""What somebody is told on purpose of what they may not see otherwise: one list, with its rules.

Two worlds may differ in nothing else for a person (tests/test_sweep_worlds.py).  Each is tested the
other way round, too: it is told here and nowhere else, it says no more than is named, and the look
at it stands in the trail (tests/test_sweep_declassified.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

import hidden_facts
import records
import worry_records
from coordinator import trail
from coordinator.demo import cast
from coordinator.models.directory import Team
from coordinator.models.families import Family, JoinRequest
from coordinator.models.sharing import Note, Sharing, SharingBasis
from coordinator.vocabulary import Decision, JoinState, Level, Notice, ReferralState
from sharing_writer import account_id
from writer import Writer


@dataclass(frozen=True)
class Declassified:
    """Something told: to whom, on which pages, by which rule.

    `tell` makes it so and says the words that nobody of this kind may read, except on the pages
    `in_words`.  `by_a_form`: it is told to whom asks for it in a form.
    """

    name: str
    rule: str
    who: str
    tell: Callable[[Writer, str], dict[str, str]]
    where: frozenset[str]
    in_words: frozenset[str] = frozenset()
    by_a_form: bool = False


ON_A_REFERRAL = ("acknowledge", "drop", "hear", "join", "outcome", "send", "write")


def _of(*endpoints: str) -> frozenset[str]:
    return frozenset(endpoints)


def _noticed(writer: Writer, words: str) -> dict[str, str]:
    note = writer.add(Note, "Amira", Level.NAMED, notice=Notice.EVERYONE, text=words)
    return {"notice": note.reference, "entry": note.reference}


def _hidden(writer: Writer, words: str) -> dict[str, str]:
    note = writer.add(Note, "Amira", Level.NAMED, notice=Notice.NOBODY, text=words)
    why = writer.add(
        Sharing,
        "Amira",
        Level.NAMED,
        notice=Notice.NOBODY,
        shared_entry_id=note.id,
        from_level=Level.NAMED,
        to_level=Level.NAMED,
        reason="Ben must not know that there is something",
    )
    writer.session.add(SharingBasis(sharing_id=why.id, decision=Decision.NARROWED))
    writer.session.flush()
    return {"notice": note.reference, "entry": note.reference}


def _asked_to_join(writer: Writer, words: str) -> dict[str, str]:
    session = writer.session
    found = records.another_family(session, writer.moment, words, hidden_facts.NUMBER, ["Paula"])
    family = session.scalars(select(Family).where(Family.reference == found["family"])).one()
    trail.acting(session, cast.actor(session, "Paula").acting(), "join-requests.ask")
    asked = JoinRequest(
        family_id=family.id,
        team_id=session.scalars(select(Team.id).where(Team.name == "Eastway Family Support")).one(),
        asked_by_id=account_id(session, "Paula"),
        asked_at=writer.moment.now,
        why="Two children live at home",
        state=JoinState.ASKED,
    )
    session.add(asked)
    session.flush()
    return found | {"join_request": asked.reference}


def _refers(writer: Writer, words: str) -> dict[str, str]:
    session = writer.session
    found = records.another_family(session, writer.moment, words, hidden_facts.NUMBER, ["Paula"])
    there = Writer.of(session, writer.moment, found["family"])
    sent = worry_records.referral(there, "Paula", words, state=ReferralState.SENT)
    return found | {"referral": sent.reference}


def _asks_a_lead(lead: str, writer: Writer, words: str) -> dict[str, str]:
    note = writer.add(Note, "Amira", Level.NAMED, notice=Notice.EVERYONE, text=words)
    return {"advice": records.question(writer, "Amira", note, lead).reference}


def _invites(who: str, writer: Writer, words: str) -> dict[str, str]:
    said = {"purpose": words, "place_text": words}
    return {"meeting": writer.meeting("Amira", "Hana", [who], Level.OPEN, **said).reference}


def _excludes(who: str, writer: Writer, words: str) -> dict[str, str]:
    return {"exclusion": writer.keep_out(who)}


DECLASSIFIED = (
    Declassified(
        "a family is known",
        "E09: an exact search with a reason says so, and whom to call",
        "Eastway elsewhere",
        partial(hidden_facts.KNOWN_TO["a family of Northside"][0]),
        _of("finding.find"),
        by_a_form=True,
    ),
    Declassified(
        "something is held back",
        "sharing.md, notice instead of secrecy: kind, date and holder",
        "Eastway on the case",
        _noticed,
        _of(
            "emergencies.danger",
            "emergencies.open_now",
            "families.overview",
            "information_requests.ask_holder",
            "sharing.show",
        ),
    ),
    Declassified(
        "a notice is hidden",
        "sharing.md: the holder can hide even the notice, with reason, and a lead is told",
        "Northside lead too late",
        _hidden,
        _of("hidden_notices.index", "today.today"),
    ),
    Declassified(
        "a team is sent a referral",
        "decision 0030: it opens itself to the team, and nothing else of the family",
        "Eastway elsewhere",
        _refers,
        _of(*(f"referrals.{page}" for page in (*ON_A_REFERRAL, "show")), "today.today"),
        in_words=_of("referrals.show"),
    ),
    Declassified(
        "a team is asked to join",
        "design.md: its desk names a worker, and sees the family’s reference until then",
        "Eastway elsewhere",
        _asked_to_join,
        _of(
            "families.index",
            "join_requests.accept",
            "join_requests.decline",
            "join_requests.show",
            "today.today",
        ),
    ),
    Declassified(
        "a lead is asked for advice",
        "decision 14: the lead reads the one entry until they answer",
        "Northside lead too late",
        partial(_asks_a_lead, "Northside lead too late"),
        _of("advice.answer", "advice.show", "audit.download", "audit.index", "today.today"),
        in_words=_of("advice.show", "advice.answer"),
    ),
    Declassified(
        "an invitation",
        "sharing.md: an invitation opens the meeting’s own page and nothing else of the family",
        "Invited chair",
        partial(_invites, "Invited chair"),
        # Where only its workers act, the answer is "not you" and no longer "no such meeting".
        _of(
            "agendas.add",
            "agendas.asked",
            "agendas.index",
            "attendance.agree_action",
            "attendance.record",
            "calendars.mine",
            "conference_outcomes.add",
            "copies.given",
            "conference_outcomes.go_ahead",
            "first_days.sheet",
            "guest_links.calendar",
            "guest_links.hide",
            "guest_links.index",
            "guest_links.names",
            "guest_links.renew",
            "guest_links.show",
            "guest_links.tell",
            "guest_links.withdraw",
            "invitations.invite",
            "invitations.remove",
            "invitations.reply",
            "invitations.send_again",
            "invitations.written_view",
            "meetings.cancel",
            "meetings.change",
            "meetings.one",
            "reaching.remind",
            "reaching.report",
            "reaching.send_to_team",
            "reaching.sent",
            "reaching.tell",
            "today.today",
            "tried.before",
            "voices.ask_for_view",
            "voices.ask_link_worker",
            "voices.go_ahead",
            "supports.review",
        ),
        in_words=_of("meetings.one"),
    ),
    Declassified(
        "an exclusion, to the officer",
        "decision 12: its list, and the family’s reference",
        "Privacy officer",
        partial(_excludes, "Maeve"),
        _of("exclusions.index", "exclusions.lift"),
    ),
    Declassified(
        "an exclusion, to a colleague",
        "decision 12: lists of people to add, to invite or to ask leave the worker out",
        "Northside on the case",
        partial(_excludes, "Idris"),
        _of("handover_notes.hand_over", "involvements.add"),
    ),
    Declassified(
        "an alert",
        "decision 16: to the officers of the agency acted for, with the family’s reference",
        "Privacy officer",
        hidden_facts.KNOWN_TO["an alert"][0],
        _of("look_alerts.index", "look_alerts.review", "look_alerts.show", "today.today"),
    ),
    Declassified(
        "an emergency",
        "decision 13: the manager of whoever opened it may know of it without reading it",
        "Team manager",
        hidden_facts.KNOWN_TO["an emergency"][0],
        _of("audit.download", "audit.index", "emergencies.review", "emergencies.show"),
    ),
)
