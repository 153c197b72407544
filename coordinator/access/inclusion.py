"""Whether a member of the family may be asked to meetings: the private safety answer (I14, T06).

Workers answer in private, at the level *safe contact*.  One "not safe" keeps the person off every
list of whom to ask; nobody is told that there is an answer, whose it is, or what it says.  A
partner is on the list only once each agency on the case has answered that it is safe, so that
"not safe" and "not answered yet" look the same to everybody else.
"""

from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, exists, or_
from sqlalchemy.orm import aliased

from coordinator.access.actor import current
from coordinator.access.sights import OPEN_ONLY_ROLES, Moment
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.needs import Needs
from coordinator.vocabulary import Relation

NEEDS = cast("Table", Needs.__table__)


def may_be_asked(person: Any, moment: Moment) -> ColumnElement[bool]:
    """Return the condition that this member of the family may be asked to a meeting.

    It reads answers that the one who asks may not read, and says nothing but yes or no.
    """
    refusal = NEEDS.alias()
    refused = exists().where(
        refusal.c.person_id == person.id,
        refusal.c.safe.is_(False),
        refusal.c.ended_at.is_(None),
    )
    works, said, answer = aliased(Involvement), aliased(Entry, flat=True), NEEDS.alias()
    agreed = exists().where(
        answer.c.person_id == person.id,
        answer.c.safe.is_(True),
        answer.c.ended_at.is_(None),
        said.id == answer.c.id,
        said.agency_id == works.agency_id,
    )
    silent = exists().where(
        works.family_id == person.family_id,
        works.role.not_in(OPEN_ONLY_ROLES),
        current(works, moment.today),
        ~agreed,
    )
    return and_(~refused, or_(person.relation != Relation.PARTNER, ~silent))
