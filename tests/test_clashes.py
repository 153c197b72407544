"""Somebody who is asked has something else then: an appointment, and no more (E46)."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import select

import records
from coordinator import clock
from coordinator.models.meetings import Meeting
from coordinator.vocabulary import CaseRole
from gathering import arrange, reference, soon
from planning import put_on_the_case

ALL_THE_SAME = "Arrange it all the same"
KIM_AND_AMIRA = "Kim Lane has an appointment then. Amira has an appointment then"


def wanted(client, **values):
    """Arrange a meeting at half past two, and heed who has an appointment then."""
    return arrange(client, "Child in need meeting", heeding=True, **values)


def test_who_arranges_is_warned_before_saving_and_told_an_appointment_and_no_more(ben, world):
    """E46, J02, 3: whatever it is; nothing typed is lost, and one press arranges it."""
    arrange(ben, "Core group", minutes="60")
    page = wanted(ben, start="3pm", place_text="Room 4")
    assert page.status == 422
    assert page.errors == {"": f"{KIM_AND_AMIRA}. You have an appointment then."}
    assert "Core group" not in page.main.select_one(".govuk-error-summary").get_text()
    assert page.field("place_text") == "Room 4"
    assert world.count(Meeting) == 1
    assert ben.submit(page, button=ALL_THE_SAME).h1 == "Child in need meeting"
    assert world.count(Meeting) == 2
    assert wanted(ben, start="4pm").status == 200


def test_who_moves_a_meeting_is_warned_and_who_moves_only_the_room_is_not(ben):
    arrange(ben, start="4pm")
    page = ben.click(arrange(ben), "Change (When and where)")
    page = ben.submit(page, {"start": "4:30pm"}, button="Save the change")
    assert page.errors[""].startswith(KIM_AND_AMIRA)
    page = ben.submit(page, button=ALL_THE_SAME)
    assert "4:30pm to 5:30pm" in page.text
    page = ben.submit(
        ben.click(page, "Change (When and where)"),
        {"place_text": "Room 4"},
        button="Save the change",
    )
    assert page.status == 200


def declined(client, meeting):
    """Say by the page that one does not come."""
    form = client.get(f"/meetings/{meeting}/reply?reply=declined")
    assert client.submit(form, button="Save your answer").status == 200


def test_who_does_not_come_has_no_appointment(amira, ben):
    """Whoever declined is free, and everybody is in an hour that is cancelled."""
    first = reference(arrange(ben))
    declined(amira, first)
    assert wanted(ben).errors == {
        "": "Kim Lane has an appointment then. You have an appointment then."
    }
    ben.submit(ben.get(f"/meetings/{first}/cancel"), {"reason": "Snow"})
    assert wanted(ben).status == 200


def test_a_meeting_of_a_family_that_is_hidden_from_who_arranges_is_no_appointment(
    amira, bella, ben, statements, world
):
    """E46, threats 1: with the hidden family and without it the warning is the same, byte for byte.

    Somebody from whom it is not hidden is told of the same hour.
    """
    when = {"day": soon(7), "start": "10am"}
    declined(amira, reference(arrange(ben, **when)))
    put_on_the_case(world, "Bella", CaseRole.OTHER)
    seen = []
    for told in (False, True):
        if told:
            with world.session() as session:
                names = ("Quill", "9434765919", ["Amira", "Paula"], "Ben")
                theirs = records.another_family(session, world.moment, *names)["meeting"]
                hidden = session.scalars(select(Meeting).where(Meeting.reference == theirs)).one()
                hidden.starts_at = clock.instant_of(datetime.combine(soon(7), time(10)))
        statements.clear()
        seen.append((wanted(ben, **when).body, len(statements)))
    assert seen[0] == seen[1]
    assert "Amira has an appointment then" not in seen[0][0]
    assert "Amira has an appointment then" in wanted(bella, **when).errors[""]
