"""Days away, visible to all, with who acts; to act for somebody opens nothing (issue 5, 3)."""

from datetime import timedelta

from coordinator import clock
from coordinator.models.absences import Absence
from listed import LEADS, account, cards_of_children, next_tuesday


def test_who_is_away_and_who_acts_for_them_is_visible_to_all(elif_, amira, dana, world):
    """Issue 5, 3: acting for, with dates; the lead's card names whom to call instead."""
    page = elif_.click(elif_.get("/directory"), "What the directory says of me, and my days away")
    page = elif_.click(page, "Add days away")
    last = clock.today() + timedelta(days=4)
    wrong = elif_.submit(page, {"ends_on": clock.today() - timedelta(days=2)})
    assert "before the first" in wrong.errors["ends_on"]
    said = {"ends_on": last, "cover": account(world, "Cerys")}
    page = elif_.submit(wrong, said)
    assert "Cerys acts for Elif" in page.text
    again = elif_.submit(elif_.get(f"{page.path}/away"), said)
    assert "already" in again.errors["starts_on"]
    shown = cards_of_children(amira)
    assert "Away" in shown
    theirs = f"/directory/people/{account(world, 'Cerys')}"
    assert "Cerys acts now for Elif" in amira.get(theirs).text
    assert amira.post(f"/directory/people/{account(world, 'Elif')}/away").status == 403
    page = elif_.submit(elif_.get("/directory/me"), button="Back today")
    assert world.count(Absence, Absence.withdrawn_at.is_not(None)) == 1
    assert "Away" not in cards_of_children(amira)


def test_to_act_for_somebody_never_widens_what_is_seen(amira, bella, dev, ben, world):
    """Issue 5, 3: Bella acts for Ben, and his family stays out of her sight."""
    page = dev.get(f"/directory/people/{account(world, 'Ben')}/away")
    said = {"ends_on": clock.today(), "cover": account(world, "Bella")}
    assert "Bella acts for Ben" in dev.submit(page, said).text
    assert bella.get("/families/LANE-01").status == 404
    assert "LANE-01" not in bella.get("/today").text
    assert "Away" in amira.get("/families/LANE-01").text


def test_a_lead_who_is_away_is_not_the_one_to_call(amira, elif_, world):
    """E05: in office hours the deputy; at night the out-of-hours number, with when it opens."""
    with clock.standing_at(next_tuesday()):
        person = type(amira)(amira.app).sign_in("Elif")
        page = person.get("/directory/me")
        page = person.submit(person.click(page, "Add days away"), {"ends_on": clock.today()})
        assert "Nobody acts for Elif" in page.text
        shown = cards_of_children(type(amira)(amira.app).sign_in("Amira"))
        assert "Answers now" in shown
        assert "Call now: Ewan, deputy" in shown
    with clock.standing_at(next_tuesday(hour=20)):
        page = type(amira)(amira.app).sign_in("Amira").get(LEADS)
        assert "Closed now" in page.text
        assert "Call now: Out of hours 01632 960199" in page.text
