"""Statements that are built once: who reads, and of which family, are parameters of them.

Building a wide statement costs more than running it.  The scope's conditions depend on the reader
in two numbers and on how they stand to the family; so there is one statement for each way to stand.
"""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import Integer, bindparam
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared import REHEARSED, rows
from coordinator.access.sights import FamilyInSight, Way
from coordinator.vocabulary import CaseRole

READER = cast(
    "Actor",
    SimpleNamespace(
        account_id=bindparam("reader", type_=Integer),
        agency_id=bindparam("reader_agency", type_=Integer),
    ),
)
FAMILY = cast("int", bindparam("family", type_=Integer))


class Prepared:
    """A statement about one family, for any reader."""

    def __init__(self, build: Callable[[Actor, FamilyInSight], Any]) -> None:
        """Take what builds the statement for one actor and one family."""
        self.build = build
        self.made: dict[tuple[Way, CaseRole | None], Any] = {}
        REHEARSED.append(self._for_nobody)

    def run(self, session: Session, actor: Actor, family: FamilyInSight, **values: object) -> Any:
        """Run it for this actor and family; `values` fill its own parameters.  One statement."""
        known = {
            "reader": actor.account_id,
            "reader_agency": actor.agency_id,
            "family": family.id,
        }
        return rows(session, self._built(family.way, family.case_role), known | values)

    def _built(self, way: Way, role: CaseRole | None) -> Any:
        if (way, role) not in self.made:
            anybody = FamilyInSight(FAMILY, "", 0, way, role, lead=False)
            self.made[way, role] = self.build(READER, anybody)
        return self.made[way, role]

    def _for_nobody(self) -> Iterator[tuple[Any, dict[str, Any]]]:
        nobody = dict.fromkeys(("reader", "reader_agency", "family"))
        yield self._built(Way.ON_THE_CASE, CaseRole.CARE_COORDINATOR), nobody
