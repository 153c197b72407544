"""A month in which people join, move and leave while work goes on, drawn from a seed (issue 5).

What happens goes through the product's services; what must hold is written here a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

import turnover
from coordinator import clock, trail
from coordinator.access import find
from coordinator.access.actor import Actor, current
from coordinator.access.recipients import recipient
from coordinator.access.sights import AccountInSight, MembershipInSight, Moment, PostInSight
from coordinator.demo import cast
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Post, Team
from coordinator.models.families import Family, Involvement
from coordinator.reads import handing_over
from coordinator.services import accounts, departures, directory, involvements
from coordinator.services.accounts import Grant, Person
from coordinator.vocabulary import (
    PRACTITIONER_ROLES,
    AgencyKind,
    CaseRole,
    Role,
)
from work_of_a_month import Work
from writer import Writer

WORKING = (Role.CARE_COORDINATOR, Role.SOCIAL_WORKER, Role.LINK_WORKER)


@dataclass
class Month(Work):
    """Some days; each brings its share of joiners, movers and leavers, and of work."""

    session: Session
    begins: datetime
    seed: int
    comings_and_goings: int
    length: int
    random: Random = field(init=False)
    leavers: dict[int, str] = field(default_factory=dict)
    happened: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311  (no secret: the same month again)

    def days(self) -> Iterator[Moment]:
        """Live through the month; yield the moment of each day after the worker's turn."""
        for day in range(self.length):
            now = self.begins + timedelta(days=day)
            self.moment = Moment(now, clock.local(now).date())
            with clock.standing_at(now):
                turnover.work(self.session, self.moment)
                yield self.moment
                per_day = self.comings_and_goings / self.length
                so_far, by_night = round(day * per_day), round((day + 1) * per_day)
                for number in range(so_far, by_night):
                    for _ in range(2):
                        self.one_of(self.WORK)
                    self.one_of((TURNS[number % len(TURNS)],))
                self.decide()
        # The last leavers' last days are over, too.
        now = self.begins + timedelta(days=self.length + 8)
        self.moment = Moment(now, clock.local(now).date())
        with clock.standing_at(now):
            turnover.work(self.session, self.moment)
            yield self.moment

    def one_of(self, what) -> None:
        chosen = self.random.choice(what)
        with suppress(InvalidError):
            chosen(self)
            self.happened.append(chosen.__name__)
        self.session.flush()

    # Who there is.

    def people(self, *roles: Role) -> list[tuple[int, str, int, int]]:
        """Return account, name, agency and membership of who works today, in one of these roles."""
        rows = self.session.execute(
            select(Account.id, Account.name, Team.agency_id, Membership.id)
            .join(Membership, Membership.account_id == Account.id)
            .join(Team, Team.id == Membership.team_id)
            .where(
                current(Membership, self.moment.today),
                Account.closed_at.is_(None),
                Membership.role.in_(roles or tuple(Role)),
            )
            .order_by(Account.id, Membership.id)
        )
        return [tuple(row) for row in rows]

    def acts(self, account_id: int, agency_id: int) -> Actor:
        """Let somebody act for an agency, with the rights that they have today."""
        person = recipient(self.session, self.moment, account_id, agency_id)
        assert person is not None
        trail.acting(self.session, person.actor.acting(), "test")
        return person.actor

    def farah(self) -> Actor:
        trail.acting(self.session, cast.SETUP, "test")
        return cast.actor(self.session, "Farah")

    def case(self, *, workers: int = 1) -> tuple[Writer, list]:
        """Return a writer for a family, and some of who works on it, in no order."""
        trail.acting(self.session, cast.SETUP, "test")
        families = self.session.scalars(select(Family.id).order_by(Family.id)).all()
        family = self.random.choice(families)
        there = self.session.execute(
            select(Account.id, Account.name, Involvement.agency_id, Involvement.reference)
            .join(Account, Account.id == Involvement.account_id)
            .where(
                Involvement.family_id == family,
                current(Involvement, self.moment.today),
                Account.closed_at.is_(None),
                Involvement.role.not_in((CaseRole.CHAIR, CaseRole.MINUTE_TAKER)),
            )
            .order_by(Involvement.id)
        ).all()
        # The writer lets people act for the agency that they worked for first.
        there = [
            one for one in there if cast.actor(self.session, one.name).agency_id == one.agency_id
        ]
        if len(there) < workers:
            raise InvalidError("Too few work there")
        return Writer(self.session, self.moment, family), self.random.sample(there, len(there))

    # Comings and goings.

    def joins(self) -> None:
        self.farah()
        teams = self.session.execute(
            select(Team.reference, Agency.kind)
            .join(Agency, Agency.id == Team.agency_id)
            .where(Agency.kind.in_((AgencyKind.CMHT, AgencyKind.CSC)))
            .order_by(Team.id)
        ).all()
        team, kind = self.random.choice(teams)
        roles = [Role.TEAM_MANAGER, Role.SOCIAL_WORKER, Role.SOCIAL_WORKER]
        if kind is AgencyKind.CMHT:
            roles = [Role.TEAM_MANAGER, Role.CARE_COORDINATOR, Role.CARE_COORDINATOR]
        name = f"Joiner {len(self.happened)}"
        person = Person(name, f"j{len(self.happened)}@northside.example")
        grant = Grant(team, self.random.choice(roles), self.moment.today)
        accounts.add(self.session, self.moment, person, grant)
        newcomer = self.session.scalars(select(Account).where(Account.name == name)).one()
        newcomer.password_hash = cast.demo_password_hash()
        role = self.session.scalars(
            select(Membership).where(Membership.account_id == newcomer.id)
        ).one()
        self.session.flush()
        writer, there = self.case()
        colleagues = [one for one in there if one.agency_id == self.agency_of(role)]
        if colleagues and grant.role in PRACTITIONER_ROLES:
            actor = self.acts(colleagues[0].id, colleagues[0].agency_id)
            family = self.sight(writer, actor)
            involvements.add_colleague(self.session, actor, self.moment, family, role.reference)

    def agency_of(self, role: Membership) -> int:
        return self.session.scalars(select(Team.agency_id).where(Team.id == role.team_id)).one()

    def sight(self, writer: Writer, actor: Actor):
        reference = self.session.scalars(
            select(Family.reference).where(Family.id == writer.family_id)
        ).one()
        family = find.family(self.session, actor, self.moment, reference)
        if family is None:
            raise InvalidError("Out of sight")
        return family

    def moves(self) -> None:
        """End a role on a day to come; half of the movers have another one from tomorrow on."""
        account_id, _name, agency, membership = self.random.choice(self.people(*WORKING))
        farah = self.farah()
        who = self.session.get_one(Account, account_id)
        if self.random.random() < 0.5:
            others = select(Team.reference).where(Team.agency_id != agency).order_by(Team.id)
            other = self.random.choice(self.session.scalars(others).all())
            grant = Grant(other, Role.SOCIAL_WORKER, self.moment.today + timedelta(days=1))
            accounts.add_membership(
                self.session, self.moment, AccountInSight(who.id, who.reference), grant
            )
        role = self.session.get_one(Membership, membership)
        sight = MembershipInSight(role.id, role.reference, who.id, who.reference)
        last_day = self.moment.today + timedelta(days=self.random.randrange(4))
        if not departures.move(self.session, farah, self.moment, sight, last_day):
            accounts.end_membership(self.session, sight, last_day)

    def leaves(self) -> None:
        """Say somebody's last day; with some of them access is stopped at once."""
        staff = [one for one in self.people() if one[1] != "Farah"]
        account_id, name, _agency, _membership = self.random.choice(staff)
        farah = self.farah()
        who = self.session.get_one(Account, account_id)
        sight = AccountInSight(who.id, who.reference)
        last_day = self.moment.today + timedelta(days=self.random.randrange(6))
        if self.random.random() < 0.2:
            accounts.close(self.session, self.moment, sight)
            last_day = self.moment.today
        departures.leave(self.session, farah, self.moment, sight, last_day)
        self.leavers[account_id] = name

    def decide(self) -> None:
        """Let managers say who takes over, and the administrator fill posts: some of them."""
        managers = self.people(Role.TEAM_MANAGER)
        for account_id, _, agency, _ in self.random.sample(managers, min(1, len(managers))):
            actor = self.acts(account_id, agency)
            for left in handing_over.for_deciders(self.session, actor, self.moment):
                if self.random.random() < 0.5:
                    family = find.family(self.session, actor, self.moment, left.family)
                    offered = handing_over.successors(
                        self.session, actor, self.moment, family, left.last_day
                    )
                    if offered:
                        departures.hand_over(
                            self.session,
                            actor,
                            self.moment,
                            family,
                            left.departure,
                            self.random.choice(offered).reference,
                        )
        self.farah()
        posts = self.session.scalars(select(Post).order_by(Post.id)).all()
        post = self.random.choice(posts)
        staff = [one for one in self.people() if one[2] == post.agency_id]
        if staff:
            who = self.session.get_one(Account, self.random.choice(staff)[0])
            sight = PostInSight(post.id, post.reference, post.agency_id, held=False)
            directory.appoint(
                self.session,
                self.moment,
                sight,
                who.reference,
                self.moment.today,
                deputy=self.random.random() < 0.5,
            )
        self.session.flush()


# Each third joins, moves or leaves: who, and when, is drawn.
TURNS = (Month.joins, Month.moves, Month.leaves)
