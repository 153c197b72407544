"""The second wall: what the ORM adds to every select of a session in which a person acts.

The first wall is `scope` and `find`: each query says itself what its reader may see.  Should one
forget it, this one still hides every row of a family from which the reader is excluded, and what
an entry says from whoever could not read it by any way.  It is coarser than the sharing rule (it
knows the person and the agency acted for, not how they stand to the case), written a second time
on purpose, and not what any page relies on.  What passes it by, and who may:
docs/decisions/0010-the-second-wall.md.
"""

from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    Table,
    and_,
    bindparam,
    event,
    exists,
    false,
    inspect,
    or_,
    true,
)
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from coordinator.errors import WallBypassedError
from coordinator.models.base import Model
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Exclusion, Family, Involvement, Person
from coordinator.models.guest_passes import GuestDisclosure, GuestName
from coordinator.models.sharing import Advice
from coordinator.trail import Acting
from coordinator.vocabulary import Level

PARENTS = (Level.PARENTS_OWN, Level.SAFE_CONTACT)


def _table(model: type[Model]) -> Table:
    return cast("Table", model.__table__)


# Tables and not models: the wall does not stand before itself.
EXCLUSIONS = _table(Exclusion).alias("wall_exclusions")
READERS = _table(EntryReader).alias("wall_readers")
OPENINGS = _table(EmergencyOpening).alias("wall_openings")
ASKED = _table(Advice).alias("wall_asked")
NAMES = _table(GuestName).alias("wall_names")
DISCLOSED = _table(GuestDisclosure).alias("wall_disclosed")


ACCOUNT: Any = bindparam("wall_account", type_=Integer)
AGENCY: Any = bindparam("wall_agency", type_=Integer)
INVITATION: Any = bindparam("wall_invitation", type_=Integer)
GUESTS_FAMILY: Any = bindparam("wall_guests_family", type_=Integer)


def _known(family_id: Any) -> ColumnElement[bool]:
    """Return the condition that no exclusion keeps this person from the family."""
    return ~exists().where(
        EXCLUSIONS.c.account_id == ACCOUNT,
        EXCLUSIONS.c.family_id == family_id,
        EXCLUSIONS.c.lifted_at.is_(None),
    )


def _may_be_read(kind: Any) -> ColumnElement[bool]:
    """Return the condition that there is any way by which this person could read the entry."""
    return or_(
        kind.level == Level.OPEN,
        and_(kind.agency_id == AGENCY, kind.level.not_in(PARENTS)),
        kind.author_id == ACCOUNT,
        exists().where(READERS.c.entry_id == kind.id, READERS.c.account_id == ACCOUNT),
        exists().where(OPENINGS.c.entry_id == kind.id, OPENINGS.c.account_id == ACCOUNT),
        exists().where(ASKED.c.about_entry_id == kind.id, ASKED.c.lead_id == ACCOUNT),
    )


def _guarded(row: Any) -> ColumnElement[bool] | None:
    """Return what the wall asks of a row of this model, or None where it does not stand.

    That an entry is there stands in `Entry`, which notices are read from; what it says stands in
    its kind.
    """
    mapped = inspect(row, raiseerr=False)
    if mapped is None:  # SQLAlchemy tries the function out on a model that is none.
        return None
    model = mapped.mapper.class_
    if model is Family:
        return _known(row.id)
    if model in (Person, Involvement, Entry):
        return _known(row.family_id)
    if issubclass(model, Entry):
        return and_(_known(row.family_id), _may_be_read(row))
    return None


def _for_a_person(row: Any) -> ColumnElement[bool]:
    condition = _guarded(row)
    return true() if condition is None else condition


def _for_a_guest(row: Any) -> ColumnElement[bool]:
    """Return what the wall asks for a guest: of the one family what is open, no member's name.

    What somebody decided to show to this guest is let through: a name, a sharing record.
    """
    mapped = inspect(row, raiseerr=False)
    if mapped is None or not issubclass(mapped.mapper.class_, (Family, Person, Involvement, Entry)):
        return true()
    model = mapped.mapper.class_
    if model is Person:
        return exists().where(NAMES.c.person_id == row.id, NAMES.c.invitation_id == INVITATION)
    if not issubclass(model, Entry):
        return false()
    shown = exists().where(
        DISCLOSED.c.sharing_id == row.id,
        DISCLOSED.c.ended_at.is_(None),
        DISCLOSED.c.invitation_id == INVITATION,
    )
    return and_(row.family_id == GUESTS_FAMILY, or_(row.level == Level.OPEN, shown))


def _for_nobody(row: Any) -> ColumnElement[bool]:
    return true() if _guarded(row) is None else false()


# Built once: who asks is a parameter.  SQLAlchemy looks into the function that it is given, so
# each is one that only calls.
PERSON = with_loader_criteria(
    Model,
    lambda row: _for_a_person(row),  # noqa: PLW0108
    include_aliases=True,
)
GUEST = with_loader_criteria(
    Model,
    lambda row: _for_a_guest(row),  # noqa: PLW0108
    include_aliases=True,
)
NOBODY = with_loader_criteria(
    Model,
    lambda row: _for_nobody(row),  # noqa: PLW0108
    include_aliases=True,
)


def _criterion(session: Session) -> Any:
    """Return the wall for whoever acts in this session, or None if it is no person.

    A service (worker, import, set-up) acts for nobody and reads all.
    """
    who: Acting | None = session.info.get("acting")
    if who is not None and who.guest is not None:
        return GUEST
    if who is None or who.service is not None:
        return None
    return NOBODY if who.account_id is None else PERSON


def _values(session: Session) -> dict[str, Any]:
    who: Acting = session.info["acting"]
    return {
        "wall_account": who.account_id,
        "wall_agency": who.agency_id,
        "wall_invitation": who.guest and who.guest[0],
        "wall_guests_family": who.guest and who.guest[1],
    }


@lru_cache(maxsize=512)
def _behind(statement: Any, criterion: Any) -> Any:
    return statement.options(criterion)


def behind(session: Session, statement: Any, values: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Return a select that goes past the ORM, with its values, behind the same wall."""
    criterion = _criterion(session)
    if criterion is None:
        return statement, values
    return _behind(statement, criterion), values | _values(session)


@event.listens_for(Session, "do_orm_execute")
def _stand(state: ORMExecuteState) -> None:
    """Put every statement of the session behind the wall.

    A column that was put off belongs to a record that came through the wall before.
    """
    criterion = _criterion(state.session)
    if criterion is None or state.is_column_load:
        return
    if state.is_insert:
        if getattr(state.statement, "select", None) is not None:
            msg = "rows that a select finds are not stored unseen"
            raise WallBypassedError(msg)
        return
    state.statement = state.statement.options(criterion)
    given = cast("dict[str, Any]", state.parameters or {})
    state.parameters = given | _values(state.session)
