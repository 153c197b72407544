"""Telling a story: who does what on which day, through the services that the pages use."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NoReturn

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access import find, find_entries
from coordinator.access.actor import Actor
from coordinator.access.sights import ActionInSight, EntryInSight, FamilyInSight, Moment
from coordinator.demo import cast
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.models.families import Family, Involvement, Person
from coordinator.services import contact_attempts, involvements, join_requests
from coordinator.services.contact_attempts import Attempt
from coordinator.vocabulary import Mechanism, Outcome


class LostThreadError(Exception):
    """The story names somebody or something that is not there."""


@dataclass(frozen=True)
class Scene:
    """One person, acting on one family at one moment."""

    session: Session
    actor: Actor
    moment: Moment
    reference: str

    @property
    def family(self) -> FamilyInSight:
        """The family as this person stands to it."""
        seen = find.family(self.session, self.actor, self.moment, self.reference)
        if seen is None:
            msg = f"{self.actor.name} does not see {self.reference}"
            raise LostThreadError(msg)
        return seen

    def worker(self, name: str) -> str:
        """Return the reference of a worker's involvement in this family."""
        return self.session.scalars(
            select(Involvement.reference)
            .join(Account, Account.id == Involvement.account_id)
            .join(Family, Family.id == Involvement.family_id)
            .where(Family.reference == self.reference, Account.name == name)
        ).first() or _lost(f"{name} is not on {self.reference}")

    def person(self, name: str) -> str:
        """Return the reference of a member of this family."""
        return self.session.scalars(
            select(Person.reference)
            .join(Family, Family.id == Person.family_id)
            .where(Family.reference == self.reference, Person.name == name)
        ).one()

    def action(self, reference: str) -> ActionInSight:
        """Return an action as this person sees it."""
        seen = find_entries.action(self.session, self.actor, self.moment, reference)
        return seen or _lost(reference)

    def goal(self, reference: str) -> EntryInSight:
        """Return a goal as this person sees it."""
        seen = find_entries.goal(self.session, self.actor, self.moment, reference)
        return seen or _lost(reference)

    def tried(self, whom: str, outcome: Outcome, line: str = "", by: str = "phone") -> None:
        """Log a contact attempt of just now, towards a worker, a desk or a member of the family."""
        ways = {"phone": Mechanism.TELEPHONE, "e-mail": Mechanism.EMAIL}
        contact_attempts.log(
            self.session,
            self.actor,
            self.moment,
            self.family,
            Attempt(
                whom=whom,
                mechanism=ways.get(by, Mechanism.FACE_TO_FACE),
                attempted_at=self.moment.now - timedelta(minutes=4),
                outcome=outcome,
                line=line,
            ),
        )


def day(ago: int) -> date:
    """Return the day so many days before the telling; a negative number is a day to come."""
    return clock.local(datetime.now(UTC)).date() - timedelta(days=ago)


def age(years: int = 0, days: int = 40) -> date:
    """Return the birthday of somebody who is now this old."""
    return day(years * 365 + years // 4 + days)


@contextmanager
def scene(
    session: Session,
    name: str,
    reference: str = "",
    *,
    ago: int = 0,
    at: str = "10:00",
    team: str | None = None,
    does: str = "demo.tell",
) -> Iterator[Scene]:
    """Let somebody act on a family so many days ago, at a time in London, and never after now."""
    wall = datetime.combine(day(ago), time.fromisoformat(at))
    instant = min(clock.instant_of(wall), datetime.now(UTC) - timedelta(minutes=1))
    with clock.standing_at(instant):
        actor = cast.actor(session, name, team)
        trail.acting(session, actor.acting(), does)
        yield Scene(session, actor, Moment(instant, clock.today()), reference)


def ask_team(telling: Scene, team: str) -> str:
    """Ask a team of the other agency to name a worker; return the request's reference."""
    return join_requests.ask(
        telling.session,
        telling.actor,
        telling.moment,
        telling.family,
        telling.session.scalars(select(Team.reference).where(Team.name == team)).one(),
        "We both know this family. Please name a worker so that we can plan together.",
    )


def bring_in(
    session: Session, reference: str, asker: str, team: str, worker: str, ago: int
) -> None:
    """Let a worker ask the other agency's team, and the team accept and name its worker."""
    with scene(session, asker, reference, ago=ago, does="join-requests.ask") as asking:
        request = ask_team(asking, team)
    answered_on = max(ago - 1, 0)
    with scene(
        session, worker, ago=answered_on, at="12:00", team=team, does="join-requests.answer"
    ) as answering:
        join_requests.accept(
            session,
            answering.actor,
            answering.moment,
            find.join_request(session, answering.actor, answering.moment, request)
            or _lost(request),
            membership(session, worker, team),
        )


def colleague(session: Session, reference: str, by: str, name: str, ago: int) -> None:
    """Let a worker put a colleague of the same agency on the case."""
    with scene(session, by, reference, ago=ago, does="involvements.change") as adding:
        involvements.add_colleague(
            session, adding.actor, adding.moment, adding.family, membership(session, name)
        )


def membership(session: Session, name: str, team: str | None = None) -> str:
    """Return the reference of somebody's membership, in a team if one is named."""
    statement = (
        select(Membership.reference)
        .join(Account, Account.id == Membership.account_id)
        .join(Team, Team.id == Membership.team_id)
        .where(Account.name == name)
        .order_by(Membership.id)
    )
    if team:
        statement = statement.where(Team.name == team)
    return session.scalars(statement).first() or _lost(f"{name} of {team}")


def _lost(what: str) -> NoReturn:
    raise LostThreadError(what)
