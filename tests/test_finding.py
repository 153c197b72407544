"""Finding: is this family known, and whom to call?  An exact match, with a reason (E09)."""

import pytest
from sqlalchemy import select

import records
from coordinator import clock
from coordinator.models.families import Involvement, Person
from coordinator.models.trail import TrailEvent
from coordinator.settings import SETTINGS
from coordinator.vocabulary import EventKind

NUMBER = "999 000 0026"


@pytest.fixture
def born_on(world):
    with world.session() as session:
        return session.scalars(select(Person.born_on).where(Person.name == "Kim Lane")).one()


def find(client, **values):
    return client.submit(client.get("/families/find"), {"reason": "referral", **values})


def searches(world):
    with world.session() as session:
        return session.scalars(
            select(TrailEvent).where(TrailEvent.kind == EventKind.SEARCH).order_by(TrailEvent.seq)
        ).all()


def test_a_worker_learns_that_a_family_is_known_and_whom_to_call(bella, born_on):
    """E09."""
    page = find(bella, name="Kim Lane", born_on=born_on)
    assert page.h1 == "Known"
    for words in ("Amira", "Northside Mental Health", "01632 960100", "Ben"):
        assert words in page.text.replace("01632 960 100", "01632 960100")


def test_who_is_not_on_the_case_learns_nothing_else(bella, born_on):
    """E09: only that she is known and whom to call."""
    page = find(bella, name="Kim Lane", born_on=born_on)
    for words in ("Kim", "Lane", "Leo", "Mia", "Nate", "LANE-01", "Moss"):
        assert words not in page.html.replace("Northside", "")


def test_who_is_on_the_case_is_led_to_it(ben, born_on):
    page = find(ben, name="Kim Lane", born_on=born_on)
    assert "/families/LANE-01" in page.links.values()


def test_nothing_that_is_typed_stands_in_an_address(bella, born_on):
    page = find(bella, name="Kim Lane", born_on=born_on)
    assert page.path == "/families/find"
    assert bella.get("/families/find?name=Kim+Lane").field("name") == ""


def test_a_search_without_a_reason_is_refused_and_not_made(bella, born_on, world):
    """E09."""
    page = find(bella, name="Kim Lane", born_on=born_on, reason=None)
    assert page.status == 422
    assert "reason" in page.errors
    assert page.field("name") == "Kim Lane"
    assert searches(world) == []


def test_the_match_is_exact_but_for_case_and_spaces(bella, born_on):
    assert find(bella, name="  kim   LANE ", born_on=born_on).h1 == "Known"
    for name in ("Kim", "Kim Lan", "Kim Lane-Moss", "%", "Kim_Lane"):
        assert find(bella, name=name, born_on=born_on).h1 == "Not known"
    assert find(bella, name="Kim Lane", born_on=clock.today()).h1 == "Not known"


def test_a_name_alone_is_not_enough(bella):
    page = find(bella, name="Kim Lane")
    assert page.status == 422
    assert page.errors == {"born_on": "Enter the date of birth that goes with the name"}
    assert find(bella).errors["name"].startswith("Enter a full name")


def test_an_nhs_number_alone_is_enough(amira, bella, born_on):
    link = "Change the details of Kim Lane"
    page = amira.click(amira.get("/families/LANE-01/people"), link)
    amira.submit(page, {"nhs_number": NUMBER})
    assert find(bella, nhs_number=NUMBER).h1 == "Known"
    assert find(bella, nhs_number=NUMBER.replace(" ", "")).h1 == "Known"
    assert find(bella, nhs_number="999 000 0018").h1 == "Not known"
    assert "nhs_number" in find(bella, nhs_number="999 000 0019").errors


def test_the_search_and_its_reason_are_in_the_trail_and_what_was_typed_is_not(
    bella, born_on, world
):
    """E09."""
    find(bella, name="Kim Lane", born_on=born_on, reason="child-at-risk")
    find(bella, name="Nobody Atall", born_on=born_on)
    known, unknown = searches(world)
    assert (known.outcome, known.reason) == ("known", "child-at-risk")
    assert known.actor_id == world.account_id("Bella")
    assert known.family_id is not None
    assert (unknown.outcome, unknown.reason, unknown.family_id) == ("unknown", "referral", None)
    for event in (known, unknown):
        assert event.towards_id is None
        assert "Kim" not in str(vars(event))
        assert "Atall" not in str(vars(event))


def test_an_unknown_person_and_another_unknown_person_get_the_same_page(bella, born_on):
    pages = [find(bella, name=name, born_on=born_on) for name in ("Al Alone", "Bo Below")]
    assert pages[0].body == pages[1].body


def test_only_who_does_case_work_or_oversees_it_may_ask(dana, elif_, farah, hana):
    for client in (dana, elif_):
        assert client.get("/families/find").status == 200
        assert "Is a family known?" in client.get("/families").links
    for client in (farah, hana):
        assert client.get("/families/find").status == 403
        assert "Is a family known?" not in client.get("/families").links


def test_who_asks_about_one_family_after_another_is_stopped(bella, born_on, world, monkeypatch):
    monkeypatch.setitem(SETTINGS.__dict__, "searches_an_hour", 3)
    for _ in range(3):
        assert find(bella, name="Kim Lane", born_on=born_on).h1 == "Known"
    page = find(bella, name="Kim Lane", born_on=born_on)
    assert page.status == 422
    assert "as often as one hour allows" in page.errors[""]
    assert len(searches(world)) == 3


def test_a_family_on_which_nobody_works_any_more_has_a_duty_line(bella, ben, born_on, world):
    with world.does("Amira") as (session, _actor):
        for worker in session.scalars(select(Involvement)):
            worker.starts_on = worker.ends_on = clock.today().replace(year=2020)
    page = find(bella, name="Kim Lane", born_on=born_on)
    assert page.h1 == "Known"
    assert "Northside CMHT" in page.text
    assert "Amira" not in page.text
    assert "Nobody of this team works with the family now" in page.text


def test_a_lead_opens_no_more_families_than_an_hour_allows(elif_, world, monkeypatch):
    """Threats, 20: an alert at 60, a stop at 120; whoever works with a family is never stopped."""
    assert SETTINGS.families_an_hour == 120
    monkeypatch.setitem(SETTINGS.__dict__, "families_an_hour", 1)
    with world.session() as session:
        other = records.another_family(session, world.moment, "Pat Row", "", ["Cerys"])["family"]
    elif_.submit(elif_.get(f"/families/{other}"), {"reason": "A call from a school"})
    assert elif_.get(f"/families/{other}/plan").status == 200
    page = elif_.submit(elif_.get("/families/LANE-01"), {"reason": "A call from a neighbour"})
    assert page.status == 422
    assert "as one hour allows" in page.errors["reason"]
    assert "A call from a neighbour" in page.html
