"""Statements that are built once: who reads, and of which family, are parameters of them.

Building a wide statement costs more than running it.  The scope's conditions depend on the reader
in two numbers and on how they stand to the family; so there is one statement for each way to stand.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import Integer, bindparam
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared import rows
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

    def run(self, session: Session, actor: Actor, family: FamilyInSight, **values: object) -> Any:
        """Run it for this actor and family; `values` fill its own parameters.  One statement."""
        stands = (family.way, family.case_role)
        if stands not in self.made:
            anybody = FamilyInSight(FAMILY, "", 0, *stands, lead=False)
            self.made[stands] = self.build(READER, anybody)
        known = {
            "reader": actor.account_id,
            "reader_agency": actor.agency_id,
            "family": family.id,
        }
        return rows(session, self.made[stands], known | values)
