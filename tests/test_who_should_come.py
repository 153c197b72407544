"""Who is proposed for a meeting and why, and whoever is left out."""

from __future__ import annotations

import pytest
from sqlalchemy import select

import belonging
import gathering
from belonging import boxes, ticked
from coordinator.models.child_statuses import StatusOfChild
from coordinator.models.meetings import Invitation, NotAsked
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import ChildStatus, GuestRole, NotAskedReason
from gathering import MEETINGS, arrange
from planning import option
from writer import Writer


@pytest.fixture
def proposed(world):
    """Both agencies answered about Nate, and Kim wants Ines there."""
    belonging.answers(world, "Amira", safe=True)
    belonging.answers(world, "Ben", safe=True)
    belonging.guest(world, chosen_by_parent=True)


def test_each_is_proposed_with_the_reason(ben, proposed):
    """J02 1, P15, I11: case worker, health visitor whom Kim wants, lives with the children."""
    who = ticked(ben.get(f"{MEETINGS}/arrange"))
    assert who["Kim Lane"] == "Parent or carer"
    assert who["Nate Moss"] == "Mia’s father, and dad to Leo, lives with Leo and Mia"
    assert who["Ines Field"].startswith("Health visitor, Eastway Health Visiting. Kim would like")
    assert who["Amira"] == "Care coordinator on the case, Northside Mental Health"


def test_who_belongs_to_the_stage_of_a_childs_plan_is_proposed(ben, world):
    """S25: at a child protection plan a GP is asked, too; at no stage only offered."""
    belonging.guest(world, "Dr Jain", role=GuestRole.GP)
    form = ben.get(f"{MEETINGS}/arrange")
    assert "Dr Jain" in boxes(form)
    assert "Dr Jain" not in ticked(form)
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        writer.add(
            StatusOfChild,
            "Ben",
            person_id=writer.first_person(),
            status=ChildStatus.PROTECTION_PLAN,
            starts_on=world.moment.today,
            explanation="A plan keeps Leo safe.",
        )
    assert "child protection plan" in ticked(ben.get(f"{MEETINGS}/arrange"))["Dr Jain"].lower()


def test_a_carer_who_is_left_out_needs_a_reason_that_is_kept_and_counted(ben, world, proposed):
    """J02 2, I11: Nate is left out, and "not asked" stands in the trail and on the page."""
    form = ben.get(f"{MEETINGS}/arrange")
    value = boxes(form)["Nate Moss"]
    others = [box for name, box in boxes(form).items() if name != "Nate Moss"]
    values = {
        "kind": option(form, "kind", "Core group"),
        "day": gathering.soon(),
        "start": "2:30pm",
        "site": option(form, "site", "Northside"),
        "invite": others,
    }
    page = ben.submit(form, values, button="Arrange the meeting and invite")
    assert page.errors == {f"why_{value}": "Say why Nate Moss is not invited"}
    assert page.field("start") == "2:30pm"
    page = ben.submit(page, {f"why_{value}": "not-asked"}, button="Arrange the meeting and invite")
    assert "Not invited: Nate Moss (nobody asked them)" in page.text
    assert world.count(NotAsked, NotAsked.reason == NotAskedReason.NOT_ASKED) == 1
    assert world.count(TrailEvent, TrailEvent.outcome == "left-out-not-asked") == 1


def test_leaving_out_whom_the_parent_wants_there_asks_why(ben, proposed):
    """P15: leaving her out asks for a reason; whom nobody chose is left out without one."""
    page = ben.get(f"{MEETINGS}/arrange")
    ines = boxes(page)["Ines Field"]
    others = [box for name, box in boxes(page).items() if name != "Ines Field"]
    values = {
        "kind": option(page, "kind", "Core group"),
        "day": gathering.soon(),
        "start": "2:30pm",
        "site": option(page, "site", "Northside"),
        "invite": others,
    }
    page = ben.submit(page, values, button="Arrange the meeting and invite")
    assert page.errors == {f"why_{ines}": "Say why Ines Field is not invited"}


def test_everybody_asked_is_on_the_page_in_one_record(ben, proposed):
    page = arrange(ben)
    for words in ("The family: nobody coming, 2 to answer", "Kim Lane", "Ines Field", "Invited"):
        assert words in page.text


def test_whoever_is_asked_after_all_is_not_left_out_any_more(ben, world, proposed):
    page = arrange(ben)
    nate = next(href for words, href in page.links.items() if "invitation of Nate Moss" in words)
    form = ben.get(nate)
    page = ben.submit(form, button="Withdraw it")
    assert page.errors == {"why": "Say why Nate Moss is not invited"}
    page = ben.submit(page, {"why": "own-wish"}, button="Withdraw it")
    assert "Not invited: Nate Moss (their own wish)" in page.text
    form = ben.click(page, "Invite more people")
    page = ben.submit(form, {"invite": [boxes(form)["Nate Moss"]]}, button="Invite")
    assert "Not invited" not in page.text
    with world.session() as session:
        assert session.scalars(select(NotAsked.ended_at)).one() is not None


def test_an_advocate_whom_the_parent_names_is_proposed_for_a_conference(ben, world):
    """S20: with the reason; a foster carer is proposed without anybody naming them (S12)."""
    belonging.guest(world, "Rose Hill", chosen_by_parent=True, role=GuestRole.ADVOCATE)
    belonging.guest(world, "Fay Dell", role=GuestRole.FOSTER_CARER)
    page = ben.get(f"{MEETINGS}/arrange")
    kind = option(page, "kind", "Initial child protection conference")
    who = ticked(ben.get(f"{MEETINGS}/arrange?kind={kind}"))
    assert who["Rose Hill"].endswith("Kim would like Rose there")
    assert who["Fay Dell"].startswith("Foster carer")


def test_a_deputy_who_is_not_on_the_case_is_told_nobody_of_the_family(
    amira, ben, cerys, world, proposed
):
    """S20, threat 1: neither a member of the family nor a guest stands on their page."""
    page = arrange(ben)
    form = amira.get(f"{page.path}/reply?reply=declined")
    deputy = gathering.membership(world, "Cerys")
    amira.submit(form, {"deputy": deputy}, button="Save your answer")
    shown = cerys.get(page.path)
    for word in ("Kim", "Nate", "Ines", "The family:"):
        assert word not in shown.html, word


def test_an_invitee_who_was_never_offered_is_refused(ben, world):
    form = ben.get(f"{MEETINGS}/arrange")
    child = belonging.person(world, "Leo")
    values = {
        "kind": option(form, "kind", "Core group"),
        "day": gathering.soon(),
        "start": "2:30pm",
        "site": option(form, "site", "Northside"),
    }
    page = ben.submit(
        form, values, tampered={"invite": [child]}, button="Arrange the meeting and invite"
    )
    assert page.status == 422
    assert world.count(Invitation) == 0
