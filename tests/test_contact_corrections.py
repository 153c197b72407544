"""What was logged wrongly is corrected with a new row, and both stay readable."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from calling import CONTACTS, correct_link, tell
from coordinator import clock
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Involvement
from coordinator.vocabulary import Level, Outcome


def test_a_correction_is_a_new_row_and_both_stay_readable(ben, amira, world):
    """J04, 7: only an added correction is possible; the first entry remains."""
    tell(world, "Ben", "Amira", Outcome.REACHED, line="Agreed on Tuesday")
    page = ben.click(ben.get(CONTACTS), correct_link(ben))
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
