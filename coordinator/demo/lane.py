"""LANE-01: Kim, her children and her partner, with Amira and Ben on the case."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access import find
from coordinator.access.sights import Moment
from coordinator.demo import cast
from coordinator.models.base import references
from coordinator.models.families import Family, Involvement
from coordinator.services import families
from coordinator.services.families import PersonDetails
from coordinator.vocabulary import CaseRole, ChildrenAsked, Relation

REFERENCE = "LANE-01"


def load(session: Session) -> None:
    """Tell all of LANE-01.  The caller commits."""
    open_case(session)


def open_case(session: Session) -> None:
    """Open LANE-01 and put Amira and Ben on the case, and no more.  The caller commits."""
    moment = Moment(clock.now(), clock.today())
    amira, ben = cast.actor(session, "Amira"), cast.actor(session, "Ben")
    trail.acting(session, amira.acting(), "families.open")
    references.next.insert(0, REFERENCE)
    families.open_family(
        session,
        amira,
        moment,
        PersonDetails("Kim Lane", Relation.PARENT_OR_CARER, moment.today.replace(year=1996)),
        ChildrenAsked.YES,
    )
    family = find.family(session, amira, moment, REFERENCE)
    assert family is not None
    for details in (
        PersonDetails("Leo Lane", Relation.CHILD, moment.today - timedelta(days=365 * 6 + 40)),
        PersonDetails("Mia Lane", Relation.CHILD, moment.today - timedelta(days=125)),
        PersonDetails("Nate Moss", Relation.PARTNER, own_words="Mia’s father, dad to Leo"),
    ):
        families.add_person(session, family, details)
    assert ben.acting_as is not None
    session.add(
        Involvement(
            family_id=session.scalars(select(Family.id)).one(),
            account_id=ben.account_id,
            agency_id=ben.acting_as.agency_id,
            team_id=ben.acting_as.team_id,
            role=CaseRole.SOCIAL_WORKER,
            lead=True,
            starts_on=moment.today,
        )
    )
    session.flush()
