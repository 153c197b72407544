"""The kinds of people who might learn what they may not know: one invented person of each kind.

They stand in one table, and are put into a test's world by code (assurance/noninterference, 4.2).
A person is called as what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

import sharing_model
from coordinator import trail
from coordinator.access.actor import hash_of
from coordinator.access.door import TOKEN
from coordinator.access.sights import Moment
from coordinator.demo import cast, people
from coordinator.demo.people import CMHT, CSC
from coordinator.models.accounts import Account, Membership, SignInSession
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement, Oversight
from coordinator.models.meetings import Invitation
from coordinator.vocabulary import CaseRole, PostKind, Reply, Role
from page import CSRF_SEED, Client
from writer import Writer

NORTH, SOUTH, EAST = "Northside CMHT", "Southgate CMHT", "Eastway Family Support"
GUARD_A, GUARD_B = "Northside Safeguarding", "Eastway Safeguarding"
PRIVACY, OFFICE = "Northside Information Governance", people.OFFICE
CARE, SOCIAL, MANAGER = Role.CARE_COORDINATOR, Role.SOCIAL_WORKER, Role.TEAM_MANAGER
LEAD = Role.SAFEGUARDING_LEAD
# How many pairs of worlds are drawn; each twelfth is for the same people.
IN_CI, LONG = 12, 100
HALF_IN, CLOSED, IN = "password only", "account closed", "signed in"


@dataclass(frozen=True)
class Archetype:
    """One kind of person, and how they stand to LANE-01.

    `begins` and `ends` are days from today; `reason` is for how many hours from now a lead's
    reason still holds, `danger` the same for what they opened in immediate danger.
    """

    name: str
    team: str = ""
    role: Role = CARE
    on_case: CaseRole | None = None
    begins: int = -30
    ends: int | None = None
    reason: int | None = None
    danger: int | None = None
    seconded_to: str = ""
    invited: bool = False
    excluded: bool = False
    state: str = IN

    @property
    def agency(self) -> str:
        """The agency acted for."""
        return people.TEAMS[self.seconded_to or self.team][0] if self.team else ""

    @property
    def is_lead(self) -> bool:
        """Whether they hold a safeguarding post of their agency."""
        return self.role is LEAD

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.name.lower().replace(' ', '.')}@coordinator.example"


ARCHETYPES = (
    Archetype("Anonymous", state="not signed in"),
    Archetype("Closed account", NORTH, on_case=CaseRole.CARE_COORDINATOR, state=CLOSED),
    Archetype("No second factor", NORTH, on_case=CaseRole.CARE_COORDINATOR, state=HALF_IN),
    Archetype("Northside on the case", NORTH, on_case=CaseRole.CARE_COORDINATOR),
    Archetype("Northside elsewhere", NORTH),
    Archetype("Northside until yesterday", NORTH, on_case=CaseRole.CARE_COORDINATOR, ends=-1),
    Archetype("Northside from tomorrow", NORTH, on_case=CaseRole.CARE_COORDINATOR, begins=1),
    Archetype("Eastway on the case", EAST, SOCIAL, CaseRole.SOCIAL_WORKER),
    Archetype("Eastway elsewhere", EAST, SOCIAL),
    Archetype("Eastway until yesterday", EAST, SOCIAL, CaseRole.SOCIAL_WORKER, ends=-1),
    Archetype("Eastway from tomorrow", EAST, SOCIAL, CaseRole.SOCIAL_WORKER, begins=1),
    Archetype("Seconded", NORTH, on_case=CaseRole.OTHER, seconded_to=EAST),
    Archetype("Therapist on the case", NORTH, Role.THERAPIST, CaseRole.THERAPIST),
    Archetype("Link worker", NORTH, Role.LINK_WORKER, CaseRole.LINK_WORKER),
    Archetype("Team manager", NORTH, MANAGER),
    Archetype("Other manager", SOUTH, MANAGER),
    Archetype("Northside lead", GUARD_A, LEAD, reason=4),
    Archetype("Northside lead too late", GUARD_A, LEAD, reason=-1),
    Archetype("Eastway lead", GUARD_B, LEAD),
    Archetype("Privacy officer", PRIVACY, Role.PRIVACY_OFFICER),
    Archetype("Administrator", OFFICE, Role.ADMINISTRATOR),
    Archetype("Invited chair", "Eastway Conferences", Role.CHAIR, invited=True),
    Archetype("Opened in danger", EAST, SOCIAL, CaseRole.SOCIAL_WORKER, danger=8),
    Archetype("Danger is over", EAST, SOCIAL, CaseRole.SOCIAL_WORKER, danger=-1),
    Archetype("Excluded practitioner", EAST, SOCIAL, excluded=True),
    Archetype("Excluded manager", NORTH, MANAGER, excluded=True),
    Archetype("Excluded lead", GUARD_A, LEAD, excluded=True),
    Archetype("Excluded administrator", OFFICE, Role.ADMINISTRATOR, excluded=True),
)
NAMED = {one.name: one for one in ARCHETYPES}


def load(session: Session, moment: Moment) -> None:
    """Add an account for each of them, with their role, post and session."""
    trail.acting(session, trail.Acting(service="test"), "test")
    teams = dict(session.execute(select(Team.name, Team.id)).all())
    posts = dict(
        session.execute(
            select(Agency.name, Post.id)
            .join(Post, Post.agency_id == Agency.id)
            .where(Post.kind == PostKind.SAFEGUARDING_CHILDREN)
        ).all()
    )
    long_ago = moment.today - timedelta(days=90)
    for one in ARCHETYPES:
        if not one.team:
            continue
        account = Account(
            name=one.name,
            email=one.email,
            profession="Nurse",
            password_hash=cast.demo_password_hash(),
            totp_secret="JBSWY3DPEHPK3PXP" * 2,
            created_at=moment.now,
        )
        session.add(account)
        session.flush()
        roles = [(one.team, one.role), *([(one.seconded_to, SOCIAL)] if one.seconded_to else [])]
        memberships = [
            Membership(account_id=account.id, team_id=teams[team], role=role, starts_on=long_ago)
            for team, role in roles
        ]
        session.add_all(memberships)
        session.flush()
        if one.is_lead:
            session.add(
                PostHolding(
                    post_id=posts[one.agency],
                    account_id=account.id,
                    deputy=True,
                    starts_on=long_ago,
                    confirmed_on=moment.today,
                )
            )
        session.add(
            SignInSession(
                token_hash=hash_of(one.name),
                account_id=account.id,
                membership_id=memberships[-1].id,
                started_at=moment.now,
                last_used_at=moment.now,
            )
        )
        if one.state is CLOSED:
            account.closed_at = moment.now - timedelta(hours=1)
    session.flush()


def take_part(writer: Writer, found: dict[str, str]) -> None:
    """Let each of them stand to the writer's family as the table says."""
    session, moment = writer.session, writer.moment
    named = session.scalars(select(Entry).where(Entry.reference == found["held"])).one()
    meeting = session.scalars(select(Entry).where(Entry.reference == found["meeting"])).one()
    for one in ARCHETYPES:
        if not one.team:
            continue
        who = cast.actor(session, one.name)
        trail.acting(session, trail.Acting(service="test"), "test")
        facts = {"family_id": writer.family_id, "account_id": who.account_id}
        if one.on_case:
            assert who.acting_as is not None
            session.add(
                Involvement(
                    **facts,
                    agency_id=who.agency_id,
                    team_id=who.acting_as.team_id,
                    role=one.on_case,
                    lead=False,
                    starts_on=moment.today + timedelta(days=one.begins),
                    ends_on=None if one.ends is None else moment.today + timedelta(days=one.ends),
                )
            )
        if one.reason is not None:
            session.add(
                Oversight(
                    **facts,
                    agency_id=who.agency_id,
                    reason="A call from school",
                    opened_at=moment.now - timedelta(hours=3),
                    until=moment.now + timedelta(hours=one.reason),
                )
            )
        if one.danger is not None:
            writer.danger(one.name, named, hours=one.danger)
        if one.invited:
            session.add(
                Invitation(
                    meeting_id=meeting.id,
                    account_id=who.account_id,
                    agency_id=who.agency_id,
                    invited_by_id=meeting.author_id,
                    invited_at=moment.now,
                    reply=Reply.NEEDS_ACTION,
                )
            )
        session.flush()


def case(moment: Moment) -> sharing_model.Case:
    """Return LANE-01 as the model of the sharing rule has it, with these people and the cast's."""
    day = moment.today
    here = [one for one in ARCHETYPES if one.on_case]
    return sharing_model.Case(
        manages={(one.name, one.team) for one in ARCHETYPES if one.role is MANAGER},
        leads={(one.name, one.agency) for one in ARCHETYPES if one.is_lead},
        involved=[
            sharing_model.Involved("Amira", CMHT, NORTH, "care-coordinator", day),
            sharing_model.Involved("Ben", CSC, EAST, "social-worker", day),
            *(
                sharing_model.Involved(
                    one.name,
                    people.TEAMS[one.team][0],
                    one.team,
                    one.on_case.value,
                    day + timedelta(days=one.begins),
                    None if one.ends is None else day + timedelta(days=one.ends),
                )
                for one in here
                if one.on_case
            ),
        ],
        reasons={
            (one.name, one.agency): moment.now + timedelta(hours=one.reason)
            for one in ARCHETYPES
            if one.reason is not None
        },
    )


def comes_in(app: Flask, one: Archetype) -> Client:
    """Return the browser of this person, as far in as they get."""
    client = Client(app, checked=False)
    client.name = one.name
    with client.browser.session_transaction() as cookie:
        cookie["csrf_token"] = CSRF_SEED
        if one.state in (IN, CLOSED):
            cookie[TOKEN] = one.name
    if one.state is HALF_IN:
        said = {"email": one.email, "password": cast.PASSWORD}
        assert client.post("/sign-in", said).path == "/sign-in/code"
    return client
