"""Loading the cast, and letting one of them act."""

from datetime import timedelta
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access.actor import Actor, Standing
from coordinator.demo import people
from coordinator.models.accounts import Account, Membership
from coordinator.models.areas import Area
from coordinator.models.directory import Agency, Post, PostConfirmation, PostHolding, Site, Team
from coordinator.models.guest_passes import GuestDomain
from coordinator.models.meetings import MeetingKind
from coordinator.services.passwords import HASHER
from coordinator.trail import Acting
from coordinator.vocabulary import PostKind

SETUP = Acting(service="demo")
PASSWORD = "demo-coordinator"  # noqa: S105  (printed in the README: the demo has no secrets)
OF_A_TEAM = (PostKind.LINK_WORKER, PostKind.DUTY_DESK)


def load(session: Session) -> None:
    """Add the cast.  The caller commits."""
    trail.acting(session, SETUP, "demo.load")
    agencies = {
        name: Agency(name=name, kind=kind, ods_code=people.ODS_CODES.get(name, ""))
        for name, kind in people.AGENCIES.items()
    }
    session.add_all(agencies.values())
    session.flush()
    areas = {name: Area(name=name) for name in people.AREAS}
    session.add_all(areas.values())
    session.flush()
    teams = {
        name: Team(
            agency_id=agencies[agency].id,
            name=name,
            phone=phone,
            email=email,
            area_id=areas[area].id if area else None,
        )
        for name, (agency, phone, email, area) in people.TEAMS.items()
    }
    session.add_all(teams.values())
    for agency, sites in people.SITES.items():
        for name, address in sites:
            session.add(Site(agency_id=agencies[agency].id, name=name, address=address))
    for position, (name, called_by, procedure) in enumerate(people.MEETING_KINDS):
        session.add(
            MeetingKind(name=name, called_by=called_by, procedure=procedure, position=position)
        )
    for domain, whose in people.GUEST_DOMAINS.items():
        session.add(GuestDomain(domain=domain, whose=whose))
    accounts = _accounts()
    session.add_all(accounts.values())
    session.flush()
    _memberships(session, accounts, teams)
    _posts(session, accounts, teams)
    session.flush()


def areas(session: Session) -> dict[str, str]:
    """Return the references of the areas by name."""
    return {row.name: row.reference for row in session.execute(select(Area.name, Area.reference))}


def actor(session: Session, name: str, team: str | None = None) -> Actor:
    """Return one of the cast as an actor without a session, so that the demo acts as they would."""
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
    return Actor(
        account_id=account.id,
        reference=account.reference,
        name=account.name,
        profession=account.profession,
        session_id=0,
        session_hash=b"",
        standings=standings,
        acting_as=next((s for s in standings if team in (None, s.team_name)), None),
        posts=frozenset(),
    )


@cache
def demo_password_hash() -> str:
    """Return the hash of the demo's one password, made once for all accounts."""
    return HASHER.hash(PASSWORD)


def _accounts() -> dict[str, Account]:
    now = clock.now()
    return {
        name: Account(
            email=f"{name.lower()}@{people.DOMAINS[people.TEAMS[team][0]]}",
            name=name,
            profession=profession,
            phone=f"01632 9610{number:02}",
            password_hash=demo_password_hash(),
            created_at=now,
        )
        for number, (name, (team, _role, profession)) in enumerate(people.PEOPLE.items(), 1)
    }


def _memberships(session: Session, accounts: dict[str, Account], teams: dict[str, Team]) -> None:
    started = clock.today() - timedelta(days=400)
    members = [(name, team, role) for name, (team, role, _p) in people.PEOPLE.items()]
    for name, team, role in [*members, *people.SECONDED]:
        session.add(
            Membership(
                account_id=accounts[name].id, team_id=teams[team].id, role=role, starts_on=started
            )
        )
        session.flush()


def _posts(session: Session, accounts: dict[str, Account], teams: dict[str, Team]) -> None:
    today = clock.today()
    for kind, team, holder, deputy, confirmed in people.POSTS:
        agency = people.TEAMS[team][0]
        link_worker = kind is PostKind.LINK_WORKER
        by_night = kind is PostKind.OUT_OF_HOURS
        post = Post(
            kind=kind,
            agency_id=teams[team].agency_id,
            team_id=teams[team].id if kind in OF_A_TEAM else None,
            phone=people.NIGHT_PHONES[team] if by_night else teams[team].phone,
            cover_hours=people.AT_NIGHT if by_night else people.OFFICE_HOURS,
            can_do=people.CAN_DO.format(team=team, agency=agency) if link_worker else "",
            cannot_do=people.CANNOT_DO if link_worker else "",
        )
        session.add(post)
        session.flush()
        for name, is_deputy in ((holder, False), (deputy, True)):
            if name:
                session.add(
                    held := PostHolding(
                        post_id=post.id,
                        account_id=accounts[name].id,
                        deputy=is_deputy,
                        starts_on=today - timedelta(days=400),
                        confirmed_on=today - timedelta(days=confirmed),
                    )
                )
                session.flush()
                session.add_all(
                    PostConfirmation(holding_id=held.id, on_day=today - timedelta(days=ago))
                    for ago in range(confirmed, 400, 55)
                )
