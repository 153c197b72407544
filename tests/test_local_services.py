"""Local services, who can do what, and the sheet for GPs and others (P07, P08, P09)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from coordinator import clock
from coordinator.models.directory import Post, Team
from coordinator.models.local_services import LocalServiceVersion
from coordinator.vocabulary import PostKind
from waiting_list import rows

SERVICE = {
    "name": "Baby Place",
    "what": "Helps parents and babies to get to know each other.",
    "for_whom": "Parents with a baby under one",
    "topics": ["infant-mental-health"],
    "how_to_get_in": "The parent calls.",
    "phone": "01632 960240",
    "on_pregnancy": "specialist",
}


def add(world, farah, **more):
    """Add a service that Eastway's link worker looks after; return its page."""
    with world.session() as session:
        post = session.scalars(
            select(Post.reference)
            .join(Team, Team.id == Post.team_id)
            .where(Post.kind == PostKind.LINK_WORKER, Team.name == "Eastway Family Support")
        ).one()
    page = farah.get("/directory/services/add")
    return farah.submit(page, {**SERVICE, "post": post, **more})


def test_the_sheet_shows_the_change_and_todays_date(farah, colm, amira, world):
    """P09: the directory changes, and the sheet printed again shows it; no family detail on it."""
    home = add(world, farah).path
    sheet = amira.get("/directory/services/sheet")
    assert "Baby Place" in sheet.text
    wrong = colm.submit(colm.get(f"{home}/change"), {"waiting": "Six weeks"})
    assert "the day" in wrong.errors["waiting_said_on"]
    page = colm.submit(wrong, {"waiting_said_on": clock.today()})
    assert "nothing" in page.text
    assert "Six weeks" in page.text
    assert amira.get(f"{home}/change").status == 403
    with clock.standing_at(clock.now() + timedelta(days=1)):
        sheet = type(amira)(amira.app).sign_in("Amira").get("/directory/services/sheet")
        assert "Six weeks" in sheet.text
        assert f"{clock.today():%-d %B %Y}" in sheet.text
    assert not {"LANE-01", "Kim"} & set(sheet.main.get_text().split())
    assert world.count(LocalServiceVersion) == 2


def test_a_worry_leads_to_services_posts_and_people_with_numbers(farah, amira, cerys, world):
    """P07: type a worry or pick a kind, and see services and whom to call."""
    add(world, farah)
    add(
        world,
        farah,
        name="Housing Advice",
        topics=["housing"],
        on_pregnancy="goes-on",
        phone="01632 960250",
    )
    found = amira.get("/directory/who-can?q=they are behind with the rent")
    assert "Housing Advice" in found.text
    assert "01632 960250" in found.text
    assert "Baby Place" not in found.text
    assert "Colm" in found.text
    found = amira.get("/directory/who-can?topic=domestic-abuse")
    assert "No service in the directory fits" in found.text
    assert "Elif" in found.text
    assert "Baby Place" in amira.get("/directory/who-can?q=bonding").text


def test_an_entry_turns_amber_and_whoever_holds_its_post_confirms_it(farah, colm, world):
    """P07: confirmed like posts; one press on Today says that it is right still."""
    home = add(world, farah).path
    with clock.standing_at(clock.now() + timedelta(days=61)):
        person = type(colm)(colm.app).sign_in("Colm")
        assert "Check first" in person.get(home).text
        page = person.get("/today")
        assert any("what stands of a service" in row for row in rows(page, "today"))
        person.submit(person.get(home), button="This is right")
        assert "Check first" not in person.get(home).text
    farah.submit(farah.get(f"{home}/close"))
    assert "Baby Place" not in colm.get("/directory/services").text
