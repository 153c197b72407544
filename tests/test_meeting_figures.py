"""What a manager sees of their teams' meetings: by agency, never by person (J02, 8)."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from sqlalchemy import select

import gathering
from coordinator import clock
from coordinator.models.families import Person
from coordinator.models.meetings import Meeting, NotAsked
from coordinator.vocabulary import NotAskedReason
from gathering import arrange, reference
from page import Client

FIGURES = "/meeting-figures"


def figures(client, heading):
    """Return the rows of a table: the agency and its numbers."""
    table = client.get(FIGURES).soup.find("h2", string=heading).find_next("table")
    rows = [row.get_text("|", strip=True).split("|") for row in table.select("tbody tr")]
    return {agency: [int(number) for number in numbers] for agency, *numbers in rows}


def test_a_deputy_counts_and_who_was_left_out_unasked_is_counted(app, ben, world):
    """J02 8, E11, I11: by agency, on a page that names nobody."""
    meeting = reference(arrange(ben, minute_taker="Hugo"))
    amira = Client(app).sign_in("Amira")
    form = amira.get(f"/meetings/{meeting}/reply?reply=declined")
    deputy = {"deputy": gathering.membership(world, "Cerys")}
    amira.submit(form, deputy, button="Save your answer")
    with world.does("Ben") as (session, actor):
        nate = session.scalars(select(Person.id).where(Person.name.startswith("Nate"))).one()
        held = session.scalars(select(Meeting.id)).one()
        session.add_all(
            NotAsked(
                meeting_id=held,
                person_id=nate,
                reason=reason,
                by_id=actor.account_id,
                at=world.moment.now,
            )
            for reason in (NotAskedReason.NOT_ASKED, NotAskedReason.NOT_SAFE)
        )
    invited = gathering.everybody(world)
    with time_machine.travel(clock.now() + timedelta(days=11), tick=False):
        hugo = Client(app).sign_in("Hugo")
        came = dict.fromkeys(invited.values(), "attended") | {invited["Amira"]: "absent"}
        hugo.submit(hugo.get(f"/meetings/{meeting}/attendance"), came, button="Save who came")
        dev = Client(app).sign_in("Dev")
        came = dev.click(dev.get("/measures"), "Partner agency came or contributed")
        assert "Sent a deputy" in came.soup.find(id="rows").find_next("table").get_text()
        left_out = figures(dev, "Was a parent or carer left out?")
        assert left_out == {"Eastway Children’s Services": [1, 1]}
        page = dev.click(dev.get("/measures"), "Meetings and help")
        for name in ("Amira", "Cerys", "Nate", "LANE", "not safe"):
            assert name not in page.main.get_text(), name
