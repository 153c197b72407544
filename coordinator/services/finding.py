"""Is this family known, and whom to call?  An exact match with a reason, and no more (E09).

What the searcher may not know of is found by nobody: an excluded worker gets the answer that a
stranger's name gets, through the same statements.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import Actor, current
from coordinator.access.scope import not_excluded
from coordinator.access.sights import OPEN_ONLY_ROLES, Moment
from coordinator.access.ways import family_columns, way_of
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.families import Family, Involvement, Person
from coordinator.models.trail import TrailEvent
from coordinator.services.families import clean_nhs_number, match_name
from coordinator.settings import SETTINGS
from coordinator.trail import Subject, hour_of, micros
from coordinator.vocabulary import EventKind, FindReason


@dataclass(frozen=True)
class Contact:
    """Whom to call: an agency's lead worker, and the duty line of that worker's team.

    `name` and `phone` are empty where nobody works with the family at present.
    """

    agency: str
    team: str
    duty_line: str
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Known:
    """A family that is known.  `reference` is empty unless the searcher may open it."""

    family_id: int
    reference: str
    contacts: tuple[Contact, ...]


def find(
    session: Session,
    actor: Actor,
    moment: Moment,
    name: str,
    born_on: date | None,
    nhs_number: str,
) -> tuple[Known, ...]:
    """Return the families in which a person has exactly this name and birth date, or NHS number.

    Raises `InvalidError` for a wrong NHS number, and for too many searches within an hour.
    """
    _slow_down(session, actor, moment)
    number = clean_nhs_number(nhs_number)
    same_name = and_(Person.match_name == match_name(name), Person.born_on == born_on)
    same_person = or_(same_name, Person.nhs_number == number) if number else same_name
    rows = session.execute(
        select(*family_columns(actor, moment))
        .where(
            Family.id.in_(select(Person.family_id).where(same_person)),
            not_excluded(actor, Family.id),
        )
        .order_by(Family.id)
    ).all()
    contacts = _contacts(session, moment, [row.family_id for row in rows]) if rows else {}
    return tuple(
        Known(
            row.family_id,
            row.family_reference if way_of(row) else "",
            tuple(contacts.get(row.family_id, ())),
        )
        for row in rows
    )


def record(session: Session, found: tuple[Known, ...], reason: FindReason) -> None:
    """Write the search into the trail: why, and whether anything is known; never what was typed."""
    subjects = [Subject(family_id=known.family_id) for known in found] or [Subject()]
    outcome = "known" if found else "unknown"
    for subject in subjects:
        trail.write(session, EventKind.SEARCH, subject, outcome=outcome, reason=reason.value)


def _slow_down(session: Session, actor: Actor, moment: Moment) -> None:
    """Stop somebody who asks about one family after another (threats, 5)."""
    an_hour_ago = moment.now - timedelta(hours=1)
    searches = session.scalar(
        select(func.count())
        .select_from(TrailEvent)
        .where(
            TrailEvent.actor_id == actor.account_id,
            TrailEvent.hour >= hour_of(an_hour_ago),
            TrailEvent.at > micros(an_hour_ago),
            TrailEvent.kind == EventKind.SEARCH,
        )
    )
    if searches and searches >= SETTINGS.searches_an_hour:
        raise InvalidError(
            "You have asked as often as one hour allows. Call the team’s duty line instead."
        )


def _contacts(session: Session, moment: Moment, families: list[int]) -> dict[int, list[Contact]]:
    """Return for each family one contact of each agency: its lead worker, or else a duty line."""
    here = current(Involvement, moment.today)
    rows = session.execute(
        select(
            Involvement.family_id,
            Agency.name.label("agency"),
            Team.name.label("team"),
            Team.phone.label("duty_line"),
            Account.name,
            Account.phone,
            here.label("here"),
        )
        .join(Account, Account.id == Involvement.account_id)
        .join(Team, Team.id == Involvement.team_id)
        .join(Agency, Agency.id == Involvement.agency_id)
        .where(Involvement.family_id.in_(families), Involvement.role.not_in(OPEN_ONLY_ROLES))
        .order_by(here.desc(), Involvement.lead.desc(), Involvement.starts_on.desc())
    )
    contacts: dict[int, dict[str, Contact]] = {}
    for row in rows:
        worker = {"name": row.name, "phone": row.phone} if row.here else {}
        contacts.setdefault(row.family_id, {}).setdefault(
            row.agency, Contact(row.agency, row.team, row.duty_line, **worker)
        )
    return {family: list(by_agency.values()) for family, by_agency in contacts.items()}
