"""Local services in the directory: added, described anew, confirmed, closed; versions stay."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.local_service_rules import LocalServiceInSight
from coordinator.access.sights import Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.directory import Post
from coordinator.models.local_services import LocalService, LocalServiceVersion
from coordinator.services import areas
from coordinator.vocabulary import OnPregnancy, Topic


@dataclass(frozen=True)
class ServiceSaid:
    """What is said of a service.  `area` is a reference, "" for all of them.

    `waiting_said_on` is the day on which the wait was told.
    """

    name: str
    what: str
    for_whom: str
    topics: tuple[Topic, ...]
    area: str
    how_to_get_in: str
    on_pregnancy: OnPregnancy
    phone: str = ""
    hours: str = ""
    at_birth: str = ""
    waiting: str = ""
    waiting_said_on: date | None = None


def add(session: Session, actor: Actor, moment: Moment, said: ServiceSaid, post: str) -> str:
    """Add a service, confirmed today; return its reference.

    `post` is the reference of the post that looks after it, or "".  Raises `InvalidError`.
    """
    _check(moment, said)
    service = LocalService(post_id=_post(session, post), confirmed_on=moment.today)
    session.add(service)
    session.flush()
    _keep(session, actor, moment, service.id, said)
    return service.reference


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    service: LocalServiceInSight,
    version: int | None,
    said: ServiceSaid,
    post: str,
) -> None:
    """Describe a service anew, confirmed today; how it was stays readable.

    `version` is how many versions there were when the form was filled in.  Raises `InvalidError`,
    and `ConflictError` if there is a newer one.
    """
    record = session.get_one(LocalService, service.id, with_for_update=True)
    there = _count(session, service.id)
    if version != there:
        raise ConflictError({}, there)
    _check(moment, said)
    record.post_id, record.confirmed_on = _post(session, post), moment.today
    _keep(session, actor, moment, service.id, said)


def confirm(session: Session, moment: Moment, service: LocalServiceInSight) -> None:
    """Say that what the directory says of a service is right today."""
    session.get_one(LocalService, service.id).confirmed_on = moment.today
    session.flush()


def close(session: Session, moment: Moment, service: LocalServiceInSight) -> None:
    """Take a service that is there no longer out of the directory."""
    session.get_one(LocalService, service.id).closed_at = moment.now
    session.flush()


def _check(moment: Moment, said: ServiceSaid) -> None:
    problems = {}
    if not said.topics:
        problems["topics"] = "Choose at least one"
    if said.waiting and said.waiting_said_on is None:
        problems["waiting_said_on"] = "Enter the day on which the service said so"
    elif said.waiting_said_on and said.waiting_said_on > moment.today:
        problems["waiting_said_on"] = "The day must not be after today"
    if problems:
        raise InvalidError(problems)


def _post(session: Session, reference: str) -> int | None:
    if not reference:
        return None
    found = session.scalar(select(Post.id).where(Post.reference == reference))
    if found is None:
        raise InvalidError({"post": "Choose one of the posts"})
    return found


def _keep(
    session: Session, actor: Actor, moment: Moment, service_id: int, said: ServiceSaid
) -> None:
    area_id = areas.chosen(session, said.area)
    columns = vars(said) | {"topics": f" {' '.join(said.topics)} ", "area_id": area_id}
    del columns["area"]
    session.add(
        LocalServiceVersion(service_id=service_id, **columns, by_id=actor.account_id, at=moment.now)
    )
    session.flush()


def _count(session: Session, service_id: int) -> int:
    counted = select(func.count()).select_from(LocalServiceVersion)
    return session.scalar(counted.where(LocalServiceVersion.service_id == service_id)) or 0
