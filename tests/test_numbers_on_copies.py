"""The parent's copy says whom to call today, and a copy with old numbers is to be printed again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import directory_records
import records
from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.models.meetings import Invitation
from coordinator.vocabulary import Reply
from page import Client


def test_a_copy_says_who_covers_today_and_one_with_old_numbers_is_printed_again(amira, ben, world):
    """P12, J05 step 7: numbers, hours, cover and out of hours, from the directory."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        meeting = writer.meeting("Amira", "Hana", ["Amira", "Ben"])
        meeting.starts_at = world.moment.now - timedelta(hours=3)
        session.add(
            Invitation(
                meeting_id=meeting.id,
                person_id=writer.first_person(),
                invited_by_id=meeting.author_id,
                invited_at=world.moment.now,
                reply=Reply.ACCEPTED,
            )
        )
        session.flush()
        path = f"/meetings/{meeting.reference}/copy"
    page = amira.get(path)
    for words in ("Everybody’s numbers", "Amira, care coordinator", "Out of hours", "call 999"):
        assert words in page.text
    page = amira.get(f"{path}/given")
    (value,) = [o["value"] for o in page.soup.select("option") if o["value"]]
    amira.submit(page, {"invitation": value}, button="Write it down")
    assert "Old numbers" not in amira.get(path).text
    with world.does("Amira") as (session, _):
        writer = records.Writer.of(session, world.moment, world.family)
        directory_records.away(writer, "Amira", "Paula")
        cover = session.scalars(select(Account.phone).where(Account.name == "Paula")).one()
    page = ben.get(path)
    assert "Old numbers" in page.text
    assert "Paula acts for Amira" in page.text
    assert cover[-4:] in page.text
    assert "Paula acts for Amira" in ben.get("/families/LANE-01/openness/copy").text
    with clock.standing_at(clock.now() + timedelta(days=5)):
        page = Client(ben.app).sign_in("Ben").get(path)
        assert "acts for" not in page.text
        assert "Old numbers" not in page.text
