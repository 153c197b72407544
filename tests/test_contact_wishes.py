"""Logging a contact with the family and others: their wishes, several people, from anywhere."""

from __future__ import annotations

from sqlalchemy import select

from calling import CALLED, CONTACTS, LOG, on_the_case
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.guests import Guest
from coordinator.services import guests
from coordinator.services.guests import GuestDetails
from coordinator.vocabulary import GuestRole, Mechanism
from waiting_list import rows, together_since

TEXT_ME = "Text me if I do not pick up"
SILENCE = "I am not well that day"


def _offered(page, start: str) -> str:
    options = page.soup.select("select[name=whom] option")
    return next(str(one["value"]) for one in options if one.get_text().startswith(start))


def test_what_silence_means_is_shown_while_logging_and_no_answer_is_no_missed_engagement(
    amira, ben
):
    """S19: Kim's own words are on the form; then a text, and Amira, until she is reached."""
    people = amira.get("/families/LANE-01/people")
    page = amira.click(people, "Change the details of Kim Lane")
    amira.submit(page, {"reach_by": TEXT_ME, "silence_means": SILENCE})
    page = ben.get(LOG)
    assert TEXT_ME in page.text
    assert SILENCE in page.text
    kim = _offered(page, "Kim Lane")
    page = ben.submit(page, {"whom": kim, "mechanism": "02", "outcome": "no-answer"})
    assert "Kim Lane did not answer. This is not a missed appointment" in page.text
    assert f"No answer means: {SILENCE}" in page.text
    assert "Tell Amira, care coordinator" in page.text
    page = ben.click(page, "Send Kim Lane a text, and log it")
    assert (page.field("whom"), page.field("mechanism")) == (kim, "09")
    page = ben.submit(page, {"outcome": "reached", "line": "She will call tomorrow."})
    assert "did not answer" not in page.text


def test_several_people_in_one_call_have_a_row_each_and_it_clears_time_to_talk_for_both(
    amira, ben, world
):
    """E20: one form; who is not on the case stops the whole call."""
    together_since(world, 20)
    page = ben.get(LOG)
    kim, desk = _offered(page, "Kim Lane"), _offered(page, "Duty desk of Northside")
    values = CALLED | {"whom": on_the_case(world, "Amira"), "also": [kim, desk]}
    assert ben.submit(page, values, tampered={"also": "AAAA99999"}).status == 422
    assert world.count(ContactAttempt) == 0
    assert any("Talk with" in row for row in rows(amira.get("/today"), "late"))
    ben.submit(page, values)
    with world.session() as session:
        calls = session.scalars(select(ContactAttempt)).all()
        assert len({one.attempted_at for one in calls}) == 1
        assert len({(one.account_id, one.person_id, one.team_id) for one in calls}) == 3
    for person in (amira, ben):
        assert not any("Talk with" in row for row in rows(person.get("/today"), "late"))


def test_a_guest_of_the_case_is_tried_as_others_are(ben, world):
    """Issue 6.1: chosen from the list, and still there when the entry is corrected."""
    with world.does("Ben") as (session, actor):
        details = GuestDetails("Jain Rao", GuestRole.GP, "Harbour Surgery")
        family = world.family_for(session, actor)
        guests.add(session, actor, world.moment, family, details)
    page = ben.get(LOG)
    page = ben.submit(page, CALLED | {"whom": _offered(page, "Jain Rao"), "outcome": "no-answer"})
    assert "Ben tried Jain Rao, GP, Harbour Surgery" in page.text
    page = ben.click(page, next(link for link in page.links if link.startswith("Correct")))
    assert page.field("whom") == _offered(page, "Jain Rao")
    ben.submit(page, {"outcome": "left-message"})
    with world.session() as session:
        guest = session.scalars(select(Guest.id)).one()
        assert session.scalars(select(ContactAttempt.guest_id)).all() == [guest, guest]


def test_a_contact_is_logged_from_anywhere_by_one_key(ben, farah):
    """Issue 6.1: the key leads to the form of this family, or first asks which."""
    key = {"accesskey": "c"}
    assert ben.get(CONTACTS).soup.find("a", key)["href"] == LOG
    page = ben.click(ben.get("/directory"), "Log a contact")
    page = ben.click(page, next(words for words in page.links if "LANE-01" in words))
    assert page.path == LOG
    assert farah.get("/today").soup.find("a", key) is None


def test_the_ways_of_a_contact_are_those_of_the_data_dictionary():
    """Issue 6.1: CONSULTATION MECHANISM of the NHS Data Dictionary (05 is kept as `email`)."""
    codes = {one.value for one in Mechanism} - {Mechanism.LETTER.value}
    assert codes == {"01", "02", "04", "email", "09", "10", "11", "12", "13", "98"}
