"""Families: opening a case, saying who belongs to it, and the lists."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coordinator import clock
from coordinator.access.sights import Way
from coordinator.models.families import Family, Involvement, Person
from coordinator.reads import families
from coordinator.reads.people import age_in_words

WALTER = {
    "name": "Walter Pike",
    "own_words": "Grandfather",
    "born_on": clock.today().replace(year=1951, day=2),
    "nhs_number": "999 000 0018",
}


def open_case(client, **values):
    answers = {"children_asked": "not-asked", "children_why_not": "He was in a hurry"}
    return client.submit(client.get("/families/open"), {**WALTER, **answers, **values})


def home_of(page):
    """Return the address of the family that a page is about."""
    return "/".join(page.path.split("/")[:3])


def test_a_worker_opens_a_case_and_is_its_first_and_lead_worker(amira, ben, world):
    """J01, 1."""
    page = open_case(amira)
    assert page.path.endswith("/people")
    assert "Walter Pike" in page.text
    assert "Amira Leads" in page.text
    assert "Walter Pike" in amira.get("/families").text
    assert "Walter Pike" not in ben.get("/families").text
    assert world.count(Involvement, Involvement.account_id == world.account_id("Amira")) == 2


def test_a_case_may_be_opened_by_a_practitioner_of_either_agency_and_by_nobody_else(
    ben, dana, farah, hana, elif_
):
    assert open_case(ben).status == 200
    for client in (dana, farah, hana, elif_):
        assert client.get("/families/open").status == 403
        assert "Open a case" not in client.get("/families").links


def test_a_case_whose_children_nobody_asked_about_stands_on_the_list_until_somebody_does(amira):
    """E49; J01, 1 and 2: the marker goes when children are added."""
    people = open_case(amira)
    assert "Nobody has asked yet. He was in a hurry" in people.text
    listed = amira.get("/families")
    assert "Children not asked about" in listed.text
    assert "Ask Walter Pike about children" in listed.links
    question = amira.click(listed, "Ask Walter Pike about children")
    onwards = amira.submit(question, {"children_asked": "yes"})
    assert onwards.h1 == "Add somebody to the family"
    amira.submit(onwards, {"name": "Ida Pike", "relation": "child"})
    assert "Ask Walter Pike about children" not in amira.get("/families").links


def test_a_named_child_answers_the_question_about_children(amira):
    """E49."""
    home = home_of(open_case(amira))
    page = amira.submit(amira.get(f"{home}/people/add"), {"name": "Ida", "relation": "child"})
    assert "Nobody has asked yet" not in page.text
    assert "Children not asked about" not in amira.get("/families").text


def test_not_asked_needs_a_reason_and_nothing_that_was_typed_is_lost(amira):
    """E49."""
    page = open_case(amira, children_why_not="")
    assert page.status == 422
    assert page.errors == {"children_why_not": "Say why nobody has asked yet"}
    assert page.field("name") == "Walter Pike"
    assert page.field("nhs_number") == "999 000 0018"


def test_the_question_about_children_has_no_default(amira):
    """E49."""
    page = amira.submit(amira.get("/families/open"), WALTER)
    assert page.status == 422
    assert "children_asked" in page.errors


@pytest.mark.parametrize("number", ["999 000 0019", "1234567890", "99900", "nine"])
def test_an_nhs_number_whose_digits_do_not_fit_together_is_refused(amira, number):
    page = open_case(amira, nhs_number=number)
    assert page.status == 422
    assert page.errors == {
        "nhs_number": "Check the NHS number: it has ten digits that fit together"
    }


def test_a_carer_of_any_relation_works_and_no_page_assumes_a_mother(amira):
    """E63, T05: the main carer is a grandfather, and there is more than one carer."""
    home = home_of(open_case(amira, children_asked="yes", children_why_not=""))
    add = amira.get(f"{home}/people/add")
    amira.submit(add, {"name": "Jo Pike", "relation": "parent-or-carer", "own_words": "Aunt"})
    for path in ("", "/people", "/people/add", "/sharing", "/children", "/ask"):
        page = amira.get(home + path)
        words = page.soup.get_text().lower().replace("such as mother, grandfather", "")
        assert "mother" not in words
        assert "mum" not in words
        assert "Walter Pike, Jo Pike" in page.html


def test_children_are_named_with_their_ages_on_every_page_and_never_in_its_title(amira):
    for path in ("", "/people", "/sharing", "/people/add", "/workers/add", "/ask", "/notes/add"):
        page = amira.get(f"/families/LANE-01{path}")
        assert "Kim Lane" in page.soup.select_one(".moj-identity-bar").get_text()
        assert "Leo Lane, 6; Mia Lane, 4 months" in page.html
        assert "Kim" not in page.title
        assert "Mia" not in page.title


def test_ages_are_said_as_people_say_them():
    today = clock.today().replace(day=15)
    for days, words in ((3, "0 weeks"), (8, "1 week"), (40, "5 weeks"), (800, "2")):
        assert age_in_words(today - timedelta(days=days), today) == words
    assert age_in_words(today - timedelta(days=125), today) == "4 months"
    assert age_in_words(None, today) == ""
    assert age_in_words(today + timedelta(days=40), today).startswith("expected ")


def test_a_child_may_be_expected_but_an_adult_is_born_already(amira):
    soon = clock.today() + timedelta(days=60)
    add = amira.get("/families/LANE-01/people/add")
    page = amira.submit(add, {"name": "Baby", "relation": "child", "born_on": soon})
    assert "expected" in page.text
    cards = [card.get_text() for card in page.soup.select("li.co-person")]
    assert not any("Baby" in card and "Born" in card for card in cards)
    add = amira.get("/families/LANE-01/people/add")
    page = amira.submit(add, {"name": "Al", "relation": "partner", "born_on": soon})
    assert page.errors == {"born_on": "Date of birth must be in the past"}
    late = clock.today() + timedelta(days=400)
    page = amira.submit(add, {"name": "Baby", "relation": "child", "born_on": late})
    assert page.errors["born_on"].startswith("The day on which a child is expected")


def test_details_of_a_person_are_changed_by_the_workers_of_both_agencies(amira, ben):
    page = ben.click(amira.get("/families/LANE-01/people"), "Change the details of Nate Moss")
    page = ben.submit(page, {"own_words": "Mia’s dad", "lives_with": "yes"})
    assert "Mia’s dad" in page.text
    assert "Lives in the household" in amira.get("/families/LANE-01/people").text


def test_two_people_who_change_the_same_person_see_both_texts(amira, ben):
    link = "Change the details of Nate Moss"
    hers = amira.click(amira.get("/families/LANE-01/people"), link)
    his = ben.click(ben.get("/families/LANE-01/people"), link)
    ben.submit(his, {"own_words": "Dad"})
    page = amira.submit(hers, {"own_words": "Stepfather"})
    assert page.status == 409
    assert "Dad" in page.text
    assert page.field("own_words") == "Stepfather"
    assert "Stepfather" in amira.submit(page, {}).text


def test_two_people_who_answer_about_children_see_both_answers(amira, ben):
    hers, his = (client.get("/families/LANE-01/children") for client in (amira, ben))
    ben.submit(his, {"children_asked": "not-asked", "children_why_not": "Not the time for it"})
    page = amira.submit(hers, {"children_asked": "no"})
    assert page.status == 409
    assert "Not the time for it" in page.text


def test_a_form_that_is_sent_twice_opens_one_case(amira, world):
    form = amira.get("/families/open")
    values = {**WALTER, "children_asked": "no"}
    first, second = (amira.submit(form, values) for _ in range(2))
    assert first.path == second.path
    assert world.count(Person, Person.name == "Walter Pike") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "x" * 201},
        {"name": "Kim\x00"},
        {"name": "Kim \u202e"},
        {"name": ""},
        {"born_on-month": "13"},
        {"born_on-year": ""},
        {"children_asked": "perhaps"},
        {"phone": "not a number"},
    ],
)
def test_what_cannot_be_stored_is_answered_beside_its_field(amira, world, wrong):
    values = {"children_asked": "no", "children_why_not": ""}
    page = amira.submit(amira.get("/families/open"), {**WALTER, **values}, tampered=wrong)
    assert page.status == 422
    assert page.errors
    assert world.count(Family) == 1


def test_html_in_a_name_is_words_and_nothing_else(amira):
    page = open_case(amira, name="<script>alert(1)</script> & Co")
    assert "<script>alert(1)</script> & Co" in page.text
    assert "<script>alert" not in page.html


def test_a_stranger_to_the_case_sees_no_page_of_it(bella, paula, farah, esi, elif_):
    """E02, second clause."""
    for client in (bella, paula, farah):
        for path in ("", "/people", "/people/add", "/children", "/ask", "/sharing"):
            page = client.get(f"/families/LANE-01{path}")
            assert page.status == 404
            assert page.body == client.get(f"/families/LANE-99{path}").body


def test_a_person_of_another_family_is_not_found_by_address(amira, bella, world):
    with world.session() as session:
        kim = session.query(Person).filter_by(name="Kim Lane").one().reference
    page = bella.get(f"/people/{kim}/change")
    assert page.status == 404
    assert page.body == bella.get("/people/ZZZZZZZZZ/change").body
    assert amira.get(f"/people/{kim}/change").status == 200


def test_a_manager_sees_the_families_of_the_team_apart_and_changes_nothing(dana, dev):
    for client in (dana, dev):
        page = client.get("/families")
        assert "Families that you oversee" in page.text
        assert "Kim Lane" in page.text
        people = client.get("/families/LANE-01/people")
        assert people.status == 200
        assert "Add somebody to the family" not in people.links
        assert client.get("/families/LANE-01/people/add").status == 403


def test_the_list_names_the_worker_of_the_other_agency(amira, ben):
    assert "Ben, Eastway" in amira.get("/families").text
    assert "Amira, Northside" in ben.get("/families").text


def test_somebody_without_a_case_reads_a_kind_page(bella, farah):
    assert "You are not on a case yet" in bella.get("/families").text
    assert "No family is open to you" in farah.get("/families").text


def test_a_seconded_worker_opens_a_case_for_the_agency_acted_for(gus, dana, dev):
    """E07: what is opened for one agency is not open to the same person in the other."""
    gus.act_for("Eastway")
    home = home_of(open_case(gus))
    assert dev.get(home).status == 200
    assert dana.get(home).status == 404
    gus.act_for("Northside")
    assert gus.get(home).status == 404


def test_the_pages_of_a_family_take_the_same_statements_however_many_people_there_are(
    amira, world, statements
):
    def count(path):
        amira.get(path)
        statements.clear()
        amira.get(path)
        return len(statements)

    paths = ("/families", "/families/LANE-01", "/families/LANE-01/people")
    before = {path: count(path) for path in paths}
    for number in range(6):
        amira.submit(
            amira.get("/families/LANE-01/people/add"), {"name": f"P{number}", "relation": "child"}
        )
        open_case(amira, name=f"Walter {number}", nhs_number="")
    assert {path: count(path) for path in paths} == before
    assert max(before.values()) <= 12


def test_an_invited_person_reads_the_reference_and_no_name(world):
    """An invitation opens the meeting's own page and nothing else of the family."""

    with world.does("Amira") as (session, actor):
        family = replace(world.family_for(session, actor), way=Way.INVITED)
        bar = families.bar(session, family)
    assert not bar.opens
    assert "Kim" not in bar.people + bar.children
