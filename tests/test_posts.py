"""Posts: my safeguarding leads, who holds what from when, and who confirmed it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from checks import words
from coordinator import clock
from coordinator.models.directory import PostHolding
from coordinator.reads import directory as reads
from coordinator.vocabulary import PostKind
from listed import (
    LEADS,
    account,
    agency,
    cards,
    cards_of_children,
    confirm_long_ago,
    dialled,
    lead_post,
    next_tuesday,
    post,
    team,
)


@pytest.mark.parametrize("path", ["/today", "/families", "/directory", "/accessibility"])
def test_my_safeguarding_lead_is_one_press_from_every_page(amira, path):
    """E05: both leads with deputies, numbers, cover hours and the day of the confirmation."""
    page = amira.get(path) if path != "/today" else amira.get("/families/LANE-01")
    page = amira.click(page, "My safeguarding lead")
    shown = cards(page)
    assert set(shown) == {"Safeguarding children lead", "Safeguarding adults lead"}
    children, adults = shown["Safeguarding children lead"], shown["Safeguarding adults lead"]
    assert "Elif" in children
    assert "Deputy: Ewan" in children
    assert "Monday to Friday, 9am to 5pm" in children
    assert "Confirmed" in children
    assert "Ewan" in adults
    assert "tel:+44-1632-960110" in dialled(page)


def test_a_page_out_of_sight_still_leads_to_my_safeguarding_lead(bella):
    page = bella.get("/families/LANE-01")
    assert page.status == 404
    assert bella.click(page, "My safeguarding lead").status == 200


def test_a_vacant_post_says_so_and_shows_the_deputy_first(ben):
    """E05: the adults' lead of the council is vacant; Esi deputises."""
    with clock.standing_at(next_tuesday()):
        page = type(ben)(ben.app).sign_in("Ben").get(LEADS)
    adults = cards(page)["Safeguarding adults lead"]
    assert "Vacant" in adults
    assert "Nobody holds this post now" in adults
    assert adults.index("Call the deputy: Esi") < adults.index("0163")


def test_a_vacant_post_is_on_the_administrators_list(farah):
    """E05: Farah has a task."""
    page = farah.get("/directory")
    assert "Posts to look after" in page.text
    assert "Safeguarding adults lead" in cards(page)


def test_somebody_who_may_open_no_family_sees_the_leads_of_both_agencies(farah):
    page = farah.get(LEADS)
    assert [words(h) for h in page.main.select("h2")] == [
        "Eastway Children’s Services",
        "Northside Mental Health",
    ]
    assert "Elif" in page.text
    assert "Esi" in page.text


def test_the_leads_are_those_of_the_agency_acted_for(gus):
    """E07: Gus acts for one agency at a time."""
    assert "Elif" in gus.get(LEADS).text
    gus.act_for("Eastway")
    assert "Esi" in gus.get(LEADS).text
    assert "Elif" not in gus.get(LEADS).text


def test_a_post_that_nobody_set_up_is_shown_as_vacant(amira, world):
    with world.does("Farah") as (session, actor):
        there = reads.safeguarding_leads(session, actor, world.moment)
        assert all(len(leads.posts) == 2 for leads in there)
        for holding in session.scalars(select(PostHolding)):
            holding.ends_on = clock.today() - timedelta(days=1)
    text = cards(amira.get(LEADS))["Safeguarding children lead"]
    assert "Nobody holds this post now" in text


def test_a_post_that_was_not_confirmed_for_too_long_says_since_when(amira, world):
    confirm_long_ago(world, days=61)
    text = cards(amira.get(LEADS))["Safeguarding children lead"]
    day = clock.today() - timedelta(days=61)
    assert f"Not confirmed since {day.day} {day:%B %Y}" in text


def test_a_post_that_was_confirmed_within_the_period_says_when(amira, world):
    confirm_long_ago(world, days=60)
    text = cards(amira.get(LEADS))["Safeguarding children lead"]
    assert "Not confirmed" not in text
    assert "Confirmed" in text


def test_the_holder_confirms_a_post_with_one_press(elif_, amira, world):
    """E06: the date changes to today."""
    confirm_long_ago(world, days=100)
    page = elif_.get(LEADS)
    page = elif_.submit(page, button="This is right, and I hold this post")
    assert "you confirmed your post today" in page.text
    today = clock.today()
    text = cards(amira.get(LEADS))["Safeguarding children lead"]
    assert f"Confirmed {today.day} {today:%B %Y}" in text


def test_nobody_else_confirms_a_post(amira, ewan, farah, world):
    path = f"{lead_post(world)}/confirm"
    for person in (amira, ewan, farah):
        assert "This is right, and I hold this post" not in cards_of_children(person)
        assert person.post(path).status == 403


def test_a_new_holder_shows_at_once_and_is_not_yet_confirmed(farah, amira, world):
    """E06: the post stays when its holder leaves (J05, steps 3 and 4)."""
    page = farah.get(f"{lead_post(world)}/holder")
    farah.submit(page, {"account": account(world, "Ewan")}, button="Save")
    text = cards_of_children(amira)
    assert "Not yet confirmed by Ewan" in text
    assert "Elif" not in text


def test_a_post_is_handed_over_on_its_day(farah, amira, world):
    page = farah.get(f"{lead_post(world)}/holder")
    friday = clock.today() + timedelta(days=3)
    farah.submit(page, {"account": account(world, "Ewan"), "starts_on": friday}, button="Save")
    assert "Elif" in cards_of_children(amira)
    with clock.standing_at(clock.now() + timedelta(days=3)):
        again = type(amira)(amira.app).sign_in("Amira")
        assert "Not yet confirmed by Ewan" in cards_of_children(again)


def test_a_post_is_left_vacant_and_its_deputy_changed(farah, amira, world):
    """E06, J05 step 6."""
    home = lead_post(world)
    farah.submit(farah.get(f"{home}/holder"), {"account": "nobody"}, button="Save")
    farah.submit(farah.get(f"{home}/deputy"), {"account": account(world, "Cerys")}, button="Save")
    text = cards_of_children(amira)
    assert "Nobody holds this post now" in text
    assert "Call the deputy: Cerys" in text


def test_only_people_of_the_agency_are_offered_for_its_posts(farah, world):
    page = farah.get(f"{lead_post(world)}/holder")
    page = farah.submit(page, button="Save", tampered={"account": account(world, "Ben")})
    assert page.errors["account"] == "Choose a person"


def test_changing_a_post_shows_what_it_can_and_cannot_do(farah, ben, world):
    home = f"/directory/posts/{post(world, PostKind.LINK_WORKER)}"
    page = farah.get(f"{home}/change")
    farah.submit(
        page,
        {
            "phone": "01632 960 777",
            "cover_hours": "Tuesdays, 9am to midday",
            "can_do": "Find the right person <b>",
            "cannot_do": "Take a referral",
        },
        button="Save",
    )
    text = cards(ben.get("/directory"))["Link worker, Northside CMHT"]
    assert "Can: Find the right person <b>" in text
    assert "Cannot: Take a referral" in text
    assert "Tuesdays, 9am to midday" in text
    assert "01632 960777" in text


def test_two_who_change_a_post_at_once_lose_nobodys_words(farah, world):
    path = f"{lead_post(world)}/change"
    mine, theirs = farah.get(path), farah.get(path)
    farah.submit(theirs, {"cover_hours": "At any hour"}, button="Save")
    page = farah.submit(mine, {"cover_hours": "Mondays, 9am to 5pm"}, button="Save")
    assert page.status == 409
    assert "At any hour" in page.text
    assert page.field("cover_hours") == "Mondays, 9am to 5pm"


def test_an_administrator_adds_an_agency_with_a_team_a_building_and_a_post(farah, amira, world):
    page = farah.submit(
        farah.click(farah.get("/directory"), "Add an agency"),
        {"name": "Harbour Mental Health", "kind": "cmht"},
    )
    home = page.path
    page = farah.submit(
        farah.click(farah.get(home), "Add a team"),
        {"name": "Harbour CMHT", "phone": "01632 960 400"},
    )
    assert "Duty line: 01632 960400" in page.text
    page = farah.submit(
        farah.click(farah.get(home), "Add a building"),
        {"name": "Harbour House", "address": "1 Quay Road"},
    )
    assert "Harbour House, 1 Quay Road" in page.text
    page = farah.submit(
        farah.click(farah.get(home), "Set up a post"),
        {"kind": "safeguarding-children-lead", "phone": "01632 960 401"},
    )
    assert page.h1 == "Who holds the post?"
    assert "Call the post’s number: 01632 960401" in amira.get(home).text


def test_a_post_of_a_team_needs_its_team(farah, world):
    home = f"/directory/agencies/{agency(world, 'Northside')}"
    page = farah.submit(farah.get(f"{home}/posts/add"), {"kind": "duty-desk"})
    assert "Choose the team" in page.errors["team"]
    said = {"kind": "duty-desk", "team": team(world, "Northside Psychology")}
    page = farah.submit(farah.get(f"{home}/posts/add"), said)
    assert page.h1 == "Who holds the post?"
