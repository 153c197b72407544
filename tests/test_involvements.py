"""Who works with a family: colleagues, the lead, leaving, and the other agency's duty desk."""

from datetime import timedelta

from sqlalchemy import select

from casework import WHY, ask, case_of_amira_alone, choice, offers
from coordinator import clock
from coordinator.models.families import Involvement, JoinRequest

PEOPLE = "/families/LANE-01/people"


def add(client, name, **values):
    page = client.get("/families/LANE-01/workers/add")
    return client.submit(page, {"worker": choice(page, "worker", name), **values})


def involvement_of(world, name):
    with world.session() as session:
        return session.scalars(
            select(Involvement.reference)
            .where(Involvement.account_id == world.account_id(name))
            .order_by(Involvement.id)
        ).first()


def leave(client, world, name, day=None, **values):
    page = client.get(f"/involvements/{involvement_of(world, name)}/end")
    return client.submit(
        page, {"off_from": day or clock.today(), "reason": "Moved to another team", **values}
    )


def request_of(world):
    with world.session() as session:
        return (
            "/join-requests/"
            + session.scalars(select(JoinRequest.reference).order_by(JoinRequest.id.desc())).first()
        )


def test_a_worker_puts_a_colleague_of_the_same_agency_on_the_case(amira, paula):
    assert paula.get("/families/LANE-01").status == 404
    assert "Paula" in add(amira, "Paula").text
    assert paula.get("/families/LANE-01").status == 200


def test_only_colleagues_of_ones_own_agency_who_are_not_on_the_case_are_offered(amira, ben):
    page = amira.get("/families/LANE-01/workers/add")
    offered = " ".join(offers(page, "worker"))
    assert "Gus" in offered
    for name in ("Amira", "Ben", "Bella", "Dana", "Farah"):
        assert name not in offered
    his = choice(ben.get("/families/LANE-01/workers/add"), "worker", "Bella")
    refused = amira.submit(page, {}, tampered={"worker": his})
    assert refused.status == 422


def test_a_manager_puts_somebody_of_the_own_agency_on_the_case(dana, dev, paula):
    assert "Paula" in add(dana, "Paula").text
    assert paula.get("/families/LANE-01").status == 200
    assert "Bella" in add(dev, "Bella").text


def test_a_worker_who_is_taken_off_today_sees_nothing_at_the_next_request(amira, paula, world):
    add(amira, "Paula")
    page = leave(amira, world, "Paula")
    assert "Paula leaves the case" in page.text
    assert "Worked with them before" in page.text
    assert paula.get("/families/LANE-01").status == 404


def test_a_worker_may_leave_from_a_day_to_come(amira, paula, world):
    add(amira, "Paula")
    leave(amira, world, "Paula", clock.today() + timedelta(days=3))
    assert paula.get("/families/LANE-01").status == 200
    assert "off the case after" in amira.get(PEOPLE).text


def test_a_worker_cannot_leave_in_the_past(amira, world):
    add(amira, "Paula")
    page = leave(amira, world, "Paula", clock.today() - timedelta(days=1))
    assert page.errors == {"off_from": "Choose today or a day to come"}


def test_the_lead_cannot_leave_without_somebody_who_leads_from_then_on(amira, paula, world):
    add(amira, "Paula")
    page = leave(amira, world, "Amira")
    assert page.status == 422
    assert page.errors == {"new_lead": "Choose who leads for your agency from now on"}
    after = amira.submit(page, {"new_lead": choice(page, "new_lead", "Paula")})
    assert after.status == 404
    assert "Paula Leads" in paula.get(PEOPLE).text


def test_the_last_worker_of_an_agency_cannot_leave(amira, world):
    page = leave(amira, world, "Amira")
    assert page.status == 422
    assert "last worker" in page.errors[""]
    assert amira.get("/families/LANE-01").status == 200


def test_one_worker_leads_for_each_agency_and_the_lead_is_handed_over_in_one_press(amira, ben):
    page = add(amira, "Paula")
    assert page.text.count("Leads") == 2
    page = amira.submit(page, {}, button="Make lead worker")
    assert "Paula Leads" in page.text
    assert "Amira Leads" not in page.text
    assert "Ben Leads" in page.text


def test_nobody_changes_the_involvement_of_the_other_agency(amira, ben, dana, world):
    address = f"/involvements/{involvement_of(world, 'Ben')}"
    for client in (amira, dana):
        assert client.get(f"{address}/end").status == 403
        assert client.post(f"{address}/lead").status == 403
        assert f"{address}/end" not in client.get(PEOPLE).links.values()
    assert ben.get(f"{address}/end").status == 200


def test_an_involvement_of_a_family_out_of_sight_is_as_one_that_does_not_exist(bella, world):
    for verb in ("end", "lead"):
        there = bella.post(f"/involvements/{involvement_of(world, 'Ben')}/{verb}")
        assert there.status == 404
        assert there.body == bella.post(f"/involvements/ZZZZZZZZZ/{verb}").body


def test_an_asked_team_sees_the_reference_and_who_asks_and_nothing_of_the_family(
    amira, bella, dev, world
):
    family = case_of_amira_alone(amira)
    page = ask(amira, family)
    assert "Waiting for an answer" in page.text
    assert WHY in page.text
    for client in (bella, dev):
        assert f"Name a worker for family {family}" in client.get("/families").links
        shown = client.get(request_of(world))
        for words in (family, "Amira", "Northside Mental Health", WHY):
            assert words in shown.text
        for page_of_the_team in (shown, client.get("/families")):
            assert "Walter" not in page_of_the_team.html
            assert "Pike" not in page_of_the_team.html
        assert client.get(f"/families/{family}").status == 404


def test_a_request_to_another_team_is_as_one_that_does_not_exist(amira, gus, esi, hana, world):
    ask(amira, case_of_amira_alone(amira))
    for client in (amira, esi, hana, gus):
        there = client.get(request_of(world))
        assert there.status == 404
        assert there.body == client.get("/join-requests/ZZZZZZZZZ").body
        assert client.post(f"{request_of(world)}/accept", {"worker": "x"}).status == 404


def test_a_team_accepts_with_a_worker_who_is_on_the_case_and_leads(amira, bella, ben, world):
    """J01, 2: other agency involved."""
    family = case_of_amira_alone(amira)
    ask(amira, family)
    page = bella.click(bella.get(request_of(world)), "Name a worker")
    assert "Amira" not in " ".join(offers(page, "worker"))
    page = bella.submit(page, {"worker": choice(page, "worker", "Bella")})
    assert page.path == f"/families/{family}"
    people = amira.get(f"/families/{family}/people")
    assert "Bella Leads" in people.text
    assert "Accepted" in people.text
    assert ben.get(f"/families/{family}").status == 404
    assert "Name a worker" not in ben.get(request_of(world)).links


def test_who_names_a_colleague_does_not_come_on_the_case_by_that(amira, ben, bella, world):
    family = case_of_amira_alone(amira)
    ask(amira, family)
    page = bella.get(f"{request_of(world)}/accept")
    page = bella.submit(page, {"worker": choice(page, "worker", "Ben")})
    assert page.path == request_of(world)
    assert bella.get(f"/families/{family}").status == 404
    assert ben.get(f"/families/{family}").status == 200


def test_a_team_declines_with_a_reason_that_the_asker_reads(amira, bella, world):
    family = case_of_amira_alone(amira)
    ask(amira, family)
    page = bella.get(f"{request_of(world)}/decline")
    assert bella.submit(page, {}).status == 422
    page = bella.submit(page, {"reason": "Try the north team"})
    assert "Declined" in page.text
    people = amira.get(f"/families/{family}/people")
    assert "Declined" in people.text
    assert "Try the north team" in people.text
    assert "asked to join" not in bella.get("/families").text


def test_an_answered_request_takes_no_second_answer(amira, bella, ben, world):
    ask(amira, case_of_amira_alone(amira))
    late = ben.get(f"{request_of(world)}/decline")
    bella.submit(bella.get(f"{request_of(world)}/decline"), {"reason": "No room"})
    assert ben.submit(late, {"reason": "Also no"}).status == 403


def test_a_team_that_has_not_answered_is_not_asked_twice(amira):
    family = case_of_amira_alone(amira)
    ask(amira, family)
    page = ask(amira, family)
    assert page.status == 422
    assert "has not answered yet" in page.errors["team"]


def test_only_teams_of_the_other_agency_are_asked(amira):
    page = amira.get("/families/LANE-01/ask")
    teams = " ".join(offers(page, "team"))
    assert "Eastway" in teams
    assert "Northside" not in teams
    assert "Coordinator office" not in teams
