"""The product answers as the model does, whatever happens, in whatever order."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

import databases
from coordinator import clock, trail
from coordinator.access import actor as actors
from coordinator.access import find
from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import Moment, Way
from coordinator.models.accounts import Membership, SignInSession
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Exclusion, Family, Involvement, Oversight
from coordinator.models.sharing import Note
from coordinator.vocabulary import CaseRole, Level, Notice
from sharing_model import Case, Involved, Said
from sharing_writer import account_id
from writer import Writer

CMHT, CSC = "Northside Mental Health", "Eastway Children’s Services"
TEAM_OF = {CMHT: "Northside CMHT", CSC: "Eastway Family Support"}
# Everybody who might ask, with the agency that they act for.
OF_CMHT = ("Amira", "Paula", "Cerys", "Dana", "Wale", "Elif", "Ewan", "Gus")
OF_CSC = ("Gus", "Ben", "Bella", "Dev", "Esi", "Hana")
ASKERS = [*((name, CMHT) for name in OF_CMHT), *((name, CSC) for name in OF_CSC)]
WORKERS = [pair for pair in ASKERS if pair[0] in ("Amira", "Paula", "Cerys", "Gus", "Ben", "Bella")]
MANAGES = {
    ("Dana", "Northside CMHT"),
    ("Wale", "Southgate CMHT"),
    ("Dev", "Eastway Family Support"),
}
LEADS = {("Elif", CMHT), ("Ewan", CMHT), ("Esi", CSC)}
AT_FIRST = {
    ("Amira", CMHT): CaseRole.CARE_COORDINATOR,
    ("Paula", CMHT): CaseRole.THERAPIST,
    ("Cerys", CMHT): CaseRole.LINK_WORKER,
    ("Ben", CSC): CaseRole.SOCIAL_WORKER,
    ("Gus", CSC): CaseRole.OTHER,
}
WAYS = {
    Way.ON_THE_CASE: "on the case",
    Way.MANAGER: "manager",
    Way.LEAD: "lead",
    Way.LEAD_WITHOUT_REASON: "lead without reason",
}
people, workers = st.sampled_from(ASKERS), st.sampled_from(WORKERS)
levels = st.sampled_from(list(Level))


class Machine(RuleBasedStateMachine):
    """Everything that changes who may read what, done to the database and to the model."""

    app: object = None
    connection: object = None

    @initialize()
    def begin(self) -> None:
        self.savepoint = self.connection.begin_nested()
        self.stack = ExitStack()
        self.session = self.stack.enter_context(databases.session_of(self.app))
        trail.acting(self.session, trail.Acting(service="test"), "test")
        now = clock.now()
        self.moment = Moment(now, clock.local(now).date())
        self.ids = {name: account_id(self.session, name) for name, _ in ASKERS}
        self.agencies = dict(self.session.execute(select(Agency.name, Agency.id)).all())
        self.teams = dict(self.session.execute(select(Team.name, Team.id)).all())
        for who, agency in ASKERS:
            membership = self.session.scalars(
                select(Membership.id)
                .join(Team, Team.id == Membership.team_id)
                .where(
                    Membership.account_id == self.ids[who], Team.agency_id == self.agencies[agency]
                )
            ).first()
            self.session.add(
                SignInSession(
                    token_hash=actors.hash_of(f"{who}{agency}"),
                    account_id=self.ids[who],
                    membership_id=membership,
                    started_at=now,
                    last_used_at=now,
                )
            )
        family = Family(
            opened_at=now,
            opened_by_id=self.ids["Amira"],
            agency_id=self.agencies[CMHT],
            children_asked="yes",
        )
        self.session.add(family)
        self.session.flush()
        self.family, self.reference = family.id, family.reference
        self.writer = Writer(self.session, self.moment, self.family)
        self.case, self.references = Case(MANAGES, LEADS), {}
        for pair, role in AT_FIRST.items():
            self.joins(pair, role, -1)
        for pair in (("Amira", CMHT), ("Ben", CSC), ("Gus", CMHT)):
            for level in Level:
                self.writes(pair, level, {("Paula", CMHT)} if level is Level.NAMED else set())

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.stack.close()
            self.savepoint.rollback()

    @rule(pair=workers, role=st.sampled_from(list(CaseRole)), begins=st.integers(-3, 2))
    def joins(self, pair: tuple[str, str], role: CaseRole, begins: int) -> None:
        who, agency = pair
        since = self.moment.today + timedelta(days=begins)
        if any((i.who, i.agency) == pair for i in self.case.involved):
            return
        self.session.add(
            Involvement(
                family_id=self.family,
                account_id=self.ids[who],
                agency_id=self.agencies[agency],
                team_id=self.teams[TEAM_OF[agency]],
                role=role,
                lead=False,
                starts_on=since,
            )
        )
        self.session.flush()
        self.case.involved.append(Involved(who, agency, TEAM_OF[agency], role.value, since))

    @rule(pair=workers, lasts=st.integers(-1, 2))
    def leaves(self, pair: tuple[str, str], lasts: int) -> None:
        until = self.moment.today + timedelta(days=lasts)
        for record in self.session.scalars(
            select(Involvement).where(
                Involvement.family_id == self.family,
                Involvement.account_id == self.ids[pair[0]],
                Involvement.agency_id == self.agencies[pair[1]],
            )
        ):
            record.ends_on = until
        self.session.flush()
        for involved in self.case.involved:
            if (involved.who, involved.agency) == pair:
                involved.until = until

    @rule(pair=workers, level=levels, named=st.sets(people, max_size=2))
    def writes(self, pair: tuple[str, str], level: Level, named: set[tuple[str, str]]) -> None:
        who, agency = pair
        readers = {name for name, _ in named} - {who} if level is not Level.OPEN else set()
        note = Note(
            family_id=self.family,
            author_id=self.ids[who],
            agency_id=self.agencies[agency],
            level=level,
            notice=Notice.NOBODY,
            created_at=self.moment.now,
            text="words",
        )
        # As a service: it may have been written before its author was excluded.
        self.session.add(note)
        self.session.flush()
        self.session.add_all(
            EntryReader(entry_id=note.id, account_id=self.ids[name]) for name in sorted(readers)
        )
        self.session.flush()
        self.references[note.id] = note.reference
        self.case.said[note.id] = Said(who, agency, level.value, readers)

    @rule(which=st.integers(0, 20), level=levels)
    def changes_level(self, which: int, level: Level) -> None:
        if not self.case.said:
            return
        number = sorted(self.case.said)[which % len(self.case.said)]
        self.session.get_one(Entry, number).level = level
        self.session.flush()
        self.case.said[number].level = level.value

    @rule(pair=people)
    def is_excluded(self, pair: tuple[str, str]) -> None:
        if pair[0] in self.case.excluded:
            return
        self.session.add(
            Exclusion(
                family_id=self.family,
                account_id=self.ids[pair[0]],
                reason="Related to the family",
                set_by_id=self.ids["Dana"],
                set_at=self.moment.now,
            )
        )
        self.session.flush()
        self.case.excluded.add(pair[0])

    @rule(pair=people)
    def is_let_in_again(self, pair: tuple[str, str]) -> None:
        for record in self.session.scalars(
            select(Exclusion).where(
                Exclusion.family_id == self.family, Exclusion.account_id == self.ids[pair[0]]
            )
        ):
            record.lifted_at, record.lifted_by_id = self.moment.now, self.ids["Dev"]
        self.session.flush()
        self.case.excluded.discard(pair[0])

    @rule(pair=people, hours=st.integers(0, 8))
    def gives_a_reason(self, pair: tuple[str, str], hours: int) -> None:
        who, agency = pair
        until = self.moment.now + timedelta(hours=hours)
        self.session.add(
            Oversight(
                family_id=self.family,
                account_id=self.ids[who],
                agency_id=self.agencies[agency],
                reason="A call from school",
                opened_at=self.moment.now,
                until=until,
            )
        )
        self.session.flush()
        self.case.reasons[pair] = max(until, self.case.reasons.get(pair, until))

    @rule(hours=st.sampled_from([1, 5, 24, 72]))
    def time_passes(self, hours: int) -> None:
        now = self.moment.now + timedelta(hours=hours)
        self.moment = Moment(now, clock.local(now).date())

    @invariant()
    def the_answers_are_the_models(self) -> None:
        if not hasattr(self, "case"):
            return
        self.compare()
        trail.acting(self.session, trail.Acting(service="test"), "test")

    def compare(self) -> None:
        """Compare what each asker sees and reads, behind the wall, with the model."""
        for who, agency in ASKERS:
            actor = self.actor(who, agency)
            trail.acting(self.session, actor.acting(), "test", reading=True)
            now, day = self.moment.now, self.moment.today
            family = find.family(self.session, actor, self.moment, self.reference)
            way = WAYS[family.way] if family else None
            assert way == self.case.way(who, agency, now, day), (who, agency)
            reads = self.case.reads(who, agency, now, day)
            if family and family.way is not Way.LEAD_WITHOUT_REASON:
                there = select(Entry.id).where(
                    Entry.family_id == self.family, readable_in(actor, family)
                )
                assert set(self.session.scalars(there)) == reads, (who, agency)
            if self.case.said and family and family.way is not Way.LEAD_WITHOUT_REASON:
                number = max(self.case.said)
                reference = self.references[number]
                found = find.FINDERS["entry"](self.session, actor, self.moment, reference)
                assert (found is not None) == (number in reads), (who, agency)

    def actor(self, who: str, agency: str) -> Actor | None:
        """Return this person as the door would, a moment after they did something."""
        trail.acting(self.session, trail.Acting(service="test"), "test")
        token = f"{who}{agency}"
        signed_in = self.session.scalars(
            select(SignInSession).where(SignInSession.token_hash == actors.hash_of(token))
        ).one()
        signed_in.started_at = signed_in.last_used_at = self.moment.now
        self.session.flush()
        return actors.load(self.session, token, self.moment.now, self.moment.today)


@pytest.fixture
def machine(app, connection) -> type[Machine]:
    return type("OnThisDatabase", (Machine,), {"app": app, "connection": connection})


def test_the_product_answers_as_the_rules_do(machine, request):
    """Grant, revoke, share, exclude, give a reason, move on, end, in any order."""
    long = request.config.getoption("--long")
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=200 if long else 5,
            stateful_step_count=50 if long else 16,
            phases=list(Phase) if long else [Phase.generate],  # to shrink takes minutes
            deadline=None,
            derandomize=not long,
            suppress_health_check=list(HealthCheck),
        ),
    )
