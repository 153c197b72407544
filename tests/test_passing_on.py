"""What reached the wrong person is passed on, and who passed it on sees who has it (P07)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coordinator.models.plans import Action
from coordinator.vocabulary import Level
from gathering import arrange, reference
from page import Client
from visiting import Asked, ask, link
from waiting_list import add_action, rows


@pytest.fixture
def asked(ben, world) -> Asked:
    return ask(world, reference(arrange(ben, chair="Hana")))


def test_a_worry_that_reaches_a_guest_goes_to_who_can_act_and_she_sees_who_has_it(
    app, ben, amira, world, asked
):
    """P07: a housing worry reaches Ines; she passes it on, Ben gets it, and Ines sees him."""
    ines = Client(app)
    page = ines.get(link(world, asked))
    form = ines.click(page, "Pass on a worry")
    wrong = ines.submit(form, {"text": "They may lose the flat at 12 Rose Street"})
    assert "topic" in wrong.errors
    page = ines.submit(wrong, {"text": "They may lose the flat", "topic": "housing"})
    assert "Ben" in page.text
    assert "has it" in page.text
    waits = [row for row in rows(ben.get("/today"), "this-week") if "may lose the flat" in row]
    assert len(waits) == 1
    assert not [row for row in rows(amira.get("/today"), "this-week") if "the flat" in row]
    # Ben is not the right one either: it goes on to Amira, and the guest sees that.
    action = next(
        href for words, href in ben.get("/families/LANE-01/plan").links.items() if "flat" in words
    )
    form = ben.get(f"{action}/pass-on")
    options = {o.text.split(",")[0]: o["value"] for o in form.soup.select("option")}
    same = ben.submit(form, {"owner": options["Ben"], "why": "She knows the landlord"})
    assert "with them already" in same.errors["owner"]
    ben.submit(same, {"owner": options["Amira"]})
    waits = [row for row in rows(amira.get("/today"), "this-week") if "may lose the flat" in row]
    assert len(waits) == 1
    assert "Amira" in ines.get(link(world, asked)).text


def test_what_is_for_one_agency_is_not_passed_to_the_other(amira, world):
    """P07: to pass on never widens who reads it."""
    action = add_action(world, "Amira", "Amira")
    with world.does("Amira") as (session, _actor):
        record = session.scalars(select(Action).where(Action.reference == action)).one()
        record.level = Level.OWN_AGENCY
    form = amira.get(f"/actions/{action}/pass-on")
    options = {o.text.split(",")[0]: o["value"] for o in form.soup.select("option")}
    refused = amira.submit(form, {"owner": options["Ben"], "why": "He knows more"})
    assert "may not read it" in refused.errors["owner"]


def test_the_parents_copy_names_one_lead_with_a_number(amira, ben):
    """P07: one named lead per family, the same on every copy, whoever prints it."""
    for person in (amira, ben):
        copy = person.get("/families/LANE-01/openness/copy").main.get_text(" ")
        assert "Whom you can call about anything" in copy
        assert "Amira" in copy
        assert "01632 961001" in copy
