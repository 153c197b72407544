"""A person's own calendar: what stands in it, and of which nothing does."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from clock_steps import give_status
from coordinator import clock
from coordinator.models.families import Involvement
from coordinator.models.supports import Support
from coordinator.services import exclusions
from coordinator.vocabulary import CaseRole, Notice
from coordinator.working_days import working_days_from
from gathering import arrange, invitations, letter, reference, soon, waiting
from listed import account
from minuting import add, part, review
from planning import put_on_the_case
from test_supports import WHAT, support

WHERE = "Northside House Family LANE-01"


def standing(client, path="/calendar"):
    """Return what a calendar says of each thing in it: address → words."""
    page = client.get(path)
    assert page.status == 200
    found = {}
    for link in page.main.select(".co-rows a, .co-month a"):
        line = " ".join(link.find_parent("li").get_text(" ").split())
        found.setdefault(str(link["href"]), []).append(line)
    return found


def exclude(world, name):
    """Keep somebody from knowing of LANE-01."""
    with world.does("Dana") as (session, actor):
        family = world.family_for(session, actor)
        who = account(world, name)
        exclusions.set_exclusion(session, actor, world.moment, family, who, "Related by marriage")


def off_the_case(world, name):
    """End somebody's work with LANE-01 yesterday."""
    with world.does("Amira") as (session, _actor):
        for mine in session.scalars(
            select(Involvement).where(Involvement.account_id == world.account_id(name))
        ):
            mine.ends_on = world.moment.today - timedelta(days=1)


def test_a_calendar_shows_what_i_am_asked_to_and_the_meetings_of_my_families(
    amira, bella, ben, hana, world
):
    """Issue 4, point 8: who is asked and who is on the case, and nobody else."""
    where = f"/meetings/{reference(arrange(ben))}"
    assert standing(ben)[where] == [f"2:30pm to 3:30pm Core group {WHERE}"]
    assert standing(amira)[where] == [f"2:30pm to 3:30pm Core group {WHERE} Not answered yet"]
    month = f"/calendar?view=month&on={soon()}"
    assert standing(amira, month)[where] == ["2:30pm Core group"]
    assert standing(amira, f"/calendar?on={soon(11)}") == {}
    assert standing(bella) == standing(hana) == {}
    put_on_the_case(world, "Bella", CaseRole.OTHER)
    assert standing(bella)[where][0].endswith("You are not in it")
    exclude(world, "Ben")
    assert standing(ben) == standing(ben, month) == {}
    off_the_case(world, "Amira")
    assert standing(amira) == {}


def test_a_meeting_stands_at_the_times_of_the_parts_that_one_is_asked_to(amira, ben, world):
    """E12: parts 2 and 4 of a review at half past two are two times in a calendar."""
    meeting = review(amira)
    for title in ("How things are", "The summer", "What we agree"):
        add(amira, meeting, title)
    wanted = invitations(world)["Ben"].reference
    page = amira.get(f"/meetings/{meeting}/agenda/asked?invitation={wanted}")
    parts = [part(world, title).reference for title in ("How things are", "What we agree")]
    amira.submit(page, {"parts": parts}, button="Save")
    times = [line.partition(" Care")[0] for line in standing(ben)[f"/meetings/{meeting}"]]
    assert times == ["2:30pm to 2:55pm", "3:10pm to 3:25pm"]


def test_a_calendar_with_nothing_in_it_says_so_and_a_strange_day_is_today(farah, ben):
    assert "Nothing stands in these two weeks." in farah.get("/calendar").text
    assert "Nothing stands in this month." in farah.get("/calendar?view=month").text
    now = farah.get("/calendar").text
    for day in ("tomorrow", "0001-01-01", "9999-12-31", "2026-02-30"):
        assert farah.get(f"/calendar?on={day}").text == now
    assert farah.get("/calendar?view=month&on=9999-12-31").status == 200
    assert "Calendar" in ben.get("/today").links
    assert "Calendar" not in farah.get("/today").links


def test_a_day_by_which_something_is_due_stands_in_the_list_and_in_no_month(ben, bella, world):
    """Issue 4, points 8 and 9: a running clock of one's families."""
    give_status(ben, world, "section-47")
    day = working_days_from(clock.today(), 15)
    line = "Due Initial child protection conference Family LANE-01"
    assert line in ben.get(f"/calendar?on={day}").text
    assert "Initial child" not in ben.get(f"/calendar?view=month&on={day}").text
    assert "Initial child" not in bella.get(f"/calendar?on={day}").text


def test_a_support_is_an_appointment_for_the_other_agency_and_nothing_where_its_notice_is_hidden(
    amira, ben, world
):
    """E46: Kim's group is an appointment, with a way to it for those alone who may read it."""
    page = support(amira, soon(3), 0)
    line = "10am to midday Appointment Family LANE-01"
    assert line in amira.get("/calendar").text
    assert page.path in amira.get("/calendar").links.values()
    assert line in ben.get("/calendar").text
    assert page.path not in ben.get("/calendar").links.values()
    assert WHAT not in ben.get("/calendar").html + ben.get("/calendar?view=month").html
    with world.does("Amira") as (session, _actor):
        session.scalars(select(Support)).one().notice = Notice.NOBODY
    assert "Appointment" not in ben.get("/calendar").html


def test_who_is_in_another_zone_reads_both_times_and_everybody_else_one(amira, ben, world):
    """F15: on the page, in the calendar and in the mail, on either side of a clock change."""
    page = amira.submit(amira.get("/calendar/time-zone"), {"zone": "Asia/Tokyo"}, button="Save")
    assert "in London and, where it differs, in Tokyo" in page.text
    shown = arrange(ben, day=date(2027, 3, 26), start="4pm")
    moved = ben.get(shown.path)
    both = "4pm to 5pm (1 hour), London time Saturday 27 March, 1am to 2am in Tokyo"
    assert both in amira.get(shown.path).text
    assert "Tokyo" not in moved.text
    assert "Saturday 27 March, 1am to 2am in Tokyo" in amira.get("/calendar?on=2027-03-20").text
    mail = letter(world, waiting(world, "Amira")[-1]).message.get_body(("plain",)).get_content()
    assert "4pm to 5pm, London time\n(Saturday 27 March, 1am to 2am in Tokyo)" in mail
    mail = letter(world, waiting(world, "Ben")[-1]).message.get_body(("plain",)).get_content()
    assert "Tokyo" not in mail
    # After the clocks have gone forward here, it is an hour less there.
    later = arrange(ben, day=date(2027, 3, 30), start="4pm")
    assert "Wednesday 31 March, midnight to 1am in Tokyo" in amira.get(later.path).text
    amira.submit(amira.get("/calendar/time-zone"), {"zone": "Europe/London"}, button="Save")
    assert "Tokyo" not in amira.get(later.path).text
