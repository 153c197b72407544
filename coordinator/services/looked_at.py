"""What the rules about looks ask of the records: names, telephone numbers, and who works with whom.

A name is compared by its last word, where it has two; a telephone number by its digits.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.models.accounts import Account, Membership
from coordinator.models.families import Involvement, Person
from coordinator.models.meetings import Invitation, Meeting
from coordinator.services.families import match_name
from coordinator.services.look_rules import Known, Pair, Seen
from coordinator.settings import SETTINGS
from coordinator.vocabulary import EventKind, Role

SHORTEST_PHONE = 9
# A stay of somebody with a family: first and last day, both inclusive.
Stays = dict[Pair, list[tuple[date, date]]]


def known_of(session: Session, acts: Iterable[Seen]) -> Known:
    """Return the answers about everybody who looked, and every family looked at, in these acts.

    Six statements at most, however many acts there are.
    """
    looks = [seen for seen in acts if seen.kind is EventKind.LOOK and seen.family_id]
    if not looks:
        return Known()
    people = {seen.account_id for seen in looks}
    families = {seen.family_id for seen in looks if seen.family_id}
    surnames, members = _surnames(session, people), _members(session, families)
    colleagues = _colleagues(session)
    working = _working(session, people, families)
    overseeing = _overseeing(session, people, families)

    def same_name(seen: Seen) -> bool:
        mine = surnames.get(seen.account_id)
        return bool(mine) and any(_surname(name) == mine for name, _phone in members[_of(seen)])

    def colleague(seen: Seen) -> bool:
        return any(
            colleagues.by_phone.get(phone)
            or colleagues.by_name.get(name, set()) - {seen.account_id}
            for name, phone in members[_of(seen)]
        )

    return Known(
        same_name,
        colleague,
        on_the_case=lambda seen: _stands(working, seen),
        oversees=lambda seen: _stands(overseeing, seen),
    )


@dataclass(frozen=True)
class _Colleagues:
    """The open accounts by full name (of two words at least) and by telephone number."""

    by_name: dict[str, set[int]]
    by_phone: dict[str, set[int]]


def _of(seen: Seen) -> int:
    return seen.family_id or 0


def _stands(stays: Stays, seen: Seen) -> bool:
    days = stays.get((seen.account_id, _of(seen)), ())
    return any(first <= seen.day <= last for first, last in days)


def _surname(name: str) -> str:
    words = match_name(name).split()
    return words[-1] if len(words) > 1 else ""


def _digits(phone: str) -> str:
    """Return a telephone number as it is compared; too few digits are none."""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    digits = re.sub(r"^(00)?44", "0", digits)
    return digits if len(digits) >= SHORTEST_PHONE else ""


def _surnames(session: Session, people: set[int]) -> dict[int, str]:
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(people)))
    return {row.id: _surname(row.name) for row in rows}


def _members(session: Session, families: set[int]) -> dict[int, list[tuple[str, str]]]:
    """Return for each family the names and numbers of its members, as they are compared."""
    rows = session.execute(
        select(Person.family_id, Person.match_name, Person.phone).where(
            Person.family_id.in_(families)
        )
    )
    members: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        members[row.family_id].append((row.match_name, _digits(row.phone)))
    return members


def _colleagues(session: Session) -> _Colleagues:
    found = _Colleagues(defaultdict(set), defaultdict(set))
    rows = session.execute(
        select(Account.id, Account.name, Account.phone).where(Account.closed_at.is_(None))
    )
    for row in rows:
        if _surname(row.name):
            found.by_name[match_name(row.name)].add(row.id)
        if phone := _digits(row.phone):
            found.by_phone[phone].add(row.id)
    return found


def _working(session: Session, people: set[int], families: set[int]) -> Stays:
    """Return who had a role on which case when, or was asked to a meeting about it."""
    stays: Stays = defaultdict(list)
    for row in session.execute(
        select(
            Involvement.account_id,
            Involvement.family_id,
            Involvement.starts_on,
            Involvement.ends_on,
        ).where(Involvement.account_id.in_(people), Involvement.family_id.in_(families))
    ):
        stays[row.account_id, row.family_id].append((row.starts_on, row.ends_on or date.max))
    for asked in session.execute(
        select(Invitation.account_id, Meeting.family_id, Invitation.invited_at, Meeting.local_start)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(Invitation.account_id.in_(people), Meeting.family_id.in_(families))
    ):
        if asked.account_id:
            last = asked.local_start.date() + timedelta(days=SETTINGS.chair_stays_days)
            since = clock.local(asked.invited_at).date()
            stays[asked.account_id, asked.family_id].append((since, last))
    return stays


def _overseeing(session: Session, people: set[int], families: set[int]) -> Stays:
    """Return who managed a team that worked with which family, and when both were so."""
    stays: Stays = defaultdict(list)
    for row in session.execute(
        select(
            Membership.account_id,
            Involvement.family_id,
            Involvement.starts_on,
            Involvement.ends_on,
            Membership.starts_on.label("manages_from"),
            Membership.ends_on.label("manages_to"),
        )
        .join(Involvement, Involvement.team_id == Membership.team_id)
        .where(
            Membership.account_id.in_(people),
            Membership.role == Role.TEAM_MANAGER,
            Involvement.family_id.in_(families),
        )
    ):
        last = min(row.ends_on or date.max, row.manages_to or date.max)
        stays[row.account_id, row.family_id].append((max(row.starts_on, row.manages_from), last))
    return stays
