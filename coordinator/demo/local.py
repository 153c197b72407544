"""Local services of Eastway, as the directory has them; one entry nobody has confirmed lately."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_directory
from coordinator.demo import cast
from coordinator.demo.teller import LostThreadError, scene
from coordinator.models.directory import Post, Team
from coordinator.services import local_services
from coordinator.services.local_services import ServiceSaid
from coordinator.vocabulary import OnPregnancy, PostKind, Topic

MORNINGS = "Weekdays, 9am to 1pm"
# days ago that the entry was written, the team whose link worker looks after it, the service
SERVICES = (
    (
        12,
        "Northside CMHT",
        ServiceSaid(
            name="Northside Perinatal Team",
            what="Sees parents who feel unwell while they expect a baby or in the first two years.",
            for_whom="Anybody who is pregnant or has a baby under two",
            topics=(Topic.PREGNANCY_AND_BIRTH, Topic.PARENTS_MENTAL_HEALTH),
            area="",
            how_to_get_in="A call from the GP, the midwife or any worker. Parents can call, too.",
            on_pregnancy=OnPregnancy.SPECIALIST,
            phone="01632 960140",
            hours="Weekdays, 9am to 5pm",
            at_birth="Visits at home before and after birth",
            waiting="About two weeks",
        ),
    ),
    (
        20,
        "Eastway Family Support",
        ServiceSaid(
            name="Eastway Parent and Baby Place",
            what="Helps parents and babies to get to know each other, at home or in a small group.",
            for_whom="Parents with a baby under one",
            topics=(Topic.INFANT_MENTAL_HEALTH, Topic.PARENTING),
            area="Eastway",
            how_to_get_in="The health visitor asks, or the parent calls.",
            on_pregnancy=OnPregnancy.SPECIALIST,
            phone="01632 960240",
            hours=MORNINGS,
            at_birth="Starts from four weeks before birth",
            waiting="About four weeks",
        ),
    ),
    (
        58,
        "Northside CMHT",
        ServiceSaid(
            name="Tuesday Skills Group",
            what="A group that practises getting through hard moments, with the same two leaders.",
            for_whom="Adults who are seen by Northside",
            topics=(Topic.PARENTS_MENTAL_HEALTH, Topic.CRISIS),
            area="Eastway",
            how_to_get_in="The care coordinator puts somebody on the list.",
            on_pregnancy=OnPregnancy.ENDS,
            phone="01632 960100",
            at_birth="A place again after the baby is one year old",
        ),
    ),
    (
        9,
        "Eastway Family Support",
        ServiceSaid(
            name="Eastway Housing Advice",
            what="Advice on rent, repairs and notices to leave; goes along to appointments.",
            for_whom="Anybody who rents in Eastway",
            topics=(Topic.HOUSING, Topic.MONEY),
            area="Eastway",
            how_to_get_in="Walk in, or call in the morning.",
            on_pregnancy=OnPregnancy.GOES_ON,
            phone="01632 960250",
            hours=MORNINGS,
            waiting="The same week",
        ),
    ),
    (
        74,
        "Eastway Family Support",
        ServiceSaid(
            name="Talk Together",
            what="Six evenings for couples who argue a lot and have small children.",
            for_whom="Couples with a child under five",
            topics=(Topic.COUPLE, Topic.PARENTING),
            area="",
            how_to_get_in="Both partners call once.",
            on_pregnancy=OnPregnancy.GOES_ON,
            phone="01632 960260",
        ),
    ),
)
NEWER = {"name": "Eastway Parent and Baby Place", "waiting": "About six weeks"}


def load(session: Session) -> None:
    """Write the entries, and one change of a waiting time.  The caller commits."""
    areas = cast.areas(session)
    for ago, team, described in SERVICES:
        said = replace(described, area=areas.get(described.area, ""))
        with scene(session, "Farah", ago=ago, does="services.add") as told:
            reference = local_services.add(
                session,
                told.actor,
                told.moment,
                _waits(said, said.waiting, told.moment.today),
                _link_worker(session, team),
            )
        if said.name == NEWER["name"]:
            with scene(session, "Colm", ago=3, does="services.change") as told:
                seen = find_directory.local_service(session, told.actor, told.moment, reference)
                if seen is None:
                    raise LostThreadError(reference)
                changed = _waits(said, NEWER["waiting"], told.moment.today - timedelta(days=1))
                local_services.change(
                    session,
                    told.actor,
                    told.moment,
                    seen,
                    1,
                    changed,
                    _link_worker(session, team),
                )


def _waits(said: ServiceSaid, waiting: str, day: date) -> ServiceSaid:
    told = {"waiting": waiting, "waiting_said_on": day if waiting else None}
    return ServiceSaid(**(vars(said) | told))


def _link_worker(session: Session, team: str) -> str:
    return session.scalars(
        select(Post.reference)
        .join(Team, Team.id == Post.team_id)
        .where(Post.kind == PostKind.LINK_WORKER, Team.name == team)
    ).one()
