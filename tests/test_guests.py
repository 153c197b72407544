"""Who works with a family outside the two agencies."""

from __future__ import annotations

import belonging
from belonging import PEOPLE
from coordinator.models.guests import Guest
from coordinator.models.trail import TrailEvent

INES = {
    "name": "Ines Field",
    "role": "health-visitor",
    "organisation": "Eastway Health Visiting",
    "email": "Ines@HealthVisiting.example",
    "chosen_by_parent": True,
    "parents_words": "She was there when Mia was born.",
}


def add(client, **values):
    page = client.get(f"{PEOPLE.replace('/people', '')}/guests/add")
    return client.submit(page, {**INES, **values}, button="Add")


def test_a_health_visitor_stands_on_the_people_page_for_both_agencies(ben, amira, world):
    """P15, S20: Kim names Ines, with her own words about it."""
    page = add(ben)
    assert page.path == PEOPLE
    shown = amira.get(PEOPLE).text
    for words in ("Ines Field", "The parent wants them there", "She was there when Mia was born."):
        assert words in shown
    assert world.count(Guest, Guest.email == "ines@healthvisiting.example") == 1
    assert world.count(TrailEvent, TrailEvent.record_kind == "guests") >= 1


def test_the_same_person_is_not_added_twice(ben):
    add(ben)
    assert add(ben).errors == {"name": "This person stands there already"}


def test_a_guest_is_changed_and_taken_off_the_list(ben, amira, world):
    add(ben)
    form = ben.click(ben.get(PEOPLE), "Change the details of Ines Field")
    stale = amira.click(amira.get(PEOPLE), "Change the details of Ines Field")
    ben.submit(form, {"organisation": "The clinic"}, button="Save")
    late = amira.submit(stale, {"organisation": "Another"}, button="Save")
    assert late.status == 409
    assert "The clinic" in ben.get(PEOPLE).text
    page = ben.submit(ben.get(PEOPLE), button="Take off the list Ines Field")
    assert "Ines Field" not in page.main.get_text()
    assert world.count(Guest, Guest.ended_at.is_not(None)) == 1


def test_no_address_of_the_family_goes_into_the_parents_words(ben):
    page = add(ben, parents_words="She visits at 12 Rose Lane")
    assert page.errors["parents_words"].startswith("Take the address out")


def test_a_guest_of_a_family_out_of_sight_does_not_exist(bella, world):
    made = belonging.guest(world)
    assert bella.get(f"/guests/{made}/change").status == 404
    assert bella.post(f"/guests/{made}/end").status == 404
