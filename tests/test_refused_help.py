"""Help that a parent asked for, and that was refused."""

from datetime import timedelta

from checks import words
from coordinator import clock
from page import Client
from test_openness import HOME, add, follow, parts


def test_help_that_is_refused_needs_a_reason_an_alternative_and_a_day_to_look_again(
    amira, ben, dana, world
):
    """P02: it stands, can be questioned, comes back on Today, counts in the report."""
    add(amira, "asked-for-help", what="A mother and baby unit")
    home = amira.get(HOME)
    page = amira.submit(follow(amira, home, "What became of it?"), {"answer": "refused"})
    assert page.status == 422
    assert set(page.errors) == {"why", "alternative", "review_on"}
    again = world.moment.today + timedelta(days=10)
    refusal = {
        "answer": "refused",
        "why": "Not ill enough",
        "alternative": "A night nurse twice a week",
        "questioned": "Amira asked the consultant to look again",
        **parts("review_on", again),
    }
    page = amira.submit(page, refusal)
    assert page.status == 200, page.errors
    text = ben.get(HOME).text
    assert all(said in text for said in ("Not ill enough", "A night nurse", "look again"))
    assert "Ask for the help again" not in amira.get("/today").text
    with clock.standing_at(clock.now() + timedelta(days=10)):
        assert "Ask for the help again" in Client(world.app).sign_in("Amira").get("/today").text
    tables = dana.get("/meeting-figures").soup.find_all("table")
    table = next(one for one in tables if "Was the help given" in words(one.caption))
    assert [words(cell) for cell in table.find_all("td")][-4:] == ["1", "0", "1", "0"]
