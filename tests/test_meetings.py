"""Arranging, changing and cancelling a meeting, and what comes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

import gathering
from coordinator.models.families import Involvement
from coordinator.models.meetings import Meeting
from coordinator.models.trail import TrailEvent
from coordinator.settings import SETTINGS
from coordinator.vocabulary import CaseRole, EventKind, Reply
from gathering import MEETINGS, arrange, invitations, reference, soon, waiting
from planning import option


def test_a_social_worker_arranges_a_core_group_and_invites_the_care_coordinator(ben, world):
    """E02: on the case, he creates a core group and invites Amira; who is coming is one glance."""
    page = arrange(ben)
    assert page.status == 200
    assert page.h1 == "Core group"
    assert "Northside Mental Health: nobody coming, 1 to answer" in page.text
    assert "Eastway Children’s Services: 1 coming" in page.text
    invited = invitations(world)
    assert invited["Amira"].reply is Reply.NEEDS_ACTION
    assert invited["Ben"].reply is Reply.ACCEPTED
    listed = ben.get(MEETINGS)
    assert "Amira (no answer yet)" in listed.text
    assert "Ben (coming)" in listed.text


def test_a_social_worker_who_is_not_on_the_case_is_refused_and_it_is_in_the_trail(bella, world):
    """E02: the same address, nobody on the case: refused, and the attempt is in the trail."""
    assert bella.get(f"{MEETINGS}/arrange").status == 404
    assert bella.post(f"{MEETINGS}/arrange", {}).status == 404
    refusals = gathering.trail(
        world,
        TrailEvent.kind == EventKind.REFUSAL.value,
        TrailEvent.actor_id == world.account_id("Bella"),
    )
    assert [(r.action, r.record_ref, r.allowed) for r in refusals] == [
        ("meetings.arrange", "LANE-01", False)
    ] * 2


def test_the_partner_agencys_worker_is_proposed_with_the_reason(amira, world):
    """E10: a care plan review proposes the social worker on the case; left in, he is invited."""
    page = amira.get(f"{MEETINGS}/arrange")
    ticked = page.main.select_one("input[name=invite]")
    assert ticked is not None
    assert ticked.has_attr("checked")
    assert "Ben Social worker on the case, Eastway Children’s Services" in page.text
    assert "Why is the partner agency not invited?" not in page.text
    arrange(amira, "Care plan review (CPA)")
    assert [m.kind for m in waiting(world, "Ben")] == ["invitation"]


def test_leaving_the_partner_agency_out_needs_a_reason_and_the_trail_shows_it(amira, world):
    """E10: she must pick a reason before saving, and the audit shows it with the reason."""
    page = arrange(amira, invite=[])
    assert page.status == 422
    assert page.errors == {"left_out_reason": "Say why the partner agency is not invited"}
    assert page.field("purpose") == gathering.PURPOSE
    assert world.count(Meeting) == 0
    page = amira.submit(
        page, {"left_out_reason": "parents-wish"}, button="Arrange the meeting and invite"
    )
    assert page.errors == {"left_out_note": "Say in a few words why they are not invited"}
    page = amira.submit(
        page,
        {"left_out_note": "She asked for a first talk alone"},
        button="Arrange the meeting and invite",
    )
    assert "The partner agency is not invited. The parent asked for this." in page.text
    assert "She asked for a first talk alone" in page.text
    (event,) = gathering.trail(world, TrailEvent.outcome == "partner-not-invited")
    assert (event.kind, event.reason, event.record_ref) == (
        "invitation",
        "parents-wish",
        reference(page),
    )
    assert waiting(world, "Ben") == []


def test_with_nobody_of_the_partner_agency_on_the_case_its_team_can_be_asked_to_join(amira, world):
    """E10: the reason is offered, with a link to ask one of the partner's teams."""
    with world.session() as session:
        session.connection().execute(
            update(Involvement.__table__)
            .where(Involvement.__table__.c.account_id == world.account_id("Ben"))
            .values(starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))
        )
    page = amira.get(f"{MEETINGS}/arrange")
    assert page.field("left_out_reason") == "not-involved"
    assert page.links["Ask one of their teams to join"] == "/families/LANE-01/ask"
    assert arrange(amira).status == 200


def test_that_nobody_is_involved_is_no_reason_while_somebody_is(amira, world):
    page = arrange(amira, invite=[])
    page = amira.submit(
        page, {"left_out_reason": "not-involved"}, button="Arrange the meeting and invite"
    )
    assert "is on the case: choose another reason" in page.errors["left_out_reason"]
    assert world.count(Meeting) == 0


def test_a_chair_alone_does_not_stand_for_the_partner_agency(ben, amira):
    """E10: a conference chair is on the case for a meeting, and is nobody's worker."""
    arrange(ben, "Strategy discussion", chair="Hana")
    page = amira.get(f"{MEETINGS}/arrange")
    (hana,) = [
        str(box["value"])
        for box in page.main.select("input[name=invite]")
        if not box.has_attr("checked")
    ]
    assert "Hana Chair on the case" in page.text
    assert "left_out_reason" in arrange(amira, invite=[hana]).errors


def test_a_chair_and_a_minute_taker_are_on_the_case_until_some_days_after_the_meeting(
    ben, hana, world
):
    """S07: named on the meeting, they open the family for it, and no longer."""
    assert hana.get("/families/LANE-01/meetings").status == 404
    page = arrange(ben, chair="Hana", minute_taker="Hugo")
    assert {"Hana", "Hugo"} <= set(invitations(world))
    assert hana.get("/families/LANE-01/meetings").status == 200
    with world.session() as session:
        rows = session.execute(
            select(Involvement.role, Involvement.ends_on).where(
                Involvement.role.in_((CaseRole.CHAIR, CaseRole.MINUTE_TAKER))
            )
        ).all()
    assert {(role, ends) for role, ends in rows} == {
        (role, soon() + timedelta(days=SETTINGS.chair_stays_days))
        for role in (CaseRole.CHAIR, CaseRole.MINUTE_TAKER)
    }
    # A later day keeps them for longer; nobody is put on the case twice.
    change = ben.click(page, "Change (When and where)")
    ben.submit(change, {"day": soon(40)}, button="Save the change")
    with world.session() as session:
        ends = set(
            session.scalars(select(Involvement.ends_on).where(Involvement.role == CaseRole.CHAIR))
        )
    assert ends == {soon(40) + timedelta(days=SETTINGS.chair_stays_days)}


def test_a_chair_of_the_other_agency_is_not_offered(amira):
    page = amira.get(f"{MEETINGS}/arrange")
    with pytest.raises(AssertionError, match="does not offer"):
        option(page, "chair", "Hana")
    assert option(page, "chair", "Ben")


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"day": date(2020, 1, 6)}, "day", "The meeting must be in the future"),
        ({"day": date(2199, 1, 6)}, "day", "The meeting must be within two years: check the year"),
        ({"start": "25:00"}, "start", "Start must be a time, like 2:30pm"),
        ({"site": ""}, "site", "Choose the site"),
        ({"place": "video"}, "place_text", "Say where it is, or how to join"),
        ({"kind": "Choose one"}, "kind", "Choose what kind of meeting it is"),
        ({"purpose": "x" * 1001}, "purpose", None),
    ],
)
def test_what_cannot_be_arranged_is_refused_beside_its_field(ben, world, values, field, sentence):
    page = arrange(ben, **values)
    assert page.status == 422
    assert field in page.errors
    assert sentence is None or page.errors[field] == sentence
    assert world.count(Meeting) == 0
    assert waiting(world) == []


@pytest.mark.parametrize(
    "tampered",
    [
        {"invite": ["ZZZZ99999"]},
        {"invite": ["\x00", "x" * 5000]},
        {"chair": "ZZZZ99999"},
        {"kind": "ZZZZ99999"},
        {"site": "ZZZZ99999"},
        {"place": "on-the-moon"},
        {"minutes": "-5"},
        {"minutes": "60 or 1=1"},
        {"day-day": "31", "day-month": "2"},
        {"start": "\u202e2:30pm"},
    ],
)
def test_what_nobody_was_offered_is_refused(ben, world, tampered):
    page = ben.get(f"{MEETINGS}/arrange")
    values = {
        "kind": option(page, "kind", "Core group"),
        "day": soon(),
        "start": "2pm",
        "site": option(page, "site", "Northside"),
    }
    page = ben.submit(page, values, tampered=tampered, button="Arrange the meeting and invite")
    assert page.status == 422
    assert page.errors
    assert world.count(Meeting) == 0


def test_a_change_of_time_tells_everybody_and_a_change_of_purpose_nobody(ben, world):
    """The number of the event rises with what a calendar shows, and only with that."""
    page = arrange(ben)
    before = len(waiting(world))
    change = ben.click(page, "Change (When and where)")
    page = ben.submit(change, {"purpose": "Something else"}, button="Save the change")
    assert len(waiting(world)) == before
    change = ben.click(page, "Change (When and where)")
    page = ben.submit(change, {"start": "4pm"}, button="Save the change")
    assert "Everybody invited is told." in page.soup.get_text()
    assert [m.kind for m in waiting(world)[before:]] == ["update", "update"]
    with world.session() as session:
        assert session.scalars(select(Meeting.sequence)).all() == [1]


def test_two_people_who_change_a_meeting_both_keep_their_words(ben, amira):
    """Two people editing: the second sees what stands now, and what they wrote themselves."""
    page = arrange(ben)
    address = f"{page.path}/change"
    mine, theirs = ben.get(address), amira.get(address)
    assert ben.submit(mine, {"start": "4pm"}, button="Save the change").status == 200
    late = amira.submit(theirs, {"start": "11am"}, button="Save the change")
    assert late.status == 409
    assert "4pm" in late.text
    assert late.field("start") == "11am"
    settled = amira.submit(late, button="Save the change")
    assert settled.status == 200
    assert "11am to midday" in settled.text


def test_a_cancelled_meeting_says_why_and_takes_no_more_answers(ben, amira, world):
    """E11: the reason is on the page and never in the mail."""
    page = arrange(ben)
    cancel = ben.click(page, "Cancel (When and where)")
    assert ben.submit(cancel, button="Cancel the meeting").errors == {
        "reason": "Say why it is cancelled"
    }
    page = ben.submit(cancel, {"reason": "Mia is in hospital"}, button="Cancel the meeting")
    assert "This meeting is cancelled. Mia is in hospital" in page.text
    assert [m.kind for m in waiting(world, "Amira")] == ["invitation", "cancellation"]
    assert "Mia" not in gathering.letter(world, waiting(world, "Amira")[1]).message.as_string()
    hers = amira.get(page.path)
    assert "Are you coming?" not in hers.text
    assert amira.post(f"{page.path}/reply", {"reply": "accepted"}).status == 403
    assert ben.get(f"{page.path}/change").status == 403
    (event,) = gathering.trail(world, TrailEvent.outcome == "cancelled")
    assert event.record_ref == reference(page)


def test_the_pages_of_meetings_take_few_statements(ben, statements):
    page = arrange(ben, chair="Hana", minute_taker="Hugo")
    for address, most in ((MEETINGS, 10), (page.path, 12), (f"{MEETINGS}/arrange", 12)):
        statements.clear()
        assert ben.get(address).status == 200
        assert len(statements) <= most, (address, len(statements))


def test_a_double_press_arranges_one_meeting_and_sends_one_mail_each(ben, world):
    form = ben.get(f"{MEETINGS}/arrange")
    values = {
        "kind": option(form, "kind", "Core group"),
        "day": soon(),
        "start": "2pm",
        "site": option(form, "site", "Northside"),
    }
    first = ben.submit(form, values, button="Arrange the meeting and invite")
    second = ben.submit(form, values, button="Arrange the meeting and invite")
    assert first.path == second.path
    assert world.count(Meeting) == 1
    assert len(waiting(world, "Amira")) == 1
