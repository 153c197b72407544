"""The rules that start clocks: versioned data, changed by a manager for the area (issue 4, 9)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from clock_steps import (
    CLOCKS,
    change_limit,
    days_later,
    deadlines,
    record_event,
    rule_reference,
    running,
)
from coordinator import clock
from coordinator.models.clock_rules import ClockRule
from coordinator.models.trail import TrailEvent
from coordinator.working_days import working_days_between
from page import Client

FIRST_SET = 24


def test_everybody_reads_the_limits_with_their_source_and_whose_they_are(amira, farah):
    page = amira.get("/clocks")
    assert "15 working days" in page.text
    assert "A section 47 enquiry was started" in page.text
    assert "Norfolk" in page.text
    assert "72 hours" in page.text
    assert "Our own default" in page.text
    assert "Local procedure" in page.text
    assert "2 working days before" in page.text
    assert len(page.soup.select(".co-row")) == FIRST_SET
    assert "Change" not in page.main.get_text()
    assert farah.get("/clocks").status == 200


def test_a_manager_changes_a_limit_for_the_area_with_a_reason(dev, world):
    """Issue 4, 9: a new version from a date; the history says who set it and why."""
    page = change_limit(dev, world, "core-group-first", limit="8", reason="Agreed on 3 May")
    assert "Set for this area by Dev" in page.text
    assert "Agreed on 3 May" in page.text
    assert "10 working days" in page.text
    rows = [row.get_text() for row in dev.get("/clocks").soup.select(".co-row")]
    assert any("First core group" in row and "8 working days" in row for row in rows)
    with world.session() as session:
        versions = session.scalars(
            select(ClockRule).where(ClockRule.code == "core-group-first").order_by(ClockRule.id)
        ).all()
        assert [one.limit for one in versions] == [10, 8]
        assert [one.local_override for one in versions] == [False, True]
    assert world.count(TrailEvent, TrailEvent.record_kind == "clock_rules") == 1


def test_a_deadline_that_exists_keeps_the_version_it_was_counted_by(ben, dev, world):
    """Issue 4, 9: old deadlines keep the version they had."""
    record_event(ben, "referral")
    before = deadlines(world)["assessment"]
    change_limit(dev, world, "assessment", limit="20")
    after = deadlines(world)["assessment"]
    assert (after.id, after.due_on, after.rule_id) == (before.id, before.due_on, before.rule_id)
    assert "45 working days after" in ben.get(CLOCKS).text
    with days_later(3):
        record_event(Client(world.app).sign_in("Ben"), "referral")
    later = deadlines(world)["assessment"]
    assert later.rule_id != before.rule_id
    assert working_days_between(clock.local(later.started_at).date(), later.due_on) == 20


def test_what_happened_before_the_change_is_counted_by_the_limit_of_its_day(ben, dev, world):
    change_limit(dev, world, "assessment", limit="20")
    record_event(ben, "referral", day=clock.today() - timedelta(days=1))
    assert "45 working days after" in ben.get(CLOCKS).text


def test_a_limit_that_holds_from_a_later_day_is_not_used_before(ben, dev, world):
    change_limit(
        dev, world, "referral-response", limit="9", from_date=clock.today() + timedelta(days=30)
    )
    record_event(ben, "referral")
    with world.session() as session:
        limit = session.scalar(
            select(ClockRule.limit).where(
                ClockRule.id == deadlines(world)["referral-response"].rule_id
            )
        )
    assert limit == 1
    assert "9 working days" in ben.get("/clocks").text


def test_the_area_says_what_the_conference_is_counted_from(dev, ben, world):
    """R4: Lincolnshire counts from the last strategy discussion."""
    change_limit(dev, world, "initial-conference", starts_with="strategy-discussion")
    record_event(ben, "strategy-discussion")
    first = deadlines(world)["initial-conference"]
    with days_later(3):
        record_event(Client(world.app).sign_in("Ben"), "strategy-discussion")
    last = running(world)["initial-conference"]
    assert last.due_on > first.due_on
    assert "Counted anew" in ben.get(CLOCKS).text


def test_only_a_manager_of_the_agency_that_keeps_it_changes_a_limit(dana, dev, ben, world):
    core_group = f"/clocks/{rule_reference(world, 'core-group-first')}/change"
    follow_up = f"/clocks/{rule_reference(world, 'discharge-follow-up')}/change"
    assert (dana.get(core_group).status, dev.get(core_group).status) == (403, 200)
    assert (dana.get(follow_up).status, dev.get(follow_up).status) == (200, 403)
    assert ben.get(core_group).status == 403


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"limit": "0"}, "limit", "Enter a number between 1 and 400"),
        ({"limit": "ten"}, "limit", "Enter a number between 1 and 400"),
        ({"reason": ""}, "reason", "Say why the limit changes"),
    ],
)
def test_a_limit_that_is_none_is_refused_beside_its_field(dev, world, values, field, sentence):
    page = change_limit(dev, world, "core-group-first", **values)
    assert page.status == 422
    assert page.errors[field] == sentence


def test_a_limit_does_not_hold_for_the_past(dev, world):
    page = change_limit(dev, world, "core-group-first", from_date=clock.today() - timedelta(days=1))
    assert "from today on" in page.errors["from_date"]


def test_of_two_managers_who_change_a_limit_the_second_sees_the_first(dev, world):
    form = dev.get(f"/clocks/{rule_reference(world, 'core-group-first')}/change")
    change_limit(dev, world, "core-group-first", limit="8", reason="Agreed")
    page = dev.submit(form, {"limit": "7", "reason": "No"}, button="Change the limit")
    assert page.status == 409
    assert "8" in page.text
