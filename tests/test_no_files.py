"""Coordination only: words, and no file of any kind (spec/sharing.md, base rules)."""

from io import BytesIO
from pathlib import Path

import coordinator
from casework import ADD
from coordinator.models.sharing import Note
from planning import PLAN, start

CODE = Path(coordinator.__file__).parent
HERS = "Video feedback is offered. I saw in it how Mia looks for me."


def test_nowhere_can_a_file_be_picked():
    """I07: the tool accepts no video files."""
    for path in [*CODE.rglob("*.html"), *(CODE / "forms").glob("*.py")]:
        text = path.read_text()
        assert 'type="file"' not in text, path
        assert "FileField" not in text, path


def test_a_file_that_is_sent_all_the_same_is_refused_with_a_plain_reason(amira, world):
    """I07: Paula tries to upload a video, and it is refused with a plain reason."""
    sent = {
        "csrf_token": amira.csrf_token(),
        "text": "What the video shows",
        "level": "own-agency",
        "video": (BytesIO(b"moov"), "mia.mp4"),
    }
    page = amira.open("POST", ADD, follow=False, data=sent)
    assert page.status == 415
    assert page.h1 == "No file can be kept here"
    assert "write in a few words what it shows" in page.text
    assert world.count(Note) == 0


def test_the_plan_says_that_it_is_offered_and_what_the_parent_learned_in_her_words(amira):
    """I07: a short note in Kim's words can be saved."""
    start(amira)
    page = amira.get(f"{PLAN}/what-helps/add")
    amira.submit(page, {"text": HERS})
    assert HERS in amira.get(PLAN).text


def test_a_worry_that_rests_on_mental_health_leads_to_the_coordinator_or_link_worker_first(ben):
    """S05, the quick consult: to the coordinator, or to the team's desk, before it is judged."""
    page = ben.click(ben.get("/families/LANE-01/sharing"), "Ask for information")
    assert "Ask the care coordinator for their view first" in page.text
    offered = page.soup.select_one('select[name="whom"]').get_text(" ", strip=True)
    assert "Amira, Care coordinator" in offered
    assert "Northside CMHT" in offered
