"""The door under pressure: two at once, a failure in the middle, a database that is gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

import checks
import records
from coordinator.access import actor as actors
from coordinator.access import door, pages
from coordinator.access.door import requires
from coordinator.access.policy import Permission, decide
from coordinator.errors import DeniedError
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.families import Family, Person
from coordinator.models.plans import Goal
from coordinator.models.trail import TrailEvent
from coordinator.services import plans
from page import Client
from world import World


def at_once(*acts: Any) -> list[Any]:
    """Do these at the same instant, each in a thread of its own."""
    start = Barrier(len(acts))

    def run(act: Any) -> Any:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def sending(client: Client, shown: Any, **values: Any) -> Any:
    """Return an act that fills in the form of a page and sends it, following nothing."""
    return lambda: client.submit(shown, values, follow=False)


def put_in_place(monkeypatch, app, endpoint, view):
    """Let a view of the test's own stand behind an endpoint, through the door as any other."""
    guarded = door._guarded(endpoint, requires(Permission.TODAY_READ)(view))
    monkeypatch.setitem(app.view_functions, endpoint, guarded)


def test_two_presses_at_the_same_instant_have_one_effect(fresh_app):
    """F11: the second press leads where the first one led."""
    world = World(fresh_app)
    before = world.count(Family)
    client = Client(fresh_app).sign_in("Amira")
    shown = client.get("/families/open")
    said = {"name": "Ada Reed", "children_asked": "no"}
    one, two = (Client(fresh_app) for _ in range(2))
    for other in (one, two):
        other.browser._cookies = dict(client.browser._cookies or {})
    answers = at_once(sending(one, shown, **said), sending(two, shown, **said))
    assert [answer.status for answer in answers] == [302, 302]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert world.count(Family) == before + 1


def test_two_who_edit_at_the_same_instant_lose_nobodys_words(fresh_app):
    """F12: one is saved; the other sees both texts and keeps what they typed."""
    world = World(fresh_app)
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        writer.plan("Amira", records.Level.OPEN)
        path = f"/goals/{writer.goal('Amira', 'Sleep').reference}/change"
    people = [Client(fresh_app).sign_in(name) for name in ("Amira", "Ben")]
    texts = ["Sleep through the night", "Sleep in one room"]
    acts = [sending(one, one.get(path), text=text) for one, text in zip(people, texts, strict=True)]
    answers = at_once(*acts)
    assert sorted(answer.status for answer in answers) == [302, 409]
    lost = next(answer for answer in answers if answer.status == 409)
    mine = texts[answers.index(lost)]
    theirs = next(text for text in texts if text != mine)
    assert lost.field("text") == mine
    assert theirs in lost.text
    with world.session() as session:
        assert session.scalars(select(Goal.text)).all() == [theirs]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_who_is_overtaken_between_two_reads_sees_the_newer_words(fresh_app, monkeypatch):
    """F12 in the gap: what was read before the other person's commit is read again after it.

    SQLite lets one write at a time, so nobody can be overtaken there.
    """
    world = World(fresh_app)
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        writer.plan("Amira", records.Level.OPEN)
        path = f"/goals/{writer.goal('Amira', 'Sleep').reference}/change"
    amira, ben = (Client(fresh_app).sign_in(name) for name in ("Amira", "Ben"))
    late = sending(amira, amira.get(path), text="Late")
    quick = sending(ben, ben.get(path), text="Quick")
    ask, overtakers = plans.words_version, [quick]

    def asked_late(session, entry_id):
        if overtakers:
            overtake = overtakers.pop()
            with ThreadPoolExecutor(1) as another:
                assert another.submit(overtake).result().status == 302
        return ask(session, entry_id)

    monkeypatch.setattr(plans, "words_version", asked_late)
    answer = late()
    assert answer.status == 409
    assert answer.field("text") == "Late"
    assert "Quick" in answer.text


def test_of_many_who_write_at_once_nobody_is_lost(fresh_app):
    """SQLite has one write lock and PostgreSQL many; each of eight contacts is kept on both."""
    world = World(fresh_app)
    path = f"/families/{world.family}/contacts/log"
    acts = []
    for number in range(8):
        client = Client(fresh_app, checked=False).sign_in(("Amira", "Ben")[number % 2])
        shown = client.get(path)
        said = {"outcome": "reached", "mechanism": "02", "someone_else": "The school"}
        said["line"] = f"Call {number}"
        acts.append(sending(client, shown, **said))
    answers = at_once(*acts)
    assert {answer.status for answer in answers} == {302}, [answer.errors for answer in answers]
    assert world.count(ContactAttempt) == 8


def test_a_look_is_written_before_the_page_is_rendered(amira, world, monkeypatch, app):
    """What breaks while a page is drawn leaves the look in the trail."""

    def breaks(*_args, **_values):
        raise RuntimeError("while drawing")

    monkeypatch.setattr(pages, "render_template", breaks)
    with pytest.raises(RuntimeError, match="while drawing"):
        amira.get("/families/LANE-01")
    monkeypatch.undo()
    with world.session() as session:
        newest = session.scalars(select(TrailEvent).order_by(TrailEvent.seq.desc())).first()
        assert (newest.kind, newest.record_ref) == ("look", "LANE-01")


def test_a_view_that_fails_saves_nothing_and_says_so(app, world, monkeypatch):
    """Never a traceback: a page that needs no database, and nothing is kept."""

    def begins(visit):
        visit.session.scalars(select(Person)).first().name = "Somebody Else"
        visit.session.flush()
        raise ZeroDivisionError

    put_in_place(monkeypatch, app, "sign_in.acting_for", begins)
    monkeypatch.setitem(app.config, "TESTING", False)
    client = Client(app, checked=False).sign_in("Amira")
    answer = client.post("/acting-for", follow=False)
    assert answer.status == 500
    assert "Nothing was saved" in answer.text
    assert world.count(Person, Person.name == "Somebody Else") == 0


def test_a_database_that_is_gone_is_said_in_words(app, monkeypatch):
    """F2: whom to phone stands on the page; nothing of a family does."""
    client = Client(app).sign_in("Amira")

    def gone(*_args, **_values):
        raise OperationalError("SELECT", {}, Exception("connection refused"))

    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setattr(actors, "load", gone)
    answer = client.get("/families/LANE-01", follow=False)
    assert answer.status == 503
    assert "phone" in answer.text
    assert "connection refused" not in answer.html


def test_whatever_goes_wrong_in_a_rule_is_a_denial():
    """Fail closed: an unknown permission and a broken actor are refused."""
    assert not decide(None, "families.burn").allowed
    assert not decide(object(), Permission.FAMILIES_READ, object()).allowed


def test_a_view_that_is_refused_within_leaves_its_refusal_and_nothing_else(
    app, world, amira, monkeypatch
):
    def begins(visit):
        visit.session.scalars(select(Person)).first().name = "Somebody Else"
        visit.session.flush()
        raise DeniedError("Not this one.")

    put_in_place(monkeypatch, app, "sign_in.acting_for", begins)
    answer = amira.post("/acting-for", follow=False)
    assert answer.status == 403
    assert "Not this one." in answer.text
    assert world.count(Person, Person.name == "Somebody Else") == 0
    assert world.count(TrailEvent, TrailEvent.kind == "refusal") == 1


def test_the_same_form_is_not_the_same_for_two_people(app, world):
    """A key that somebody else used has no effect on mine."""
    amira, ben = Client(app).sign_in("Amira"), Client(app).sign_in("Ben")
    said = {"name": "Ada Reed", "children_asked": "no", "form_key": "the-very-same-key"}
    first = amira.post("/families/open", said, follow=False)
    second = ben.post("/families/open", said, follow=False)
    assert first.status == second.status == 302
    assert first.headers["Location"] != second.headers["Location"]


def test_a_page_of_an_error_is_a_page_like_any_other(amira, app, monkeypatch):
    for path in ("/nowhere", "/families/ZZZZ99999", "/families/LANE-01/nowhere"):
        answer = amira.get(path)
        assert answer.status == 404
        checks.check(answer)
