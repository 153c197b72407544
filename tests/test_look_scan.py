"""Which looks raise an alert: the known cases as synthetic logs, and a normal log that raises none.

Threats, 5; D21.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

import databases
from coordinator import chores, trail
from coordinator.access.sights import Moment
from coordinator.models.families import Person
from coordinator.models.look_alerts import AlertScan, LookAlert
from coordinator.services import look_alerts
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AlertKind, EventKind, ReviewOutcome
from coordinator.worker import Worker
from looking import (
    WORKER,
    alerts,
    call,
    families,
    happens,
    lane,
    looks,
    on_the_case,
    scan,
    yesterday,
)
from world import World


def test_many_views_of_one_record_are_told_at_the_sixth_on_day_one(world):
    """Threats, 5 (Wren): nobody waits for the fiftieth."""
    elif_, family = world.account_id("Elif"), lane(world)
    looks(world, elif_, [family] * 5, yesterday())
    assert scan(world) == 0
    looks(world, elif_, [family], yesterday(11))
    assert scan(world) == 1
    assert alerts(world) == [(AlertKind.MANY_LOOKS, elif_, family, 6)]
    looks(world, elif_, [family] * 44, yesterday(12))
    assert scan(world) == 0


def test_the_same_person_is_told_again_on_another_day(world):
    elif_, family = world.account_id("Elif"), lane(world)
    looks(world, elif_, [family] * 6, yesterday(days=2))
    looks(world, elif_, [family] * 6, yesterday())
    assert scan(world) == 2


def test_who_works_on_the_case_looks_as_often_as_they_need(world):
    for name in ("Cerys", "Bella"):
        on_the_case(world, name, lane(world))
        looks(world, world.account_id(name), [lane(world)] * 60, yesterday())
    assert scan(world) == 0


def test_a_look_at_a_family_of_the_same_surname_is_told_at_once(world):
    """Threats, 5: at the first view, on the case or not."""
    amira = world.account_id("Amira")
    call(world, "Amira", "Amira Øster LANE")
    looks(world, amira, [lane(world)], yesterday())
    assert scan(world) == 1
    assert alerts(world) == [(AlertKind.SAME_NAME, amira, lane(world), 1)]


def test_a_single_name_is_no_surname(world):
    call(world, "Amira", "Lane")
    looks(world, world.account_id("Lane"), [lane(world)], yesterday())
    assert scan(world) == 0


def test_a_look_at_a_colleagues_family_is_told_at_once(world):
    """Threats, 5: by the colleague's full name, or by the same telephone number."""
    ben, family = world.account_id("Ben"), lane(world)
    call(world, "Bella", "Kim Lane")
    looks(world, ben, [family], yesterday())
    assert scan(world) == 1
    assert alerts(world) == [(AlertKind.COLLEAGUE, ben, family, 1)]


def test_a_telephone_number_is_compared_by_its_digits(world):
    ben, family = world.account_id("Ben"), lane(world)
    call(world, "Bella", "Bella", "+44 (0)7700 900 456")
    with world.does("Amira") as (session, _actor):
        session.scalars(
            select(Person).where(Person.family_id == family)
        ).first().phone = "07700 900456"
    looks(world, ben, [family], yesterday())
    assert scan(world) == 1


def test_a_coincidence_that_was_found_justified_is_not_told_again(world):
    call(world, "Amira", "Amira Lane")
    amira, family = world.account_id("Amira Lane"), lane(world)
    looks(world, amira, [family], yesterday(days=2))
    assert scan(world) == 1
    with world.does("Petra") as (session, actor):
        alert = session.scalars(select(LookAlert)).one()
        alert.outcome, alert.reviewed_by_id = ReviewOutcome.JUSTIFIED, actor.account_id
        alert.reviewed_at = world.moment.now
    looks(world, amira, [family], yesterday())
    assert scan(world) == 0


def test_the_third_person_without_a_relationship_is_told(world):
    """Threats, 5 (O'Brien, Woolfe): one a day is enough to be seen."""
    elif_ = world.account_id("Elif")
    three = families(world, 3)
    for days, family in zip((3, 2, 1), three, strict=True):
        looks(world, elif_, [family], yesterday(days=days))
        assert scan(world) == (1 if days == 1 else 0)
    assert alerts(world) == [(AlertKind.WITHOUT_ROLE, elif_, three[2], 3)]


def test_a_manager_looks_at_the_families_of_the_own_teams(world):
    dana = world.account_id("Dana")
    for family in (three := families(world, 4)):
        on_the_case(world, "Amira", family)
    looks(world, dana, three, yesterday())
    assert scan(world) == 0


def test_what_somebody_was_asked_to_look_at_is_no_look_of_their_own(world):
    """A request to their team, a lead's advice, a review."""
    elif_ = world.account_id("Elif")
    for family in families(world, 4):
        for number in range(6):
            at = yesterday() + timedelta(minutes=number)
            happens(world, EventKind.LOOK, elif_, at, family, record_kind="advice")
    assert scan(world) == 0


def test_many_families_in_an_hour_are_told_at_the_sixtieth(world):
    """Threats, 20: who works on them all is told of, too, and not stopped."""
    amira = world.account_id("Amira")
    many = families(world, SETTINGS.families_alert)
    for family in many:
        on_the_case(world, "Amira", family)
    looks(world, amira, many[:-1], yesterday(), apart=50)
    assert scan(world) == 0
    looks(world, amira, many[-1:], yesterday() + timedelta(minutes=55))
    assert scan(world) == 1
    assert alerts(world) == [(AlertKind.MANY_FAMILIES, amira, None, SETTINGS.families_alert)]


def test_often_means_within_one_hour(world):
    amira = world.account_id("Amira")
    many = families(world, SETTINGS.families_alert)
    for family in many:
        on_the_case(world, "Amira", family)
    looks(world, amira, many, yesterday(8), apart=120)
    assert scan(world) == 0


def test_twenty_searches_in_an_hour_are_told(world):
    """E09: an alert at 20, the stop at 60."""
    bella = world.account_id("Bella")
    for number in range(SETTINGS.searches_alert):
        assert scan(world) == 0
        at = yesterday() + timedelta(minutes=number)
        happens(world, EventKind.SEARCH, bella, at, record_kind=None, action="families.find")
    assert scan(world) == 1
    assert alerts(world) == [(AlertKind.MANY_SEARCHES, bella, None, SETTINGS.searches_alert)]


def test_ten_refusals_in_an_hour_are_told(world, bella):
    for number in range(SETTINGS.refusals_alert):
        assert scan(world) == 0
        bella.get(f"/families/ZZZZ9999{number}")
    assert scan(world) == 1
    told = alerts(world)[0]
    assert told == (AlertKind.REFUSED_OFTEN, world.account_id("Bella"), None, 10)


def test_a_normal_log_of_fifty_staff_days_raises_nothing(world):
    """Threats, 5: at most one false alert in fifty staff-days.

    Ten people for five days: seven workers on their own cases, two managers who look round those
    of their teams, a lead who gives a reason for one family a day, of two in the week.
    """
    workers = ("Amira", "Cerys", "Gus", "Idris", "Maeve", "Ben", "Bella")
    cases = {name: families(world, 3) for name in workers}
    for name, own in cases.items():
        for family in own:
            on_the_case(world, name, family)
    for days in range(5, 0, -1):
        for name, own in cases.items():
            account = world.account_id(name)
            looks(world, account, own * 4, yesterday(9, days), apart=300)
            for number in range(2):
                at = yesterday(14, days) + timedelta(minutes=number)
                happens(world, EventKind.SEARCH, account, at, record_kind=None)
            happens(world, EventKind.REFUSAL, account, yesterday(15, days), record_kind=None)
        for manager, team in (("Dana", workers[:5]), ("Dev", workers[5:])):
            overseen = [cases[name][0] for name in team]
            looks(world, world.account_id(manager), overseen * 2, yesterday(11, days))
        looks(world, world.account_id("Elif"), [cases["Amira"][days % 2]] * 4, yesterday(13, days))
    assert scan(world) <= 1


def test_nothing_is_missed_and_nothing_doubled_however_the_trail_is_cut(world):
    """Two workers, and batches of any size: the place in the trail is read and moved in one act."""
    elif_, family = world.account_id("Elif"), lane(world)
    looks(world, elif_, [family] * 12, yesterday())
    later = Moment(world.moment.now + look_alerts.UNSETTLED * 2, world.moment.today)
    raised, more = 0, True
    while more:
        with world.session() as session:
            trail.acting(session, WORKER, "alerts.scan")
            found, more = look_alerts.scan(session, later, batch=1)
            raised += found
    assert raised == 1
    assert world.count(AlertScan) == 1


def test_what_is_young_is_read_again_and_told_once(world):
    """On PostgreSQL an act may be committed after one that has a later number."""
    elif_ = world.account_id("Elif")
    at = world.moment.now - timedelta(seconds=1)
    looks(world, elif_, [lane(world)] * 6, at, apart=0)
    assert [scan(world) for _ in range(3)] == [1, 0, 0]
    with world.session() as session:
        assert look_alerts.is_behind(session)


def test_a_scan_that_fails_leaves_the_place_and_the_mail_goes_on(fresh_app, monkeypatch):
    """Faults: whatever breaks in a scan, the worker sends mail, and the next scan reads on."""
    worker = Worker.of(databases.engine_of(fresh_app), databases.config("unused"))

    def broken(*_args: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(look_alerts, "_raise_for", broken)
        assert chores.do(worker.engine, chores.LOOKS) == 0
    with databases.session_of(fresh_app) as session:
        assert session.scalar(select(AlertScan.seq)) is None
    assert worker.send_due() == 0
    assert chores.do(worker.engine, chores.LOOKS) == 0
    with databases.session_of(fresh_app) as session:
        assert session.scalar(select(AlertScan.seq)) is not None


def test_two_workers_at_once_raise_each_alert_once(fresh_app):
    """The row that says how far the trail was read is locked while it is read on."""
    world = World(fresh_app)
    looks(world, world.account_id("Elif"), [lane(world)] * 6, yesterday())
    engine = databases.engine_of(fresh_app)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(chores.do, [engine] * 4, [chores.LOOKS] * 4))
    assert world.count(LookAlert) == 1
    assert world.count(AlertScan) == 1
