"""Opening a family's case, and saying who belongs to it."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from stdnum.gb import nhs

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment, PersonInSight
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.families import Family, Involvement, Oversight, Person
from coordinator.services import addresses
from coordinator.services.involvements import case_role_of, standing_of
from coordinator.settings import SETTINGS
from coordinator.vocabulary import ChildrenAsked, Relation

LONGEST_PREGNANCY = timedelta(days=310)
LIVES_WITH = {True: "Yes", False: "No", None: "Not known"}


@dataclass(frozen=True)
class PersonDetails:
    """What a form says of a member of a family.  `nhs_number` may have spaces."""

    name: str
    relation: Relation
    born_on: date | None = None
    nhs_number: str = ""
    own_words: str = ""
    lives_with: bool | None = None
    phone: str = ""
    reach_by: str = ""
    silence_means: str = ""


def open_family(
    session: Session,
    actor: Actor,
    moment: Moment,
    parent: PersonDetails,
    children_asked: ChildrenAsked,
    why_not: str = "",
) -> str:
    """Open a case and make the actor its first involved worker; return the family's reference.

    Raises `InvalidError` for what cannot be stored.
    """
    _check_why_not(children_asked, why_not)
    addresses.refuse(children_why_not=why_not)
    checked = _checked(parent, moment)
    here = standing_of(actor)
    family = Family(
        opened_at=moment.now,
        opened_by_id=actor.account_id,
        agency_id=here.agency_id,
        children_asked=children_asked,
        children_why_not=why_not,
    )
    session.add(family)
    session.flush()
    session.add(
        Involvement(
            family_id=family.id,
            account_id=actor.account_id,
            agency_id=here.agency_id,
            team_id=here.team_id,
            role=case_role_of(here.role),
            lead=True,
            starts_on=moment.today,
        )
    )
    session.add(Person(family_id=family.id, **_columns(checked)))
    session.flush()
    return family.reference


def answer_children(
    session: Session,
    actor: Actor,
    family: FamilyInSight,
    version: int | None,
    children_asked: ChildrenAsked,
    why_not: str = "",
) -> None:
    """Change the answer to the question about children (E49).

    Raises `InvalidError` for "not asked" without a reason, and `ConflictError`.
    """
    record = session.get_one(Family, family.id)
    if version != record.version:
        raise ConflictError(
            {
                "children_asked": record.children_asked.label,
                "children_why_not": record.children_why_not,
            },
            record.version,
        )
    _check_why_not(children_asked, why_not)
    addresses.stop(session, actor, family, children_why_not=why_not)
    record.children_asked = children_asked
    record.children_why_not = why_not if children_asked is ChildrenAsked.NOT_ASKED else ""
    session.flush()


def add_person(
    session: Session, moment: Moment, family: FamilyInSight, details: PersonDetails
) -> str:
    """Add a member to a family and return the person's reference.

    A named child answers the question about children.  Raises `InvalidError`.
    """
    person = Person(family_id=family.id, **_columns(_checked(details, moment)))
    session.add(person)
    record = session.get_one(Family, family.id)
    if details.relation is Relation.CHILD and record.children_asked is not ChildrenAsked.YES:
        record.children_asked, record.children_why_not = ChildrenAsked.YES, ""
    session.flush()
    return person.reference


def change_person(
    session: Session,
    moment: Moment,
    person: PersonInSight,
    version: int | None,
    details: PersonDetails,
) -> None:
    """Change what is said of a member of a family.

    Raises `InvalidError`, and `ConflictError` with the stored texts.
    """
    record = session.get_one(Person, person.id)
    if version != record.version:
        raise ConflictError(
            {
                "name": record.name,
                "relation": record.relation.label,
                "born_on": _day(record.born_on),
                "nhs_number": record.nhs_number or "",
                "own_words": record.own_words,
                "lives_with": LIVES_WITH[record.lives_with],
                "phone": record.phone,
                "reach_by": record.reach_by,
                "silence_means": record.silence_means,
            },
            record.version,
        )
    for column, value in _columns(_checked(details, moment)).items():
        setattr(record, column, value)
    session.flush()


def give_reason(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, reason: str
) -> None:
    """Open a family to a safeguarding lead for some hours, with a reason (sharing.md, mark R).

    Raises `InvalidError` for more families than one hour allows (threats, 20).
    """
    opened = session.scalar(
        select(func.count(Oversight.family_id.distinct())).where(
            Oversight.account_id == actor.account_id,
            Oversight.opened_at > moment.now - timedelta(hours=1),
        )
    )
    if opened and opened >= SETTINGS.families_an_hour:
        raise InvalidError(
            {"reason": "You have opened as many families as one hour allows. Call a colleague"}
        )
    addresses.refuse(reason=reason)
    session.add(
        Oversight(
            family_id=family.id,
            account_id=actor.account_id,
            agency_id=standing_of(actor).agency_id,
            reason=reason,
            opened_at=moment.now,
            until=moment.now + timedelta(hours=SETTINGS.oversight_hours),
        )
    )
    session.flush()


def match_name(name: str) -> str:
    """Return a name as it is compared: composed, case folded, one space between words."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip().casefold()


def clean_nhs_number(typed: str) -> str | None:
    """Return ten digits, or None if nothing was typed.

    Raises `InvalidError` if the check digit is wrong (NHS Data Dictionary, modulus 11).
    """
    if not typed.strip():
        return None
    if not nhs.is_valid(typed):
        raise InvalidError(
            {"nhs_number": "Check the NHS number: it has ten digits that fit together"}
        )
    return str(nhs.compact(typed))


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _check_why_not(children_asked: ChildrenAsked, why_not: str) -> None:
    if children_asked is ChildrenAsked.NOT_ASKED and not why_not:
        raise InvalidError({"children_why_not": "Say why nobody has asked yet"})


def _checked(details: PersonDetails, moment: Moment) -> PersonDetails:
    """Return the details with a clean NHS number; a child may be expected, an adult may not."""
    if details.born_on and details.born_on > moment.today:
        if details.relation is not Relation.CHILD:
            raise InvalidError({"born_on": "Date of birth must be in the past"})
        if details.born_on > moment.today + LONGEST_PREGNANCY:
            raise InvalidError(
                {"born_on": "The day on which a child is expected must be within ten months"}
            )
    addresses.refuse(
        own_words=details.own_words,
        reach_by=details.reach_by,
        silence_means=details.silence_means,
    )
    return replace(details, nhs_number=clean_nhs_number(details.nhs_number) or "")


def _columns(details: PersonDetails) -> dict[str, object]:
    return {
        "name": details.name,
        "match_name": match_name(details.name),
        "born_on": details.born_on,
        "nhs_number": details.nhs_number or None,
        "relation": details.relation,
        "own_words": details.own_words,
        "lives_with": details.lives_with,
        "phone": details.phone,
        "reach_by": details.reach_by,
        "silence_means": details.silence_means,
    }
