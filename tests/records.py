"""One record of each noun in LANE-01, for sweeps that need something to point at.

`REFERENCES` says which record a URL's parameter leads to; `exclude` gives a worker every right in
the family and then takes the family away.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.demo import cast
from coordinator.models.accounts import Account, Membership
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.directory import Agency, Post, Site, Team
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Exclusion, Family, Involvement, JoinRequest, Person
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.plans import Action, Goal, Plan, RoleStatement, WhatHelps
from coordinator.models.sharing import Note
from coordinator.vocabulary import (
    DEFAULT_NOTICE,
    ActionState,
    CaseRole,
    ChildrenAsked,
    EntryKind,
    GoalFor,
    JoinState,
    Level,
    Mechanism,
    MeetingState,
    Notice,
    Outcome,
    Place,
    Relation,
    Reply,
)


@dataclass
class Writer:
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
        return {
            "what-helps": self.add(WhatHelps, author, level, text=words, **more),
            "goal": self.goal(author, words, level, **more),
            "action": self.action(author, author, words, level, **more),
            "entry": self.add(Note, author, level, text=words, **more),
            "meeting": self.meeting(author, author, [author], level, **said, **more),
            "contact": self.contact(author, author, words, level, **more),
        }

    def plan(self, author: str, level: Level = Level.OPEN) -> Plan:
        """Start the plan, or return the one there is."""
        there = self.session.scalars(select(Plan).where(Plan.family_id == self.family_id)).first()
        return there or self.add(Plan, author, level, no_child_goal="Mia is very small")

    def involve(self, name: str, role: CaseRole, *, lead: bool = False) -> None:
        """Put a worker on the case, thirty days ago."""
        who = cast.actor(self.session, name)
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
        for entry_id, kind in entries:
            self.session.add(EntryReader(entry_id=entry_id, account_id=who.account_id))
            if kind is EntryKind.MEETING:
                self.session.add(self._invitation(entry_id, who))
        self.session.add(
            Exclusion(
                family_id=self.family_id,
                account_id=who.account_id,
                reason="Related to the family",
                set_by_id=account_id(self.session, "Dana"),
                set_at=self.moment.now,
            )
        )
        self.session.flush()

    def _invitation(self, meeting_id: int, who: Actor, by: int | None = None) -> Invitation:
        return Invitation(
            meeting_id=meeting_id,
            account_id=who.account_id,
            agency_id=who.agency_id,
            invited_by_id=by or who.account_id,
            invited_at=self.moment.now,
            reply=Reply.NEEDS_ACTION,
        )


def account_id(session: Session, name: str) -> int:
    """Return the number of the account of this name."""
    return session.scalars(select(Account.id).where(Account.name == name)).one()


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
        "membership": select(Membership.reference)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.name == "Bella"),
        "agency": select(Agency.reference).order_by(Agency.id),
        "site": select(Site.reference).order_by(Site.id),
        "post": select(Post.reference).order_by(Post.id),
        "team": select(Team.reference).where(Team.name == "Eastway Family Support"),
        "meeting_kind": select(MeetingKind.reference).order_by(MeetingKind.position),
    }
    found = {name: str(session.scalars(question).first()) for name, question in first.items()}
    entries = {
        "goal": writer.goal(author, "Eat together twice a week"),
        "action": writer.action(author, colleague, "Ask the school about breakfast club"),
        "meeting": writer.meeting(colleague, chair, [author, chair]),
        "contact": writer.contact(author, colleague, "About the school"),
        "entry": writer.add(Note, author, Level.OWN_AGENCY, text="Ask about sleep"),
        "what-helps": writer.add(WhatHelps, author, text="Short visits"),
    }
    return found | {"join_request": asked.reference} | references(entries)


def references(entries: dict[str, Entry]) -> dict[str, str]:
    """Return the references of these entries."""
    return {name: entry.reference for name, entry in entries.items()}
