"""Loading a staff list into the directory: all of it or nothing, and a second time changes nothing.

An e-mail address is a person; several lines with one address are several roles or posts.  The
import adds and changes; it never ends a role or closes an account, since a list of one team says
nothing of the others.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import current
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.services import directory
from coordinator.services.directory import AGENCY_POSTS
from coordinator.services.staff_list import BadLineError, Problem, StaffLine, StaffList
from coordinator.vocabulary import AgencyKind, PostKind, Role


@dataclass
class Outcome:
    """What loading a list did, or would do: counts by noun, and the lines that cannot be loaded."""

    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def load(session: Session, staff: StaffList, now: datetime, today: date) -> Outcome:
    """Load a list into the session's open transaction and say what that changed.

    The caller commits if there is no problem and this is not a dry run, and otherwise rolls back.
    """
    loading = _Loading(session, now, today)
    loading.outcome.problems.extend(staff.problems)
    for line in staff.lines:
        try:
            loading.take(line)
        except BadLineError as bad:
            loading.outcome.problems.append(Problem(line.number, str(bad)))
    session.flush()
    loading.outcome.problems.sort(key=lambda problem: problem.number)
    return loading.outcome


class _Loading:
    """What is there already, and what the lines so far have said."""

    def __init__(self, session: Session, now: datetime, today: date) -> None:
        self.session, self.now, self.today = session, now, today
        self.outcome = Outcome()
        self.agencies = {_key(a.name): a for a in session.scalars(select(Agency))}
        self.teams = {(t.agency_id, _key(t.name)): t for t in session.scalars(select(Team))}
        self.people = {a.email: a for a in session.scalars(select(Account))}
        self.roles = {
            (m.account_id, m.team_id, m.role)
            for m in session.scalars(
                select(Membership).where(
                    or_(Membership.ends_on.is_(None), Membership.ends_on >= today)
                )
            )
        }
        self.administrators = {i for i, _team, role in self.roles if role is Role.ADMINISTRATOR}
        self.posts: dict[tuple[PostKind, int, int | None], int] = {
            (p.kind, p.agency_id, p.team_id): p.id for p in session.scalars(select(Post))
        }
        self.holders = {
            (h.post_id, h.deputy): h.account_id
            for h in session.scalars(select(PostHolding).where(current(PostHolding, today)))
        }
        self.counted: set[int] = set()
        self.said: dict[tuple[str, str], tuple[str, int]] = {}
        self.seats: dict[tuple[int, bool], tuple[str, int]] = {}

    def take(self, line: StaffLine) -> None:
        """Load one line.  Raises `BadLineError` if it contradicts what is known or said before."""
        team = self._team(line, self._agency(line))
        account = self._person(line)
        self._role(line, team, account)
        if line.post:
            self._post(line, line.post, team, account)

    def _agency(self, line: StaffLine) -> Agency:
        agency = self.agencies.get(_key(line.agency))
        if agency is None:
            if line.agency_kind is None:
                raise BadLineError(
                    f"names the new agency “{line.agency}” without its kind; say cmht or csc in"
                    " the column agency_kind"
                )
            agency = self._add(Agency(name=line.agency, kind=line.agency_kind), "agencies")
            self.agencies[_key(line.agency)] = agency
        if line.agency_kind not in (None, agency.kind):
            raise BadLineError(f"says another kind of {agency.name}, which is {agency.kind.value}")
        if agency.kind is AgencyKind.HOST:
            raise BadLineError(f"belongs to {agency.name}, where only administrators work")
        return agency

    def _team(self, line: StaffLine, agency: Agency) -> Team:
        key = (agency.id, _key(line.team))
        if key not in self.teams:
            self.teams[key] = self._add(Team(agency_id=agency.id, name=line.team), "teams")
        if self.teams[key].closed_on:
            raise BadLineError(f"belongs to {line.team}, which is closed")
        return self.teams[key]

    def _person(self, line: StaffLine) -> Account:
        account = self.people.get(line.email)
        self._agree(line)
        if account is None:
            account = self._add(
                Account(
                    name=line.name,
                    email=line.email,
                    phone=line.phone,
                    profession=line.profession,
                    created_at=self.now,
                ),
                "people",
            )
            self.people[line.email] = account
            self.counted.add(account.id)
        if account.closed_at:
            raise BadLineError(f"names {line.email}, whose account is closed; open it again first")
        changes = {
            name: value
            for name in ("name", "phone", "profession")
            if (value := getattr(line, name)) and value != getattr(account, name)
        }
        for name, value in changes.items():
            setattr(account, name, value)
        if changes and account.id not in self.counted:
            self.counted.add(account.id)
            self.outcome.changed["people"] += 1
        return account

    def _agree(self, line: StaffLine) -> None:
        """Refuse a second line that says something else of the same person."""
        for name in ("name", "phone", "profession"):
            value = getattr(line, name)
            earlier, number = self.said.setdefault((line.email, name), (value, line.number))
            if value and earlier and value != earlier:
                raise BadLineError(
                    f"gives {line.email} another {name} than line {number}: {value}, not {earlier}"
                )
            if value and not earlier:
                self.said[line.email, name] = (value, line.number)

    def _role(self, line: StaffLine, team: Team, account: Account) -> None:
        key = (account.id, team.id, line.role)
        if key in self.roles:
            return
        if account.id in self.administrators:
            raise BadLineError(f"gives a role to {line.email}, who is an administrator")
        self.session.add(
            Membership(account_id=account.id, team_id=team.id, role=line.role, starts_on=self.today)
        )
        self.outcome.new["roles"] += 1
        self.roles.add(key)

    def _post(self, line: StaffLine, kind: PostKind, team: Team, account: Account) -> None:
        place = (kind, team.agency_id, None if kind in AGENCY_POSTS else team.id)
        if place not in self.posts:
            post = Post(kind=kind, agency_id=place[1], team_id=place[2])
            self.posts[place] = self._add(post, "posts").id
        seat = (self.posts[place], line.deputy)
        earlier, number = self.seats.setdefault(seat, (line.email, line.number))
        if earlier != line.email:
            raise BadLineError(
                f"gives the post “{kind.label}” to {line.email}, and line {number} to {earlier}"
            )
        if self.holders.get(seat) != account.id:
            directory.hold(self.session, seat[0], account.id, self.today, deputy=line.deputy)
            known = self.outcome.changed if seat in self.holders else self.outcome.new
            known["holders of posts"] += 1
            self.holders[seat] = account.id

    def _add(self, record: Any, noun: str) -> Any:
        self.session.add(record)
        self.session.flush()
        self.outcome.new[noun] += 1
        return record


def _key(name: str) -> str:
    return name.casefold()
