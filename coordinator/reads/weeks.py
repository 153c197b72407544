"""A family's contacts week by week, with the level of each and what was said about it (S08)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.clock_rules import ClockRule
from coordinator.models.directory import Agency
from coordinator.models.visits import FullWeek, WeekAnswer
from coordinator.reads.week_contacts import Contact, by_agency, contacts, monday_of
from coordinator.vocabulary import WeekWord

CODE = "contacts-in-a-week"
A_WEEK = timedelta(days=7)
WEEKS_BACK = 8
# Visits are booked at most two years ahead (services/to_come.py).
AHEAD = timedelta(days=735)


@dataclass(frozen=True)
class Said:
    """What an agency said about a full week."""

    word: WeekWord
    text: str
    name: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class Asked:
    """That both agencies are asked about a week, and what they said."""

    reference: str
    monday: date
    contacts: int
    at_most: int
    said: tuple[Said, ...]
    ended: bool


@dataclass(frozen=True)
class Week:
    """One week: its contacts, how many count, for which agencies, and what is asked about it."""

    monday: date
    contacts: tuple[Contact, ...]
    at_most: int
    asked: Asked | None

    @property
    def count(self) -> int:
        """How many contacts the family has; a joint visit is one."""
        return sum(one.counts for one in self.contacts)

    @property
    def above(self) -> bool:
        """Whether there are more contacts than the level."""
        return self.count > self.at_most

    @property
    def agencies(self) -> tuple[tuple[str, int], ...]:
        """For how many of them each agency comes; a joint visit counts for both."""
        return by_agency(self.contacts)


@dataclass(frozen=True)
class Weeks:
    """The weeks from this one on, and eight weeks before a Monday, the last first."""

    coming: tuple[Week, ...]
    past: tuple[Week, ...]
    before: date
    today: date

    @property
    def earlier(self) -> date:
        """The Monday before which the weeks before these are asked for."""
        return self.before - WEEKS_BACK * A_WEEK

    @property
    def is_now(self) -> bool:
        """Whether the earlier weeks are the last ones."""
        return self.before == monday_of(self.today)


def of_family(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    before: date | None = None,
) -> Weeks:
    """Return the weeks of a family with contacts that the actor may read.  Four statements.

    `before` is a day of the week before which the earlier ones are asked for; today if None.
    """
    this = monday_of(moment.today)
    start = min(monday_of(before), this) if before else this
    since = start - WEEKS_BACK * A_WEEK
    found = contacts(session, actor, moment, family, since, this + AHEAD)
    asked = {one.monday: one for one in _asked(session, readable_in(actor, family), family.id)}
    rules = session.execute(
        select(ClockRule.from_date, ClockRule.limit)
        .where(ClockRule.code == CODE)
        .order_by(ClockRule.from_date, ClockRule.id)
    ).all()
    weeks: dict[date, list[Contact]] = {}
    for contact in found:
        weeks.setdefault(contact.monday, []).append(contact)
    made = [
        Week(monday, tuple(here), _level(rules, monday), asked.get(monday))
        for monday, here in sorted(weeks.items())
    ]
    return Weeks(
        coming=tuple(week for week in made if week.monday >= this),
        past=tuple(reversed([week for week in made if since <= week.monday < start])),
        before=start,
        today=moment.today,
    )


def full(session: Session, week: EntryInSight) -> Asked:
    """Return a full week in sight.  One statement."""
    return _asked(session, FullWeek.id == week.id, week.family.id)[0]


def _asked(session: Session, may: Any, family_id: int) -> list[Asked]:
    """Return what is asked about weeks: of each week what was asked last."""
    rows = session.execute(
        select(
            FullWeek.reference,
            FullWeek.monday,
            FullWeek.contacts,
            FullWeek.at_most,
            FullWeek.ended_at,
            WeekAnswer.word,
            WeekAnswer.text,
            Account.name,
            Agency.name.label("agency"),
            WeekAnswer.at,
        )
        .outerjoin(WeekAnswer, WeekAnswer.week_id == FullWeek.id)
        .outerjoin(Account, Account.id == WeekAnswer.account_id)
        .outerjoin(Agency, Agency.id == WeekAnswer.agency_id)
        .where(FullWeek.family_id == family_id, may)
        .order_by(FullWeek.id, WeekAnswer.id)
    )
    found: dict[str, tuple[Any, list[Said]]] = {}
    for row in rows:
        said = found.setdefault(row.reference, (row, []))[1]
        if row.word:
            said.append(Said(row.word, row.text, row.name, row.agency, row.at))
    return [
        Asked(row.reference, row.monday, row.contacts, row.at_most, tuple(said), bool(row.ended_at))
        for row, said in found.values()
    ]


def _level(rules: Any, monday: date) -> int:
    held = [rule.limit for rule in rules if rule.from_date <= monday]
    return int(held[-1] if held else rules[0].limit)
