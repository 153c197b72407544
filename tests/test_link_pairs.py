"""Pairs of link workers: named, reviewed every set period, told when an end is missing (E03)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

import pair_records
from coordinator import clock
from coordinator.access.pair_rules import LinkPairInSight
from coordinator.errors import InvalidError
from coordinator.models.departures import Departure
from coordinator.models.directory import PostHolding
from coordinator.models.link_pairs import LinkPair
from coordinator.services import link_pairs
from page import Client
from waiting_list import rows
from writer import Writer

SOUTH = "Southgate Family Support"


def paired(world, east: str = "Eastway") -> str:
    """Pair Northside's link worker with another team's; return the pair's address."""
    with world.does("Farah") as (session, _):
        writer = Writer.of(session, world.moment, world.family)
        return f"/link-pairs/{pair_records.pair(writer, east=east).reference}"


def pairs_on_today(client: Client) -> list[str]:
    """Return the rows of Today that ask whether a pair works."""
    page = client.get("/today")
    found = [r for g in ("late", "today", "this-week") for r in rows(page, g)]
    return [row for row in found if "your pair with" in row]


def test_either_link_worker_or_an_administrator_names_a_pair_of_one_post_of_each_side(
    cerys, farah, world
):
    """E03: Cerys pairs her own post and no other; it stands on her queue and her post's page."""
    form = cerys.click(cerys.get("/link-requests"), "Name one")
    assert len(form.soup.select("input[name=cmht]")) == 1
    own = form.soup.select_one("input[name=cmht]")["value"]
    theirs = pair_records.box(form, "csc", "Eastway Family Support: Colm")
    page = cerys.submit(form, {"csc": theirs})
    assert "Nobody has said yet whether it works." in page.text
    assert "Northside CMHT and Eastway Family Support" in cerys.get("/link-requests").text
    assert "Whom this post is paired with" in cerys.get(f"/directory/posts/{own}").text
    twice = farah.submit(farah.get("/link-pairs/name"), {"cmht": own, "csc": theirs})
    assert twice.errors == {"csc": "These two are a pair already"}
    assert world.count(LinkPair) == 1


def test_each_end_is_asked_every_period_and_confirms_with_one_press_and_a_note(app, world):
    """E03: on Today of both holders; one press takes it off one's own; what was said stays."""
    home = paired(world)
    assert pairs_on_today(Client(app).sign_in("Cerys")) == []
    with clock.standing_at(clock.now() + timedelta(days=184)):
        cerys, colm, bella = (Client(app).sign_in(name) for name in ("Cerys", "Colm", "Bella"))
        assert len(pairs_on_today(cerys)) == len(pairs_on_today(colm)) == 1
        assert "Late" in pairs_on_today(colm)[0]
        cerys.submit(cerys.get("/today"), button="It works")
        assert pairs_on_today(cerys) == []
        assert len(pairs_on_today(colm)) == 1
        assert bella.get(home).status == 403
        form = colm.click(colm.get(home), "It works, with a note")
        page = colm.submit(form, {"note": "We ring on Fridays now"})
        assert pairs_on_today(colm) == []
        assert page.main.get_text().count("It works") >= 3
        assert "We ring on Fridays now" in page.text
        wrong = colm.submit(colm.click(page, "It works no longer"))
        assert wrong.errors == {"note": "Say why the pair works no longer"}
        colm.submit(wrong, {"note": "The teams were drawn anew"})
        assert "The teams were drawn anew" in colm.get(home).text
        assert "No pair is named yet." in colm.get("/link-pairs").text


def test_a_note_on_a_pair_names_no_family_of_its_writers(world):
    """E03: the stop of *ask a colleague* stands before the note, too."""
    with world.does("Ben") as (session, actor):
        pair = LinkPairInSight(1, "X", frozenset({1}), ended=False)
        with pytest.raises(InvalidError, match="Kim"):
            link_pairs.review(session, actor, world.moment, pair, "We talked about Kim")


@pytest.mark.parametrize("way", ["left", "leaves", "departs"])
def test_an_end_without_a_holder_is_reported_and_told_once_to_its_manager(app, world, way):
    """E03: to the administrator and both managers, with the deputy; Dev is told on Today, once."""
    paired(world)
    with world.does("Farah") as (session, actor):
        writer = Writer.of(session, world.moment, world.family)
        post = pair_records.link_post(writer, "Eastway Family Support")
        holding = session.scalars(
            select(PostHolding).where(PostHolding.post_id == post, PostHolding.deputy.is_(False))
        ).one()
        if way == "departs":
            last = world.moment.today + timedelta(days=9)
            told = {"asked_by_id": actor.account_id, "asked_at": world.moment.now}
            session.add(Departure(account_id=holding.account_id, last_day=last, **told))
        else:
            days = -1 if way == "left" else 9
            holding.ends_on = world.moment.today + timedelta(days=days)
    dev, dana, farah = (Client(app).sign_in(name) for name in ("Dev", "Dana", "Farah"))
    for reader in (dev, dana, farah):
        text = reader.get("/link-pairs").text
        assert "One end is missing" in text
        assert "Meanwhile: Nia, deputy" in text
        assert ("Vacant" if way == "left" else "last day") in text
    words = "has no link worker" if way == "left" else "loses its link worker"
    mine = [row for row in rows(dev.get("/today"), "today") if "link worker" in row]
    assert len(mine) == 1
    assert f"Eastway Family Support {words}" in mine[0]
    assert "Meanwhile: Nia, deputy" in mine[0]
    assert words not in dana.get("/today").text
    dev.submit(dev.get("/today"), button="I have read it")
    assert words not in dev.get("/today").text
    assert "One end is missing" in dev.get("/link-pairs").text


def test_a_vacant_post_in_no_pair_is_reported_too(farah, world):
    """E03: Southgate has no link worker; its deputy is named, and the way to name somebody."""
    page = farah.get("/link-pairs")
    assert SOUTH in page.text
    assert "in no pair" in page.text
    assert "Meanwhile: Omar, deputy" in page.text
    assert "/holder" in page.links[f"Name somebody for {SOUTH}"]
