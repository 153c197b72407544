"""The cast: two agencies, their teams, the people who work there and the posts that they hold."""

from datetime import timedelta
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access.actor import Actor, Standing
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Post, PostHolding, Site, Team
from coordinator.models.meetings import MeetingKind
from coordinator.services.accounts import HASHER
from coordinator.trail import Acting
from coordinator.vocabulary import AgencyKind, PostKind, Role

SETUP = Acting(service="demo")
PASSWORD = "demo-coordinator"  # noqa: S105  (printed in the README: the demo has no secrets)

AGENCIES = {
    "Northside Mental Health": AgencyKind.CMHT,
    "Eastway Children’s Services": AgencyKind.CSC,
    "Coordinator office": AgencyKind.HOST,
}
# name: agency, duty line, duty inbox, area
TEAMS = {
    "Northside CMHT": ("Northside Mental Health", "01632 960100", "duty.cmht@northside.example"),
    "Northside Safeguarding": ("Northside Mental Health", "01632 960110", ""),
    "Northside Psychology": ("Northside Mental Health", "01632 960120", ""),
    "Eastway Family Support": (
        "Eastway Children’s Services",
        "01632 960200",
        "duty.families@eastway.example",
    ),
    "Eastway Safeguarding": ("Eastway Children’s Services", "01632 960210", ""),
    "Eastway Conferences": ("Eastway Children’s Services", "01632 960220", ""),
    "Coordinator office": ("Coordinator office", "01632 960300", ""),
}
# first name: domain, team, role, profession
PEOPLE = {
    "Amira": ("northside", "Northside CMHT", Role.CARE_COORDINATOR, "Occupational therapist"),
    "Paula": ("northside", "Northside Psychology", Role.THERAPIST, "Psychologist"),
    "Cerys": ("northside", "Northside CMHT", Role.LINK_WORKER, "Nurse"),
    "Dana": ("northside", "Northside CMHT", Role.TEAM_MANAGER, "Nurse"),
    "Elif": ("northside", "Northside Safeguarding", Role.SAFEGUARDING_LEAD, "Nurse"),
    "Ewan": ("northside", "Northside Safeguarding", Role.SAFEGUARDING_LEAD, "Social worker"),
    "Ben": ("eastway", "Eastway Family Support", Role.SOCIAL_WORKER, "Social worker"),
    "Bella": ("eastway", "Eastway Family Support", Role.SOCIAL_WORKER, "Social worker"),
    "Colm": ("eastway", "Eastway Family Support", Role.LINK_WORKER, "Social worker"),
    "Dev": ("eastway", "Eastway Family Support", Role.TEAM_MANAGER, "Social worker"),
    "Esi": ("eastway", "Eastway Safeguarding", Role.SAFEGUARDING_LEAD, "Social worker"),
    "Gus": ("northside", "Northside CMHT", Role.CARE_COORDINATOR, "Nurse"),
    "Hana": ("eastway", "Eastway Conferences", Role.CHAIR, "Social worker"),
    "Hugo": ("eastway", "Eastway Conferences", Role.MINUTE_TAKER, ""),
    "Farah": ("coordinator", "Coordinator office", Role.ADMINISTRATOR, ""),
}
# kind, team, holder, deputy
POSTS = [
    (PostKind.SAFEGUARDING_CHILDREN, "Northside Safeguarding", "Elif", "Ewan"),
    (PostKind.SAFEGUARDING_ADULTS, "Northside Safeguarding", "Ewan", "Elif"),
    (PostKind.SAFEGUARDING_CHILDREN, "Eastway Safeguarding", "Esi", "Dev"),
    (PostKind.SAFEGUARDING_ADULTS, "Eastway Safeguarding", None, "Esi"),
    (PostKind.LINK_WORKER, "Northside CMHT", "Cerys", None),
    (PostKind.LINK_WORKER, "Eastway Family Support", "Colm", None),
]
MEETING_KINDS = [
    ("Care plan review (CPA)", AgencyKind.CMHT),
    ("Initial child protection conference", AgencyKind.CSC),
    ("Review child protection conference", AgencyKind.CSC),
    ("Core group", AgencyKind.CSC),
    ("Child in need meeting", AgencyKind.CSC),
    ("Team around the family", AgencyKind.CSC),
    ("Strategy discussion", AgencyKind.CSC),
    ("Professionals’ meeting", None),
]


def load(session: Session) -> None:
    """Add the cast.  The caller commits."""
    trail.acting(session, SETUP, "demo.load")
    now, today = clock.now(), clock.today()
    long_ago = today - timedelta(days=400)
    agencies = {name: Agency(name=name, kind=kind) for name, kind in AGENCIES.items()}
    session.add_all(agencies.values())
    session.flush()
    teams = {
        name: Team(agency_id=agencies[agency].id, name=name, phone=phone, email=email)
        for name, (agency, phone, email) in TEAMS.items()
    }
    session.add_all(teams.values())
    for name in ("Northside Mental Health", "Eastway Children’s Services"):
        first = name.split()[0]
        session.add(
            Site(agency_id=agencies[name].id, name=f"{first} House", address=f"1 {first} Road")
        )
    accounts = {}
    for number, (name, (domain, _team, _role, profession)) in enumerate(PEOPLE.items(), 1):
        accounts[name] = Account(
            email=f"{name.lower()}@{domain}.example",
            name=name,
            profession=profession,
            phone=f"01632 9610{number:02}",
            password_hash=demo_password_hash(),
            created_at=now,
        )
    session.add_all(accounts.values())
    session.flush()
    members = [(name, team, role) for name, (_d, team, role, _p) in PEOPLE.items()]
    members.append(("Gus", "Eastway Family Support", Role.SOCIAL_WORKER))
    for name, team, role in members:
        session.add(
            Membership(
                account_id=accounts[name].id,
                team_id=teams[team].id,
                role=role,
                starts_on=long_ago,
            )
        )
    for kind, team, holder, deputy in POSTS:
        post = Post(
            kind=kind,
            agency_id=teams[team].agency_id,
            team_id=teams[team].id if kind is PostKind.LINK_WORKER else None,
            phone=teams[team].phone,
            cover_hours="Monday to Friday, 9am to 5pm",
        )
        session.add(post)
        session.flush()
        for name, is_deputy in ((holder, False), (deputy, True)):
            if name:
                session.add(
                    PostHolding(
                        post_id=post.id,
                        account_id=accounts[name].id,
                        deputy=is_deputy,
                        starts_on=long_ago,
                        confirmed_on=today - timedelta(days=12),
                    )
                )
    for position, (name, called_by) in enumerate(MEETING_KINDS):
        session.add(MeetingKind(name=name, called_by=called_by, position=position))
    session.flush()


@cache
def demo_password_hash() -> str:
    """Return the hash of the demo's one password, made once for all accounts."""
    return HASHER.hash(PASSWORD)


def actor(session: Session, name: str, team: str | None = None) -> Actor:
    """Return one of the cast as an actor, without a session, so that the demo acts as they would."""
    account = session.scalars(select(Account).where(Account.name == name)).one()
    rows = session.execute(
        select(Membership, Team, Agency)
        .join(Team, Team.id == Membership.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .where(Membership.account_id == account.id)
        .order_by(Membership.id)
    )
    standings = tuple(
        Standing(m.id, m.reference, t.id, t.name, a.id, a.name, a.kind, m.role) for m, t, a in rows
    )
    acting_as = next((s for s in standings if team in (None, s.team_name)), None)
    return Actor(
        account_id=account.id,
        reference=account.reference,
        name=account.name,
        profession=account.profession,
        session_id=0,
        session_hash=b"",
        standings=standings,
        acting_as=acting_as,
        posts=frozenset(),
    )
