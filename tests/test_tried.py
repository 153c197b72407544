"""Before this meeting: whether, when and by whom a given colleague was tried."""

from __future__ import annotations

from datetime import timedelta

from coordinator.models.contact_attempts import ContactAttempt
from coordinator.vocabulary import Level, Mechanism, Outcome


def cards(page):
    """Return each colleague's card: its title, and the cells of each act."""
    return {
        " ".join(card.select_one(".govuk-summary-card__title").text.split()): [
            [" ".join(cell.text.split()) for cell in row.select("th, td")]
            for row in card.select("tbody tr")
        ]
        for card in page.soup.select(".govuk-summary-card")
    }


def test_a_manager_sees_in_one_press_who_was_tried_before_a_meeting(writer, dana):
    """E59; J08: Ben tried Amira three times and invited her; each with time, method and outcome.

    What came after the meeting began, what was long ago, and a try that a later row corrects do
    not count.
    """
    meeting = writer.meeting("Ben", "Hana", ["Amira"])
    begins = meeting.starts_at
    tries = {
        (2, Outcome.NO_ANSWER): "one",
        (1, Outcome.LEFT_MESSAGE): "two",
        (0, Outcome.NO_ANSWER): "three",
        (-1, Outcome.REACHED): "after it began",
        (70, Outcome.REACHED): "long ago",
    }
    amira = writer.contact("Ben", "Amira", "wrong")
    said = {
        "account_id": amira.account_id,
        "contacted_agency_id": amira.contacted_agency_id,
        "mechanism": Mechanism.TELEPHONE,
    }
    for number, ((days, outcome), line) in enumerate(tries.items()):
        writer.add(
            ContactAttempt,
            "Ben",
            **said,
            line=line,
            attempted_at=begins - timedelta(days=days),
            outcome=outcome,
            corrects_id=None if number else amira.id,
        )
    writer.session.commit()
    page = dana.click(
        dana.get(f"/meetings/{meeting.reference}"), "Who was tried before this meeting"
    )
    found = cards(page)
    acts = found["Amira: invited, tried 3 times, not reached"]
    assert [act[1:] for act in acts] == [
        ["Ben", "Invitation", "No answer yet"],
        ["Ben", "Phone", "No answer"],
        ["Ben", "Phone", "Left a message"],
        ["Ben", "Phone", "No answer"],
    ]
    assert all(act[0] for act in acts)
    assert found["Ben: not invited, not tried"] == []
    in_audit = dana.click(page, "The same in the audit")
    assert "about LANE-01, until" in in_audit.text


def test_a_try_that_is_held_back_is_in_no_number(writer, dana):
    """E59, S32: what Eastway holds back, Northside's manager finds no trace of."""
    meeting = writer.meeting("Ben", "Hana", ["Amira"])
    writer.session.commit()
    address = f"/meetings/{meeting.reference}/tried"
    before = dana.get(address).text
    writer.contact("Ben", "Amira", "Held back", Level.OWN_AGENCY)
    writer.session.commit()
    assert dana.get(address).text == before
