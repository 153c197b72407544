"""What is told on purpose is told where the list says, with its look, and says no more."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import urlsplit

import pytest

import observing
import records
from archetypes import NAMED
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import Level, Notice
from declassified import DECLASSIFIED
from hidden_facts import Fact, Told
from observing import Ask, Seen
from test_sweep_worlds import frozen, worlds  # noqa: F401  (fixtures)
from writer import Writer

WORDS = "Xylophoneq"
# The list of one's cases is references and counts, and what a team is asked: no look at any.
NO_LOOK = {"families.index"}
pytestmark = pytest.mark.in_turn


@pytest.mark.parametrize("one", DECLASSIFIED, ids=lambda one: one.name)
def test_what_is_told_on_purpose_is_told_there_alone(one, worlds):  # noqa: F811
    who = NAMED[one.who]
    adapter = worlds.app.url_map.bind("localhost")

    def endpoint(ask: Ask) -> str:
        return str(adapter.match(urlsplit(ask.path).path, ask.method)[0])

    told = [Told(Fact(one.name, one.tell), WORDS)]
    with worlds.connection.begin_nested() as savepoint:
        hidden = worlds.tell(told, one.name, everywhere=False)
        observer = worlds.observer(who, one.name)
        asks, there = observer.script(
            worlds.references, hidden, WORDS, exact=True, forms=one.by_a_form
        )
        savepoint.rollback()
    absent = worlds.observer(who, one.name).repeats(asks)
    differ = [ask for ask in asks if there[str(ask)] != absent[str(ask)]]
    assert sorted({endpoint(ask) for ask in differ}) == sorted(one.where)
    for ask in differ:
        if endpoint(ask) not in one.in_words:
            assert WORDS.encode() not in said(there[str(ask)], absent[str(ask)]), str(ask)
    with worlds.connection.begin_nested() as savepoint:
        worlds.tell(told, one.name, everywhere=False)
        observer = worlds.observer(who, one.name)
        account = worlds.world.account_id(who.name)
        for ask in differ:
            before = worlds.world.count(TrailEvent, TrailEvent.actor_id == account)
            with worlds.connection.begin_nested() as again, observing.drawn(one.name):
                observer.asked(ask)
                after = worlds.world.count(TrailEvent, TrailEvent.actor_id == account)
                again.rollback()
            assert after > before or endpoint(ask) in NO_LOOK, str(ask)
        savepoint.rollback()


# A press on what is held back asks for it, or opens it in danger: its reference stands there alone.
TO_ASK_BY = re.compile(r'"/notices/[0-9A-Z]{9}/(?:ask|open)"')


@pytest.mark.parametrize("name", ["Eastway on the case", "Link worker", "Danger is over"])
def test_a_notice_says_that_something_is_held_back_and_nothing_of_what(name, worlds):  # noqa: F811
    """D03: a reference stands in the address to ask by, which opens nothing, and nowhere else."""
    levels = [Level.OWN_AGENCY, Level.NAMED, Level.SAFE_CONTACT, Level.PARENTS_OWN]
    told = [
        Told(Fact(level.value, partial(of_each_kind, level)), f"{WORDS}{level.value}")
        for level in levels
    ]
    hidden = worlds.tell(told, name)
    observer = worlds.observer(NAMED[name], name)
    _, there = observer.script(worlds.references, hidden, WORDS, exact=True, forms=False)
    drawn = {reference for one in hidden for reference in one.values()}
    for ask, seen in there.items():
        body = seen.body.decode()
        assert WORDS not in body, ask
        told_of = {one for one in drawn if one in TO_ASK_BY.sub("", body)}
        assert not told_of, f"{ask} shows the reference of what is held back"


def of_each_kind(level: Level, writer: Writer, words: str) -> dict[str, str]:
    return records.references(writer.of_each_kind("Amira", words, level, Notice.EVERYONE))


def said(there: Seen, absent: Seen) -> bytes:
    """Return what the first answer says and the second does not, line by line."""
    known = set(absent.body.splitlines())
    return b"\n".join(line for line in there.body.splitlines() if line not in known)
