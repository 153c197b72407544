"""Two worlds that differ only in what a person may not know look the same to them, byte for byte.

Each pair of worlds is drawn from a seed, which the run prints; `WORLDS_SEED=… ` draws the same
ones again (assurance/noninterference.md).
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Connection

import archetypes
import databases
import hidden_facts
import observing
import records
from archetypes import ARCHETYPES, IN_CI, LONG, NAMED, Archetype
from coordinator.models.sharing import Note
from coordinator.vocabulary import Level
from hidden_facts import OF_THE_TOOL as NO_WORDS
from hidden_facts import Fact, Told
from observing import Observer, drawn
from test_column_probe import words as word_columns
from world import World
from writer import Writer

NOW = datetime.now(UTC).replace(microsecond=0)
# How much a run of CI walks of all there is: by whether somebody is kept from the family.
SHARE_IN_CI = {True: 0.25, False: 0.05}
COMPILED: dict[object, object] = {}


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    """Let no time pass between the two worlds."""
    with time_machine.travel(NOW, tick=False):
        yield


class Worlds:
    """The world that everybody knows, and those that facts make of it."""

    def __init__(
        self,
        app: Flask,
        connection: Connection,
        statements: list[str],
        world: World,
        share: dict[bool, float],
    ) -> None:
        self.app, self.statements, self.world, self.share = app, statements, world, share
        # More statements than an engine remembers are said again and again.
        self.connection = connection.execution_options(compiled_cache=COMPILED)
        with drawn("what everybody knows"), world.session() as session:
            archetypes.load(session, world.moment)
            self.references = records.build(session, world.moment, world.family)
            writer = Writer.of(session, world.moment, world.family)
            held = writer.add(Note, "Amira", Level.NAMED, text="Alone at night")
            archetypes.take_part(writer, self.references | {"held": held.reference})

    def tell(self, told: list[Told], seed: str, *, everywhere: bool = True) -> list[dict[str, str]]:
        """Add the facts that are so in one world; return where their parameters lead.

        Their words stand everywhere they can, or where the facts put them.
        """
        found = []
        for one in told:
            if one.words is None:
                continue
            with (
                drawn(f"{seed} {one.fact.name}"),
                hidden_facts.saying(one.words) if everywhere else nullcontext(),
                self.world.session() as session,
            ):
                writer = Writer.of(session, self.world.moment, self.world.family)
                found.append(one.fact.tell(writer, one.words))
        return found

    def compare(
        self, who: Archetype, one: list[Told], two: list[Told], seed: str
    ) -> dict[str, str]:
        """Return what this person is told by the difference between two worlds."""
        # What somebody guesses at is the name that is kept from them, if there is one.
        said = max(one, key=lambda told: "keep" in told.fact.name).words or ""
        with self.connection.begin_nested() as savepoint:
            hidden = self.tell(one, seed)
            observer = self.observer(who, seed)
            asks, first = observer.script(
                self.references,
                hidden,
                said,
                exact=who.excluded,
                share=self.share[who.excluded],
            )
            mails = observer.mails()
            savepoint.rollback()
        with self.connection.begin_nested() as savepoint:
            self.tell(two, seed)
            observer = self.observer(who, seed)
            second = observer.repeats(asks)
            told = observing.differences(first, second)
            if mails != observer.mails():
                told["mail"] = f"{mails} and {observer.mails()}"
            savepoint.rollback()
        return told

    def observer(self, who: Archetype, seed: str) -> Observer:
        client = archetypes.comes_in(self.app, who)
        return Observer(self.app, self.connection, self.statements, client, seed)


@pytest.fixture
def worlds(app, connection, statements, world, pytestconfig) -> Worlds:
    """Give the worlds; in CI everybody walks a share of the pages, drawn anew for each run."""
    share = {True: 1, False: 1} if pytestconfig.getoption("--long") else SHARE_IN_CI
    return Worlds(app, connection, statements, world, share)


def pair(who: Archetype, moment: object, draw: random.Random) -> tuple[list[Told], list[Told]]:
    """Draw two worlds that differ in what this person may not know: all that is no entry, and
    some entries, are there in the first; in the second most are absent, others say other words.
    """
    facts = hidden_facts.hidden_from(who, moment)
    entries = [fact for fact in facts if "entries" in fact.name]
    chosen = [fact for fact in facts if fact not in entries]
    chosen += draw.sample(entries, min(4, len(entries)))
    draw.shuffle(chosen)

    def other(fact: Fact) -> str | None:
        absent = not fact.values_alone and draw.random() < 0.8
        return None if absent else hidden_facts.some_words(draw)

    first = [Told(fact, hidden_facts.some_words(draw)) for fact in chosen]
    return first, [Told(fact, other(fact)) for fact in chosen]


def numbered(count: int) -> list[object]:
    """Return the numbers of pairs; those that CI leaves out are for `--long`."""
    return [pytest.param(n, marks=[pytest.mark.long] if n >= IN_CI else []) for n in range(count)]


@pytest.mark.in_turn
@pytest.mark.parametrize("number", numbered(LONG))
def test_what_a_person_may_not_know_changes_nothing_that_they_see(number, worlds):
    """E11, E59, S32: absent from page, source, counts, search, headers, mail and statements."""
    seed = f"{os.environ['WORLDS_SEED']}-{number}"
    for who in ARCHETYPES[number % IN_CI :: IN_CI]:
        draw = random.Random(f"{seed} {who.name}")  # noqa: S311  (to be drawn again)
        one, two = pair(who, worlds.world.moment, draw)
        told = worlds.compare(who, one, two, seed)
        assert not told, f"{who.name}, WORLDS_SEED={os.environ['WORLDS_SEED']}:\n" + "\n".join(
            f"{ask}: {what}" for ask, what in told.items()
        )


@pytest.mark.in_turn
def test_one_world_looks_the_same_twice(worlds):
    """Clock, chance and references stand still: what differs differs for a reason."""
    who, seed = NAMED["Northside on the case"], os.environ["WORLDS_SEED"]
    one, _ = pair(who, worlds.world.moment, random.Random(seed))  # noqa: S311
    assert worlds.compare(who, one, one, seed) == {}


# Everybody who is signed in may know these, or the tool alone does.
KNOWN_TO_ALL = {
    "desks",
    "absences",
    "accounts",
    "agencies",
    "clock_rules",
    "directory_rules",
    "document_owners",
    "document_versions",
    "documents",
    "ground_rules",
    "guest_domains",
    "guide_words",
    "lawful_bases",
    "local_service_versions",
    "local_services",
    "meeting_kinds",
    "memberships",
    "post_confirmations",
    "post_holdings",
    "posts",
    "protocol_steps",
    "question_answers",
    "questions",
    "link_pairs",
    "pair_reviews",
    "vacancies_heard",
    "difficulties",
    "difficulty_notes",
    "joint_meetings",
    "joint_meeting_people",
    "joint_meeting_topics",
    "referral_forms",
    "referral_questions",
    "referral_routes",
    "areas",
    "former_names",
    "former_words",
    "former_reasons",
    "setting_changes",
    "sites",
    "teams",
    "visit_kinds",
}
OF_THE_TOOL = {"alert_scans", "entry_versions", "trail_events", "trail_keys", "trail_seals"}
OF_THE_TOOL |= {"trail_checkpoints", "trail_tree"}  # hashes of the trail
OF_THE_TOOL |= {"wrong_sign_ins"}  # holds hashes
# Signing a plan is an act of two agencies on what both may read: nothing in it is anybody's secret.
OF_BOTH = {"plan_signatures", "plan_version_entries", "plan_versions"}
# Who takes over from whom is shown to those who oversee the family alone: test_leavers.
OF_LEAVERS = {"departures", "handovers"}
# Of no family, and read by a few alone: test_joint_concerns.
OF_A_FEW = {"joint_concerns"}
# What somebody has read is their own list, and a count for their manager: test_library.  A saved
# view of the audit is its reader's alone: test_audit_views.
OF_ONESELF = {"document_readings", "audit_views"}
# Parts of a meeting that a rule of its own holds back, with worlds of its own side by side:
# test_agendas, test_guest_secrets, test_inclusion, test_after_meetings; what a guest passed on is
# an action, which is hidden as such.
OF_A_MEETING = {
    "check_counts",
    "guest_disclosures",
    "guest_names",
    "guest_passes",
    "invitation_parts",
    "not_asked",
    "part_attendances",
    "passed_on",
}


def test_every_table_and_every_column_of_words_is_hidden_from_somebody(worlds):
    """A table or a column that is added tomorrow is hidden tomorrow, or is named here."""
    moment, words = worlds.world.moment, "Xylophoneq"
    facts = {f.name: f for who in ARCHETYPES for f in hidden_facts.hidden_from(who, moment)}
    before = databases.fingerprints(worlds.connection)
    with worlds.connection.begin_nested() as savepoint:
        for fact in facts.values():
            worlds.tell([Told(fact, words)], fact.name)
        stored = databases.changed(before, worlds.connection)
        said = {
            f"{table}.{column}"
            for table, rows in databases.fingerprints(worlds.connection).items()
            for row in rows
            for column, value in row._mapping.items()
            if isinstance(value, str) and words.casefold() in value.casefold()
        }
        savepoint.rollback()
    named = KNOWN_TO_ALL | OF_BOTH | OF_A_MEETING | OF_LEAVERS | OF_ONESELF | OF_A_FEW
    assert set(before) - stored - OF_THE_TOOL == named
    may_say = {name for name in word_columns() if name.split(".")[0] in stored - OF_THE_TOOL}
    silent = {name for name in may_say - said if name.split(".")[1] not in NO_WORDS}
    assert silent == set()
