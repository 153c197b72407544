"""The list of areas, which an administrator keeps: added, renamed, closed, opened again."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.directory_sights import AreaInSight
from coordinator.access.sights import Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.areas import Area
from coordinator.models.base import version_of
from coordinator.models.directory import Team
from coordinator.models.local_services import LocalService, LocalServiceVersion
from coordinator.services.former_words import keeping
from coordinator.vocabulary import WordList


def add(session: Session, name: str) -> str:
    """Add an area; return its reference.  Raises `InvalidError` for a name that is there."""
    _free(session, name)
    area = Area(name=name)
    session.add(area)
    session.flush()
    return area.reference


def rename(
    session: Session,
    actor: Actor,
    moment: Moment,
    area: AreaInSight,
    name: str,
    version: int | None,
) -> None:
    """Rename an area wherever it is named; the name before is kept, and sent referrals keep it.

    Raises `InvalidError` as `add` does, and `ConflictError`.
    """
    record = session.get_one(Area, area.id)
    if version != version_of(record.name):
        raise ConflictError({"name": record.name}, version_of(record.name))
    if name != record.name:
        _free(session, name, area.id)
    with keeping(session, actor, moment, WordList.AREAS, record.reference, record):
        record.name = name


def close(session: Session, moment: Moment, area: AreaInSight) -> None:
    """Take an area off the lists from today on, and its route with it.

    Raises `InvalidError`, naming the teams and the services that name it still.
    """
    record = session.get_one(Area, area.id, with_for_update=True)
    if hanging := _hanging(session, area.id):
        raise InvalidError({sentence: sentence for sentence in hanging})
    record.closed_on = moment.today
    session.flush()


def open_again(session: Session, area: AreaInSight) -> None:
    """Offer a closed area again, with the route that it had."""
    session.get_one(Area, area.id).closed_on = None
    session.flush()


def chosen(session: Session, reference: str, field: str = "area") -> int | None:
    """Return the number of the area that a form names, None for none.  Raises `InvalidError`."""
    if not reference:
        return None
    found = session.scalar(select(Area.id).where(Area.reference == reference))
    if found is None:
        raise InvalidError({field: "Choose an area from the list"})
    return found


def _hanging(session: Session, area: int) -> list[str]:
    """Return what names an area still, with what is to be done first."""
    teams = session.scalars(
        select(Team.name).where(Team.area_id == area, Team.closed_on.is_(None)).order_by(Team.name)
    )
    newest = select(func.max(LocalServiceVersion.id)).group_by(LocalServiceVersion.service_id)
    services = session.scalars(
        select(LocalServiceVersion.name)
        .join(LocalService, LocalService.id == LocalServiceVersion.service_id)
        .where(
            LocalServiceVersion.area_id == area,
            LocalServiceVersion.id.in_(newest),
            LocalService.closed_at.is_(None),
        )
        .order_by(LocalServiceVersion.name)
    )
    found = (
        ("Teams that work in it", teams.all(), "give each another area"),
        ("Services in it", services.all(), "change the area of each entry"),
    )
    return [f"{what}: {', '.join(names)}. First {then}" for what, names, then in found if names]


def _free(session: Session, name: str, but: int = 0) -> None:
    known = session.execute(select(Area.id, Area.name))
    if any(row.id != but and row.name.casefold() == name.casefold() for row in known):
        raise InvalidError({"name": "There is an area of this name already"})
