"""Who looked at this family: a page for those who oversee it, and a command at the server."""

import csv
import io

import pytest
from sqlalchemy import select

from coordinator.models.families import Person
from coordinator.models.trail import TrailEvent
from coordinator.settings import Settings
from coordinator.vocabulary import EventKind, Level
from looking import happens, lane, yesterday
from writer import Writer

HOME = "/families/LANE-01/looks"


def shown(page):
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in page.main.select("tbody tr")
    ]


def test_a_manager_reads_who_looked_for_which_agency_at_what_and_when(dana, amira, ben):
    """D21: all views; a parent may ask who looked."""
    amira.get("/families/LANE-01/plan")
    ben.get("/families/LANE-01")
    page = dana.click(dana.get("/families/LANE-01/sharing"), "Who looked at this family")
    assert page.path == HOME
    newest_first = [(who, agency, what) for _when, who, agency, what, _why in shown(page)]
    assert newest_first[0][0] == "Dana"
    assert ("Ben", "Eastway Children’s Services", "looked at the family’s pages") in newest_first
    assert ("Amira", "Northside Mental Health", "looked at the plan") in newest_first
    assert [who for who, *_ in newest_first].index("Ben") < [who for who, *_ in newest_first].index(
        "Amira"
    )


def test_a_lead_gives_a_reason_first_and_her_own_agency_reads_it(elif_, dana, dev):
    assert elif_.get(HOME, follow=False).status == 302
    page = elif_.get(HOME)
    elif_.submit(page, {"reason": "A complaint by the parent"})
    assert "A complaint by the parent" in elif_.get(HOME).text
    assert "A complaint by the parent" in dana.get(HOME).text
    other = dev.get(HOME)
    assert "Elif" in other.text
    assert "A complaint by the parent" not in other.html


def test_a_search_stands_there_with_its_reason(dana, bella, world):
    with world.session() as session:
        born = session.scalars(select(Person.born_on).where(Person.name == "Kim Lane")).one()
    bella.submit(
        bella.get("/families/find"), {"name": "Kim Lane", "born_on": born, "reason": "referral"}
    )
    rows = [row for row in shown(dana.get(HOME)) if row[1] == "Bella"]
    assert rows[0][3] == "asked whether a family is known"
    assert rows[0][4] == "A referral or a request that I am answering"


def test_a_look_at_what_the_reader_may_not_read_is_left_out(dana, dev, amira, world):
    """Noninterference: neither the row nor the number of pages tells of it."""
    before = len(shown(dev.get(HOME)))
    with world.session() as session:
        contact = Writer.of(session, world.moment, world.family).contact(
            "Amira", "Cerys", "Secret", Level.OWN_AGENCY
        )
        reference = contact.reference
    assert amira.get(f"/contacts/{reference}/correct").status == 200
    assert len(shown(dev.get(HOME))) == before + 1  # the reader's own look alone
    assert any(row[1] == "Amira" and "correct" in row[3] for row in shown(dana.get(HOME)))


def test_who_may_not_know_of_the_family_finds_no_page(dana, world):
    with world.session() as session:
        Writer.of(session, world.moment, world.family).keep_out("Dana")
    assert dana.get(HOME).html == dana.get("/families/ZZZZ99999/looks").html


def test_workers_on_the_case_do_not_watch_one_another(amira, ben):
    for client in (amira, ben):
        assert client.get(HOME).status == 403
        assert "Who looked" not in client.get("/families/LANE-01/sharing").text


def test_a_long_list_has_pages_that_neither_skip_nor_repeat(dana, world, monkeypatch):
    amira, family = world.account_id("Amira"), lane(world)
    for hour in range(5):
        happens(world, EventKind.LOOK, amira, yesterday(hour), family)
    monkeypatch.setattr("coordinator.reads.looks.SETTINGS", Settings(page_size=2))
    page, seen = dana.get(HOME), []
    while True:
        seen += [row[0] for row in shown(page) if row[1] == "Amira"]
        if "Older" not in page.links:
            break
        page = dana.click(page, "Older")
    assert len(seen) == 5
    assert "Newer" in page.links
    assert dana.get(f"{HOME}?before=nonsense").status == 200
    assert dana.get(f"{HOME}?after=9-9").status == 200


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["audit", "who-looked", *words])


def test_the_command_prints_a_table_and_stands_in_the_trail(run, amira, dana, world):
    """D21: whoever keeps the server answers a parent who asks."""
    amira.get("/families/LANE-01/plan")
    result = run("LANE-01")
    assert result.exit_code == 0, result.output
    rows = list(csv.reader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert rows[0] == ["When", "Who", "Acting for", "What", "Why", "Event"]
    assert rows[1][1:4] == ["Amira", "Northside Mental Health", "looked at the plan"]
    with world.session() as session:
        event = session.scalars(select(TrailEvent).where(TrailEvent.service == "shell")).one()
        assert (event.kind, event.action) == ("export", "audit.who-looked")
    assert "Somebody at the server" in dana.get("/audit").text
    assert "listed at the server who looked at the family" in dana.get(HOME).text


def test_the_command_takes_a_day_and_refuses_what_is_unknown(run, amira, world):
    happens(world, EventKind.LOOK, world.account_id("Amira"), yesterday(days=9), lane(world))
    amira.get("/families/LANE-01/plan")
    assert len(run("lane-01").stdout.splitlines()) == 3
    day = (world.moment.today).isoformat()
    assert len(run("LANE-01", "--since", day).stdout.splitlines()) >= 2
    assert run("ZZZZ99999").exit_code == 1
    assert "no family" in run("ZZZZ99999").output
    assert run("LANE-01", "--since", "soon").exit_code == 2


def test_the_help_says_that_the_rules_of_access_end_at_the_server(app):
    text = app.test_cli_runner().invoke(args=["audit", "who-looked", "--help"]).output
    assert "rules of access" in " ".join(text.split())
