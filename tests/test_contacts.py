"""Logging who was contacted, and reading who was tried and who was reached."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

import databases
from coordinator import clock
from coordinator.access.sights import Moment
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Involvement, Person
from coordinator.models.trail import TrailEvent
from coordinator.services import contact_attempts
from coordinator.services.contact_attempts import Attempt
from coordinator.settings import SETTINGS
from coordinator.vocabulary import EventKind, Level, Mechanism, Outcome
from world import World

LOG = "/families/LANE-01/contacts/log"
CONTACTS = "/families/LANE-01/contacts"
CALLED = {"mechanism": "02", "outcome": "reached", "line": "Agreed to meet on Friday."}


def on_the_case(world: World, name: str) -> str:
    """Return the reference of somebody's involvement in LANE-01: what a form says for them."""
    with world.session() as session:
        return session.scalars(
            select(Involvement.reference).where(Involvement.account_id == world.account_id(name))
        ).one()


def tell(
    world: World,
    author: str,
    whom: str,
    outcome: Outcome = Outcome.NO_ANSWER,
    ago: timedelta = timedelta(hours=1),
    line: str = "Asked about Friday",
) -> str:
    """Log a contact with a worker of LANE-01 some time ago; return its reference."""
    with world.does(author, "contacts.log") as (session, actor):
        attempt = Attempt(
            whom=on_the_case(world, whom),
            mechanism=Mechanism.TELEPHONE,
            attempted_at=clock.now() - ago,
            outcome=outcome,
            line=line,
        )
        family = world.family_for(session, actor)
        return contact_attempts.log(session, actor, world.moment, family, attempt)


def test_a_contact_needs_five_answers_or_fewer_and_one_press(ben, world):
    """S32: whom, how, when, outcome and one line; the family and his own name are known."""
    page = ben.get(f"{LOG}?whom={on_the_case(world, 'Amira')}")
    assert page.field("whom") == on_the_case(world, "Amira")
    assert not {"family", "author", "agency"} & {str(f["name"]) for f in page.main.select("[name]")}
    page = ben.submit(page, CALLED, button="Log this contact")
    assert page.path.startswith(CONTACTS)
    assert "Ben tried Amira" in page.text
    with world.session() as session:
        logged = session.scalars(select(ContactAttempt)).one()
        assert logged.account_id == world.account_id("Amira")
        assert logged.author_id == world.account_id("Ben")
        assert logged.outcome is Outcome.REACHED
        assert abs(clock.now() - logged.attempted_at) < timedelta(minutes=2)


def test_an_empty_form_asks_for_at_most_five_things(ben):
    """S32: no more is required than whom, how, when, outcome and one line."""
    page = ben.get(LOG)
    page = (
        ben.submit(page, {"on": None, "at": ""} | {}, button="Log this contact") if False else page
    )
    page = ben.post(LOG, {"form_key": "empty"})
    assert page.status == 422
    questions = {"on": "when", "at": "when"}
    assert len({questions.get(field, field) for field in page.errors}) <= 5
    assert {"whom", "mechanism", "outcome"} <= set(page.errors)


def test_the_outcome_has_no_default(ben):
    page = ben.get(LOG)
    assert not page.soup.select("input[name=outcome][checked]")
    page = ben.submit(
        page, {"whom": page.soup.select("select option")[1]["value"], "mechanism": "02"}
    )
    assert page.errors["outcome"] == "Choose what came of it"


def test_people_on_the_case_come_first_and_one_never_tries_oneself(ben):
    page = ben.get(LOG)
    offered = [option.get_text() for option in page.soup.select("select[name=whom] option")][1:]
    assert offered[0] == "Amira, care coordinator, Northside Mental Health"
    assert offered[1].startswith("Duty desk of Northside CMHT")
    assert offered[2].startswith("Duty desk of Eastway Family Support")
    assert offered[3] == "Kim Lane, parent or carer"
    assert not [line for line in offered if line.startswith("Ben")]


@pytest.mark.parametrize("whom", ["AAAA99999", "' OR 1=1 --", "\x00", "LANE-01"])
def test_a_made_up_whom_in_the_address_is_not_believed(ben, whom):
    page = ben.get(LOG, query_string={"whom": whom})
    assert page.status == 200
    assert page.field("whom") == ""


def test_somebody_of_another_family_cannot_be_chosen(ben, bella, world):
    """A reference that is not of this case is an error beside the question, and is not kept."""
    opened = bella.submit(
        bella.get("/families/open"),
        {"name": "Jo Other", "children_asked": "no"},
    )
    with world.session() as session:
        stranger = session.scalars(select(Person.reference).where(Person.name == "Jo Other")).one()
    assert opened.status == 200
    page = ben.submit(ben.get(LOG), CALLED, tampered={"whom": stranger})
    assert page.status == 422
    assert "list" in page.errors["whom"]
    assert world.count(ContactAttempt) == 0


def test_the_service_refuses_whom_it_cannot_find_on_the_case(world):
    with world.does("Ben") as (session, actor):
        family = world.family_for(session, actor)
        for whom in (on_the_case(world, "Ben"), "AAAA99999", contact_attempts.AS_BEFORE, ""):
            attempt = Attempt(whom, Mechanism.EMAIL, clock.now(), Outcome.NO_ANSWER)
            with pytest.raises(contact_attempts.InvalidError) as refused:
                contact_attempts.log(session, actor, world.moment, family, attempt)
            assert "whom" in refused.value.problems


def test_somebody_who_is_not_on_the_list_is_written_down(ben, world):
    values = CALLED | {"someone_else": "Dr Jain, GP"}
    page = ben.submit(ben.get(LOG), values)
    assert "Ben tried Dr Jain, GP" in page.text
    page = ben.submit(ben.get(LOG), values | {"whom": on_the_case(world, "Amira")})
    assert page.errors["whom"] == "Choose from the list or write who it was, not both"
    assert page.field("someone_else") == "Dr Jain, GP"


def test_a_duty_desk_and_a_member_of_the_family_can_be_tried(ben):
    for words in ("Duty desk of Northside CMHT", "Kim Lane"):
        page = ben.get(LOG)
        options = page.soup.select("select[name=whom] option")
        value = next(o["value"] for o in options if o.get_text().startswith(words))
        page = ben.submit(page, {"whom": value, "mechanism": "09", "outcome": "no-answer"})
        assert (
            f"Ben tried {words[0].lower() + words[1:] if 'desk' in words else words}".replace(
                "duty desk", "the duty desk"
            )
            in page.text
        )


def test_a_contact_cannot_lie_in_the_future(ben, world):
    whom = on_the_case(world, "Amira")
    tomorrow = clock.today() + timedelta(days=1)
    page = ben.submit(ben.get(LOG), CALLED | {"whom": whom, "on": tomorrow})
    assert page.errors == {"on": "The date must be today or earlier"}
    assert page.field("line") == CALLED["line"]
    with world.does("Ben") as (session, actor):
        moment = Moment(datetime(2027, 1, 5, 10, tzinfo=clock.UTC), date(2027, 1, 5))
        attempt = Attempt(
            whom, Mechanism.EMAIL, moment.now + timedelta(minutes=5), Outcome.NO_ANSWER
        )
        with pytest.raises(contact_attempts.InvalidError) as refused:
            contact_attempts.log(session, actor, moment, world.family_for(session, actor), attempt)
        assert refused.value.problems == {"at": "The time must be now or earlier"}


def test_a_time_that_the_clocks_skipped_is_refused_with_a_sentence(ben, world):
    whom = on_the_case(world, "Amira")
    page = ben.submit(ben.get(LOG), CALLED | {"whom": whom, "on": date(2026, 3, 29), "at": "01:30"})
    assert page.errors["at"].startswith("The clocks went forward")


def test_a_conversation_needs_one_line_and_a_try_that_nobody_answered_does_not(ben, world):
    values = {"whom": on_the_case(world, "Amira"), "mechanism": "02", "outcome": "reached"}
    page = ben.submit(ben.get(LOG), values)
    assert page.errors == {"line": "Enter one line: what was said, or what message you left"}
    page = ben.submit(page, {"outcome": "no-answer"})
    assert page.status == 200
    assert "No answer" in page.text


def test_when_it_was_tried_is_not_when_it_was_logged(ben, world):
    three_days_ago = clock.today() - timedelta(days=3)
    page = ben.submit(
        ben.get(LOG),
        CALLED | {"whom": on_the_case(world, "Amira"), "on": three_days_ago, "at": "10:15"},
    )
    assert "Logged later, today" in page.text
    with world.session() as session:
        logged = session.scalars(select(ContactAttempt)).one()
        assert clock.local(logged.attempted_at).date() == three_days_ago
        assert clock.now() - logged.created_at < timedelta(minutes=1)


def test_both_agencies_read_the_log_and_a_stranger_does_not(amira, bella, world):
    tell(world, "Ben", "Amira")
    assert "Ben tried Amira" in amira.get(CONTACTS).text
    assert bella.get(CONTACTS).status == 404
    assert bella.get(LOG).status == 404


def test_a_manager_reads_the_log_and_logs_nothing(dana, world):
    tell(world, "Ben", "Amira")
    page = dana.get(CONTACTS)
    assert "Ben tried Amira" in page.text
    assert "Log a contact" not in page.links
    assert dana.get(LOG).status == 403


def test_last_attempted_and_last_reached_are_two_figures(amira, ben, world):
    """E19, E20: both by when it was tried, whenever it was logged."""
    tell(world, "Ben", "Amira", Outcome.NO_ANSWER, ago=timedelta(days=2))
    tell(world, "Ben", "Amira", Outcome.REACHED, ago=timedelta(days=9))
    card = next(c for c in ben.get(CONTACTS).soup.select(".co-person") if "Amira" in c.get_text())
    attempted, reached = (dd.get_text() for dd in card.select("dd"))
    assert attempted.startswith(f"{clock.today() - timedelta(days=2):%A}")
    assert reached.startswith(f"{clock.today() - timedelta(days=9):%A}")
    page = amira.get(CONTACTS)
    assert "Ben" not in " ".join(c.get_text() for c in page.soup.select(".co-person"))
    assert "Never tried Log a contact with Ben, social worker" in page.text


def test_the_page_says_how_long_the_agencies_have_not_talked(ben, world):
    """E20: the last conversation between the agencies, against the agreed rhythm."""
    assert "No conversation between the agencies" in ben.get(CONTACTS).text
    tell(world, "Ben", "Amira", Outcome.REACHED, ago=timedelta(days=16))
    tell(world, "Ben", "Amira", Outcome.LEFT_MESSAGE, ago=timedelta(days=1))
    assert "Time to talk." in (text := ben.get(CONTACTS).text)
    assert "16 days ago" in text
    tell(world, "Amira", "Ben", Outcome.REACHED, ago=timedelta(days=2))
    assert "Time to talk." not in ben.get(CONTACTS).text


def test_a_correction_is_a_new_row_and_both_stay_readable(ben, amira, world):
    """J04, 7: only an added correction is possible; the first entry remains."""
    tell(world, "Ben", "Amira", Outcome.REACHED, line="Agreed on Tuesday")
    page = ben.click(ben.get(CONTACTS), _correct_link(ben))
    assert page.field("line") == "Agreed on Tuesday"
    page = ben.submit(page, {"line": "Agreed on Thursday"}, button="Add the correction")
    assert page.path.startswith(CONTACTS)
    entries = amira.get(CONTACTS).soup.select(".co-contact")
    assert len(entries) == 1
    assert "Agreed on Tuesday" in entries[0].select_one("del").get_text()
    assert "Agreed on Thursday" in entries[0].select_one(".co-contact__line").get_text()
    assert world.count(ContactAttempt) == 2


def test_a_correction_is_corrected_in_its_turn_and_the_chain_stays_readable(ben, world):
    first = tell(world, "Ben", "Amira", Outcome.REACHED, line="one")
    for said in ("two", "three"):
        page = ben.get(f"/contacts/{first}/correct")
        assert page.status == 200
        ben.submit(page, {"line": said})
    struck = [one.get_text() for one in ben.get(CONTACTS).soup.select("del")]
    assert [line.rsplit(" ", 1)[1] for line in struck] == ["two", "one"]


def test_a_row_is_corrected_once_and_only_where_something_is_different(ben, world):
    first = tell(world, "Ben", "Amira", Outcome.REACHED, line="one")
    page = ben.get(f"/contacts/{first}/correct")
    unchanged = ben.submit(page)
    assert unchanged.status == 422
    assert unchanged.errors[""].startswith("Nothing is different")
    ben.submit(page, {"line": "two"})
    again = ben.submit(page, {"line": "three"}, tampered={"form_key": "another"})
    assert again.status == 422
    assert again.errors[""].startswith("This entry was corrected already")


def test_a_wrong_outcome_no_longer_counts_once_it_is_corrected(ben, world):
    reached = tell(world, "Ben", "Amira", Outcome.REACHED, line="said")
    ben.submit(ben.get(f"/contacts/{reached}/correct"), {"outcome": "no-answer"})
    page = ben.get(CONTACTS)
    assert "No conversation between the agencies" in page.text
    card = next(c for c in page.soup.select(".co-person") if "Amira" in c.get_text())
    assert [dd.get_text() for dd in card.select("dd")][1] == "never"


def test_only_the_author_corrects(amira, dana, world):
    reference = tell(world, "Ben", "Amira")
    assert amira.get(f"/contacts/{reference}/correct").status == 403
    assert dana.get(f"/contacts/{reference}/correct").status == 403
    assert not [link for link in amira.get(CONTACTS).links if link.startswith("Correct")]


def test_whom_is_kept_in_a_correction_when_they_have_left_the_case(ben, world):
    reference = tell(world, "Ben", "Amira", Outcome.REACHED, line="one")
    with world.does("Amira") as (session, _actor):
        involvement = session.scalars(
            select(Involvement).where(Involvement.account_id == world.account_id("Amira"))
        ).one()
        involvement.starts_on = clock.today() - timedelta(days=9)
        involvement.ends_on = clock.today() - timedelta(days=1)
    page = ben.submit(ben.get(f"/contacts/{reference}/correct"), {"line": "two"})
    assert page.status == 200
    with world.session() as session:
        latest = session.scalars(
            select(ContactAttempt).where(ContactAttempt.corrects_id.is_not(None))
        ).one()
        assert latest.account_id == world.account_id("Amira")


def test_a_correction_stands_at_the_level_of_what_it_corrects(ben, amira, world):
    reference = tell(world, "Ben", "Amira", Outcome.REACHED, line="a secret one")
    with world.does("Ben") as (session, _actor):
        entry = session.scalars(select(Entry).where(Entry.reference == reference)).one()
        entry.level = Level.NAMED
        session.add(EntryReader(entry_id=entry.id, account_id=world.account_id("Dev")))
    ben.submit(ben.get(f"/contacts/{reference}/correct"), {"line": "a secret two"})
    assert "a secret" not in amira.get(CONTACTS).html
    assert amira.get(f"/contacts/{reference}/correct").status == 404
    with world.session() as session:
        latest = session.scalars(
            select(ContactAttempt).where(ContactAttempt.corrects_id.is_not(None))
        ).one()
        assert latest.level is Level.NAMED
        readers = session.scalars(
            select(EntryReader.account_id).where(EntryReader.entry_id == latest.id)
        )
        assert list(readers) == [world.account_id("Dev")]


@pytest.mark.parametrize(
    "verb", ["UPDATE contact_attempts SET line = 'x'", "DELETE FROM contact_attempts"]
)
def test_no_statement_changes_or_deletes_a_contact(fresh_app, verb):
    """E59: not even by SQL, on both databases."""
    tell(World(fresh_app), "Ben", "Amira")
    engine = databases.engine_of(fresh_app)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(verb))


def test_the_trail_says_who_tried_whom_and_with_what_outcome(ben, world):
    """E59: a contact stands in the trail with its outcome, towards the worker who was tried."""
    ben.submit(ben.get(LOG), CALLED | {"whom": on_the_case(world, "Amira")})
    with world.session() as session:
        row = session.execute(
            select(
                TrailEvent.actor_id, TrailEvent.towards_id, TrailEvent.outcome, TrailEvent.action
            ).where(TrailEvent.kind == EventKind.CONTACT)
        ).one()
    assert row == (world.account_id("Ben"), world.account_id("Amira"), "reached", "contacts.log")


def test_a_second_press_logs_nothing_twice(ben, world):
    page = ben.get(f"{LOG}?whom={on_the_case(world, 'Amira')}")
    ben.submit(page, CALLED)
    ben.submit(page, CALLED)
    assert world.count(ContactAttempt) == 1


def test_the_log_is_read_a_page_at_a_time_newest_first(ben, world, monkeypatch):
    monkeypatch.setattr("coordinator.reads.contact_log.SETTINGS", _pages_of(3))
    for number in range(8):
        tell(world, "Ben", "Amira", Outcome.REACHED, timedelta(days=number), f"line {number}")
    page = ben.get(CONTACTS)
    assert _lines(page) == ["line 0", "line 1", "line 2"]
    page = ben.click(page, "Older")
    assert _lines(page) == ["line 3", "line 4", "line 5"]
    page = ben.click(page, "Older")
    assert _lines(page) == ["line 6", "line 7"]
    assert "Older" not in page.links
    page = ben.click(page, "Newer")
    assert _lines(page) == ["line 3", "line 4", "line 5"]
    page = ben.click(page, "Newer")
    assert _lines(page) == ["line 0", "line 1", "line 2"]
    assert "Newer" not in page.links


@pytest.mark.parametrize("query", ["before=AAAA99999", "after=LANE-01", "before=%00", "before=é"])
def test_a_page_that_starts_nowhere_is_not_found(ben, query):
    assert ben.get(f"{CONTACTS}?{query}").status == 404


def test_the_log_takes_the_same_statements_however_long_it_is(ben, world, statements):
    tell(world, "Ben", "Amira", Outcome.REACHED)
    ben.get(CONTACTS)
    statements.clear()
    ben.get(CONTACTS)
    few = len(statements)
    for number in range(20):
        reference = tell(world, "Ben", "Amira", Outcome.REACHED, timedelta(days=number))
    ben.submit(ben.get(f"/contacts/{reference}/correct"), {"line": "corrected"})
    statements.clear()
    ben.get(CONTACTS)
    assert len(statements) == few <= 12


def _correct_link(client) -> str:
    return next(link for link in client.get(CONTACTS).links if link.startswith("Correct"))


def _lines(page) -> list[str]:
    return [line.get_text() for line in page.soup.select(".co-contact__line")]


def _pages_of(size: int):
    return type(SETTINGS)(page_size=size)
