"""A concern that rests on how somebody's mental health shows: was the coordinator's view asked?"""

from __future__ import annotations

from datetime import timedelta

from coordinator import clock

HOME = "/families/LANE-01"
NONE_YET = "No mental health view yet"


def write(client, **values):
    page = client.get(f"{HOME}/notes/add")
    return client.submit(
        page, {"text": "She did not open the door"} | values, button="Add the note"
    )


def test_a_concern_without_a_mental_health_view_says_so_until_the_view_is_given(amira, ben, world):
    """S05: saved with a reason, with a button to ask; the answer takes the mark away."""
    page = write(ben, mental_health="not-sought")
    assert (page.status, page.errors) == (422, {"why_not_sought": "Say why not yet"})
    page = write(ben, mental_health="not-sought", why_not_sought="It was late on Friday")
    assert page.status == 200, page.errors
    assert NONE_YET in page.text
    assert "It was late on Friday" in page.text
    assert NONE_YET not in amira.get(f"{HOME}/sharing").text

    asking = ben.get(page.links["Ask the care coordinator"])
    chosen = asking.soup.select_one("select[name=whom] option[selected]")
    assert "Amira" in chosen.get_text()
    soon = clock.today() + timedelta(days=2)
    asked = ben.submit(
        asking,
        {
            "what": "How is she, and what should I look out for?",
            "decision": "Whether I visit on Monday",
            "due_on-day": str(soon.day),
            "due_on-month": str(soon.month),
            "due_on-year": str(soon.year),
        },
        button="Ask",
    )
    assert asked.status == 200, asked.errors
    sharing = ben.get(f"{HOME}/sharing").text
    assert NONE_YET not in sharing
    assert "Mental health view asked for" in sharing
    # Of the note itself the other agency is told no more than the notice says.
    page = amira.get(asked.path)
    assert "did not open" not in page.html
    answered = amira.submit(
        amira.get(f"{asked.path}/answer"),
        {"answer": "full", "text": "She sleeps in the day", "parent_told": "yes"},
        button="Send the answer",
    )
    assert answered.status == 200, answered.errors
    assert "Mental health view given" in ben.get(f"{HOME}/sharing").text


def test_a_concern_whose_view_was_sought_needs_no_mark(ben):
    page = write(ben, mental_health="sought")
    assert page.status == 200, page.errors
    assert NONE_YET not in page.text


def test_a_note_of_the_mental_health_team_is_not_asked_for_its_own_view(amira):
    assert "mental_health" not in amira.get(f"{HOME}/notes/add").html
