"""Adds entries, workers and exclusions to a family in the name of people of the cast."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import clock_records
import support_records
import visit_records
import worry_records
from coordinator import trail
from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.demo import cast
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Family, Involvement
from coordinator.models.information_requests import (
    Challenge,
    InformationAnswer,
)
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.needs import Needs
from coordinator.models.openness import ParentsWords
from coordinator.models.plans import Action, Goal, GoalAgreement, Plan, RoleStatement, WhatHelps
from coordinator.models.safe_contacts import SafeContact
from coordinator.models.sharing import Advice, Note, Sharing, SharingBasis
from coordinator.vocabulary import (
    DEFAULT_NOTICE,
    ActionState,
    Agreement,
    AnswerKind,
    CaseRole,
    Decision,
    EntryKind,
    GoalFor,
    Level,
    Mechanism,
    MeetingState,
    Notice,
    OpennessKind,
    Outcome,
    ParentTold,
    Place,
    Purpose,
    Reply,
)
from meeting_writer import MeetingWriter


@dataclass
class Writer(MeetingWriter):
    """Adds records to a family in the name of people of the cast."""

    session: Session
    moment: Moment
    family_id: int

    @classmethod
    def of(cls, session: Session, moment: Moment, reference: str) -> Writer:
        """Return a writer for the family of this reference."""
        family_id = session.scalars(select(Family.id).where(Family.reference == reference)).one()
        return cls(session, moment, family_id)

    def add(
        self,
        kind: type[Entry],
        author: str,
        level: Level = Level.OPEN,
        *,
        notice: Notice | None = None,
        **said: Any,
    ) -> Any:
        """Add an entry of a kind by this author, and return it."""
        actor = cast.actor(self.session, author)
        trail.acting(self.session, actor.acting(), "test")
        entry = kind(
            family_id=self.family_id,
            author_id=actor.account_id,
            agency_id=actor.agency_id,
            level=level,
            notice=notice or DEFAULT_NOTICE[level],
            created_at=self.moment.now,
            **said,
        )
        self.session.add(entry)
        self.session.flush()
        return entry

    def goal(self, author: str, text: str, level: Level = Level.OPEN, **more: Any) -> Goal:
        """Add a goal for the family together."""
        return self.add(Goal, author, level, goal_for=GoalFor.FAMILY, text=text, **more)  # type: ignore[no-any-return]

    def action(
        self, author: str, owner: str, text: str, level: Level = Level.OPEN, **more: Any
    ) -> Action:
        """Add an action that waits for its owner's answer."""
        who = cast.actor(self.session, owner)
        return self.add(  # type: ignore[no-any-return]
            Action,
            author,
            level,
            text=text,
            owner_account_id=who.account_id,
            owner_agency_id=who.agency_id,
            due_on=self.moment.today + timedelta(days=5),
            state=ActionState.REQUESTED,
            state_by_id=cast.actor(self.session, author).account_id,
            state_at=self.moment.now,
            **more,
        )

    def meeting(
        self, author: str, chair: str, invited: list[str], level: Level = Level.OPEN, **said: Any
    ) -> Meeting:
        """Add a meeting in a week, at 10am, with invitations that nobody has answered."""
        kind = self.session.scalars(select(MeetingKind.id).order_by(MeetingKind.position)).first()
        day = self.moment.today + timedelta(days=7)
        start = datetime(day.year, day.month, day.day, 10)  # noqa: DTZ001  (local by definition)
        meeting = self.add(
            Meeting,
            author,
            level,
            kind_id=kind,
            uid=f"{secrets.token_hex(8)}@coordinator.example",
            local_start=start,
            zone="Europe/London",
            starts_at=self.moment.now + timedelta(days=7),
            minutes=60,
            place=Place.VIDEO,
            chair_id=cast.actor(self.session, chair).account_id,
            state=MeetingState.PLANNED,
            **said,
        )
        for name in dict.fromkeys(invited):
            who = cast.actor(self.session, name)
            self.session.add(self._invitation(meeting.id, who, meeting.author_id))
        self.session.flush()
        return meeting  # type: ignore[no-any-return]

    def contact(
        self, author: str, whom: str, line: str, level: Level = Level.OPEN, **more: Any
    ) -> Any:
        """Add an attempt to reach a colleague that nobody answered."""
        who = cast.actor(self.session, whom)
        return self.add(
            ContactAttempt,
            author,
            level,
            account_id=who.account_id,
            contacted_agency_id=who.agency_id,
            attempted_at=self.moment.now - timedelta(hours=1),
            mechanism=Mechanism.TELEPHONE,
            outcome=Outcome.NO_ANSWER,
            line=line,
            **more,
        )

    def of_each_kind(
        self, author: str, words: str, level: Level, notice: Notice | None = None
    ) -> dict[str, Entry]:
        """Add one entry of each kind that holds somebody's words; return them by URL parameter."""
        who = cast.actor(self.session, author).account_id
        more: dict[str, Any] = {"notice": notice}
        said = {"place_text": words, "purpose": words}
        mine = {"account_id": who, "i_do": words, "i_do_not": words}
        self.add(RoleStatement, author, level, **mine, **more)
        goal = self.goal(author, words, level, **more)
        self.session.add(
            GoalAgreement(
                goal_id=goal.id,
                goal_version=goal.version,
                agency_id=goal.agency_id,
                account_id=who,
                agreement=Agreement.PARTLY,
                comment=words,
                at=self.moment.now,
            )
        )
        shared = self.add(
            Sharing,
            author,
            level,
            shared_entry_id=goal.id,
            from_level=Level.NAMED,
            to_level=level,
            purpose=Purpose.JOINT_PLAN,
            what=words,
            parent_told=ParentTold.YES,
            parent_view=words,
            **more,
        )
        self.session.add(
            SharingBasis(
                sharing_id=shared.id, decision=Decision.OPENED, who_needs=words, wording=words
            )
        )
        asked = {"about_entry_id": goal.id, "lead_id": who, "due_at": self.moment.now}
        self.add(Advice, author, level, question=words, answer=words, **asked, **more)
        request = self.request(author, author, words, level, fresh_view=True, **more)
        self.add(
            InformationAnswer,
            author,
            level,
            request_id=request.id,
            answer=AnswerKind.SUMMARY,
            text=words,
            reason=words,
            parent_view=words,
            **more,
        )
        self.session.add(Challenge(request_id=request.id, by_id=who, at=self.moment.now, why=words))
        said_of = {"how": words, "phone": words[:20], "address": words}
        return {
            "openness": self.openness(author, OpennessKind.OBJECTION, words, level, **more),
            "safe_contact": self.add(
                SafeContact, author, level, person_id=self.first_person(), **said_of, **more
            ),
            "parents_words": self.add(ParentsWords, author, level, text=words, wish=words, **more),
            "needs": self.add(
                Needs,
                author,
                level,
                person_id=self.first_person(),
                language=words,
                note=words,
                **more,
            ),
            "request": request,
            "notice": goal,
            "what-helps": self.add(WhatHelps, author, level, text=words, **more),
            "goal": goal,
            "action": self.action(author, author, words, level, state_reason=words, **more),
            "entry": self.add(Note, author, level, text=words, **more),
            "meeting": (met := self.meeting(author, author, [author], level, **said, **more)),
            **self.of_meeting(author, met, words, level, **more),
            "contact": self.contact(author, author, words, level, **more),
            **clock_records.clocks(self, author, met, words, level, **more),
            **visit_records.visits(self, author, words, level, **more),
            **support_records.supports(self, author, met, words, level, **more),
            **worry_records.of_each_kind(self, author, words, level, **more),
        }

    def plan(self, author: str, level: Level = Level.OPEN) -> Plan:
        """Start the plan, or return the one there is."""
        there = self.session.scalars(select(Plan).where(Plan.family_id == self.family_id)).first()
        return there or self.add(Plan, author, level, no_child_goal="Mia is very small")

    def involve(
        self, name: str, role: CaseRole, *, lead: bool = False, team: str | None = None
    ) -> None:
        """Put a worker on the case, thirty days ago, for the first of their teams or for this."""
        who = cast.actor(self.session, name, team)
        assert who.acting_as is not None
        trail.acting(self.session, trail.Acting(service="test"), "test")
        self.session.add(
            Involvement(
                family_id=self.family_id,
                account_id=who.account_id,
                agency_id=who.agency_id,
                team_id=who.acting_as.team_id,
                role=role,
                lead=lead,
                starts_on=self.moment.today - timedelta(days=30),
            )
        )
        self.session.flush()

    def exclude(self, name: str) -> None:
        """Put a worker on the case, invite and name them everywhere, and then exclude them."""
        self.involve(name, CaseRole.SOCIAL_WORKER, lead=True)
        who = cast.actor(self.session, name)
        entries = self.session.execute(
            select(Entry.id, Entry.kind).where(Entry.family_id == self.family_id)
        ).all()
        theirs = select(EntryReader.entry_id).where(EntryReader.account_id == who.account_id)
        named = set(self.session.scalars(theirs))
        for entry_id, kind in entries:
            if entry_id not in named:
                self.session.add(EntryReader(entry_id=entry_id, account_id=who.account_id))
            if kind is EntryKind.MEETING:
                self.session.add(self._invitation(entry_id, who))
        self.keep_out(name)

    def _invitation(self, meeting_id: int, who: Actor, by: int | None = None) -> Invitation:
        return Invitation(
            meeting_id=meeting_id,
            account_id=who.account_id,
            agency_id=who.agency_id,
            invited_by_id=by or who.account_id,
            invited_at=self.moment.now,
            reply=Reply.NEEDS_ACTION,
        )
