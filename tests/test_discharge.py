"""Coming home from hospital with a baby: the meeting, and the first days at home (P11)."""

from __future__ import annotations

from datetime import timedelta

from clock_steps import record_event
from coordinator import clock
from coordinator.reads import child_statuses
from coordinator.vocabulary import CaseRole, GuestRole, Procedure
from gathering import MEETINGS, arrange, soon
from planning import option
from test_visits import book

HOME = "/families/LANE-01"


def visit(client, at, day, owner):
    form = client.get(f"{at}/actions/add")
    values = {"text": "Visit at home", "owner": option(form, "owner", owner), "due_on": day}
    page = client.submit(form, values, button="Add the action")
    assert page.status == 200, page.errors
    return page


def test_the_four_roles_belong_to_a_discharge_meeting():
    """P11: the four roles are proposed."""
    found = child_statuses.invited_at_stage((), Procedure.DISCHARGE)
    assert {one.role for one in found} == {
        CaseRole.CARE_COORDINATOR,
        CaseRole.SOCIAL_WORKER,
        GuestRole.HEALTH_VISITOR,
        GuestRole.MIDWIFE,
    }
    assert {one.why for one in found} == {"Belongs to a discharge meeting"}


def test_arranging_a_discharge_meeting_names_the_roles_that_nobody_has(amira):
    """P11: the midwife and the health visitor are asked for before anybody else is known."""
    page = amira.click(amira.get(MEETINGS), "Arrange a discharge meeting")
    assert "Who should be asked and is not known here: Health visitor" in page.text
    assert "Midwife (Belongs to a discharge meeting)" in page.text
    assert page.field("kind") == option(page, "kind", "Discharge meeting")


def test_the_first_days_are_not_ready_until_each_has_a_visit_that_somebody_took_on(
    amira, ben, world
):
    """P11: the plan is "not ready" until visits in the first three days have owners."""
    page = arrange(amira, "Discharge meeting", day=soon(3))
    at = page.path
    assert "Nobody has said on which day they go home." in page.text
    assert "Not ready" in page.text
    home = clock.today() + timedelta(days=5)
    form = amira.click(page, "Write down the day")
    assert form.field("event") == "discharge"
    amira.submit(form, {"day": home}, button="Write it down")
    page = amira.get(at)
    assert page.text.count("Nobody visits yet") == 3
    for number in range(3):
        visit(amira, at, home + timedelta(days=number), "Amira" if number else "Ben")
    page = amira.get(at)
    assert "Ben, Eastway Children’s Services, was asked and has not said yes" in page.text
    assert "Not ready" in page.text
    row = ben.get(f"{HOME}/plan")
    accept = next(href for text, href in ben.get("/today").links.items() if "Visit at home" in text)
    ben.submit(ben.get(accept), button="Accept")
    assert row.status == 200
    page = amira.get(at)
    assert "Not ready" not in page.text
    assert "Ready" in page.text
    assert "Nobody visits yet" not in page.text


def test_the_sheet_for_the_parent_names_who_visits_with_their_numbers(amira):
    """P11: named visits and numbers; a printed copy before leaving."""
    at = arrange(amira, "Discharge meeting", day=soon(3)).path
    home = clock.today() + timedelta(days=5)
    record_event(amira, "discharge", day=home)
    visit(amira, at, home, "Amira")
    page = amira.click(amira.get(at), "The sheet for the parent, to print")
    assert "Amira, Northside Mental Health. Visit at home. Call 01632 961001" in page.text
    assert page.text.count("Nobody yet.") == 2
    assert "Not ready" in page.text
    for number in (1, 2):
        visit(amira, at, home + timedelta(days=number), "Amira")
    assert "Print it, and give it to the parent" in amira.get(page.path).text


def test_a_visit_that_is_booked_has_an_owner_and_stands_on_the_sheet(amira, statements):
    """P11: named visits and numbers, at their time; the page stays within its statements."""
    at = arrange(amira, "Discharge meeting", day=soon(3)).path
    home = clock.today() + timedelta(days=5)
    record_event(amira, "discharge", day=home)
    for number in range(3):
        book(amira, day=home + timedelta(days=number), **({} if number else {"second": "Ben"}))
    statements.clear()
    page = amira.get(at)
    assert len(statements) <= 12
    assert "Not ready" not in page.text
    assert "home visit at 10am" in page.text
    sheet = amira.click(page, "The sheet for the parent, to print").text
    assert "10am: Amira, Northside Mental Health (call 01632 961001) and Ben, Eastway" in sheet


def test_another_day_of_going_home_moves_the_first_days(amira):
    at = arrange(amira, "Discharge meeting", day=soon(3)).path
    home = clock.today() + timedelta(days=5)
    record_event(amira, "discharge", day=home)
    visit(amira, at, home, "Amira")
    assert amira.get(at).text.count("Nobody visits yet") == 2
    record_event(amira, "discharge", day=home + timedelta(days=1))
    assert amira.get(at).text.count("Nobody visits yet") == 3


def test_other_meetings_have_no_first_days(amira):
    assert "The first days at home" not in arrange(amira, "Core group").text
