"""Whom a file of contacts is about: a person, everybody of a team, or everybody of an agency."""

from datetime import date
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.contact_cards import Card
from coordinator.access.directory_sights import ColleagueInSight
from coordinator.access.sights import AgencyInSight, Moment, TeamInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.reads import directory_facts as facts
from coordinator.reads.directory_facts import Organisation, Person, Work
from coordinator.vocabulary import PostKind


def of_person(session: Session, moment: Moment, colleague: ColleagueInSight) -> tuple[Card, ...]:
    """Return the card of one person.  Three statements."""
    person = session.execute(
        select(
            Account.reference, Account.name, Account.profession, Account.phone, Account.email
        ).where(Account.id == colleague.id)
    ).one()
    work = facts.work(session, moment, Account.id == colleague.id)
    return (_person(Person(*person), work, moment.today),)


def of_team(session: Session, moment: Moment, team: TeamInSight) -> tuple[Card, ...]:
    """Return a team's own card and then its people's.  Three statements."""
    agency_and_team = facts.organisations(session, Team.id == team.id)
    return _all(agency_and_team[1:], facts.work(session, moment, Team.id == team.id), moment.today)


def of_agency(session: Session, moment: Moment, agency: AgencyInSight) -> tuple[Card, ...]:
    """Return an agency's own card, its teams', and then its people's.  Three statements."""
    here = Agency.id == agency.id
    return _all(facts.organisations(session, here), facts.work(session, moment, here), moment.today)


def _all(
    organisations: tuple[Organisation, ...], work: tuple[Work, ...], today: date
) -> tuple[Card, ...]:
    people = sorted({one.person for one in work if one.person}, key=attrgetter("name", "reference"))
    return (
        *(_organisation(one, work, today) for one in organisations),
        *(_person(person, work, today) for person in people),
    )


def _organisation(one: Organisation, work: tuple[Work, ...], today: date) -> Card:
    return Card(
        urn=facts.urn(one.reference),
        name=one.name,
        is_person=False,
        within=((one.agency[1], one.name) if one.agency else (one.name,),),
        phone=one.phone,
        email=one.email,
        note=_note([w for w in _posts(work) if w.place[0] == one.reference], today, names=True),
    )


def _person(person: Person, work: tuple[Work, ...], today: date) -> Card:
    mine = tuple(one for one in work if one.person == person)
    return Card(
        urn=facts.urn(person.reference),
        name=person.name,
        is_person=True,
        within=tuple(dict.fromkeys(_within(one) for one in mine)),
        title=person.profession,
        roles=tuple(f"{one.label}, {one.place[1]}" for one in mine),
        phone=person.phone,
        email=person.email,
        note=_note(_posts(mine), today),
    )


def _within(work: Work) -> tuple[str, ...]:
    return tuple(dict.fromkeys((work.agency[1], work.place[1])))


def _posts(work: tuple[Work, ...]) -> list[Work]:
    return [one for one in work if isinstance(one.what, PostKind)]


def _note(posts: list[Work], today: date, *, names: bool = False) -> str:
    """Return how and when each post answers, and since when the words may have gone stale."""
    lines = []
    for post in posts:
        whose = (post.person.name if post.person else post.nobody) if names else post.place[1]
        lines.append(f"{post.label}: {', '.join(filter(None, (whose, post.phone, post.hours)))}")
    day = f"{today.day} {today:%B %Y}"
    return "\n".join((*lines, f"As the directory said on {day}. Posts change hands."))
