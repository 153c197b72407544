"""Opening a family's case, and who and what belongs to it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session
from stdnum.gb import nhs

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.families import Family, Involvement, Person
from coordinator.vocabulary import CaseRole, ChildrenAsked, Relation, Role

CASE_ROLES = {
    Role.CARE_COORDINATOR: CaseRole.CARE_COORDINATOR,
    Role.SOCIAL_WORKER: CaseRole.SOCIAL_WORKER,
    Role.THERAPIST: CaseRole.THERAPIST,
    Role.LINK_WORKER: CaseRole.LINK_WORKER,
    Role.CHAIR: CaseRole.CHAIR,
    Role.MINUTE_TAKER: CaseRole.MINUTE_TAKER,
}


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
    if children_asked is ChildrenAsked.NOT_ASKED and not why_not:
        raise InvalidError({"children_why_not": "Say why nobody has asked yet"})
    assert actor.acting_as is not None
    family = Family(
        opened_at=moment.now,
        opened_by_id=actor.account_id,
        agency_id=actor.acting_as.agency_id,
        children_asked=children_asked,
        children_why_not=why_not,
    )
    session.add(family)
    session.flush()
    session.add(
        Involvement(
            family_id=family.id,
            account_id=actor.account_id,
            agency_id=actor.acting_as.agency_id,
            team_id=actor.acting_as.team_id,
            role=CASE_ROLES.get(actor.acting_as.role, CaseRole.OTHER),
            lead=True,
            starts_on=moment.today,
        )
    )
    _add_person(session, family.id, parent)
    session.flush()
    return family.reference


def add_person(session: Session, family: FamilyInSight, details: PersonDetails) -> None:
    """Add a member to a family.  Raises `InvalidError` for a wrong NHS number."""
    _add_person(session, family.id, details)
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


def _add_person(session: Session, family_id: int, details: PersonDetails) -> None:
    session.add(
        Person(
            family_id=family_id,
            name=details.name,
            match_name=match_name(details.name),
            born_on=details.born_on,
            nhs_number=clean_nhs_number(details.nhs_number),
            relation=details.relation,
            own_words=details.own_words,
            lives_with=details.lives_with,
            phone=details.phone,
        )
    )
