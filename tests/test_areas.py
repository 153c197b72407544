"""Areas as a list with a history, and what the other lists said before (issue 5, point 11)."""

from __future__ import annotations

from sqlalchemy import select

import databases
from coordinator.models.areas import Area
from coordinator.models.former_words import FormerWords
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import WordList
from planning import option

LIST = "/settings/areas"


def reference(world, name):
    with world.session() as session:
        return session.scalars(select(Area.reference).where(Area.name == name)).one()


def routes(page):
    """Return the areas that have a route in force."""
    return [link for link in page.links if "/routes/" in page.links[link]]


def test_an_area_is_added_renamed_and_keeps_what_it_was_called(farah, amira, world):
    """One list for teams, routes and services: a rename shows everywhere, and is audited."""
    page = farah.submit(farah.get(f"{LIST}/add"), {"name": "Harbour"}, button="Add it")
    assert "Harbour" in page.text
    again = farah.submit(farah.get(f"{LIST}/add"), {"name": "harbour"}, button="Add it")
    assert again.errors["name"] == "There is an area of this name already"
    form = farah.get(f"{LIST}/{reference(world, 'Eastway')}/change")
    stale = farah.get(form.path)
    page = farah.submit(form, {"name": "Eastway and Quays"}, button="Save the name")
    assert "Formerly Eastway Farah renamed it" in page.text
    assert "Eastway and Quays" in amira.get("/directory?q=quays").text
    assert farah.submit(stale, {"name": "East"}, button="Save the name").status == 409
    mine = (TrailEvent.record_kind == "areas", TrailEvent.actor_id == world.account_id("Farah"))
    assert world.count(TrailEvent, *mine) == 2
    assert world.count(FormerWords, FormerWords.said == "Eastway") == 1


def test_an_area_closes_when_no_team_and_no_service_names_it(farah, world):
    """422 names what still uses it; then no form offers it, and it can be opened again."""
    close = farah.get(f"{LIST}/{reference(world, 'Southgate')}/close")
    refused = farah.submit(close, button="Close the area")
    assert refused.status == 422
    assert "Teams that work in it: Southgate CMHT" in refused.text
    farah.submit(farah.get(f"{LIST}/add"), {"name": "Harbour"}, button="Add it")
    harbour = reference(world, "Harbour")
    farah.submit(farah.get(f"{LIST}/{harbour}/close"), button="Close the area")
    assert harbour not in farah.get("/directory/services/add").html
    page = farah.submit(farah.get(LIST), button="Open again Harbour")
    assert "Closed" not in page.main.get_text()
    assert option(farah.get("/directory/services/add"), "area", "Harbour") == harbour


def test_a_closed_area_takes_its_route_along(farah, world):
    """Nothing is offered that goes to an area which is there no longer."""
    farah.submit(farah.get(f"{LIST}/add"), {"name": "Harbour"}, button="Add it")
    form = farah.get("/referral-settings/routes/add")
    said = {
        "area": option(form, "area", "Harbour"),
        "team": option(form, "team", "Eastway Family Support"),
        "hours": "Monday to Friday, 9am to 5pm",
    }
    assert "Harbour" in routes(farah.submit(form, said))
    close = farah.get(f"{LIST}/{reference(world, 'Harbour')}/close")
    assert "Referrals about it no longer go to Eastway Family Support" in close.text
    farah.submit(close, button="Close the area")
    assert "Harbour" not in routes(farah.get("/referral-settings"))


def test_each_list_keeps_what_it_said_before(farah, world):
    """Kinds of meeting and of visit, ground rules and domains: what, who, when."""
    form = farah.click(farah.get("/meeting-kinds"), "Change Core group")
    page = farah.submit(form, {"name": "Core group (monthly)"}, button="Save the change")
    assert "Core group; usually called by children’s social care; counts as " in page.text
    kinds = farah.get("/visit-kinds")
    link = next(words for words in kinds.links if words.startswith("Change "))
    page = farah.submit(farah.click(kinds, link), {"name": "A call"}, button="Save the change")
    assert f"{link.removeprefix('Change ')}" in page.text
    rules = farah.get("/ground-rules")
    page = farah.submit(rules, {"text": "One at a time."}, button="Save the rules")
    assert page.soup.select_one("details .co-words").get_text().strip()
    domains = farah.get("/guest-domains")
    gone = farah.submit(domains, button="Remove surgery.example")
    assert "surgery.example" in gone.soup.select_one("details").get_text()
    with world.session() as session:
        lists = session.scalars(select(FormerWords.list).order_by(FormerWords.id)).all()
    assert lists == [
        WordList.MEETING_KINDS,
        WordList.VISIT_KINDS,
        WordList.GROUND_RULES,
        WordList.GUEST_DOMAINS,
    ]


def test_the_texts_of_before_become_one_area_each(fresh_app):
    """The migration reads "Eastway" and "eastway " as one, and leaves a team without one alone."""
    alembic = fresh_app.extensions["alembic"]
    engine = databases.engine_of(fresh_app)
    with fresh_app.app_context():
        alembic.downgrade(alembic.script_directory.get_revision("0039").down_revision)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE teams SET area = 'eastway ' WHERE name LIKE 'N%T'")
            before = dict(connection.exec_driver_sql("SELECT name, area FROM teams").all())
        alembic.upgrade()
        question = "SELECT t.name, a.name FROM teams t LEFT JOIN areas a ON a.id = t.area_id"
        with engine.begin() as connection:
            after = dict(connection.exec_driver_sql(question).all())
    assert before["Northside CMHT"] == "eastway "
    assert {name: (area or "").casefold() for name, area in after.items()} == {
        name: area.strip().casefold() for name, area in before.items()
    }
    assert len(set(after.values()) - {None}) == 2
