"""Periods and limits: an administrator sets them, everybody keeps to them, without a restart."""

from __future__ import annotations

import threading
from datetime import timedelta

import time_machine
from sqlalchemy import select

import databases
from coordinator import chores, clock
from coordinator.access import in_force
from coordinator.chores import Chore
from coordinator.models.settings import SettingChange
from coordinator.models.trail import TrailEvent
from coordinator.services import settings as services
from coordinator.settings import FIRST, KNOWN, SETTINGS, Settings, hold, with_numbers
from coordinator.vocabulary import SettingGroup
from page import Client

LOOKS = "/settings/looks"
WHY = "The area agreed on it in November"


def save(farah, group, **numbers):
    """Change numbers of a group, through the page that shows them once more."""
    sure = farah.submit(farah.get(f"/settings/{group}"), {**numbers, "reason": WHY})
    return farah.submit(sure, button="Save the changes")


def change(world, group, **numbers):
    """Change numbers of a group by the service, and commit."""
    with world.does("Farah", "settings.manage") as (session, actor):
        in_force.ask(session)
        mine = {one.name: one.of(SETTINGS) for one in KNOWN.values() if one.group is group}
        newest = session.scalar(select(SettingChange.number).order_by(SettingChange.number.desc()))
        services.change(session, actor, world.moment, group, newest or 0, mine | numbers, WHY)


def test_each_setting_is_described_and_its_first_number_allowed():
    assert [s.name for s in KNOWN.values() if not (s.label and s.allows(s.of(FIRST)))] == []
    assert with_numbers({"idle_limit": 600, "known_no_longer": 1}).idle_limit == FIRST.idle_limit


def test_a_number_is_shown_once_more_saved_kept_and_put_back(farah, world):
    """Issue 5, 11: settings with history, each change audited."""
    sure = farah.submit(farah.get(LOOKS), {"searches_an_hour": "30", "reason": WHY})
    assert sure.status == 200
    assert "60 searches 30 searches" in sure.text
    assert world.count(SettingChange) == 0
    page = farah.submit(sure, button="Save the changes")
    assert page.path == "/settings"
    assert "from 60 searches to 30 searches, by Farah" in page.text
    assert world.count(TrailEvent, TrailEvent.record_kind == "setting_changes") == 1

    history = farah.get(f"{LOOKS}/history")
    assert WHY in history.text
    link = next(link for link in history.links if link.startswith("Put back 60 searches"))
    back = farah.click(history, link)
    assert back.field("searches_an_hour") == "60"
    farah.submit(farah.submit(back, {"reason": "Too few"}), button="Save the changes")
    with world.session() as session:
        values = session.scalars(select(SettingChange.value).order_by(SettingChange.number)).all()
    assert values == [30, 60]


def test_a_limit_may_be_made_stricter_and_not_looser(farah, world):
    """The bound is named beside the field, and nothing that was typed is lost."""
    page = farah.submit(farah.get(LOOKS), {"emergency_hours": "24", "reason": WHY})
    assert page.status == 422
    assert "between 1 and 8" in page.errors["emergency_hours"]
    assert page.field("emergency_hours") == "24"
    same = farah.submit(farah.get(LOOKS), {"reason": WHY})
    assert "Nothing is changed" in same.errors[""]
    assert world.count(SettingChange) == 0


def test_the_next_request_keeps_to_what_was_set(farah, amira, world):
    """None needs a restart: the idle time of a session that is open already, too."""
    amira.get("/today")
    save(farah, "signing-in", idle_limit="5")
    box = amira.get("/today").soup.select_one("[data-seconds-left]")
    assert int(box["data-seconds-left"]) == 5 * 60
    with world.session() as session:
        assert session.scalar(select(SettingChange.value)) == 5


def test_a_second_administrator_sees_what_the_first_changed(farah, world):
    form = farah.get(LOOKS)
    change(world, SettingGroup.LOOKS, searches_alert=10)
    sure = farah.submit(form, {"searches_alert": "15", "reason": WHY})
    page = farah.submit(sure, button="Save the changes")
    assert page.status == 409
    assert page.field("searches_alert") == "15"
    assert world.count(SettingChange) == 1


def test_another_process_hears_of_it_with_no_statement_more(amira, world, statements):
    """A process that does not know the newest change reads it once, and is then as before."""
    amira.get("/today")
    statements.clear()
    amira.get("/today")
    usual = len(statements)
    change(world, SettingGroup.CASES, due_soon_days=3)
    in_force._known = (None, FIRST)  # as another process, which has not heard
    counts = []
    for _ in range(2):
        statements.clear()
        amira.get("/today")
        counts.append(len(statements))
    assert counts == [usual + 2, usual]
    assert SETTINGS.due_soon_days == 3


def test_a_session_too_old_for_a_new_limit_is_refused_at_once(kept):
    """ASVS v5.0.0-7.3.1, in a process that still has the limit of before."""
    amira = Client(kept.app).sign_in("Amira")
    change(kept, SettingGroup.SIGNING_IN, idle_limit=5)
    in_force._known = (None, FIRST)
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=True):
        assert amira.get("/today").path == "/sign-in"


def test_a_request_holds_one_set_to_its_end_whatever_others_read():
    """The values are swapped whole: a thread that is under way keeps its own."""
    seen = []

    def under_way():
        hold(FIRST)
        started.set()
        swapped.wait(5)
        seen.append(SETTINGS.due_soon_days)

    started, swapped = threading.Event(), threading.Event()
    thread = threading.Thread(target=under_way)
    thread.start()
    started.wait(5)
    hold(Settings(due_soon_days=3))
    swapped.set()
    thread.join()
    assert seen == [7]
    assert SETTINGS.due_soon_days == 3


def test_the_worker_asks_each_round(kept):
    change(kept, SettingGroup.CASES, due_soon_days=3)
    hold(FIRST)
    seen = []
    chore = Chore(
        "test", lambda *_: bool(seen.append(SETTINGS.due_soon_days)), lambda *_: (0, False)
    )
    chores.do(databases.engine_of(kept.app), chore)
    assert seen == [3]
