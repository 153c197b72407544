"""Not sure, ask first: the question to a lead, the timer, the advice."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from sqlalchemy import select

from casework import (
    ADD,
    CANARY,
    SHARING,
    TOLD,
    everything,
    level_page,
    newest_note,
    reader,
    write,
)
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.sharing import Advice, SharingBasis
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind, Level
from planning import PLAN, start
from test_sharing_helper import objects
from writer import Writer

NOT_SURE = "Not sure: keep it back and ask a lead"
QUESTION = "May Ben know this before Friday?"
FACTS = {"level": "open", "what": "The note", **TOLD}


def ask(client, world, **values):
    page = client.click(level_page(client, world), "Ask a lead first Note")
    return client.submit(page, {"question": QUESTION, **values}, button="Send the question")


def question(world):
    with world.session() as session:
        return session.scalars(select(Advice).order_by(Advice.id.desc()).limit(1)).one()


def answer_page(client, world):
    return client.get(f"/advice/{question(world).reference}/answer")


def advise(client, world, outcome="share", words="Share it, and tell her first."):
    values = {"outcome": outcome, "words": words}
    return client.submit(answer_page(client, world), values, button="Send the advice")


def test_not_sure_goes_to_a_lead_with_a_timer_and_stays_unshared_until_answered(
    amira, ben, elif_, world
):
    """E17: Elif gets it with a timer; the item stays as it is; all on the sharing record."""
    write(amira)
    page = ask(amira, world)
    assert page.path.endswith("/level")
    assert QUESTION in page.text
    asked = question(world)
    assert asked.due_at - asked.created_at == timedelta(hours=24)
    assert newest_note(world).level is Level.OWN_AGENCY
    assert "Canary" not in everything(ben, world)
    assert QUESTION not in everything(ben, world)
    today = elif_.get("/today")
    assert "Answer whether to share something" in today.text
    page = elif_.click(today, "Answer whether to share something (family LANE-01)")
    assert QUESTION in page.text
    assert CANARY in page.text
    page = advise(elif_, world)
    assert "Share it, and tell her first." in page.text
    assert "Answer whether" not in elif_.get("/today").text
    assert newest_note(world).level is Level.OWN_AGENCY
    today = amira.get("/today")
    assert "Decide whether to share the note" in today.text
    page = amira.click(today, "Decide whether to share the note (family LANE-01)")
    assert "Share it, and tell her first." in page.text
    amira.submit(page, FACTS)
    assert CANARY in ben.get(SHARING).text
    assert "Decide whether" not in amira.get("/today").text
    read = amira.get(SHARING).text
    assert "Asked before sharing" in read
    assert "Share it, and tell her first." in read
    assert QUESTION not in ben.get(SHARING).text


def test_a_lead_who_is_asked_reads_the_entry_and_the_family_stays_closed(
    amira, elif_, ewan, esi, dana, world
):
    """spec/sharing.md: asking discloses this one entry, to this one lead, until it is answered."""
    write(amira)
    ask(amira, world)
    entry, reference = newest_note(world).reference, question(world).reference
    assert CANARY in answer_page(elif_, world).text
    for client in (ewan, esi, dana):
        for path in (f"/advice/{reference}", f"/advice/{reference}/answer"):
            page = client.get(path)
            assert page.status == 404
            assert page.body == client.get("/advice/ZZZZZZZZZ").body
    assert elif_.get(f"/entries/{entry}/level").status == 404
    assert elif_.get("/families/LANE-01").path.endswith("/reason")
    assert "Kim" not in answer_page(elif_, world).text
    advise(elif_, world)
    page = elif_.get(f"/advice/{reference}")
    assert QUESTION in page.text
    assert "Canary" not in page.html


def test_a_look_of_the_lead_stands_in_the_trail_at_the_entry(amira, elif_, world):
    write(amira)
    ask(amira, world)
    answer_page(elif_, world)
    with world.session() as session:
        looks = session.scalars(
            select(TrailEvent).where(
                TrailEvent.kind == EventKind.LOOK,
                TrailEvent.entry_id == newest_note(world).id,
                TrailEvent.actor_id == world.account_id("Elif"),
            )
        ).all()
        events = session.scalars(
            select(TrailEvent.outcome).where(TrailEvent.record_kind == "advice")
        ).all()
    assert len(looks) == 1
    assert "asked-first" in events


def test_an_excluded_lead_is_not_offered_and_loses_the_way_in(amira, elif_, world):
    """An exclusion comes first, whatever the role."""
    write(amira)
    ask(amira, world)
    with world.session() as session:
        Writer.of(session, world.moment, world.family).keep_out("Elif")
    assert answer_page(elif_, world).status == 404
    assert elif_.get(f"/advice/{question(world).reference}").status == 404
    assert "Answer whether" not in elif_.get("/today").text
    page = level_page(amira, world)
    assert "Elif" not in amira.click(page, "Ask a lead first Note").main.select_one("form").text


def test_late_advice_is_shown_to_both_and_another_lead_may_be_asked(amira, elif_, world):
    """D04: the reminder "advice late"."""
    write(amira)
    ask(amira, world)
    again = ask(amira, world)
    assert again.errors == {"question": "You have asked already, and the answer is not there yet"}
    with time_machine.travel(world.moment.now + timedelta(hours=25)):
        amira.sign_in("Amira")
        elif_.sign_in("Elif")
        assert "Advice late" in amira.get("/today").text
        assert "Advice late" in elif_.get("/today").text
        assert "Advice late" in level_page(amira, world).text
        assert "Advice late" in amira.get(SHARING).text
        assert ask(amira, world).status == 200
    assert world.count(Advice) == 2


def test_advice_is_chosen_and_written_and_given_once(amira, elif_, world):
    write(amira)
    ask(amira, world)
    page = answer_page(elif_, world)
    refused = elif_.submit(page, {}, button="Send the advice")
    assert set(refused.errors) == {"outcome", "words"}
    advise(elif_, world, "share-less", "One line is enough.")
    assert "Share less of it" in level_page(amira, world).text
    assert elif_.get(f"/advice/{question(world).reference}/answer").status == 403
    assert amira.get(f"/advice/{question(world).reference}").status == 200
    assert amira.get(f"/advice/{question(world).reference}/answer").status == 403


def test_what_a_lead_agreed_to_in_writing_is_shared_although_the_parent_objects(
    amira, ben, elif_, world
):
    """spec/sharing.md: until a lead agrees in writing; the record names the lead."""
    write(amira)
    objects(world)
    ask(amira, world)
    assert "The parent objects to sharing" in answer_page(elif_, world).text
    assert amira.submit(level_page(amira, world), FACTS).status == 422
    advise(elif_, world)
    amira.submit(level_page(amira, world), FACTS)
    assert CANARY in ben.get(SHARING).text
    assert "A lead agreed although the parent objects Elif" in amira.get(SHARING).text
    with world.session() as session:
        agreed = session.scalars(select(SharingBasis.agreed_by_id)).one()
    assert agreed == world.account_id("Elif")


def test_advice_from_before_the_objection_or_against_sharing_agrees_to_nothing(amira, elif_, world):
    write(amira)
    ask(amira, world)
    advise(elif_, world)
    objects(world)
    assert amira.submit(level_page(amira, world), FACTS).status == 422
    ask(amira, world)
    advise(elif_, world, "do-not-share", "She is right to object.")
    assert amira.submit(level_page(amira, world), FACTS).status == 422


def test_who_is_not_sure_while_writing_keeps_the_note_back_and_asks(amira, ben, elif_, world):
    """There is always a next step on the same page."""
    page = amira.submit(
        amira.get(ADD), {"text": CANARY, "level": "open", "purpose": "other"}, button=NOT_SURE
    )
    assert page.h1 == "Ask a lead first"
    assert CANARY in page.text
    assert newest_note(world).level is Level.OWN_AGENCY
    amira.submit(page, {"question": QUESTION}, button="Send the question")
    assert CANARY in answer_page(elif_, world).text
    assert "Canary" not in everything(ben, world)


def test_who_is_not_sure_names_nobody_of_the_other_agency_meanwhile(amira, ben, world):
    page = amira.get(ADD)
    values = {"text": CANARY, "level": "named", "readers": [reader(page, "Ben")]}
    amira.submit(page, values, button=NOT_SURE)
    assert newest_note(world).level is Level.NAMED
    with world.session() as session:
        assert session.scalars(select(EntryReader)).all() == []
    assert "Canary" not in everything(ben, world)


def test_the_question_is_for_the_lead_and_the_author_alone(amira, dana, ben, world):
    write(amira)
    ask(amira, world)
    for client in (dana, ben):
        assert QUESTION not in everything(client, world)
        assert "Question to a lead" not in client.get(SHARING).text
    with world.session() as session:
        entry = session.scalars(select(Entry).where(Entry.kind == "advice")).one()
        readers = session.scalars(select(EntryReader.account_id)).all()
    assert entry.level is Level.NAMED
    assert readers == [world.account_id("Elif")]


def test_a_question_about_the_plan_shows_the_lead_the_question(amira, elif_, world):
    start(amira)
    page = amira.click(amira.get(f"{PLAN}/share"), "Ask a lead first Shared plan")
    page = amira.submit(page, {"question": QUESTION}, button="Send the question")
    assert page.path == f"{PLAN}/share"
    assert QUESTION in page.text
    assert QUESTION in answer_page(elif_, world).text


def test_an_address_stays_out_of_question_and_advice(amira, elif_, world):
    write(amira)
    assert list(ask(amira, world, question="She lives at 12 Rose Lane").errors) == ["question"]
    ask(amira, world)
    assert list(advise(elif_, world, words="Go to 12 Rose Lane").errors) == ["words"]
